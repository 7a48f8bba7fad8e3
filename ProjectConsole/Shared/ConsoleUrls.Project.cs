namespace ProjectConsole.Shared;

/// <summary>The links inside a project.</summary>
public static partial class ConsoleUrls
{
    /// <summary>Overview of a project.</summary>
    public static string Project(string organization, string project) => $"{Projects(organization)}/{Segment(project)}";

    /// <summary>The Resources tab of a project.</summary>
    public static string Resources(string organization, string project) => $"{Project(organization, project)}/resources";

    /// <summary>The resources of one kind, under the address of whose they are.</summary>
    public static string ResourcesOfKind(string resources, string plural) => $"{resources}/{Segment(plural)}";

    /// <summary>What nobody used for a while, and what failed.</summary>
    public static string CleanUp(string resources) => $"{resources}/clean-up";

    /// <summary>Makes a resource of the kind of a list.</summary>
    public static string NewResource(string list) => $"{list}/new";

    /// <summary>One resource of a list.</summary>
    public static string Resource(string list, string name) => $"{list}/{Segment(name)}";

    /// <summary>Changes a resource of a list.</summary>
    public static string EditResource(string list, string name) => $"{Resource(list, name)}/edit";

    /// <summary>General settings of a project.</summary>
    public static string ProjectSettings(string organization, string project) => $"{Project(organization, project)}/settings/general";

    /// <summary>Collaborators of a project.</summary>
    public static string Collaborators(string organization, string project) => $"{Project(organization, project)}/settings/collaborators";

    /// <summary>Why the person may or may not do something in a project.</summary>
    public static string OwnAccess(string organization, string project, string? permission = null) =>
        WithQuery($"{Project(organization, project)}/access", ("permission", permission));

    /// <summary>Who can do something in a project.</summary>
    public static string WhoCan(string organization, string project, string? permission = null) =>
        WithQuery($"{Collaborators(organization, project)}/who-can", ("permission", permission));

    /// <summary>Who lost the grant on a project lately.</summary>
    public static string FormerCollaborators(string organization, string project) => $"{Collaborators(organization, project)}/former";

    /// <summary>Access reviews of a project.</summary>
    public static string Reviews(string organization, string project) => $"{Project(organization, project)}/settings/access-review";

    /// <summary>The result of a review as a file.</summary>
    public static string ReviewExport(string organization, string project, Guid review) => $"{Reviews(organization, project)}/{review}/export";

    /// <summary>Roles of a project.</summary>
    public static string ProjectRoles(string organization, string project) => $"{Project(organization, project)}/settings/roles";

    /// <summary>What a project shares and what is shared with it.</summary>
    public static string Sharing(string organization, string project) => $"{Project(organization, project)}/settings/sharing";

    /// <summary>Restrictions of a project.</summary>
    public static string ProjectRestrictions(string organization, string project) => $"{Project(organization, project)}/settings/restrictions";

    /// <summary>Collaborators of a project as a file.</summary>
    public static string CollaboratorsExport(string organization, string project) => $"{Collaborators(organization, project)}/export";

    /// <summary>API keys of a project.</summary>
    public static string Keys(string organization, string project) => $"{Project(organization, project)}/settings/keys";

    /// <summary>Create an API key of a project.</summary>
    public static string NewKey(string organization, string project) => $"{Keys(organization, project)}/new";

    /// <summary>Limits of a project and what is used of them.</summary>
    public static string ProjectLimits(string organization, string project) => $"{Project(organization, project)}/settings/limits";

    /// <summary>Audit log of a project.</summary>
    public static string ProjectAudit(string organization, string project) => $"{Project(organization, project)}/settings/audit";

    /// <summary>What happened in a project to objects of that name.</summary>
    public static string ProjectAuditOf(string organization, string project, string name) => WithQuery(ProjectAudit(organization, project), ("object", name));

    /// <summary>Suspending, deleting and leaving a project.</summary>
    public static string ProjectDangerZone(string organization, string project) => $"{Project(organization, project)}/settings/danger-zone";
}
