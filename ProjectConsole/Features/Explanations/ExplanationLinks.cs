using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Explanations;

/// <summary>Where something of an explanation is managed.</summary>
internal sealed record ExplanationLink(string Text, string Href);

/// <summary>Links to where paths and restrictions are managed, for those who can open those pages.</summary>
internal static class ExplanationLinks
{
    public static ExplanationLink? OfOrigin(AccessExplanation explained, ExplainedPath path)
    {
        var slug = explained.Reader.Organization.Slug;
        return path.Source.Kind switch
        {
            AccessSourceKind.OrganizationRole when Rights(explained).Contains(Permissions.MembersView) =>
                new("Open Members", ConsoleUrls.WithQuery(ConsoleUrls.Members(slug), ("search", explained.Name))),
            AccessSourceKind.Team when Rights(explained).Contains(Permissions.TeamsView) => new("Open team", ConsoleUrls.Team(slug, path.TeamSlug)),
            _ when path.Workspace != "" && Rights(explained).Contains(Permissions.WorkspacesView) => new("Open workspace", ConsoleUrls.Workspace(slug, explained.Reader.Project.WorkspaceSlug)),
            _ => null,
        };
    }

    public static ExplanationLink? OfRole(AccessExplanation explained, ExplainedPath path) =>
        path.Workspace == "" && explained.Reader.May(Permissions.CollaboratorsChange)
            ? new("Change role", ConsoleUrls.WithQuery(
                ConsoleUrls.Collaborators(explained.Reader.Organization.Slug, explained.Reader.Project.Slug), ("search", path.Team == "" ? explained.Name : path.Team)))
            : null;

    // The page of the project shows the organization's restrictions too, to whoever sees its roles.
    public static ExplanationLink? OfRestriction(AccessExplanation explained, ExplainedPath path) =>
        path.Source.Grant is not { RestrictionId: { } id } ? null
        : path.IsRestrictionOfOrganization && Rights(explained).Contains(Permissions.OrganizationRolesView)
            ? new("Open restriction", ConsoleUrls.Restriction(ConsoleUrls.Restrictions(explained.Reader.Organization.Slug), id))
        : explained.Reader.May(Permissions.RolesView)
            ? new("Open restriction", ConsoleUrls.Restriction(ConsoleUrls.ProjectRestrictions(explained.Reader.Organization.Slug, explained.Reader.Project.Slug), id))
        : null;

    private static PermissionSet Rights(AccessExplanation explained) => explained.Reader.Access.Facts.Membership?.Role.Rights ?? PermissionSet.Empty;
}
