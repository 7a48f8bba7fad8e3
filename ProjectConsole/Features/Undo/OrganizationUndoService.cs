using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Undo;

/// <summary>
/// Undoes what was done to teams and to roles on workspaces: an ordinary command with the inverse arguments, decided for whoever
/// undoes and today.
/// </summary>
public sealed class OrganizationUndoService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, TeamUndo teams, WorkspaceGrantUndo workspaces)
{
    /// <summary>Whether an act of that name has a way back for somebody with this access.</summary>
    public static bool CanUndo(OrganizationAccess organization, string action) => NeededFor(action) is { } needed && organization.May(needed);

    /// <summary>Undoes an entry. In a dry run says whose access that changes.</summary>
    public async Task<Result<AccessChange>> UndoAsync(Actor actor, Guid organizationId, long entryId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (entry, refusal) = await FindAsync(db, actor, organizationId, entryId, ct);
        return refusal is not null ? refusal
            : entry is null ? new NotFound()
            : TeamUndo.Actions.Contains(entry.Action) ? await teams.InvertAsync(db, actor, entry, ct)
            : await workspaces.InvertAsync(db, actor, entry, ct);
    }

    /// <summary>Whether an entry is an act of the actor's own here that has a way back.</summary>
    public async Task<Result<bool>> OffersAsync(Actor actor, Guid organizationId, long entryId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (entry, refusal) = await FindAsync(db, actor, organizationId, entryId, ct);
        return refusal is not null ? refusal : entry is not null && entry.ActorId == actor.UserId;
    }

    // Whoever manages neither is told the same of every entry, and whoever manages one of both nothing of the other.
    private async Task<(AuditEntry? Entry, Error? Refusal)> FindAsync(ConsoleDbContext db, Actor actor, Guid organizationId, long entryId, CancellationToken ct)
    {
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        string[] actions = [.. TeamUndo.Actions.Concat(WorkspaceGrantUndo.Actions).Where(action => organization is not null && CanUndo(organization, action))];
        return actions.Length == 0
            ? (null, AccessRefusal.InOrganization(organization, Permissions.TeamsManage))
            : (await db.AuditEntries.AsNoTracking().FirstOrDefaultAsync(
                entry => entry.OrganizationId == organizationId && entry.ProjectId == null && entry.Id == entryId && entry.Result == AuditResult.Done && actions.Contains(entry.Action), ct), null);
    }

    private static Permission? NeededFor(string action) =>
        TeamUndo.Actions.Contains(action) ? Permissions.TeamsManage : WorkspaceGrantUndo.Actions.Contains(action) ? Permissions.WorkspacesManage : null;
}
