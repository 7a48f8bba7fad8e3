using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Keys;

/// <summary>Makes, rotates and revokes the API keys of projects.</summary>
public sealed class KeysService(ConsoleWriter writer)
{
    /// <summary>Makes a key with no more than the actor holds.</summary>
    public Task<Result<IssuedKey>> CreateAsync(Actor actor, ProjectScope project, KeyDraft draft, CancellationToken ct = default) => writer.WriteAsync<IssuedKey>(
        actor, CommandTarget.InProject(project, Permissions.KeysCreate, AuditActions.KeyCreated, CommandLock.Exclusive), async command =>
        {
            var days = await command.Db.Organizations.Where(row => row.Id == project.OrganizationId).Select(row => row.LongestKeyLifeDays).SingleAsync(ct);
            var terms = KeyTerms.Check(draft.Name, draft.Permissions, KeyTerms.OfProjectKeys, draft.ExpiresUtc, days, command.NowUtc);
            if (!terms.Succeeded)
            {
                return terms.Error;
            }

            if ((RefuseToGive(command.Access, terms.Value.Permissions, terms.Value.ExpiresUtc) ?? await KeyRoom.RefuseAsync(command, project, ct)) is { } refusal)
            {
                return refusal;
            }

            var key = new ProjectKey(project, terms.Value, actor.UserId, actor.Name, command.NowUtc);
            var text = KeyText.Create(KeyPrefix.ProjectKey, key.Id);
            key.ShowTo(IsOutsider(command));
            key.Rotate(text.Hash(), TimeSpan.Zero, command.NowUtc);
            command.Db.ProjectKeys.Add(key);
            command.Audit(AuditActions.KeyCreated, Object(key), null, State(key));
            return new IssuedKey(key.Id, key.Name, text.ToString(), key.ExpiresUtc);
        }, ct);

    /// <summary>Gives a key another secret, which is shown once. The former one opens on until the grace is over.</summary>
    public Task<Result<IssuedKey>> RotateAsync(Actor actor, ProjectScope project, Guid id, TimeSpan grace, CancellationToken ct = default) => writer.WriteAsync<IssuedKey>(
        actor, CommandTarget.InProject(project, Permissions.KeysCreate, AuditActions.KeyRotated, CommandLock.Exclusive), async command =>
        {
            if (await FindAsync(command, project, id, ct) is not { } key)
            {
                return new NotFound();
            }

            if (key.StateAt(command.NowUtc) is KeyState.Revoked or KeyState.Expired)
            {
                return new KeyIsOver(key.Name);
            }

            // Whoever knows the secret has all that the key holds.
            return RefuseToGive(command.Access, key.Permissions, key.ExpiresUtc) is { } refusal ? refusal : Rotated(command, key, grace);
        }, ct);

    /// <summary>Ends a key for good, at once.</summary>
    public Task<Result> RevokeAsync(Actor actor, ProjectScope project, Guid id, CancellationToken ct = default) => writer.WriteAsync(
        actor, CommandTarget.InProject(project, Permissions.KeysRevoke, AuditActions.KeyRevoked, CommandLock.Exclusive), async command =>
        {
            if (await FindAsync(command, project, id, ct) is not { } key)
            {
                return new NotFound();
            }

            if (KeyRevocation.Refuse(command.Access, key) is { } refusal)
            {
                return refusal;
            }

            KeyRevocation.Revoke(command, key);
            return Result.Ok;
        }, ct);

    /// <summary>Gives the Organization Default Key a secret, for the organization's Owner alone.</summary>
    public Task<Result<IssuedKey>> RotateDefaultAsync(Actor actor, Guid organizationId, TimeSpan grace, CancellationToken ct = default) => writer.WriteAsync<IssuedKey>(
        actor, CommandTarget.InOrganization(organizationId, Permissions.DefaultKeyRotate, AuditActions.KeyRotated, CommandLock.Exclusive), async command =>
        {
            if (command.Actor.Credential is not null)
            {
                return new NotThroughCredential();
            }

            var projectId = await command.Db.Projects.Where(row => row.OrganizationId == organizationId && row.IsDefault).Select(row => row.Id).SingleAsync(ct);
            var key = await command.Db.ProjectKeys.SingleOrDefaultAsync(row => row.ProjectId == projectId && row.IsOrganizationDefault, ct)
                ?? command.Db.ProjectKeys.Add(ProjectKey.OfOrganization(new ProjectScope(organizationId, projectId), command.NowUtc)).Entity;
            return Rotated(command, key, grace);
        }, ct);

    /// <summary>The refusal to make a key of that set until then, or null: nobody gives what they do not hold, nor for longer.</summary>
    internal static Error? RefuseToGive(EffectiveAccess actor, PermissionSet set, DateTime? untilUtc) =>
        actor.Exceeding(set) is { IsEmpty: false } missing ? new ExceedsOwn(missing)
        : set.IsSubsetOf(actor.HeldUntil(untilUtc)) ? null
        : new OutlivesOwn(actor.HoldsUntil(set) ?? actor.Facts.Now);

    private static Result<IssuedKey> Rotated(Command command, ProjectKey key, TimeSpan grace)
    {
        if (KeyTerms.RefuseGrace(grace) is { } refusal)
        {
            return refusal;
        }

        var text = KeyText.Create(KeyPrefix.ProjectKey, key.Id);
        key.ShowTo(IsOutsider(command));
        key.Rotate(text.Hash(), grace, command.NowUtc);
        command.AuditIn(key.OrganizationId, key.ProjectId, AuditActions.KeyRotated, Object(key), null, new { GraceHours = grace.TotalHours });
        return new IssuedKey(key.Id, key.Name, text.ToString(), key.ExpiresUtc);
    }

    private static bool IsOutsider(Command command) => command.Access.Facts.Membership is null && command.Access.Facts.Key is not { IsOfOutsider: false };

    private static Task<ProjectKey?> FindAsync(Command command, ProjectScope project, Guid id, CancellationToken ct) => command.Db.ProjectKeys.SingleOrDefaultAsync(
        row => row.OrganizationId == project.OrganizationId && row.ProjectId == project.ProjectId && row.Id == id && !row.IsOrganizationDefault, ct);

    private static AuditObject Object(ProjectKey key) => new("key", key.Id, key.Name);

    private static object State(ProjectKey key) => new { key.Name, Permissions = key.PermissionNames, key.ExpiresUtc };
}
