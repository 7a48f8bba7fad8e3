using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Raises people and teams for a while: a temporary role beside whatever lets them in, which ends by itself.</summary>
public sealed class UpgradeService(ConsoleWriter writer, AccessControl access)
{
    /// <summary>Gives a temporary role, or replaces the one that there is.</summary>
    public Task<Result<AccessChange>> RaiseAsync(Actor actor, ProjectScope project, Upgrade upgrade, CancellationToken ct = default) =>
        writer.WriteAccessAsync(actor, In(project, Permissions.CollaboratorsChange, AuditActions.CollaboratorRaised), async command =>
        {
            if (upgrade.PrincipalId == actor.UserId)
            {
                return new RaisesOwn();
            }

            if (await FindAsync(command, upgrade.PrincipalId, ct) is not { } found)
            {
                return new NotInProject();
            }

            var (terms, refusal) = await GrantTerms.FindAsync(command.Db, project, upgrade.Role, upgrade.RestrictionId, upgrade.EndsUtc, ct);
            refusal ??= GrantTerms.RefuseEnd(upgrade.EndsUtc, command.NowUtc) ?? Giver.Of(command.Access).Refuse(terms!.Given, upgrade.EndsUtc);
            refusal ??= found.Grants.Upgrade is { } earlier ? await found.Grants.RefuseAsync(command, earlier, upgrade.Seen, ct)
                : terms!.Given.IsSubsetOf(found.Held) ? new HasThatAlready(found.Grants.Name) : null;
            return refusal is null ? await WriteAsync(command, found.Grants, terms!, ct) : refusal;
        }, ct);

    /// <summary>Ends a temporary role before its time. The own one needs no permission.</summary>
    public Task<Result<AccessChange>> EndAsync(Actor actor, ProjectScope project, UpgradeEnd end, CancellationToken ct = default)
    {
        var isOwn = end.PrincipalId == actor.UserId;
        var target = In(project, isOwn ? Permissions.ProjectView : Permissions.CollaboratorsChange, AuditActions.CollaboratorRaiseEnded);
        return writer.WriteAccessAsync(actor, target with { IsInPerson = isOwn }, async command =>
        {
            if (await ProjectGrants.LoadAsync(command, end.PrincipalId, ct) is not { Upgrade: { } upgrade } found || upgrade.ExpiresUtc <= command.NowUtc)
            {
                return new NotRaised();
            }

            if (await found.RefuseAsync(command, upgrade, end.Seen, ct) is { } refusal)
            {
                return refusal;
            }

            await command.AffectsInProjectAsync(end.PrincipalId, ct);
            command.Db.Grants.Remove(upgrade);
            command.Audit(AuditActions.CollaboratorRaiseEnded, found.Audited, GrantState.Of(upgrade, found.IsTeam));
            return Result.Ok;
        }, ct);
    }

    private static CommandTarget In(ProjectScope project, Permission needs, string action) =>
        CommandTarget.InProject(project, needs, action, CommandLock.Access);

    private static async Task<Result> WriteAsync(Command command, ProjectGrants found, GrantTerms terms, CancellationToken ct)
    {
        await command.AffectsInProjectAsync(found.PrincipalId, ct);
        var (actor, scope, ends) = (command.Actor, command.Project.Scope, terms.ExpiresUtc!.Value);
        var before = found.Upgrade is { } earlier ? GrantState.Of(earlier, found.IsTeam) : null;
        var upgrade = found.Upgrade;
        if (upgrade is null)
        {
            upgrade = Grant.OnProject(scope.OrganizationId, scope.ProjectId, found.PrincipalId, terms.Role, actor.UserId, actor.Name, command.NowUtc).AsUpgrade(ends);
            command.Db.Grants.Add(upgrade);
        }
        else
        {
            upgrade.ChangeRole(terms.Role, actor.UserId, actor.Name, command.NowUtc);
        }

        upgrade.With(ends, terms.RestrictionId);
        command.Audit(AuditActions.CollaboratorRaised, found.Audited, before, GrantState.Of(upgrade, found.IsTeam));
        return Result.Ok;
    }

    // By whatever path the person or team is in the project; one answer for everybody else.
    private async Task<Raisable?> FindAsync(Command command, Guid principalId, CancellationToken ct)
    {
        var (db, (organizationId, projectId), workspaceId, now) = (command.Db, command.Project.Scope, command.Project.Project.WorkspaceId, command.NowUtc);
        var grants = await ProjectGrants.LoadAsync(command, principalId, ct);
        var team = await db.Teams.Where(team => team.OrganizationId == organizationId && team.Id == principalId
                && db.Grants.Any(grant => grant.PrincipalId == team.Id && (grant.ProjectId == projectId || grant.WorkspaceId == workspaceId)
                    && !grant.IsUpgrade && (grant.ExpiresUtc == null || grant.ExpiresUtc > now)))
            .Select(team => team.Name).FirstOrDefaultAsync(ct);
        if (team is not null)
        {
            return new Raisable(grants ?? new ProjectGrants(principalId, team, IsTeam: true, null, null), PermissionSet.Empty);
        }

        if (await access.InProjectAsync(db, principalId, command.Project.Scope, ct) is not { } person || !person.Access.Held.Contains(Permissions.ProjectView))
        {
            return null;
        }

        var email = await db.Users.Where(user => user.Id == principalId).Select(user => user.Email).FirstOrDefaultAsync(ct);
        return new Raisable(grants ?? new ProjectGrants(principalId, email ?? "", IsTeam: false, null, null), person.Access.Held);
    }

    private sealed record Raisable(ProjectGrants Grants, PermissionSet Held);
}
