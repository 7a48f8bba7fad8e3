using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Security;

/// <summary>Assertions in the words that people read.</summary>
public static class AssertionSentences
{
    /// <summary>The sentence of an assertion, with the names as they are now.</summary>
    public static async Task<string> OfAsync(ConsoleDbContext db, Assertion assertion, CancellationToken ct) =>
        (await OfManyAsync(db, [assertion], ct))[assertion.Id];

    /// <summary>The sentences of assertions of one organization by assertion, in as many statements for a hundred as for one.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> OfManyAsync(ConsoleDbContext db, IReadOnlyCollection<Assertion> assertions, CancellationToken ct)
    {
        Guid[] organizations = [.. assertions.Select(assertion => assertion.OrganizationId).Distinct()];
        Guid[] projectIds = [.. assertions.Select(assertion => assertion.ProjectId).OfType<Guid>().Distinct()];
        Guid[] teamIds = [.. assertions.Select(assertion => assertion.TeamId).OfType<Guid>().Distinct()];
        string[] keys = [.. assertions.Select(assertion => assertion.RoleKey).OfType<string>().Where(key => ProjectRole.Find(key) is null).Distinct(StringComparer.Ordinal)];
        var projects = await db.Projects.Where(row => projectIds.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ToDictionaryAsync(row => row.Id, row => row.Name, ct);
        var teams = await db.Teams.Where(row => teamIds.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ToDictionaryAsync(row => row.Id, row => row.Name, ct);
        var roles = await db.ProjectRoles.Where(row => organizations.Contains(row.OrganizationId) && keys.Contains(row.Key)).AsNoTracking().ToListAsync(ct);
        return assertions.ToDictionary(assertion => assertion.Id, assertion => Of(
            assertion,
            assertion.ProjectId is { } projectId ? projects.GetValueOrDefault(projectId) : null,
            assertion.TeamId is { } teamId && teams.TryGetValue(teamId, out var team) ? $"the team {team}" : $"the role {Role(assertion, roles)?.Title ?? "that was deleted"}"));
    }

    /// <summary>The sentence of an assertion.</summary>
    /// <param name="assertion">The assertion.</param>
    /// <param name="project">Name of its project; null for any.</param>
    /// <param name="only">Whom the form "only" names: "the team x", "the role y".</param>
    public static string Of(Assertion assertion, string? project, string only)
    {
        var permission = PermissionCatalogue.Find(assertion.PermissionName)?.Title ?? assertion.PermissionName;
        var where = assertion.ProjectId is null ? "in any project" : $"in {project}";
        return assertion.Form switch
        {
            AssertionForm.Nobody => $"Nobody may hold “{permission}” {where}.",
            AssertionForm.NotExternal => $"External collaborators never hold “{permission}” {where}.",
            _ => $"Only {only} may hold “{permission}” {where}.",
        };
    }

    // A role that a project keeps is none to an assertion about another project, nor to one about any.
    private static ProjectRole? Role(Assertion assertion, List<CustomProjectRole> roles) => ProjectRole.Find(assertion.RoleKey) ?? roles.Find(role =>
        role.Key == assertion.RoleKey && role.OrganizationId == assertion.OrganizationId && (role.ProjectId is null || role.ProjectId == assertion.ProjectId))?.ToRole();
}
