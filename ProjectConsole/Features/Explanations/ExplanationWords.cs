using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Features.Explanations;

/// <summary>Explanations in the words that people read.</summary>
internal static class ExplanationWords
{
    /// <summary>The reason for one permission, behind Yes or No.</summary>
    public static string Answer(AccessExplanation explained, Explanation reason) =>
        reason.Allowed ? WhyYes(reason) : WhyNot(explained, reason);

    /// <summary>What a path is called: "Team vision-core", "Organization role Owner".</summary>
    public static string Title(ExplainedPath path) => path.Source.Kind switch
    {
        AccessSourceKind.OrganizationRole => $"Organization role {path.Source.RoleTitle}",
        AccessSourceKind.DefaultProject => "The Default Project",
        _ when path.Workspace != "" => path.Team == "" ? $"Workspace {path.Workspace}" : $"Workspace {path.Workspace}, team {path.Team}",
        _ when path.Team != "" => $"Team {path.Team}",
        _ => "A direct grant",
    };

    /// <summary>How the person comes to the path.</summary>
    public static string Reach(ExplainedPath path, bool isTeam) => path.Source.Kind switch
    {
        AccessSourceKind.OrganizationRole => "Counts in every project of the organization",
        AccessSourceKind.DefaultProject => "Every member of the organization has it without a grant",
        _ when isTeam => "Counts for everybody in the team",
        _ when path.Team != "" && path.InTeamSinceUtc is { } since => $"In the team since {TimeText.Date(since)}",
        _ when path.Team != "" => "In the team",
        _ when path.Workspace != "" => "Counts in every project of the workspace",
        _ => "On the project itself",
    };

    /// <summary>Who gave the role of a path when and until when.</summary>
    public static string Granted(ExplainedPath path)
    {
        if (path.GrantedUtc is not { } when)
        {
            return "No grant, and no expiry";
        }

        var what = path.Source.Grant is { IsUpgrade: true } ? "Temporary upgrade, granted" : "Granted";
        var by = path.GrantedByName == "" ? "" : $" by {path.GrantedByName}";
        return $"{what}{by} on {TimeText.Date(when)}, {(path.Source.ExpiresUtc is { } end ? $"until {TimeText.Exact(end)}" : "no expiry")}";
    }

    /// <summary>Where in a role the permission stands: "Part of Manager, through Developer".</summary>
    public static string PartOf(AccessSource source, Permission permission)
    {
        var smallest = ProjectRole.All.FirstOrDefault(role => role.Permissions.Contains(permission));
        return source.Grant is { } grant && ProjectRole.Find(grant.RoleKey) is { } role && smallest is not null && smallest != role
            ? $"Part of {role.Title}, through {smallest.Title}"
            : $"Part of {source.RoleTitle}";
    }

    /// <summary>What the restriction of a path does with a permission that the path's role gives; null without a restriction.</summary>
    public static string? Ruling(ExplainedPath path, Permission permission)
    {
        if (path.Source.Grant?.RestrictionId is null || !path.Source.Before.Contains(permission))
        {
            return null;
        }

        var (name, rules) = (path.Source.Grant.RestrictionName, path.Rules.Rules);
        var first = Enumerable.Range(0, rules.Count).FirstOrDefault(index => rules[index].Matches(permission), -1);
        return (first, path.Source.After.Contains(permission)) switch
        {
            ( >= 0, false) when !rules[first].Allows => $"Rule {first + 1} of {name} takes it: {rules[first]}",
            (_, false) => $"{name} takes something that it includes, and so takes it as well",
            ( >= 0, true) when rules[first].Allows => $"Rule {first + 1} of {name} spares it: {rules[first]}",
            _ => $"No rule of {name} speaks of it, so it falls back to the role",
        };
    }

    private static string WhyYes(Explanation reason)
    {
        var paths = reason.Given.Count == 1 ? "One path gives it" : $"{reason.Given.Count} paths give it";
        return reason.TakenByRestriction.Count == 0
            ? $"{paths}, nothing takes it away."
            : $"{paths}. {Restrictions(reason)} takes it elsewhere, which changes nothing: one path is enough.";
    }

    private static string WhyNot(AccessExplanation explained, Explanation reason) => reason switch
    {
        { Block: AccessBlock.Locked } => "The account is locked by an administrator of the installation.",
        { Block: AccessBlock.ExternalsSwitchedOff } => "This person is outside the organization, which has external collaborators switched off.",
        { Block: AccessBlock.Deleted } => "The organization is deleted.",
        { TakenByState: true } => explained.Subject.Project.State == ProjectState.Suspended
            ? "The project is suspended. The permission comes back when it is activated."
            : "The project is deleted.",
        { TakenByCeiling: true } => $"The organization role {Role(explained)} does not allow it, so no project role can.",
        { TakenByRestriction.Count: > 0 } => $"{Restrictions(reason)} takes it, and no other path gives it.",
        _ when explained.Paths.Count == 0 => "No path leads here.",
        _ => $"No role on {(explained.Paths.Count == 1 ? "the one path" : "any path")} holds it.",
    };

    private static string Restrictions(Explanation reason) =>
        $"The restriction {AccessWords.List([.. reason.TakenByRestriction.Select(source => source.Grant!.RestrictionName).Distinct(StringComparer.Ordinal)])}";

    private static string Role(AccessExplanation explained) => explained.Access.Facts.Membership?.Role.Title ?? "External";
}
