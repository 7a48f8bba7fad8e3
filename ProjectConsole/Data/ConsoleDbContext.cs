using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Data.Protection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Commands;
using ProjectConsole.Domain.Installation;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Domain.Teams;

namespace ProjectConsole.Data;

/// <summary>The console's database; one sealed type per provider derives from it, so that each has its own migrations.</summary>
public abstract class ConsoleDbContext(DbContextOptions options) : IdentityUserContext<User, Guid>(options)
{
    /// <summary>The only row of installation settings.</summary>
    public DbSet<InstallationSettings> Installation => Set<InstallationSettings>();

    /// <summary>Tenants.</summary>
    public DbSet<Organization> Organizations => Set<Organization>();

    /// <summary>Users in organizations.</summary>
    public DbSet<Member> Members => Set<Member>();

    /// <summary>Groups of projects.</summary>
    public DbSet<Workspace> Workspaces => Set<Workspace>();

    /// <summary>Requests for more projects.</summary>
    public DbSet<AllowanceRequest> AllowanceRequests => Set<AllowanceRequest>();

    /// <summary>Projects, deleted ones included.</summary>
    public DbSet<Project> Projects => Set<Project>();

    /// <summary>Project IDs that were ever used.</summary>
    public DbSet<ProjectSlug> ProjectSlugs => Set<ProjectSlug>();

    /// <summary>Who was last where when.</summary>
    public DbSet<ProjectVisit> ProjectVisits => Set<ProjectVisit>();

    /// <summary>Users as themselves and as members of teams.</summary>
    public DbSet<Principal> Principals => Set<Principal>();

    /// <summary>Roles given on projects and workspaces.</summary>
    public DbSet<Grant> Grants => Set<Grant>();

    /// <summary>Named members of organizations; who is in them are principals.</summary>
    public DbSet<Team> Teams => Set<Team>();

    /// <summary>Project roles that organizations and projects made.</summary>
    public DbSet<CustomProjectRole> ProjectRoles => Set<CustomProjectRole>();

    /// <summary>Organization roles that organizations made.</summary>
    public DbSet<CustomOrganizationRole> OrganizationRoles => Set<CustomOrganizationRole>();

    /// <summary>Rules that subtract from grants.</summary>
    public DbSet<Restriction> Restrictions => Set<Restriction>();

    /// <summary>Sentences that every change of access is checked against.</summary>
    public DbSet<Assertion> Assertions => Set<Assertion>();

    /// <summary>Addresses asked to join.</summary>
    public DbSet<Invitation> Invitations => Set<Invitation>();

    /// <summary>Members who ask for a role.</summary>
    public DbSet<AccessRequest> AccessRequests => Set<AccessRequest>();

    /// <summary>Collaborators looked at one by one.</summary>
    public DbSet<AccessReview> AccessReviews => Set<AccessReview>();

    /// <summary>The rows of those reviews.</summary>
    public DbSet<AccessReviewRow> AccessReviewRows => Set<AccessReviewRow>();

    /// <summary>Mails that wait to be sent, and those that were.</summary>
    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();

    /// <summary>What projects own.</summary>
    public DbSet<Resource> Resources => Set<Resource>();

    /// <summary>What leads from one resource to another.</summary>
    public DbSet<ResourceLink> ResourceLinks => Set<ResourceLink>();

    /// <summary>Labels of resources.</summary>
    public DbSet<ResourceLabel> ResourceLabels => Set<ResourceLabel>();

    /// <summary>States that resources entered.</summary>
    public DbSet<ResourceStateChange> ResourceStateChanges => Set<ResourceStateChange>();

    /// <summary>Resources offered to other projects and workspaces.</summary>
    public DbSet<ResourceShare> ResourceShares => Set<ResourceShare>();

    /// <summary>Secret fields, encrypted.</summary>
    public DbSet<ResourceSecret> ResourceSecrets => Set<ResourceSecret>();

    /// <summary>What members own outside every project.</summary>
    public DbSet<PersonalSpace> PersonalSpaces => Set<PersonalSpace>();

    /// <summary>The most that may be used, and who says so.</summary>
    public DbSet<Limit> Limits => Set<Limit>();

    /// <summary>What projects and personal spaces use.</summary>
    public DbSet<Usage> Usages => Set<Usage>();

    /// <summary>API keys of projects.</summary>
    public DbSet<ProjectKey> ProjectKeys => Set<ProjectKey>();

    /// <summary>Bearer tokens of people.</summary>
    public DbSet<PersonalToken> PersonalTokens => Set<PersonalToken>();

    /// <summary>Public keys with which people sign in to clusters.</summary>
    public DbSet<SshKey> SshKeys => Set<SshKey>();

    /// <summary>Calls that were made with an idempotency key.</summary>
    public DbSet<IdempotentCall> IdempotentCalls => Set<IdempotentCall>();

    /// <summary>What happened.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>Heads of the sealed chains.</summary>
    public DbSet<AuditChain> AuditChains => Set<AuditChain>();

    /// <summary>Creating commands that were carried out.</summary>
    public DbSet<CommandReceipt> CommandReceipts => Set<CommandReceipt>();

    /// <summary>Sign-ins.</summary>
    public DbSet<UserSession> UserSessions => Set<UserSession>();

    /// <summary>Data-protection keys.</summary>
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>The provider's collation that compares bytes, so that search and order are the same everywhere; null for its default.</summary>
    protected abstract string? BinaryCollation { get; }

    /// <summary>How the provider writes that a column is true, as a condition of an index. It must be what its queries say, or they do not find the index.</summary>
    protected abstract string IsTrue(string column);

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await ResourceLabelRows.WriteAsync(this, cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => ResourceLabelRows.AreAffected(this)
        ? throw new NotSupportedException("What changes resources is saved with SaveChangesAsync: their labels are written with them.")
        : base.SaveChanges(acceptAllChangesOnSuccess);

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>().HavePrecision(6);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(20);
        if (BinaryCollation is { } collation)
        {
            configurationBuilder.Properties<string>().UseCollation(collation);
        }
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ConsoleDbContext).Assembly);
        builder.Entity<Resource>().HasIndex(resource => new { resource.OrganizationId, resource.Kind, resource.Name }, "IX_Resources_VisibleToOrganization")
            .HasFilter(IsTrue(nameof(Resource.IsOrganizationVisible)));
        // Everybody who may see little sees this one: it is found without the others, and there is one.
        builder.Entity<Project>().HasIndex(project => project.OrganizationId, "IX_Projects_Default").IsUnique().HasFilter(IsTrue(nameof(Project.IsDefault)));
        foreach (var key in builder.Model.GetEntityTypes().SelectMany(type => type.GetForeignKeys()))
        {
            // SQL Server refuses several cascade paths to one table, and nothing here may vanish unasked.
            key.DeleteBehavior = DeleteBehavior.Restrict;
        }
    }
}
