namespace ProjectConsole.Domain.Audit;

/// <summary>
/// The head of the sealed chain of an organization, or of the installation for what belongs to none: how many entries are sealed and
/// the hash of the last one. Who seals holds this row, so that each number is given once.
/// </summary>
public sealed class AuditChain
{
    private AuditChain()
    {
    }

    /// <summary>Begins a chain.</summary>
    public AuditChain(Guid? organizationId) => (Id, OrganizationId) = (IdOf(organizationId), organizationId);

    /// <summary>The organization's id, or zeros for the installation.</summary>
    public Guid Id { get; private set; }

    /// <summary>The organization; null for the installation.</summary>
    public Guid? OrganizationId { get; private set; }

    /// <summary>Number of the last sealed entry; 0 while there is none.</summary>
    public long Number { get; private set; }

    /// <summary>Hash of the last sealed entry; empty while there is none.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Raised by whoever seals before anything is read, which keeps others out until the end of the transaction.</summary>
    public long Version { get; private set; }

    /// <summary>The id of a chain.</summary>
    public static Guid IdOf(Guid? organizationId) => organizationId ?? Guid.Empty;

    /// <summary>Gives an entry the next number and its hash.</summary>
    public void Seal(AuditEntry entry)
    {
        Number++;
        Hash = AuditSeal.Of(entry, Number, Hash);
        entry.Seal(Number, Hash);
    }
}
