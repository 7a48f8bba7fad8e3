using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Domain.Teams;

namespace ProjectConsole.Data.Configurations;

internal sealed class CustomProjectRoleConfiguration : IEntityTypeConfiguration<CustomProjectRole>
{
    public void Configure(EntityTypeBuilder<CustomProjectRole> builder)
    {
        builder.Property(role => role.Id).ValueGeneratedNever();
        builder.Property(role => role.Key).HasMaxLength(40);
        builder.Property(role => role.Name).HasMaxLength(CustomProjectRole.LongestName);
        builder.Property(role => role.NameFolded).HasMaxLength(240);
        builder.Property(role => role.Description).HasMaxLength(CustomProjectRole.LongestDescription);
        builder.Property(role => role.BasedOn).HasMaxLength(40);
        builder.Property(role => role.Version).IsConcurrencyToken();
        builder.Ignore(role => role.Permissions);
        builder.HasOne<Organization>().WithMany().HasForeignKey(role => role.OrganizationId);
        builder.HasOne<Project>().WithMany().HasForeignKey(role => role.ProjectId);
        builder.HasIndex(role => role.Key).IsUnique();
        builder.HasIndex(role => new { role.OwnerId, role.NameFolded }).IsUnique();
    }
}

internal sealed class CustomOrganizationRoleConfiguration : IEntityTypeConfiguration<CustomOrganizationRole>
{
    public void Configure(EntityTypeBuilder<CustomOrganizationRole> builder)
    {
        builder.Property(role => role.Id).ValueGeneratedNever();
        builder.Property(role => role.Key).HasMaxLength(40);
        builder.Property(role => role.Name).HasMaxLength(CustomProjectRole.LongestName);
        builder.Property(role => role.NameFolded).HasMaxLength(240);
        builder.Property(role => role.Description).HasMaxLength(CustomProjectRole.LongestDescription);
        builder.Property(role => role.InEveryProject).HasMaxLength(40);
        builder.Property(role => role.Version).IsConcurrencyToken();
        builder.HasOne<Organization>().WithMany().HasForeignKey(role => role.OrganizationId);
        builder.HasIndex(role => role.Key).IsUnique();
        builder.HasIndex(role => new { role.OrganizationId, role.NameFolded }).IsUnique();
    }
}

internal sealed class RestrictionConfiguration : IEntityTypeConfiguration<Restriction>
{
    public void Configure(EntityTypeBuilder<Restriction> builder)
    {
        builder.Property(restriction => restriction.Id).ValueGeneratedNever();
        builder.Property(restriction => restriction.Name).HasMaxLength(Restriction.LongestName);
        builder.Property(restriction => restriction.NameFolded).HasMaxLength(240);
        builder.Property(restriction => restriction.Description).HasMaxLength(Restriction.LongestDescription);
        builder.Property(restriction => restriction.Version).IsConcurrencyToken();
        builder.Ignore(restriction => restriction.Rules);
        builder.HasOne<Organization>().WithMany().HasForeignKey(restriction => restriction.OrganizationId);
        builder.HasOne<Project>().WithMany().HasForeignKey(restriction => restriction.ProjectId);
        builder.HasIndex(restriction => new { restriction.OwnerId, restriction.NameFolded }).IsUnique();
    }
}

internal sealed class TeamConfiguration : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.Property(team => team.Id).ValueGeneratedNever();
        builder.Property(team => team.Slug).HasMaxLength(Slug.Longest);
        builder.Property(team => team.Name).HasMaxLength(Team.LongestName);
        builder.Property(team => team.NameFolded).HasMaxLength(400);
        builder.Property(team => team.Description).HasMaxLength(Team.LongestDescription);
        builder.Property(team => team.Version).IsConcurrencyToken();
        builder.HasOne<Organization>().WithMany().HasForeignKey(team => team.OrganizationId);
        builder.HasIndex(team => new { team.OrganizationId, team.Slug }).IsUnique();
        builder.HasIndex(team => new { team.OrganizationId, team.NameFolded });
    }
}

internal sealed class AssertionConfiguration : IEntityTypeConfiguration<Assertion>
{
    public void Configure(EntityTypeBuilder<Assertion> builder)
    {
        builder.Property(assertion => assertion.Id).ValueGeneratedNever();
        builder.Property(assertion => assertion.PermissionName).HasMaxLength(60);
        builder.Property(assertion => assertion.RoleKey).HasMaxLength(40);
        builder.Property(assertion => assertion.Reason).HasMaxLength(Assertion.LongestReason);
        builder.Property(assertion => assertion.CreatedByName).HasMaxLength(256);
        builder.Property(assertion => assertion.Version).IsConcurrencyToken();
        builder.HasOne<Organization>().WithMany().HasForeignKey(assertion => assertion.OrganizationId);
        builder.HasOne<Project>().WithMany().HasForeignKey(assertion => assertion.ProjectId);
        builder.HasOne<Team>().WithMany().HasForeignKey(assertion => assertion.TeamId);
    }
}

internal sealed class AccessReviewConfiguration : IEntityTypeConfiguration<AccessReview>
{
    public void Configure(EntityTypeBuilder<AccessReview> builder)
    {
        builder.Property(review => review.Id).ValueGeneratedNever();
        builder.Property(review => review.StartedByName).HasMaxLength(256);
        builder.Property(review => review.ClosedByName).HasMaxLength(256);
        builder.Property(review => review.Version).IsConcurrencyToken();
        builder.HasOne<Organization>().WithMany().HasForeignKey(review => review.OrganizationId);
        builder.HasOne<Project>().WithMany().HasForeignKey(review => review.ProjectId);
        builder.HasIndex(review => new { review.ProjectId, review.StartedUtc });
        builder.HasIndex(review => new { review.ClosedUtc, review.DueUtc });
    }
}

internal sealed class AccessReviewRowConfiguration : IEntityTypeConfiguration<AccessReviewRow>
{
    public void Configure(EntityTypeBuilder<AccessReviewRow> builder)
    {
        builder.HasKey(row => new { row.ReviewId, row.PrincipalId });
        builder.Property(row => row.Name).HasMaxLength(256);
        builder.Property(row => row.RoleKey).HasMaxLength(40);
        builder.Property(row => row.RoleTitle).HasMaxLength(CustomProjectRole.LongestName);
        builder.Property(row => row.NewRoleKey).HasMaxLength(40);
        builder.Property(row => row.AnsweredByName).HasMaxLength(256);
        builder.Property(row => row.Note).HasMaxLength(500);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasOne<AccessReview>().WithMany().HasForeignKey(row => row.ReviewId);
    }
}
