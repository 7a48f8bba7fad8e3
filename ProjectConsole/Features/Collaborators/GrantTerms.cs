using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>What a grant is to give: role, restriction and end, each found where the project may use it.</summary>
internal sealed record GrantTerms(ProjectRole Role, Guid? RestrictionId, DateTime? ExpiresUtc, PermissionSet Given)
{
    /// <summary>The shortest time for which somebody is raised.</summary>
    public static readonly TimeSpan ShortestRaise = TimeSpan.FromMinutes(5);

    /// <summary>The longest time for which somebody is raised.</summary>
    public static readonly TimeSpan LongestRaise = TimeSpan.FromDays(90);

    private static readonly PermissionSet ProjectView = PermissionSet.Of(Permissions.ProjectView);

    /// <summary>Finds role and restriction by what commands name them; the refusal says which is gone.</summary>
    public static async Task<(GrantTerms? Terms, Error? Refusal)> FindAsync(
        ConsoleDbContext db, ProjectScope project, string roleKey, Guid? restrictionId, DateTime? expiresUtc, CancellationToken ct)
    {
        if (await RoleCatalogue.FindProjectRoleAsync(db, project, roleKey, ct) is not { } role)
        {
            return (null, new Invalid("Role", "Choose one of the roles offered; this one is not there any more."));
        }

        if (restrictionId is not { } id)
        {
            return (new GrantTerms(role, null, expiresUtc, role.Permissions), null);
        }

        var restriction = await Usable(db, project).Where(row => row.Id == id).FirstOrDefaultAsync(ct);
        return restriction is null
            ? (null, new Invalid("Restriction", "Choose one of the restrictions offered; this one is not there any more."))
            : (new GrantTerms(role, id, expiresUtc, (role.Permissions - restriction.Rules.Denied) | ProjectView), null);
    }

    /// <summary>The restrictions that a project may use: its own and those of its organization.</summary>
    public static IQueryable<Restriction> Usable(ConsoleDbContext db, ProjectScope project)
    {
        var (organizationId, projectId) = project;
        return db.Restrictions.Where(row => row.OrganizationId == organizationId && (row.ProjectId == null || row.ProjectId == projectId)).AsNoTracking();
    }

    /// <summary>The refusal of an end that has passed, or null.</summary>
    public static Error? RefuseExpiry(DateTime? expiresUtc, DateTime nowUtc) =>
        expiresUtc <= nowUtc ? new Invalid("Expires", "An expiry must lie in the future.") : null;

    /// <summary>The refusal of an end for a temporary role, or null.</summary>
    public static Error? RefuseEnd(DateTime? endsUtc, DateTime nowUtc) =>
        endsUtc is not { } end ? new Invalid("Ends", "A temporary role needs an end.")
        : end - nowUtc < ShortestRaise ? new Invalid("Ends", "A temporary role lasts at least 5 minutes.")
        : end - nowUtc > LongestRaise ? new Invalid("Ends", "A temporary role lasts at most 90 days.")
        : null;

    /// <summary>Whether this takes from what a grant gives now, or leaves it, in content and in time.</summary>
    public bool IsWithin(Grant grant, PermissionSet given) => Given.IsSubsetOf(given) && !Outlasts(grant);

    /// <summary>Whether this ends later than a grant.</summary>
    public bool Outlasts(Grant grant) => grant.ExpiresUtc is { } end && (ExpiresUtc is not { } mine || mine > end);
}
