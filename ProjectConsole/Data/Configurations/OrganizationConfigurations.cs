using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Data.Configurations;

internal sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> builder)
    {
        builder.Property(organization => organization.Id).ValueGeneratedNever();
        builder.Property(organization => organization.Slug).HasMaxLength(Slug.Longest);
        builder.Property(organization => organization.Name).HasMaxLength(OrganizationSettings.LongestName);
        builder.Property(organization => organization.SearchText).HasMaxLength(600);
        builder.Property(organization => organization.ProjectIdPattern).HasMaxLength(OrganizationSettings.LongestPattern);
        builder.Property(organization => organization.ProjectIdHint).HasMaxLength(OrganizationSettings.LongestPattern);
        builder.Property(organization => organization.Version).IsConcurrencyToken();
        builder.Ignore(organization => organization.AppTypes);
        builder.HasIndex(organization => organization.Slug).IsUnique();
    }
}

internal sealed class MemberConfiguration : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.HasKey(member => new { member.OrganizationId, member.UserId });
        builder.Property(member => member.RoleKey).HasMaxLength(40);
        builder.Property(member => member.Version).IsConcurrencyToken();
        builder.HasOne<Organization>().WithMany().HasForeignKey(member => member.OrganizationId);
        builder.HasOne<User>().WithMany().HasForeignKey(member => member.UserId);
        builder.HasIndex(member => new { member.OrganizationId, member.RoleKey });
    }
}

internal sealed class WorkspaceConfiguration : IEntityTypeConfiguration<Workspace>
{
    public void Configure(EntityTypeBuilder<Workspace> builder)
    {
        builder.Property(workspace => workspace.Id).ValueGeneratedNever();
        builder.Property(workspace => workspace.Slug).HasMaxLength(Slug.Longest);
        builder.Property(workspace => workspace.Name).HasMaxLength(Workspace.LongestName);
        builder.Property(workspace => workspace.NameFolded).HasMaxLength(400);
        builder.Property(workspace => workspace.Version).IsConcurrencyToken();
        builder.HasOne<Organization>().WithMany().HasForeignKey(workspace => workspace.OrganizationId);
        builder.HasIndex(workspace => new { workspace.OrganizationId, workspace.Slug }).IsUnique();
    }
}

internal sealed class AllowanceRequestConfiguration : IEntityTypeConfiguration<AllowanceRequest>
{
    public void Configure(EntityTypeBuilder<AllowanceRequest> builder)
    {
        builder.Property(request => request.Id).ValueGeneratedNever();
        builder.Property(request => request.RequestedByName).HasMaxLength(256);
        builder.Property(request => request.Reason).HasMaxLength(1000);
        builder.Property(request => request.Answer).HasMaxLength(1000);
        builder.Property(request => request.Version).IsConcurrencyToken();
        builder.HasOne<Organization>().WithMany().HasForeignKey(request => request.OrganizationId);
        builder.HasIndex(request => new { request.State, request.RequestedUtc });
    }
}
