namespace ProjectConsole.Domain.Commands;

/// <summary>
/// That a creating command was carried out under a key of its sender, so that sending it twice makes one thing.
/// It is inserted first, in the command's transaction.
/// </summary>
public sealed class CommandReceipt
{
    private CommandReceipt()
    {
    }

    /// <summary>Notes the command.</summary>
    public CommandReceipt(Guid actorId, Guid key, Guid madeId, DateTime nowUtc) => (ActorId, Key, MadeId, CreatedUtc) = (actorId, key, madeId, nowUtc);

    /// <summary>Who sent it.</summary>
    public Guid ActorId { get; private set; }

    /// <summary>The sender's key.</summary>
    public Guid Key { get; private set; }

    /// <summary>What it made.</summary>
    public Guid MadeId { get; private set; }

    /// <summary>When, UTC.</summary>
    public DateTime CreatedUtc { get; private set; }
}
