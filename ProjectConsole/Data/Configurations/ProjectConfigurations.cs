using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Commands;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Data.Configurations;

internal sealed class ProjectConfiguration : IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Project> builder)
    {
        builder.Property(project => project.Id).ValueGeneratedNever();
        builder.Property(project => project.Slug).HasMaxLength(Slug.Longest);
        builder.Property(project => project.Name).HasMaxLength(ProjectDetails.LongestName);
        builder.Property(project => project.NameFolded).HasMaxLength(400);
        builder.Property(project => project.SearchText).HasMaxLength(460);
        builder.Property(project => project.Description).HasMaxLength(ProjectDetails.LongestDescription);
        builder.Property(project => project.Structure).HasMaxLength(20);
        builder.Property(project => project.Labels).HasJsonList();
        builder.Property(project => project.Configuration).HasJsonList();
        builder.Property(project => project.Version).IsConcurrencyToken();
        builder.HasOne<Organization>().WithMany().HasForeignKey(project => project.OrganizationId);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(project => project.WorkspaceId);
        builder.HasIndex(project => new { project.OrganizationId, project.Slug }).IsUnique();
        // Each order of the list with what it filters on at its end, so that the rows before a page and those that do not match are not read.
        // The search text begins with the folded name and a line break, which no name holds: it sorts as name and Project ID do.
        builder.HasIndex(project => new { project.OrganizationId, project.SearchText, project.State });
        builder.HasIndex(project => new { project.OrganizationId, project.LastActivityUtc, project.Slug, project.State, project.SearchText });
        builder.HasIndex(project => new { project.OrganizationId, project.CreatedUtc, project.Slug, project.State });
        builder.HasIndex(project => new { project.OrganizationId, project.State, project.SearchText });
        builder.HasIndex(project => new { project.OrganizationId, project.CreatedBy, project.State });
    }
}

internal sealed class ProjectSlugConfiguration : IEntityTypeConfiguration<ProjectSlug>
{
    public void Configure(EntityTypeBuilder<ProjectSlug> builder)
    {
        builder.HasKey(slug => new { slug.OrganizationId, slug.Folded });
        builder.Property(slug => slug.Folded).HasMaxLength(Slug.Longest);
        builder.HasOne<Organization>().WithMany().HasForeignKey(slug => slug.OrganizationId);
    }
}

internal sealed class ProjectVisitConfiguration : IEntityTypeConfiguration<ProjectVisit>
{
    public void Configure(EntityTypeBuilder<ProjectVisit> builder)
    {
        builder.HasKey(visit => new { visit.UserId, visit.ProjectId });
        builder.HasOne<User>().WithMany().HasForeignKey(visit => visit.UserId);
        builder.HasOne<Project>().WithMany().HasForeignKey(visit => visit.ProjectId);
        builder.HasIndex(visit => new { visit.UserId, visit.LastUtc });
    }
}

internal sealed class PrincipalConfiguration : IEntityTypeConfiguration<Principal>
{
    public void Configure(EntityTypeBuilder<Principal> builder)
    {
        builder.HasKey(principal => new { principal.UserId, principal.Id });
        builder.Property(principal => principal.Id).ValueGeneratedNever();
        builder.HasOne<User>().WithMany().HasForeignKey(principal => principal.UserId);
        // Who is in a team, without the rows.
        builder.HasIndex(principal => new { principal.Id, principal.UserId });
    }
}

internal sealed class GrantConfiguration : IEntityTypeConfiguration<Grant>
{
    public void Configure(EntityTypeBuilder<Grant> builder)
    {
        builder.Property(grant => grant.Id).ValueGeneratedNever();
        builder.Property(grant => grant.RoleKey).HasMaxLength(40);
        builder.Property(grant => grant.GrantedByName).HasMaxLength(256);
        builder.Property(grant => grant.Version).IsConcurrencyToken();
        builder.HasOne<Organization>().WithMany().HasForeignKey(grant => grant.OrganizationId);
        builder.HasOne<Project>().WithMany().HasForeignKey(grant => grant.ProjectId);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(grant => grant.WorkspaceId);
        builder.HasOne<Restriction>().WithMany().HasForeignKey(grant => grant.RestrictionId);
        builder.HasIndex(grant => new { grant.PrincipalId, grant.ProjectId, grant.IsUpgrade }).IsUnique();
        builder.HasIndex(grant => new { grant.PrincipalId, grant.WorkspaceId, grant.IsUpgrade }).IsUnique();
        // With what says whether a grant is in force at its end: the grants of a project are counted and listed without reading their rows.
        builder.HasIndex(grant => new { grant.ProjectId, grant.RoleKey, grant.PrincipalId, grant.IsUpgrade, grant.ExpiresUtc });
        builder.HasIndex(grant => new { grant.OrganizationId, grant.PrincipalId });
        builder.HasIndex(grant => new { grant.OrganizationId, grant.RoleKey });
        builder.HasIndex(grant => grant.RestrictionId);
        builder.HasIndex(grant => grant.WorkspaceId);
        // Without those that never end: to look for these in it is to read all of them.
        builder.HasIndex(grant => grant.ExpiresUtc).HasFilter("\"ExpiresUtc\" IS NOT NULL");
    }
}

internal sealed class CommandReceiptConfiguration : IEntityTypeConfiguration<CommandReceipt>
{
    public void Configure(EntityTypeBuilder<CommandReceipt> builder)
    {
        builder.HasKey(receipt => new { receipt.ActorId, receipt.Key });
        builder.HasIndex(receipt => receipt.CreatedUtc);
    }
}
