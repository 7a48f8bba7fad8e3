using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProjectConsole.Domain.Audit;

namespace ProjectConsole.Data.Configurations;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        // No foreign keys: an entry outlives everything that it names.
        builder.Property(entry => entry.Id).ValueGeneratedOnAdd();
        builder.Property(entry => entry.ActorName).HasMaxLength(AuditEntry.LongestName);
        builder.Property(entry => entry.ActorThrough).HasMaxLength(AuditEntry.LongestName);
        builder.Property(entry => entry.Action).HasMaxLength(80);
        builder.Property(entry => entry.ObjectKind).HasMaxLength(40);
        builder.Property(entry => entry.ObjectName).HasMaxLength(AuditEntry.LongestName);
        builder.Property(entry => entry.Reason).HasMaxLength(1000);
        builder.Property(entry => entry.Before).HasMaxLength(AuditEntry.LongestState);
        builder.Property(entry => entry.After).HasMaxLength(AuditEntry.LongestState);
        builder.Property(entry => entry.Address).HasMaxLength(64);
        builder.Property(entry => entry.RequestId).HasMaxLength(64);
        builder.Property(entry => entry.SealHash).HasMaxLength(AuditChainConfiguration.HashLength);

        // Who seals writes nothing where the count grew, or another node sealed, since it read.
        builder.Property(entry => entry.Count).IsConcurrencyToken();
        builder.Property(entry => entry.SealNumber).IsConcurrencyToken();
        builder.HasIndex(entry => new { entry.OrganizationId, entry.Id });
        builder.HasIndex(entry => new { entry.ProjectId, entry.Id });
        builder.HasIndex(entry => new { entry.OrganizationId, entry.ActorId, entry.Id });
        builder.HasIndex(entry => new { entry.OrganizationId, entry.Action, entry.Id });
        // What happened to one thing, on its page.
        builder.HasIndex(entry => new { entry.ObjectId, entry.Id });
        builder.HasIndex(entry => new { entry.OrganizationId, entry.SealNumber });

        // What waits to be sealed is little among much; the number stands in the index so that every database sees that it fits.
        builder.HasIndex(entry => new { entry.SealNumber, entry.Id }, "IX_AuditEntries_Unsealed").HasFilter("\"SealNumber\" IS NULL");
    }
}

internal sealed class AuditChainConfiguration : IEntityTypeConfiguration<AuditChain>
{
    /// <summary>SHA-256 in hexadecimal digits.</summary>
    public const int HashLength = 64;

    public void Configure(EntityTypeBuilder<AuditChain> builder)
    {
        // No foreign key: a chain outlives its organization, as its entries do.
        builder.Property(chain => chain.Id).ValueGeneratedNever();
        builder.Property(chain => chain.Hash).HasMaxLength(HashLength);
    }
}
