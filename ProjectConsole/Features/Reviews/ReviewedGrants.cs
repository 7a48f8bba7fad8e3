using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Reviews;

/// <summary>The grants that a review is about, as they are now.</summary>
internal static class ReviewedGrants
{
    /// <summary>The grants of a project that stand and have not ended.</summary>
    public static IQueryable<Grant> Standing(ConsoleDbContext db, Guid projectId, DateTime nowUtc) =>
        db.Grants.Where(grant => grant.ProjectId == projectId && !grant.IsUpgrade && (grant.ExpiresUtc == null || grant.ExpiresUtc > nowUtc));

    /// <summary>Gives a smaller role. Measured against the role of now, under the lock: the one of the review's beginning may be larger.</summary>
    public static async Task<Result> ReduceAsync(Command command, ReviewDecision decision, CancellationToken ct)
    {
        var scope = command.Project.Scope;
        var grant = await Standing(command.Db, scope.ProjectId, command.NowUtc).AsNoTracking().FirstOrDefaultAsync(grant => grant.PrincipalId == decision.PrincipalId, ct);
        if (grant is null)
        {
            return new NoDirectGrant();
        }

        var now = await RoleCatalogue.FindProjectRoleAsync(command.Db, scope, grant.RoleKey, ct);
        if (await RoleCatalogue.FindProjectRoleAsync(command.Db, scope, decision.NewRole, ct) is not { } smaller)
        {
            return new Invalid(nameof(ReviewDecision.NewRole), "Choose one of the roles offered; this one is not there any more.");
        }

        return now is null || smaller.Permissions == now.Permissions || !smaller.Permissions.IsSubsetOf(now.Permissions)
            ? new NotSmaller(smaller.Title)
            : await CollaboratorChanges.RoleAsync(command, new RoleChange(decision.PrincipalId, smaller), ct);
    }
}
