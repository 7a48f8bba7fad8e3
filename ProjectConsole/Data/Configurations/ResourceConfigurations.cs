using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Data.Configurations;

internal sealed class ResourceConfiguration : IEntityTypeConfiguration<Resource>
{
    public void Configure(EntityTypeBuilder<Resource> builder)
    {
        builder.Property(resource => resource.Id).ValueGeneratedNever();
        builder.Property(resource => resource.Kind).HasMaxLength(40);
        builder.Property(resource => resource.Name).HasMaxLength(ResourceNames.Longest);
        builder.Property(resource => resource.Description).HasMaxLength(ResourceNames.LongestDescription);
        builder.Property(resource => resource.Labels).HasJsonList();
        builder.Property(resource => resource.State).HasMaxLength(40);
        builder.Property(resource => resource.CreatedByName).HasMaxLength(256);
        builder.Property(resource => resource.Version).IsConcurrencyToken();
        builder.Ignore(resource => resource.Spec);
        builder.HasOne<Organization>().WithMany().HasForeignKey(resource => resource.OrganizationId);
        builder.HasOne<Project>().WithMany().HasForeignKey(resource => resource.ProjectId);
        builder.HasIndex(resource => new { resource.OwnerId, resource.Kind, resource.Name }).IsUnique();
        // Each order of a list with what it filters on at its end, so that the rows before a page and those that do not match are not read.
        builder.HasIndex(resource => new { resource.OwnerId, resource.Kind, resource.State, resource.Name });
        builder.HasIndex(resource => new { resource.OwnerId, resource.Kind, resource.CreatedUtc });
        // What clean-up counts for each kind, and its order over all kinds: it asks for the state too, and shows few of many.
        builder.HasIndex(resource => new { resource.OwnerId, resource.Kind, resource.LastUsedUtc, resource.Name, resource.State });
        builder.HasIndex(resource => new { resource.OwnerId, resource.LastUsedUtc, resource.Kind, resource.Name, resource.State, resource.CreatedBy });
        // Who made anything of an owner's, which SQLite reads by leaping from one to the next.
        builder.HasIndex(resource => new { resource.OwnerId, resource.CreatedBy });
        builder.HasIndex(resource => new { resource.OrganizationId, resource.Kind, resource.Name });
        // The orders of the list over all projects.
        builder.HasIndex(resource => new { resource.OrganizationId, resource.LastUsedUtc });
        builder.HasIndex(resource => new { resource.OrganizationId, resource.Kind, resource.LastUsedUtc });
        builder.HasIndex(resource => new { resource.OrganizationId, resource.CreatedUtc });
        builder.HasIndex(resource => new { resource.OrganizationId, resource.Name });
        builder.HasIndex(resource => new { resource.CreatedBy, resource.OwnerId, resource.Kind, resource.Name });
    }
}

internal sealed class ResourceLinkConfiguration : IEntityTypeConfiguration<ResourceLink>
{
    public void Configure(EntityTypeBuilder<ResourceLink> builder)
    {
        builder.HasKey(link => new { link.FromId, link.ToId, link.Relation });
        builder.Property(link => link.Relation).HasMaxLength(40);
        builder.HasOne<Organization>().WithMany().HasForeignKey(link => link.OrganizationId);
        builder.HasOne<Resource>().WithMany().HasForeignKey(link => link.FromId);
        builder.HasOne<Resource>().WithMany().HasForeignKey(link => link.ToId);
        builder.HasIndex(link => new { link.ToId, link.FromId });
    }
}

internal sealed class ResourceLabelConfiguration : IEntityTypeConfiguration<ResourceLabel>
{
    public void Configure(EntityTypeBuilder<ResourceLabel> builder)
    {
        builder.HasKey(row => new { row.ResourceId, row.Label });
        builder.Property(row => row.Label).HasMaxLength(ResourceNames.LongestLabel);
        builder.Property(row => row.Kind).HasMaxLength(40);
        builder.Property(row => row.Name).HasMaxLength(ResourceNames.Longest);
        builder.HasOne<Organization>().WithMany().HasForeignKey(row => row.OrganizationId);
        builder.HasOne(row => row.Resource).WithMany().HasForeignKey(row => row.ResourceId);
        // What has a label, in each order of the list over all projects; and of one owner in the first of them, which has fewer to sort.
        builder.HasIndex(row => new { row.OrganizationId, row.Label, row.LastUsedUtc, row.Kind, row.OwnerId });
        builder.HasIndex(row => new { row.OrganizationId, row.Label, row.CreatedUtc });
        builder.HasIndex(row => new { row.OrganizationId, row.Label, row.Name });
        builder.HasIndex(row => new { row.OwnerId, row.Label, row.LastUsedUtc, row.Kind });
    }
}

internal sealed class ResourceStateChangeConfiguration : IEntityTypeConfiguration<ResourceStateChange>
{
    public void Configure(EntityTypeBuilder<ResourceStateChange> builder)
    {
        builder.Property(change => change.State).HasMaxLength(40);
        builder.Property(change => change.ByName).HasMaxLength(256);
        builder.Property(change => change.Because).HasMaxLength(200);
        builder.HasOne<Organization>().WithMany().HasForeignKey(change => change.OrganizationId);
        builder.HasOne<Resource>().WithMany().HasForeignKey(change => change.ResourceId);
        builder.HasIndex(change => new { change.ResourceId, change.Id });
    }
}

internal sealed class ResourceShareConfiguration : IEntityTypeConfiguration<ResourceShare>
{
    public void Configure(EntityTypeBuilder<ResourceShare> builder)
    {
        builder.Property(share => share.Id).ValueGeneratedNever();
        builder.Property(share => share.SharedByName).HasMaxLength(256);
        builder.Property(share => share.AnsweredByName).HasMaxLength(256);
        builder.Ignore(share => share.IsOpen);
        builder.HasOne<Organization>().WithMany().HasForeignKey(share => share.OrganizationId);
        builder.HasOne<Resource>().WithMany().HasForeignKey(share => share.ResourceId);
        builder.HasOne<Project>().WithMany().HasForeignKey(share => share.ToProjectId);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(share => share.ToWorkspaceId);
        builder.HasIndex(share => new { share.ResourceId, share.State });
        builder.HasIndex(share => new { share.FromOwnerId, share.State });
        builder.HasIndex(share => new { share.ToProjectId, share.State });
        builder.HasIndex(share => new { share.ToWorkspaceId, share.State });
    }
}

internal sealed class ResourceSecretConfiguration : IEntityTypeConfiguration<ResourceSecret>
{
    public void Configure(EntityTypeBuilder<ResourceSecret> builder)
    {
        builder.HasKey(secret => new { secret.ResourceId, secret.Field });
        builder.Property(secret => secret.Field).HasMaxLength(40);
        builder.HasOne<Organization>().WithMany().HasForeignKey(secret => secret.OrganizationId);
        builder.HasOne<Resource>().WithMany().HasForeignKey(secret => secret.ResourceId);
    }
}

internal sealed class PersonalSpaceConfiguration : IEntityTypeConfiguration<PersonalSpace>
{
    public void Configure(EntityTypeBuilder<PersonalSpace> builder)
    {
        builder.Property(space => space.Id).ValueGeneratedNever();
        builder.Property(space => space.UserName).HasMaxLength(256);
        builder.Ignore(space => space.KeptUntilUtc);
        builder.HasOne<Organization>().WithMany().HasForeignKey(space => space.OrganizationId);
        builder.HasIndex(space => new { space.OrganizationId, space.UserId }).IsUnique();
        builder.HasIndex(space => space.LeftUtc);
    }
}

internal sealed class LimitConfiguration : IEntityTypeConfiguration<Limit>
{
    public void Configure(EntityTypeBuilder<Limit> builder)
    {
        builder.HasKey(limit => new { limit.ScopeId, limit.Scope, limit.Metric });
        builder.Property(limit => limit.Metric).HasMaxLength(40);
        builder.Property(limit => limit.SetByName).HasMaxLength(256);
    }
}

internal sealed class UsageConfiguration : IEntityTypeConfiguration<Usage>
{
    public void Configure(EntityTypeBuilder<Usage> builder)
    {
        builder.HasKey(usage => new { usage.OwnerId, usage.Metric });
        builder.Property(usage => usage.Metric).HasMaxLength(40);
        builder.HasOne<Organization>().WithMany().HasForeignKey(usage => usage.OrganizationId);
    }
}
