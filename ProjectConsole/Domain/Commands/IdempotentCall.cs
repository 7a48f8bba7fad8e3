namespace ProjectConsole.Domain.Commands;

/// <summary>
/// A call that was made with an idempotency key. Its row is inserted first, in the transaction of the call's command, so that of
/// equal calls at the same moment one is carried out. Kept for a day.
/// </summary>
public sealed class IdempotentCall
{
    /// <summary>How long a key is known.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>The most characters of a key.</summary>
    public const int LongestKey = 200;

    private IdempotentCall()
    {
    }

    /// <summary>Notes a call.</summary>
    public IdempotentCall(Guid actorId, string key, string fingerprint, DateTime nowUtc) =>
        (ActorId, Key, Fingerprint, CreatedUtc) = (actorId, key, fingerprint, nowUtc);

    /// <summary>The person or key that called.</summary>
    public Guid ActorId { get; private set; }

    /// <summary>What the caller chose.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Hash of method, address and body: the same key with another call is refused.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>The status that was answered; null until it is known.</summary>
    public int? Status { get; private set; }

    /// <summary>The address of what was made; empty where there is none.</summary>
    public string Location { get; private set; } = "";

    /// <summary>The body that was answered, without secrets; null until it is known.</summary>
    public string? Body { get; private set; }
}
