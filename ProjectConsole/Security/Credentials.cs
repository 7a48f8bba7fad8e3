using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Keys;

namespace ProjectConsole.Security;

/// <summary>Turns the text of a key or token into an actor. Nothing is kept between calls: what was revoked opens nothing at the next.</summary>
public sealed class Credentials(
    IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, CredentialQueries queries, CredentialUses uses, TimeProvider clock)
{
    /// <summary>
    /// The actor of a presented key or token; null where it opens nothing now, whatever the reason: whoever presents it learns no
    /// more than that.
    /// </summary>
    public async Task<Actor?> OpenAsync(KeyText presented, RequestOrigin origin, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (hash, now) = (presented.Hash(), clock.GetUtcNow().UtcDateTime);
        if (presented.Prefix == KeyPrefix.ProjectKey)
        {
            if (await queries.KeyAsync(db, presented.Id) is not { } key || !key.Opens(hash, now) || !key.IsInForce(now))
            {
                return null;
            }

            uses.Note(KeyPrefix.ProjectKey, key.Id, key.LastUsedUtc);
            return Actor.Of(new KeyCredential(key, hash), origin);
        }

        if (await queries.TokenAsync(db, presented.Id) is not { } token || !token.Opens(hash, now) || !token.IsInForce(now))
        {
            return null;
        }

        uses.Note(KeyPrefix.PersonalToken, token.Id, token.LastUsedUtc);
        return new Actor(token.UserId, token.Email, origin.Address, origin.RequestId) { Credential = CredentialOf(token, hash) };
    }

    /// <summary>
    /// The same actor as the database knows it within a command's transaction; null where the key or token was ended since. A token
    /// is held until the transaction ends, a key by its project's row, which revoking locks.
    /// </summary>
    internal async Task<Actor?> RefreshAsync(ConsoleDbContext db, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        switch (actor.Credential)
        {
            case null:
                return actor;
            case KeyCredential used:
                return await queries.KeyAsync(db, used.Id) is { } key && key.Opens(used.Hash, now) && key.IsInForce(now)
                    ? actor with { Credential = new KeyCredential(key, used.Hash) }
                    : null;
            default:
                await provider.LockSharedAsync(db, LockedTable.PersonalTokens, actor.Credential.Id, ct);
                return await queries.TokenAsync(db, actor.Credential.Id) is { } token && token.Opens(actor.Credential.Hash, now) && token.IsInForce(now)
                    ? actor with { Credential = CredentialOf(token, actor.Credential.Hash) }
                    : null;
        }
    }

    private static TokenCredential CredentialOf(TokenRow token, string hash) => new(token.Id, token.Name, PermissionText.Parse(token.PermissionNames), token.ExpiresUtc, hash);
}
