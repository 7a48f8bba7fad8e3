namespace ProjectConsole.Domain.Commands;

/// <summary>
/// A command of a call that was made with an idempotency key. Its row is inserted first, in the command's transaction, so that of
/// equal calls at the same moment one is carried out. Kept for a day.
/// </summary>
public sealed class IdempotentCall
{
    /// <summary>How long a key is known.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>The most characters that a row has for its key.</summary>
    public const int LongestKey = 200;

    private IdempotentCall()
    {
    }

    /// <summary>Notes a command.</summary>
    public IdempotentCall(Guid actorId, string key, string fingerprint, DateTime nowUtc) =>
        (ActorId, Key, Fingerprint, CreatedUtc) = (actorId, key, fingerprint, nowUtc);

    /// <summary>The person or key that called.</summary>
    public Guid ActorId { get; private set; }

    /// <summary>What the caller chose; with a number behind it for the second and later commands of one call.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Hash of method, address and body: the same key with another call is refused.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>What the command answered as JSON, without secrets; null until it is known.</summary>
    public string? Answer { get; private set; }

    /// <summary>Notes what was answered.</summary>
    public void Answered(string answer) => Answer = answer;
}
