using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Keys;

namespace ProjectConsole.Security;

/// <summary>
/// Stamps keys and tokens with their last use from a bounded background batch: a call never waits for that write, and a key that
/// is used all the time is written once a minute.
/// </summary>
public sealed partial class CredentialUses(
    IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock, ILogger<CredentialUses> logger) : BatchWriter(clock)
{
    private const int Most = 100_000;
    private const int MostAtOnce = 200;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(KeyPrefix Prefix, Guid Id), DateTime> _waiting = new();

    /// <summary>Notes a use, unless one of this minute is written already.</summary>
    public void Note(KeyPrefix prefix, Guid id, DateTime? lastUtc)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        if ((lastUtc is not { } last || now - last >= Window) && (_waiting.Count < Most || _waiting.ContainsKey((prefix, id))))
        {
            _waiting.TryAdd((prefix, id), now);
        }
    }

    /// <inheritdoc/>
    public override async Task FlushAsync(CancellationToken ct = default)
    {
        if (_waiting.IsEmpty)
        {
            return;
        }

        // In one order on every node, and few at a time: nobody waits in a circle, nor long.
        foreach (var some in _waiting.OrderBy(entry => entry.Key.Prefix).ThenBy(entry => entry.Key.Id).Chunk(MostAtOnce))
        {
            await WriteAsync(some, ct);
        }
    }

    private async Task WriteAsync(KeyValuePair<(KeyPrefix Prefix, Guid Id), DateTime>[] written, CancellationToken ct)
    {
        using var turn = await provider.EnterWriteAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await provider.BeginWriteAsync(db, ct);
        foreach (var ((prefix, id), usedUtc) in written)
        {
            _ = prefix == KeyPrefix.ProjectKey
                ? await db.ProjectKeys.Where(key => key.Id == id).ExecuteUpdateAsync(set => set.SetProperty(key => key.LastUsedUtc, usedUtc), ct)
                : await db.PersonalTokens.Where(token => token.Id == id).ExecuteUpdateAsync(set => set.SetProperty(token => token.LastUsedUtc, usedUtc), ct);
        }

        await transaction.CommitAsync(ct);
        foreach (var entry in written)
        {
            _waiting.TryRemove(entry);
        }
    }

    /// <inheritdoc/>
    protected override void NoteFailure(Exception failure) => LogLater(failure);

    [LoggerMessage(LogLevel.Warning, "The last use of keys could not be written yet.")]
    private partial void LogLater(Exception failure);
}
