using ProjectConsole.Security;

namespace ProjectConsole.Features.Collaborators;

/// <summary>A list, and the access versions it was read under.</summary>
public sealed record LoadedCollaborators(AccessVersions Versions, CollaboratorList List)
{
    /// <summary>Whose row another reading changed. Only rows that were on the page before: paging and searching change nothing about anybody.</summary>
    public static IEnumerable<Guid> Differences(CollaboratorList before, CollaboratorList after)
    {
        var known = before.Page.Rows.ToDictionary(row => row.PrincipalId);
        return after.Page.Rows
            .Where(row => known.TryGetValue(row.PrincipalId, out var was)
                ? (was.Grant, was.Upgrade, was.Role) != (row.Grant, row.Upgrade, row.Role)
                : before.Counts.People + before.Counts.Teams < after.Counts.People + after.Counts.Teams && row.Grant is not null)
            .Select(row => row.PrincipalId);
    }
}
