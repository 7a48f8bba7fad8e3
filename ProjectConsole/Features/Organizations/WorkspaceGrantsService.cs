using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>
/// Gives people and teams a role in every project of a workspace, changes and ends it. Nobody gives or takes there what they do
/// not hold through the organization role or a grant on the workspace itself. Each answers in a dry run whom it changes.
/// </summary>
public sealed class WorkspaceGrantsService(ConsoleWriter writer, GrantAuthority authority)
{
    /// <summary>Gives a person or a team a role.</summary>
    public Task<Result<AccessChange>> AddAsync(Actor actor, Guid organizationId, NewWorkspaceGrant typed, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, Target(organizationId, AuditActions.WorkspaceGrantAdded), command => AddAsync(command, typed, ct), ct);

    /// <summary>Gives another role, end or restriction.</summary>
    public Task<Result<AccessChange>> ChangeAsync(Actor actor, Guid organizationId, WorkspaceGrantChange change, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, Target(organizationId, AuditActions.WorkspaceGrantChanged), command => ChangeAsync(command, change, ct), ct);

    /// <summary>Ends a role.</summary>
    public Task<Result<AccessChange>> RemoveAsync(Actor actor, Guid organizationId, WorkspaceGrantRemoval removal, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, Target(organizationId, AuditActions.WorkspaceGrantRemoved), command => RemoveAsync(command, removal, ct), ct);

    private async Task<Result> AddAsync(Command command, NewWorkspaceGrant typed, CancellationToken ct)
    {
        var (db, organizationId) = (command.Db, command.Organization.Id);
        var workspace = await db.Workspaces.FirstOrDefaultAsync(row => row.OrganizationId == organizationId && row.Id == typed.WorkspaceId, ct);
        if (workspace is null)
        {
            return new NoSuchWorkspace();
        }

        var (role, wrong) = await RoleAsync(command, typed.Role, typed.ExpiresUtc, typed.RestrictionId, ct);
        if (role is null)
        {
            return wrong!;
        }

        var (holder, refusal) = await WorkspaceHolder.FindAsync(command, workspace, typed.Holder, ct);
        var given = await RoleCatalogue.GivenAsync(db, organizationId, role.Key, typed.RestrictionId, ct);
        refusal ??= await authority.RefuseAsync(command, [new GivenGrant(null, workspace.Id, given, typed.ExpiresUtc)], ct);
        if (refusal is not null)
        {
            return refusal;
        }

        await command.AffectsAsync(holder!.People, db.Projects.Where(project => project.WorkspaceId == workspace.Id), ct);
        holder.Ended?.ChangeRole(role, command.Actor.UserId, command.Actor.Name, command.NowUtc);
        var grant = (holder.Ended ?? db.Grants.Add(Grant.OnWorkspace(organizationId, workspace.Id, holder.PrincipalId, role, command.Actor.UserId, command.Actor.Name, command.NowUtc)).Entity)
            .With(typed.ExpiresUtc, typed.RestrictionId);
        command.Audit(AuditActions.WorkspaceGrantAdded, holder.Audited, after: WorkspaceGrantState.Of(grant, workspace.Slug));
        return Result.Ok;
    }

    private async Task<Result> ChangeAsync(Command command, WorkspaceGrantChange change, CancellationToken ct)
    {
        var (role, wrong) = await RoleAsync(command, change.Role, change.ExpiresUtc, change.RestrictionId, ct);
        if (role is null)
        {
            return wrong!;
        }

        var (found, refusal) = await LoadAsync(command, change.WorkspaceId, change.GrantId, ct);
        if (found is null || refusal is not null)
        {
            return refusal!;
        }

        var grant = found.Grant;
        if (change.Version is { } version && version != grant.Version)
        {
            return new Stale();
        }

        if (grant.IsUpgrade && change.ExpiresUtc is null)
        {
            return new Invalid(nameof(change.ExpiresUtc), "A temporary upgrade always ends.");
        }

        if (grant.PrincipalId == command.Actor.UserId && grant.ExpiresUtc is { } end && (change.ExpiresUtc is not { } later || later > end))
        {
            return new OwnWorkspaceExpiry();
        }

        var given = await RoleCatalogue.GivenAsync(command.Db, command.Organization.Id, role.Key, change.RestrictionId, ct);
        if (await authority.RefuseAsync(command, [new GivenGrant(null, change.WorkspaceId, given, change.ExpiresUtc)], ct) is { } exceeds)
        {
            return exceeds;
        }

        await command.AffectsAsync(command.Db.Grants.Where(row => row.Id == grant.Id), ct);
        var before = WorkspaceGrantState.Of(grant, found.Workspace);
        grant.ChangeRole(role, command.Actor.UserId, command.Actor.Name, command.NowUtc);
        grant.ChangeExpiry(change.ExpiresUtc, command.Actor.UserId, command.Actor.Name, command.NowUtc);
        grant.Restrict(change.RestrictionId, command.Actor.UserId, command.Actor.Name, command.NowUtc);
        command.Audit(AuditActions.WorkspaceGrantChanged, found.Audited, before, WorkspaceGrantState.Of(grant, found.Workspace));
        return Result.Ok;
    }

    private async Task<Result> RemoveAsync(Command command, WorkspaceGrantRemoval removal, CancellationToken ct)
    {
        var (found, refusal) = await LoadAsync(command, removal.WorkspaceId, removal.GrantId, ct);
        if (found is null || refusal is not null)
        {
            return refusal!;
        }

        if (removal.Version is { } version && version != found.Grant.Version)
        {
            return new Stale();
        }

        await command.AffectsAsync(command.Db.Grants.Where(row => row.Id == removal.GrantId), ct);
        command.Db.Grants.Remove(found.Grant);
        command.Audit(AuditActions.WorkspaceGrantRemoved, found.Audited, WorkspaceGrantState.Of(found.Grant, found.Workspace));
        return Result.Ok;
    }

    // Keyed by organization and workspace, so that another's grant is none here. One's own may be lowered or given up.
    private async Task<(FoundGrant? Found, Error? Refusal)> LoadAsync(Command command, Guid workspaceId, Guid grantId, CancellationToken ct)
    {
        var (db, organizationId) = (command.Db, command.Organization.Id);
        var found = await (from grant in db.Grants.Where(grant => grant.OrganizationId == organizationId && grant.WorkspaceId == workspaceId && grant.Id == grantId)
                           join workspace in db.Workspaces on grant.WorkspaceId equals workspace.Id
                           from user in db.Users.Where(user => user.Id == grant.PrincipalId).DefaultIfEmpty()
                           from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
                           select new { Grant = grant, workspace.Slug, user!.Email, Team = team!.Name }).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return (null, new NoSuchWorkspaceGrant());
        }

        var audited = new AuditObject(found.Team is null ? "collaborator" : "team", found.Grant.PrincipalId, found.Team ?? found.Email ?? "");
        return (new FoundGrant(found.Grant, found.Slug, audited), found.Grant.PrincipalId == command.Actor.UserId
            ? null
            : await authority.RefuseToTakeAsync(command, [found.Grant], ct));
    }

    private static async Task<(ProjectRole? Role, Error? Wrong)> RoleAsync(
        Command command, string key, DateTime? expiresUtc, Guid? restrictionId, CancellationToken ct)
    {
        if (expiresUtc <= command.NowUtc)
        {
            return (null, new Invalid(nameof(NewWorkspaceGrant.ExpiresUtc), "Choose a day that is still to come."));
        }

        if (restrictionId is { } id && await RestrictionOptions.FindForWorkspacesAsync(command.Db, command.Organization.Id, id, ct) is null)
        {
            return (null, new Invalid(nameof(NewWorkspaceGrant.RestrictionId), "Choose one of the restrictions offered; this one is not there any more."));
        }

        var role = await RoleCatalogue.FindProjectRoleAsync(command.Db, command.Organization.Id, key, ct);
        return (role, role is null ? new Invalid(nameof(NewWorkspaceGrant.Role), "Choose one of the roles offered.") : null);
    }

    private static CommandTarget Target(Guid organizationId, string action) =>
        CommandTarget.InOrganization(organizationId, Permissions.WorkspacesManage, action, CommandLock.Access);

    private sealed record FoundGrant(Grant Grant, string Workspace, AuditObject Audited);
}

/// <summary>A role in every project of a workspace.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="Holder">Address of a member, or Team ID.</param>
/// <param name="Role">Stored name of the role.</param>
/// <param name="ExpiresUtc">When it ends, UTC; null for never.</param>
public sealed record NewWorkspaceGrant(Guid WorkspaceId, string Holder, string Role, DateTime? ExpiresUtc = null)
{
    /// <summary>The restriction of the organization that hangs on it; null for none.</summary>
    public Guid? RestrictionId { get; init; }
}

/// <summary>The end of a role on a workspace.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="GrantId">The grant.</param>
/// <param name="Version">The edit token under which it was read; null to end whatever it became.</param>
public sealed record WorkspaceGrantRemoval(Guid WorkspaceId, Guid GrantId, Guid? Version = null);

/// <summary>Another role, end or restriction for somebody on a workspace.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="GrantId">The grant.</param>
/// <param name="Role">Stored name of the role.</param>
/// <param name="ExpiresUtc">When it ends, UTC; null for never.</param>
/// <param name="Version">The edit token under which it was read; null to save over what others did.</param>
public sealed record WorkspaceGrantChange(Guid WorkspaceId, Guid GrantId, string Role, DateTime? ExpiresUtc = null, Guid? Version = null)
{
    /// <summary>The restriction of the organization that hangs on it from then on; null for none.</summary>
    public Guid? RestrictionId { get; init; }
}
