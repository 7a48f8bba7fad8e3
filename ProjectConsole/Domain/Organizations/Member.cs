using ProjectConsole.Domain.Access;

namespace ProjectConsole.Domain.Organizations;

/// <summary>A user in an organization.</summary>
public sealed class Member
{
    private Member()
    {
    }

    /// <summary>Makes the user a member.</summary>
    public Member(Guid organizationId, Guid userId, OrganizationRole role, DateTime nowUtc)
    {
        OrganizationId = organizationId;
        UserId = userId;
        RoleKey = role.Key;
        JoinedUtc = nowUtc;
        Version = Guid.NewGuid();
    }

    /// <summary>The organization.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>The user.</summary>
    public Guid UserId { get; private set; }

    /// <summary>Stored name of the organization role.</summary>
    public string RoleKey { get; private set; } = "";

    /// <summary>Ticked as a creator of projects; counts only where the organization asks for it.</summary>
    public bool MayCreateProjects { get; private set; }

    /// <summary>Since when, UTC.</summary>
    public DateTime JoinedUtc { get; private set; }

    /// <summary>The edit token.</summary>
    public Guid Version { get; private set; }

    /// <summary>Gives the member another role.</summary>
    public void ChangeRole(OrganizationRole role)
    {
        RoleKey = role.Key;
        Version = Guid.NewGuid();
    }

    /// <summary>Ticks or unticks the member as a creator of projects.</summary>
    public void LetCreateProjects(bool may)
    {
        MayCreateProjects = may;
        Version = Guid.NewGuid();
    }
}
