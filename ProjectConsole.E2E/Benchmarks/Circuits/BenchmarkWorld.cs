using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.E2E.Benchmarks.Circuits;

/// <summary>
/// The database that pages are opened on: one organization with a full page of projects, one of which has a full page of
/// collaborators. Fixed, so that figures can be compared over the years, whatever the sample organization grows to.
/// </summary>
internal static class BenchmarkWorld
{
    public const string Organization = "acme";
    public const string Project = "project-01";
    public const string OwnerEmail = "owner@acme.test";
    public const string Password = "Benchmark-2026";
    public const int Rows = 25;

    private static readonly DateTime Now = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes it into a new data directory.</summary>
    public static async Task WriteAsync(string dataDirectory)
    {
        var services = new ServiceCollection();
        services.AddConsoleData(DataServices.Provider("Sqlite"), $"Data Source={Path.Combine(dataDirectory, "console.db")}");
        await using (var provider = services.BuildServiceProvider())
        {
            await using var db = await provider.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync();
            await db.Database.MigrateAsync();
            await provider.GetRequiredService<DatabaseProvider>().PrepareAsync(db);
            Fill(db);
            await db.SaveChangesAsync();
        }

        SqliteConnection.ClearAllPools();
    }

    private static void Fill(ConsoleDbContext db)
    {
        var organization = new Organization(Organization, "Acme", projectAllowance: null, Now);
        var workspace = new Workspace(organization.Id, "default", "default", Now);
        var owner = AddMember(db, organization, OwnerEmail, OrganizationRole.Owner);
        db.AddRange(organization, workspace);
        var first = AddProject(db, organization, workspace, owner, Project);
        for (var number = 2; number <= Rows; number++)
        {
            AddProject(db, organization, workspace, owner, $"project-{number:00}");
            var member = AddMember(db, organization, $"person-{number:00}@acme.test", OrganizationRole.Member);
            db.Add(Grant.OnProject(organization.Id, first.Id, member.Id, ProjectRole.Developer, owner.Id, OwnerEmail, Now));
        }
    }

    private static User AddMember(ConsoleDbContext db, Organization organization, string email, OrganizationRole role)
    {
        var normalizer = new UpperInvariantLookupNormalizer();
        var user = new User
        {
            UserName = email,
            Email = email,
            NormalizedUserName = normalizer.NormalizeName(email),
            NormalizedEmail = normalizer.NormalizeEmail(email),
            EmailConfirmed = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedUtc = Now,
        };
        user.PasswordHash = email == OwnerEmail ? new PasswordHasher<User>().HashPassword(user, Password) : null;
        db.AddRange(user, Principal.OfUser(user.Id), new Member(organization.Id, user.Id, role, Now));
        return user;
    }

    private static Project AddProject(ConsoleDbContext db, Organization organization, Workspace workspace, User owner, string slug)
    {
        var details = ProjectDetails.Named($"Project {slug[^2..]}", "What the team trains and serves, and how far it is.", structure: null, "production", "vision");
        var project = new Project(organization.Id, workspace.Id, slug, details, owner.Id, Now);
        db.AddRange(
            project,
            new ProjectSlug(organization.Id, slug),
            Grant.OnProject(organization.Id, project.Id, owner.Id, ProjectRole.Admin, owner.Id, OwnerEmail, Now));
        return project;
    }
}
