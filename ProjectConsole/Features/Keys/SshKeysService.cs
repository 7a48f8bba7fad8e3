using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Keys;

/// <summary>A public key of a person as lists show it.</summary>
/// <param name="Id">The key.</param>
/// <param name="Name">For people.</param>
/// <param name="Type">Its type: <c>ssh-ed25519</c>.</param>
/// <param name="Fingerprint"><c>SHA256:</c> and the hash.</param>
/// <param name="CreatedUtc">When it was added, UTC.</param>
public sealed record SshKeyRow(Guid Id, string Name, string Type, string Fingerprint, DateTime CreatedUtc);

/// <summary>Keeps the public keys with which the actor signs in to clusters.</summary>
public sealed class SshKeysService(ConsoleWriter writer, IDbContextFactory<ConsoleDbContext> databases)
{
    /// <summary>The field of the key in refusals.</summary>
    public const string KeyField = "Key";

    /// <summary>The actor's own keys, newest first.</summary>
    public async Task<IReadOnlyList<SshKeyRow>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var keys = await db.SshKeys.AsNoTracking().Where(key => key.UserId == actor.UserId)
            .OrderByDescending(key => key.CreatedUtc).ThenBy(key => key.Fingerprint).Take(SshKey.Most).ToListAsync(ct);
        return [.. keys.Select(key => new SshKeyRow(key.Id, key.Name, key.Text[..key.Text.IndexOf(' ', StringComparison.Ordinal)], key.Fingerprint, key.CreatedUtc))];
    }

    /// <summary>Adds a public key; its comment is its name where none is typed.</summary>
    public Task<Result> AddAsync(Actor actor, string? name, string? pasted, CancellationToken ct = default) => writer.WriteAsync(
        actor, CommandTarget.OnOwnAccount(AuditActions.SshKeyAdded), async command =>
        {
            var key = SshPublicKey.Parse(pasted, KeyField);
            if (!key.Succeeded)
            {
                return key.Error;
            }

            var (userId, clean) = (actor.UserId, TextRules.Clean(name) is { Length: > 0 } typed ? typed : key.Value.Comment);
            if (TextRules.NameError(clean, "The name", StoredKey.LongestName) is { } wrong)
            {
                return new Invalid("Name", wrong);
            }

            var fingerprints = await command.Db.SshKeys.Where(row => row.UserId == userId).Select(row => row.Fingerprint).ToListAsync(ct);
            if (fingerprints.Contains(key.Value.Fingerprint))
            {
                return new Invalid(KeyField, "You have added this key already.");
            }

            if (fingerprints.Count >= SshKey.Most)
            {
                return new TooMany("SSH keys", SshKey.Most);
            }

            var added = command.Db.SshKeys.Add(new SshKey(userId, clean, key.Value, command.NowUtc)).Entity;
            command.Audit(AuditActions.SshKeyAdded, new AuditObject("ssh key", added.Id, added.Name), null, new { added.Fingerprint });
            return Result.Ok;
        }, ct);

    /// <summary>Removes a public key: it opens no host at the next sign-in.</summary>
    public Task<Result> RemoveAsync(Actor actor, Guid id, CancellationToken ct = default) => writer.WriteAsync(
        actor, CommandTarget.OnOwnAccount(AuditActions.SshKeyRemoved), async command =>
        {
            var userId = actor.UserId;
            if (await command.Db.SshKeys.SingleOrDefaultAsync(row => row.UserId == userId && row.Id == id, ct) is not { } key)
            {
                return new NotFound();
            }

            command.Db.SshKeys.Remove(key);
            command.Audit(AuditActions.SshKeyRemoved, new AuditObject("ssh key", key.Id, key.Name), new { key.Fingerprint });
            return Result.Ok;
        }, ct);
}
