using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Keys;

/// <summary>Makes, rotates and revokes the personal tokens of the actor. A token makes none: the write method refuses it on the own account.</summary>
public sealed class TokensService(ConsoleWriter writer, IDbContextFactory<ConsoleDbContext> databases, TimeProvider clock)
{
    /// <summary>The most tokens of one person that are in force.</summary>
    public const int Most = 100;

    /// <summary>For how long a login that its person confirmed can be collected.</summary>
    public static readonly TimeSpan Collectable = TimeSpan.FromMinutes(10);

    private const string NoToken = "Only a personal token reads and ends itself. A project key is read and revoked in its project.";

    /// <summary>What a token can hold: everything, because it is cut at each use.</summary>
    public static PermissionSet Holdable { get; } = PermissionSet.Of(PermissionCatalogue.All);

    /// <summary>The actor's own tokens, ended ones included.</summary>
    public async Task<Result<TokenList>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        if (actor.Credential is not null)
        {
            return new NotThroughCredential();
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var since = now - Collectable;
        var tokens = await db.PersonalTokens.AsNoTracking().Where(token => token.UserId == actor.UserId && (token.SecretHash != null || token.CreatedUtc > since))
            .OrderBy(token => token.RevokedUtc == null && (token.ExpiresUtc == null || token.ExpiresUtc > now) ? 0 : 1)
            .ThenByDescending(token => token.CreatedUtc).ThenBy(token => token.Id).Take(1000).ToListAsync(ct);
        return new TokenList([.. tokens.Select(token => Row(actor, token, now))]);
    }

    /// <summary>The token through which the actor acts.</summary>
    public async Task<Result<KeyListRow>> GetOwnAsync(Actor actor, CancellationToken ct = default)
    {
        if (actor.Credential is not TokenCredential own)
        {
            return new NotThroughCredential(NoToken);
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.PersonalTokens.AsNoTracking().SingleOrDefaultAsync(token => token.Id == own.Id, ct) is { } found ? Row(actor, found, clock.GetUtcNow().UtcDateTime) : new NotFound();
    }

    /// <summary>Ends the token through which the actor acts, for good, at once.</summary>
    public Task<Result> RevokeOwnAsync(Actor actor, CancellationToken ct = default) => actor.Credential is TokenCredential own
        ? writer.WriteAsync(actor, CommandTarget.OnOwnToken(AuditActions.TokenRevoked), command => RevokeAsync(command, own.Id, ct), ct)
        : Task.FromResult<Result>(new NotThroughCredential(NoToken));

    /// <summary>Makes a token.</summary>
    public Task<Result<IssuedKey>> CreateAsync(Actor actor, KeyDraft draft, CancellationToken ct = default) => writer.WriteAsync<IssuedKey>(
        actor, CommandTarget.OnOwnAccount(AuditActions.TokenCreated), async command =>
        {
            var token = await AddAsync(command, draft, ct);
            return token.Succeeded ? Issued(command, token.Value, AuditActions.TokenCreated, TimeSpan.Zero, StateOf(token.Value)) : token.Error;
        }, ct);

    /// <summary>Makes a token that opens nothing until <see cref="CollectAsync"/> gives it a secret. Until then it can be revoked.</summary>
    internal Task<Result<Guid>> PromiseAsync(Actor actor, KeyDraft draft, CancellationToken ct) => writer.WriteAsync<Guid>(
        actor, CommandTarget.OnOwnAccount(AuditActions.TokenCreated), async command =>
        {
            var (userId, since) = (actor.UserId, command.NowUtc - Collectable);
            // What nobody came for.
            command.Db.PersonalTokens.RemoveRange(
                await command.Db.PersonalTokens.Where(row => row.UserId == userId && row.SecretHash == null && row.CreatedUtc <= since).ToListAsync(ct));
            var token = await AddAsync(command, draft, ct);
            if (!token.Succeeded)
            {
                return token.Error;
            }

            command.Audit(AuditActions.TokenCreated, ObjectOf(token.Value), null, StateOf(token.Value));
            return token.Value.Id;
        }, ct);

    /// <summary>Gives a token that waits its secret. Who calls has shown that the token's person meant them; the audit log says from where.</summary>
    internal async Task<Result<IssuedKey>> CollectAsync(Actor caller, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var owner = await db.PersonalTokens.Where(row => row.Id == id)
            .Join(db.Users, token => token.UserId, user => user.Id, (token, user) => new { user.Id, user.Email }).SingleOrDefaultAsync(ct);
        if (owner is null)
        {
            return new NotFound();
        }

        return await writer.WriteAsync<IssuedKey>(
            new Actor(owner.Id, owner.Email!, caller.Address, caller.RequestId), CommandTarget.OnOwnAccount(AuditActions.TokenCollected), async command =>
            {
                // Read under the lock of the account's commands: of two that come at once, the second one finds a secret.
                var since = command.NowUtc - Collectable;
                var token = await command.Db.PersonalTokens.SingleOrDefaultAsync(
                    row => row.UserId == owner.Id && row.Id == id && row.SecretHash == null && row.RevokedUtc == null && row.CreatedUtc > since, ct);
                return token is null ? new NotFound() : Issued(command, token, AuditActions.TokenCollected, TimeSpan.Zero, new { token.ExpiresUtc });
            }, ct);
    }

    /// <summary>Gives a token another secret, which is shown once. The former one opens on until the grace is over.</summary>
    public Task<Result<IssuedKey>> RotateAsync(Actor actor, Guid id, TimeSpan grace, CancellationToken ct = default) => writer.WriteAsync<IssuedKey>(
        actor, CommandTarget.OnOwnAccount(AuditActions.TokenRotated), async command =>
        {
            if (KeyTerms.RefuseGrace(grace) is { } refusal)
            {
                return refusal;
            }

            return await FindAsync(command, id, ct) is not { SecretHash: not null } token ? new NotFound()
                : token.StateAt(command.NowUtc) is KeyState.Revoked or KeyState.Expired ? new KeyIsOver(token.Name)
                : Issued(command, token, AuditActions.TokenRotated, grace, new { GraceHours = grace.TotalHours });
        }, ct);

    /// <summary>Ends a token for good, at once.</summary>
    public Task<Result> RevokeAsync(Actor actor, Guid id, CancellationToken ct = default) => writer.WriteAsync(
        actor, CommandTarget.OnOwnAccount(AuditActions.TokenRevoked), command => RevokeAsync(command, id, ct), ct);

    private static async Task<Result> RevokeAsync(Command command, Guid id, CancellationToken ct)
    {
        if (await FindAsync(command, id, ct) is not { } token)
        {
            return new NotFound();
        }

        if (token.RevokedUtc is null)
        {
            token.Revoke(command.Actor.Name, command.NowUtc);
            command.Audit(AuditActions.TokenRevoked, ObjectOf(token));
        }

        return Result.Ok;
    }

    private static KeyListRow Row(Actor actor, PersonalToken token, DateTime now) => new(
        token.Id, token.Name, KeyText.Shown(KeyPrefix.PersonalToken, token.Id), token.PermissionNames, actor.Name, IsCreatorGone: false, token.CreatedUtc,
        token.ExpiresUtc, token.LastUsedUtc, token.StateAt(now), token.RevokedByName, IsOrganizationDefault: false,
        RefusedToRotate: token.SecretHash is null ? "Its command line has not come for it yet." : null, RefusedToRevoke: null);

    private static Task<PersonalToken?> FindAsync(Command command, Guid id, CancellationToken ct)
    {
        var userId = command.Actor.UserId;
        return command.Db.PersonalTokens.SingleOrDefaultAsync(row => row.UserId == userId && row.Id == id, ct);
    }

    private static async Task<Result<PersonalToken>> AddAsync(Command command, KeyDraft draft, CancellationToken ct)
    {
        var terms = KeyTerms.Check(draft.Name, draft.Permissions, Holdable, draft.ExpiresUtc, null, command.NowUtc);
        if (!terms.Succeeded)
        {
            return terms.Error;
        }

        var (userId, now, since) = (command.Actor.UserId, command.NowUtc, command.NowUtc - Collectable);
        var inForce = command.Db.PersonalTokens.Where(row => row.UserId == userId && row.RevokedUtc == null && (row.ExpiresUtc == null || row.ExpiresUtc > now));
        return await inForce.CountAsync(row => row.SecretHash != null || row.CreatedUtc > since, ct) >= Most
            ? new TooMany("personal tokens", Most)
            : command.Db.PersonalTokens.Add(new PersonalToken(userId, terms.Value, now)).Entity;
    }

    private static Result<IssuedKey> Issued(Command command, PersonalToken token, string action, TimeSpan grace, object after)
    {
        var text = KeyText.Create(KeyPrefix.PersonalToken, token.Id);
        token.Rotate(text.Hash(), grace, command.NowUtc);
        command.Audit(action, ObjectOf(token), null, after);
        return new IssuedKey(token.Id, token.Name, text.ToString(), token.ExpiresUtc);
    }

    private static AuditObject ObjectOf(PersonalToken token) => new("token", token.Id, token.Name);

    private static object StateOf(PersonalToken token) => new { token.Name, Permissions = token.PermissionNames, token.ExpiresUtc };
}
