using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Resources;

/// <summary>Who owns resources: a project, a personal space, or the organization for its catalogue.</summary>
/// <param name="OrganizationId">The tenant.</param>
/// <param name="Id">Id of the project, the personal space or the organization.</param>
/// <param name="ProjectId">The project, where it is one.</param>
public readonly record struct ResourceOwner(Guid OrganizationId, Guid Id, Guid? ProjectId)
{
    /// <summary>Whether it is the organization's catalogue.</summary>
    public bool IsCatalogue => Id == OrganizationId;

    /// <summary>Whether it is somebody's personal space.</summary>
    public bool IsPersonal => ProjectId is null && !IsCatalogue;

    /// <summary>A project.</summary>
    public static ResourceOwner Of(ProjectScope scope) => new(scope.OrganizationId, scope.ProjectId, scope.ProjectId);

    /// <summary>An organization's catalogue.</summary>
    public static ResourceOwner CatalogueOf(Guid organizationId) => new(organizationId, organizationId, null);

    /// <summary>A personal space.</summary>
    public static ResourceOwner Of(PersonalSpace space) => new(space.OrganizationId, space.Id, null);
}

/// <summary>What a person owns outside every project: one for each member of an organization.</summary>
public sealed class PersonalSpace
{
    /// <summary>How long it is kept after its person has left.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private PersonalSpace()
    {
    }

    /// <summary>Makes the space of a member.</summary>
    public PersonalSpace(Guid organizationId, Guid userId, string userName, DateTime nowUtc) =>
        (Id, OrganizationId, UserId, UserName, CreatedUtc) = (Guid.CreateVersion7(), organizationId, userId, userName, nowUtc);

    /// <summary>UUID version 7.</summary>
    public Guid Id { get; private set; }

    /// <summary>The tenant.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>Whose it is.</summary>
    public Guid UserId { get; private set; }

    /// <summary>That person's address, as it was when the space was made.</summary>
    public string UserName { get; private set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>When its person left the organization, UTC; an Admin may move what is in it until <see cref="KeptFor"/> has passed.</summary>
    public DateTime? LeftUtc { get; private set; }

    /// <summary>Its person left.</summary>
    public void Leave(DateTime nowUtc) => LeftUtc ??= nowUtc;

    /// <summary>Its person came back before it was purged.</summary>
    public void Return() => LeftUtc = null;
}
