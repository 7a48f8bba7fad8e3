using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>Assertions in the words that people read.</summary>
public static class AssertionSentences
{
    /// <summary>The sentence of an assertion, with the names as they are now.</summary>
    public static async Task<string> OfAsync(ConsoleDbContext db, Assertion assertion, CancellationToken ct)
    {
        var project = assertion.ProjectId is { } projectId
            ? await db.Projects.Where(row => row.Id == projectId).Select(row => row.Name).FirstOrDefaultAsync(ct)
            : null;
        var team = assertion.TeamId is { } teamId
            ? await db.Teams.Where(row => row.Id == teamId).Select(row => row.Name).FirstOrDefaultAsync(ct)
            : null;
        var role = assertion.ProjectId is { } scope
            ? await RoleCatalogue.FindProjectRoleAsync(db, new ProjectScope(assertion.OrganizationId, scope), assertion.RoleKey, ct)
            : await RoleCatalogue.FindProjectRoleAsync(db, assertion.OrganizationId, assertion.RoleKey, ct);
        return Of(assertion, project, team is null ? $"the role {role?.Title ?? "that was deleted"}" : $"the team {team}");
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
}
