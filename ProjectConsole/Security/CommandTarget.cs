using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>How a command holds the row that it concerns until its transaction ends.</summary>
public enum CommandLock
{
    /// <summary>Others may run ordinary commands meanwhile; nobody changes access.</summary>
    Shared,

    /// <summary>Nobody else runs a command here meanwhile; for commands that change the row itself or count what is in it.</summary>
    Exclusive,

    /// <summary>Exclusive, and raises AccessVersion, so that open pages ask the decision again.</summary>
    Access,
}

/// <summary>Where a command runs, what it needs, how it locks, and what it is called in the audit log.</summary>
public sealed record CommandTarget
{
    private CommandTarget(Permission? needs, string action) => (Needs, Action) = (needs, action);

    /// <summary>The permission without which nothing is loaded; null for one's own account, which needs none.</summary>
    public Permission? Needs { get; }

    /// <summary>The audit action that it aims at; a denied attempt carries it.</summary>
    public string Action { get; }

    /// <summary>The organization; null for the installation.</summary>
    public Guid? OrganizationId { get; private init; }

    /// <summary>The project; null for the organization and the installation.</summary>
    public Guid? ProjectId { get; private init; }

    /// <summary>The personal space whose resources it changes; null for none.</summary>
    public Guid? PersonalSpaceId { get; init; }

    /// <summary>Another project that it changes, held exclusively; null for none.</summary>
    public Guid? AlsoProjectId { get; init; }

    /// <summary>
    /// Whose permission counts where it is not the actor's: an invitation is accepted by somebody who has nothing here yet, on what
    /// the person who invited may do at that moment.
    /// </summary>
    public Guid? ByPermissionOf { get; init; }

    /// <summary>
    /// Whether only the person in person does it, and no key or token: it concerns nobody else and asks for next to nothing, so that
    /// the smallest token would do for it.
    /// </summary>
    public bool IsInPerson { get; init; }

    /// <summary>Whether a personal token may do it on the account of its person, because it ends nothing but itself.</summary>
    public bool IsOfOwnToken { get; private init; }

    /// <summary>How the organization's row is held.</summary>
    public CommandLock OrganizationLock { get; init; }

    /// <summary>How the project's row is held.</summary>
    public CommandLock ProjectLock { get; init; }

    /// <summary>The projects whose rows are held and how, in the order in which they are locked: nobody waits in a circle.</summary>
    internal IEnumerable<(Guid ProjectId, CommandLock Hold)> LockedProjects =>
        new (Guid? Id, CommandLock Hold)[] { (ProjectId, ProjectLock), (AlsoProjectId, CommandLock.Exclusive) }
            .Where(project => project.Id is not null).Select(project => (ProjectId: project.Id!.Value, project.Hold))
            .DistinctBy(project => project.ProjectId).OrderBy(project => project.ProjectId);

    /// <summary>Whether it changes who may do what.</summary>
    public bool ChangesAccess => OrganizationLock == CommandLock.Access || ProjectLock == CommandLock.Access || OrganizationId is null;

    /// <summary>A command in a project.</summary>
    public static CommandTarget InProject(ProjectScope project, Permission needs, string action, CommandLock hold) => new(needs, action)
    {
        OrganizationId = project.OrganizationId,
        ProjectId = project.ProjectId,
        ProjectLock = hold,
    };

    /// <summary>A command in an organization.</summary>
    public static CommandTarget InOrganization(Guid organizationId, Permission needs, string action, CommandLock hold) => new(needs, action)
    {
        OrganizationId = organizationId,
        OrganizationLock = hold,
    };

    /// <summary>A command on what somebody has outside every project. One runs there at a time: names, neighbours and references are looked at as they are.</summary>
    public static CommandTarget InPersonalSpace(ResourceOwner space, string action) =>
        InOrganization(space.OrganizationId, Permissions.OrganizationView, action, CommandLock.Shared) with { PersonalSpaceId = space.Id };

    /// <summary>A command on the roles and restrictions that an organization or a project keeps; it changes what they give.</summary>
    public static CommandTarget InOwner(RoleOwner owner, string action) => owner.ProjectId is { } projectId
        ? InProject(new ProjectScope(owner.OrganizationId, projectId), Permissions.RolesManage, action, CommandLock.Access)
        : InOrganization(owner.OrganizationId, Permissions.OrganizationRolesManage, action, CommandLock.Access);

    /// <summary>A command of the installation, which locks the rows that it changes by itself.</summary>
    public static CommandTarget InInstallation(Permission needs, string action) => new(needs, action);

    /// <summary>A command on the actor's own account, which locks like one of the installation.</summary>
    public static CommandTarget OnOwnAccount(string action) => new(null, action);

    /// <summary>A command on the personal token that acts.</summary>
    public static CommandTarget OnOwnToken(string action) => new(null, action) { IsOfOwnToken = true };
}
