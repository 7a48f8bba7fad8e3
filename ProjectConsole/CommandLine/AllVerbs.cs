using ProjectConsole.CommandLine.Verbs;

namespace ProjectConsole.CommandLine;

/// <summary>Every command, in the order of the help.</summary>
internal static class AllVerbs
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Verb> List { get; } =
    [
        .. SignInVerbs.List,
        .. ProjectVerbs.List,
        .. CollaboratorVerbs.List,
        .. RoleVerbs.List,
        .. OrganizationRoleVerbs.List,
        .. KeyVerbs.List,
        .. ResourceVerbs.List,
        .. UsageVerbs.List,
        .. ProgramVerbs.List,
    ];
}
