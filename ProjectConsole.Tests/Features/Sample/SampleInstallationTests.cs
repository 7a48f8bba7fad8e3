using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Data.Limits;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Limits;
using ProjectConsole.Features.Sample;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Sample;

public sealed class SampleInstallationTests
{
    private const string Password = "a password of the test";

    [DatabaseTheory]
    public async Task Create_EmptyDatabase_GivesEveryAccountItsRole(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);

        var made = await Sample(database).CreateAsync(Password);

        Assert.Equal(10, made.Count);
        Assert.Equal("Admin", await RoleAsync(database, SamplePeople.Owner, "vision"));
        Assert.Equal("Admin", await RoleAsync(database, SamplePeople.OrganizationAdmin, "speech"));
        Assert.Equal("Admin", await RoleAsync(database, SamplePeople.ProjectAdmin, "vision"));
        Assert.Equal("Manager", await RoleAsync(database, SamplePeople.Manager, "vision"));
        Assert.Equal("Developer", await RoleAsync(database, SamplePeople.Developer, "vision"));
        Assert.Equal("Contributor", await RoleAsync(database, SamplePeople.Contributor, "vision"));
        Assert.Equal("Viewer", await RoleAsync(database, SamplePeople.Viewer, "vision"));
        Assert.Equal("Developer", await RoleAsync(database, SamplePeople.External, "speech"));
        Assert.Null(await RoleAsync(database, SamplePeople.External, "default"));
        Assert.Null(await RoleAsync(database, SamplePeople.Member, "vision"));
        Assert.Equal("Developer", await RoleAsync(database, SamplePeople.Member, "default"));
        Assert.Null(await RoleAsync(database, SamplePeople.Viewer, "staging"));
        // Through the team on the workspace.
        Assert.Equal("Viewer", await RoleAsync(database, SamplePeople.Viewer, "speech"));
    }

    [Fact]
    public async Task Create_EmptyDatabase_MakesConfirmedAccountsAndOneAdministrator()
    {
        await using var database = await TestDatabase.CreateAsync();

        await Sample(database).CreateAsync(Password);

        var users = await database.ReadAsync(db => db.Users.ToListAsync());
        Assert.All(users, user => Assert.True(user.EmailConfirmed));
        Assert.All(users, user => Assert.Equal(
            PasswordVerificationResult.Success, new PasswordHasher<User>().VerifyHashedPassword(user, user.PasswordHash!, Password)));
        Assert.Equal(SamplePeople.Owner, Assert.Single(users, user => user.IsInstallationAdministrator).Email);
        var organization = await database.ReadAsync(db => db.Organizations.SingleAsync());
        Assert.Null(organization.ProjectAllowance);
        Assert.True(organization.AllowsExternalCollaborators);
        Assert.Equal(["default", "platform", "research"], await database.ReadAsync(db => db.Workspaces.Select(row => row.Slug).Order().ToListAsync()));
    }

    [Fact]
    public async Task Create_EmptyDatabase_SharesInEveryStateAndUsesWhatIsNamed()
    {
        await using var database = await TestDatabase.CreateAsync();

        await Sample(database).CreateAsync(Password);

        Assert.Equal(
            [(ShareState.Pending, ShareLevel.View), (ShareState.Accepted, ShareLevel.Use), (ShareState.Accepted, ShareLevel.View)],
            (await database.ReadAsync(db => db.ResourceShares.Select(share => new { share.State, share.Level }).ToListAsync())).Select(share => (share.State, share.Level)).OrderBy(share => share.State).ThenByDescending(share => share.Level));
        Assert.Equal(1, await database.ReadAsync(db => db.Resources.CountAsync(resource => resource.IsOrganizationVisible)));
        Assert.False(await database.ReadAsync(db => (from link in db.ResourceLinks
                                                     join user in db.Resources on link.FromId equals user.Id
                                                     join used in db.Resources on link.ToId equals used.Id
                                                     where used.LastUsedUtc < user.StateUtc
                                                     select link).AnyAsync()));
    }

    [Fact]
    public async Task Create_EmptyDatabase_NumbersTheHistoryInItsOrder()
    {
        await using var database = await TestDatabase.CreateAsync();

        await Sample(database).CreateAsync(Password);

        var times = await database.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.WhenUtc).ToListAsync());
        Assert.Equal(times.Order(), times);
        Assert.All(times, time => Assert.True(time < database.Clock.UtcNow));
        Assert.True(times.Count > 20);
    }

    [DatabaseTheory]
    public async Task Create_EmptyDatabase_CountsWhatTheResourcesUse(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);

        await Sample(database).CreateAsync(Password);

        var resources = await database.ReadAsync(db => db.Resources.Where(resource => resource.OwnerId != resource.OrganizationId).ToListAsync());
        var sums = resources.SelectMany(resource => ResourceUse.Of(ResourceKinds.Get(resource.Kind), resource.Spec, resource.State).Select(use => (resource.OwnerId, use.Key.Name, use.Value)))
            .GroupBy(use => (use.OwnerId, use.Name)).ToDictionary(group => group.Key, group => group.Sum(use => use.Value));
        var used = (await database.ReadAsync(db => db.Usages.ToListAsync())).Where(row => row.Metric is not ("keys" or "collaborators")).ToDictionary(row => (row.OwnerId, row.Metric), row => row.Used);
        Assert.Equal(sums.Where(sum => sum.Value != 0).ToDictionary(), used.Where(row => row.Value != 0).ToDictionary());
        var vision = await database.ReadAsync(db => db.Projects.Where(project => project.Slug == "vision").Select(project => project.Id).SingleAsync());
        Assert.Equal((18, 3), (used[(vision, "gpus")], used[(vision, "endpoint")]));
    }

    // What is told of limits is to be seen: a warning before one is full, and one that is.
    [DatabaseTheory]
    public async Task Create_EmptyDatabase_NearsALimitAndReachesAnother(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, services => services.AddLimitsFeature());

        await Sample(database).CreateAsync(Password);

        var owner = await database.ReadAsync(db => db.Users.SingleAsync(user => user.Email == SamplePeople.Owner));
        var rows = new List<LimitRow>();
        string[] slugs = [.. SampleResources.ByProject.Keys];
        foreach (var project in await database.ReadAsync(db => db.Projects.Where(project => slugs.Contains(project.Slug)).ToListAsync()))
        {
            rows.AddRange((await database.Get<LimitsService>().ListAsync(Actors.Of(owner), LimitPlace.Of(new ProjectScope(project.OrganizationId, project.Id)))).Value.Rows);
        }

        var near = rows.FindAll(row => row.Used * 100 >= row.Amount * 85 && row.Used < row.Amount);
        Assert.NotEmpty(near);
        Assert.All(near, row => Assert.True(row.IsNear, row.Title));
        Assert.Contains(rows, row => row.Used > 0 && row.Used == row.Amount);
        Assert.DoesNotContain(rows, row => row.Used > row.Amount);
    }

    [Fact]
    public async Task Create_DatabaseInUse_WritesNothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Given.OrganizationAsync(database, "other");

        var made = await Sample(database).CreateAsync(Password);

        Assert.Empty(made);
        Assert.Equal(1, await database.ReadAsync(db => db.Users.CountAsync()));
        Assert.Equal("other", await database.ReadAsync(db => db.Organizations.Select(row => row.Slug).SingleAsync()));
    }

    private static SampleInstallation Sample(TestDatabase database) => new(
        database.Get<IDbContextFactory<ConsoleDbContext>>(),
        database.Provider,
        new AccountCreation(new PasswordHasher<User>()),
        new UsageLedger(database.Provider),
        new EphemeralDataProtectionProvider(),
        database.Clock);

    private static async Task<string?> RoleAsync(TestDatabase database, string email, string project)
    {
        var user = await database.ReadAsync(db => db.Users.SingleAsync(user => user.Email == email));
        var access = await database.Get<AccessControl>().OpenProjectAsync(Actors.Of(user), "acme", project);
        return access is null ? null : ProjectRole.LargestIn(access.Access.Held)?.Title;
    }
}
