using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Commands;
using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>Answers a command that was carried out before under the same idempotency key, and notes one that is carried out now.</summary>
public sealed class RepeatedCalls(IDbContextFactory<ConsoleDbContext> databases, DatabaseProvider provider, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Stored = new() { Converters = { new JsonStringEnumConverter(), new RefusalText() } };

    /// <summary>
    /// Inserts the row of a command as the first thing of its transaction. Where another transaction inserted it, this one waits for
    /// that and is of no further use: false.
    /// </summary>
    internal async Task<bool> TryBeginAsync(ConsoleDbContext db, Guid actorId, string key, string fingerprint, CancellationToken ct)
    {
        db.IdempotentCalls.Add(new IdempotentCall(actorId, key, fingerprint, clock.GetUtcNow().UtcDateTime));
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && provider.IsUniqueViolation(inner))
        {
            return false;
        }
    }

    /// <summary>Notes in the command's transaction what it answers.</summary>
    internal static async Task EndAsync<T>(ConsoleDbContext db, Guid actorId, string key, T answer, CancellationToken ct)
    {
        var row = db.IdempotentCalls.Local.FirstOrDefault(call => call.ActorId == actorId && call.Key == key)
            ?? await db.IdempotentCalls.SingleAsync(call => call.ActorId == actorId && call.Key == key, ct);
        row.Answered(JsonSerializer.Serialize(answer, Stored));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>What the command answered the first time; a refusal where the key stood for something else.</summary>
    internal async Task<Result<T>> AnswerAsync<T>(Guid actorId, string key, string fingerprint, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.IdempotentCalls.AsNoTracking().SingleOrDefaultAsync(call => call.ActorId == actorId && call.Key == key, ct);
        return row is { Answer: { } answer } && row.Fingerprint == fingerprint
            ? JsonSerializer.Deserialize<T>(answer, Stored)!
            : row is null ? new AlreadyDone() : new IdempotencyKeyTaken();
    }
}

/// <summary>What was refused of a part of a command, as it was told the first time.</summary>
internal sealed record RepeatedRefusal(string Text) : Error
{
    /// <inheritdoc/>
    public override string Message => Text;
}

/// <summary>Keeps of a refusal what was told, which is all that is told again.</summary>
internal sealed class RefusalText : JsonConverter<Error>
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeof(Error).IsAssignableFrom(typeToConvert);

    /// <inheritdoc/>
    public override Error Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new RepeatedRefusal(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Error value, JsonSerializerOptions options) => writer.WriteStringValue(value.Message);
}

/// <summary>The idempotency key stands for another call.</summary>
public sealed record IdempotencyKeyTaken : RuleError
{
    /// <inheritdoc/>
    public override string Message => "This idempotency key was sent with another call in the last 24 hours. Take a new one for each thing that you create.";
}
