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
        builder.Property(entry => entry.SealHash).HasMaxLength(64);
        builder.HasIndex(entry => new { entry.OrganizationId, entry.Id });
        builder.HasIndex(entry => new { entry.ProjectId, entry.Id });
        builder.HasIndex(entry => new { entry.OrganizationId, entry.ActorId, entry.Id });
        builder.HasIndex(entry => new { entry.OrganizationId, entry.Action, entry.Id });
    }
}
