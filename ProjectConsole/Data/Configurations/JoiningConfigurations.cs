using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Data.Configurations;

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.Property(invitation => invitation.Id).ValueGeneratedNever();
        builder.Property(invitation => invitation.Email).HasMaxLength(256);
        builder.Property(invitation => invitation.NormalizedEmail).HasMaxLength(256);
        builder.Property(invitation => invitation.OrganizationRoleKey).HasMaxLength(40);
        builder.Property(invitation => invitation.ProjectRoleKey).HasMaxLength(40);
        builder.Property(invitation => invitation.TokenHash).HasMaxLength(64);
        builder.Property(invitation => invitation.InvitedByName).HasMaxLength(256);
        builder.Property(invitation => invitation.Version).IsConcurrencyToken();
        builder.HasOne<Organization>().WithMany().HasForeignKey(invitation => invitation.OrganizationId);
        builder.HasOne<Project>().WithMany().HasForeignKey(invitation => invitation.ProjectId);
        builder.HasIndex(invitation => invitation.TokenHash);
        builder.HasIndex(invitation => new { invitation.OrganizationId, invitation.SentUtc });
        builder.HasIndex(invitation => new { invitation.ProjectId, invitation.SentUtc });
        builder.HasIndex(invitation => new { invitation.NormalizedEmail, invitation.State });
    }
}

internal sealed class AccessRequestConfiguration : IEntityTypeConfiguration<AccessRequest>
{
    public void Configure(EntityTypeBuilder<AccessRequest> builder)
    {
        builder.Property(request => request.Id).ValueGeneratedNever();
        builder.Property(request => request.UserName).HasMaxLength(256);
        builder.Property(request => request.RoleKey).HasMaxLength(40);
        builder.Property(request => request.Reason).HasMaxLength(AccessRequest.LongestText);
        builder.Property(request => request.AnsweredByName).HasMaxLength(256);
        builder.Property(request => request.Slug).HasMaxLength(AccessRequest.LongestSlug);
        builder.Property(request => request.Answer).HasMaxLength(AccessRequest.LongestText);
        builder.Property(request => request.Version).IsConcurrencyToken();
        builder.HasOne<Organization>().WithMany().HasForeignKey(request => request.OrganizationId);
        builder.HasOne<Project>().WithMany().HasForeignKey(request => request.ProjectId);
        builder.HasOne<User>().WithMany().HasForeignKey(request => request.UserId);
        builder.HasIndex(request => new { request.ProjectId, request.State, request.RequestedUtc });
        builder.HasIndex(request => new { request.UserId, request.OrganizationId, request.State });
        builder.HasIndex(request => new { request.AwaitsLookup, request.RequestedUtc });
    }
}

internal sealed class OutgoingMailConfiguration : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.Property(mail => mail.To).HasMaxLength(256);
        builder.Property(mail => mail.Subject).HasMaxLength(300);
        builder.HasIndex(mail => mail.NextUtc);
    }
}
