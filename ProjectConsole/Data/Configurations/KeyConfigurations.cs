using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Commands;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Data.Configurations;

internal sealed class ProjectKeyConfiguration : IEntityTypeConfiguration<ProjectKey>
{
    public void Configure(EntityTypeBuilder<ProjectKey> builder)
    {
        StoredKeyConfiguration.Configure(builder);
        builder.Property(key => key.CreatedByName).HasMaxLength(256);
        builder.HasOne<Organization>().WithMany().HasForeignKey(key => key.OrganizationId);
        builder.HasOne<Project>().WithMany().HasForeignKey(key => key.ProjectId);
        builder.HasIndex(key => new { key.ProjectId, key.CreatedUtc });
        builder.HasIndex(key => new { key.CreatedBy, key.OrganizationId });
    }
}

internal sealed class PersonalTokenConfiguration : IEntityTypeConfiguration<PersonalToken>
{
    public void Configure(EntityTypeBuilder<PersonalToken> builder)
    {
        StoredKeyConfiguration.Configure(builder);
        builder.HasOne<User>().WithMany().HasForeignKey(token => token.UserId);
        builder.HasIndex(token => new { token.UserId, token.CreatedUtc });
    }
}

internal sealed class SshKeyConfiguration : IEntityTypeConfiguration<SshKey>
{
    public void Configure(EntityTypeBuilder<SshKey> builder)
    {
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Name).HasMaxLength(StoredKey.LongestName);
        builder.Property(key => key.Text).HasMaxLength(SshPublicKey.Longest);
        builder.Property(key => key.Fingerprint).HasMaxLength(60);
        builder.HasOne<User>().WithMany().HasForeignKey(key => key.UserId);
        builder.HasIndex(key => new { key.UserId, key.Fingerprint }).IsUnique();
        builder.HasIndex(key => key.Fingerprint);
    }
}

internal sealed class IdempotentCallConfiguration : IEntityTypeConfiguration<IdempotentCall>
{
    public void Configure(EntityTypeBuilder<IdempotentCall> builder)
    {
        builder.HasKey(call => new { call.ActorId, call.Key });
        builder.Property(call => call.Key).HasMaxLength(IdempotentCall.LongestKey);
        builder.Property(call => call.Fingerprint).HasMaxLength(64);
        builder.HasIndex(call => call.CreatedUtc);
    }
}

/// <summary>What keys and tokens have in common.</summary>
internal static class StoredKeyConfiguration
{
    public static void Configure<TKey>(EntityTypeBuilder<TKey> builder)
        where TKey : StoredKey
    {
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Ignore(key => key.Permissions);
        builder.Property(key => key.Name).HasMaxLength(StoredKey.LongestName);
        builder.Property(key => key.SecretHash).HasMaxLength(64);
        builder.Property(key => key.FormerHash).HasMaxLength(64);
        builder.Property(key => key.RevokedByName).HasMaxLength(256);
    }
}
