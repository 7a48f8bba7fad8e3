using Microsoft.EntityFrameworkCore;
using ProjectConsole.Components.Controls;
using ProjectConsole.Data;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Undo;

/// <summary>The way back of a role on a workspace that was given, changed or taken away.</summary>
public sealed class WorkspaceGrantUndo(WorkspaceGrantsService grants, TimeProvider clock)
{
    internal static readonly string[] Actions = [AuditActions.WorkspaceGrantAdded, AuditActions.WorkspaceGrantChanged, AuditActions.WorkspaceGrantRemoved];

    internal async Task<Result<AccessChange>> InvertAsync(ConsoleDbContext db, Actor actor, AuditEntry entry, CancellationToken ct)
    {
        var (before, after) = (Read(entry.Before), Read(entry.After));
        if ((after ?? before) is not { } known || entry is not { OrganizationId: { } organizationId, ObjectId: { } principalId })
        {
            return new NotUndoable();
        }

        if (!await db.Workspaces.AnyAsync(workspace => workspace.OrganizationId == organizationId && workspace.Id == known.WorkspaceId, ct))
        {
            return new MovedOn(known.Workspace, "is gone");
        }

        var (name, now) = (entry.ObjectName, clock.GetUtcNow().UtcDateTime);
        var current = await db.Grants.AsNoTracking().FirstOrDefaultAsync(
            grant => grant.OrganizationId == organizationId && grant.WorkspaceId == known.WorkspaceId && grant.PrincipalId == principalId && !grant.IsUpgrade, ct);
        var stands = current is null || current.ExpiresUtc <= now ? null : current;
        if (after is null ? stands is not null : stands is null || !IsStill(stands, after))
        {
            return new MovedOn(name, after is null ? $"has a role on {known.Workspace} again" : stands is null ? $"has no role on {known.Workspace} any more" : "was changed since");
        }

        if (before?.ExpiresUtc <= now)
        {
            return new MovedOn(name, $"would have lost the role on {TimeText.Date(before.ExpiresUtc!.Value)} anyway");
        }

        var result = (before, stands) switch
        {
            ({ } former, null) => await GiveBackAsync(db, actor, (organizationId, principalId), former, ct),
            ({ } former, { } grant) => await grants.ChangeAsync(
                actor, organizationId, new WorkspaceGrantChange(known.WorkspaceId, grant.Id, former.Role, former.ExpiresUtc, grant.Version) { RestrictionId = former.RestrictionId }, ct),
            (null, { } grant) => await grants.RemoveAsync(actor, organizationId, new WorkspaceGrantRemoval(known.WorkspaceId, grant.Id, grant.Version), ct),
            _ => new NotUndoable(),
        };
        return result.Error switch
        {
            Stale or NoSuchWorkspaceGrant => new MovedOn(name, "was changed since"),
            NoAccountHere => new MovedOn(name, "is no member of the organization any more"),
            Invalid wrong => new MovedOn(name, $"cannot have that role again. {wrong.Fields[0].Message}"),
            _ => result,
        };
    }

    private async Task<Result<AccessChange>> GiveBackAsync(
        ConsoleDbContext db, Actor actor, (Guid OrganizationId, Guid PrincipalId) whom, WorkspaceGrantState former, CancellationToken ct)
    {
        var (organizationId, principalId) = whom;
        // Today's address: the one of that time can be somebody else's.
        var holder = await db.Users.Where(user => user.Id == principalId).Select(user => user.Email).FirstOrDefaultAsync(ct)
            ?? await db.Teams.Where(team => team.OrganizationId == organizationId && team.Id == principalId).Select(team => team.Slug).FirstOrDefaultAsync(ct);
        return holder is null ? new NoAccountHere() : await grants.AddAsync(
            actor, organizationId, new NewWorkspaceGrant(former.WorkspaceId, holder, former.Role, former.ExpiresUtc) { RestrictionId = former.RestrictionId }, ct);
    }

    private static WorkspaceGrantState? Read(string? text) =>
        AuditedState.Read<WorkspaceGrantState>(text) is { Role.Length: > 0 } state && state.WorkspaceId != Guid.Empty ? state : null;

    private static bool IsStill(Grant grant, WorkspaceGrantState after) =>
        grant.RoleKey == after.Role && grant.RestrictionId == after.RestrictionId && GrantEntry.IsSame(grant.ExpiresUtc, after.ExpiresUtc);
}
