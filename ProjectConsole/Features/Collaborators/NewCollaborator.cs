using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Collaborators;

/// <summary>A person or a team to add to a project.</summary>
/// <param name="Address">The e-mail address or Team ID as typed.</param>
/// <param name="Role">Stored name of the role to give.</param>
/// <param name="IsExternal">Whether the person may be outside the organization.</param>
public sealed record NewCollaborator(string Address, string Role, bool IsExternal = false)
{
    /// <summary>Takes a role that is known already.</summary>
    public NewCollaborator(string address, ProjectRole role, bool isExternal = false)
        : this(address, role.Key, isExternal)
    {
    }

    /// <summary>When the grant ends, UTC; null for never.</summary>
    public DateTime? ExpiresUtc { get; init; }

    /// <summary>The restriction that hangs on it; null for none.</summary>
    public Guid? RestrictionId { get; init; }

    /// <summary>Who gives it, where that is somebody else than the actor of the command; null for the actor.</summary>
    public GrantedBy? By { get; init; }
}

/// <summary>Who gives a grant.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Name">Its address at that time.</param>
public sealed record GrantedBy(Guid UserId, string Name);
