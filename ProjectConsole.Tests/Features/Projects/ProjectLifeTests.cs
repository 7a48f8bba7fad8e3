using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Projects;

public sealed class ProjectLifeTests
{
    public static IEnumerable<object[]> WhoMay =>
    [
        ["owner", true],
        ["organization admin", true],
        ["admin", true],
        ["manager", false],
        ["developer", false],
        ["contributor", false],
        ["viewer", false],
        ["auditor", false],
        ["member", false],
        ["stranger", false],
    ];

    [DatabaseTheory]
    [MemberData(nameof(WhoMay))]
    public async Task SuspendAndActivate_EachRole_OnlyAdmins(DatabaseKind kind, string who, bool may)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (person, churn) = await ProjectsTest.PersonAsync(acme, who);
        var life = database.Get<ProjectLifeService>();

        await TryAsync(database, may, () => life.SuspendAsync(Actors.Of(person), acme.Scope(churn)));
        Assert.Equal(may ? ProjectState.Suspended : ProjectState.Active, await StateAsync(database, churn));
        if (!may)
        {
            await acme.ChangeAsync(churn, project => project.Suspend(false));
        }

        await TryAsync(database, may, () => life.ActivateAsync(Actors.Of(person), acme.Scope(churn)));
        Assert.Equal(may ? ProjectState.Active : ProjectState.Suspended, await StateAsync(database, churn));
    }

    [DatabaseTheory]
    [MemberData(nameof(WhoMay))]
    [InlineData("external admin", false)]
    public async Task DeleteAndRestore_EachRole_OnlyAdminsInside(DatabaseKind kind, string who, bool may)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (person, churn) = await ProjectsTest.PersonAsync(acme, who);
        var life = database.Get<ProjectLifeService>();

        await TryAsync(database, may, () => life.DeleteAsync(Actors.Of(person), acme.Scope(churn), "churn"));
        Assert.Equal(may ? ProjectState.Deleted : ProjectState.Active, await StateAsync(database, churn));
        if (!may)
        {
            await acme.ChangeAsync(churn, project => project.Delete(database.Clock.UtcNow));
        }

        await TryAsync(database, may, async () => Plain(await life.RestoreAsync(Actors.Of(person), acme.Scope(churn))));
        Assert.Equal(may ? ProjectState.Active : ProjectState.Deleted, await StateAsync(database, churn));
    }

    [DatabaseTheory]
    [InlineData("admin", true)]
    [InlineData("owner", true)]
    [InlineData("manager", false)]
    [InlineData("stranger", false)]
    public async Task InventoryAsync_EachRole_ReadsEveryKindOnlyWhenItMayDelete(DatabaseKind kind, string who, bool may)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (person, churn) = await ProjectsTest.PersonAsync(acme, who);
        await acme.ResourceAsync(churn, "cluster", "gpu");
        await acme.ResourceAsync(churn, "run", "one");
        await acme.ResourceAsync(churn, "run", "two");
        await acme.ResourceAsync(acme.DefaultProject, "run", "elsewhere");

        var result = await database.Get<ProjectInventoryService>().InventoryAsync(Actors.Of(person), acme.Scope(churn));

        Assert.Equal(may, result.Succeeded);
        if (may)
        {
            Assert.Equal([("Runs", 2), ("Cluster", 1)], result.Value.Kinds.Select(count => (count.Title, count.Count)));
            Assert.Equal(database.Clock.UtcNow + Project.RestorableFor, result.Value.RestorableUntilUtc);
        }
    }

    [DatabaseTheory]
    public async Task DeleteAsync_WrongTypedId_IsRefused(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var churn = await acme.ProjectAsync("churn");

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
        {
            foreach (var typed in WrongIds)
            {
                var result = await database.Get<ProjectLifeService>().DeleteAsync(Actors.Of(acme.Owner), acme.Scope(churn), typed);
                Assert.Equal("Type churn to confirm.", Assert.IsType<Invalid>(result.Error).For("ProjectId"));
            }
        });
    }

    [DatabaseTheory]
    public async Task EveryAct_ProjectOfAnotherOrganization_IsNotFound(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var other = await Given.OrganizationAsync(database, "other");
        var (churn, life, actor) = (await acme.ProjectAsync("churn"), database.Get<ProjectLifeService>(), Actors.Of(other.Owner));
        ProjectScope[] scopes = [acme.Scope(churn), other.Scope(churn), new(other.Id, Guid.NewGuid())];

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
        {
            foreach (var scope in scopes)
            {
                Assert.IsType<NotFound>((await life.SuspendAsync(actor, scope)).Error);
                Assert.IsType<NotFound>((await life.ActivateAsync(actor, scope)).Error);
                Assert.IsType<NotFound>((await life.DeleteAsync(actor, scope, "churn")).Error);
                Assert.IsType<NotFound>((await life.RestoreAsync(actor, scope)).Error);
                Assert.IsType<NotFound>((await database.Get<ProjectInventoryService>().InventoryAsync(actor, scope)).Error);
                Assert.IsType<NotFound>((await database.Get<ProjectSettingsService>().GetAsync(actor, scope)).Error);
                Assert.IsType<NotFound>((await database.Get<ProjectOverviewService>().GetAsync(actor, scope)).Error);
            }
        });
    }

    [DatabaseTheory]
    public async Task ActivateAsync_SuspendedByAnOwner_IsRefusedToTheProjectsAdmin(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (admin, churn) = await ProjectsTest.PersonAsync(acme, "admin");
        var life = database.Get<ProjectLifeService>();
        await life.SuspendAsync(Actors.Of(acme.Owner), acme.Scope(churn));

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
            Assert.IsType<SuspendedByTheOrganization>((await life.ActivateAsync(Actors.Of(admin), acme.Scope(churn))).Error));
        Assert.True((await life.ActivateAsync(Actors.Of(acme.Owner), acme.Scope(churn))).Succeeded);
    }

    [DatabaseTheory]
    public async Task SuspendAsync_SuspendedByTheProjectsAdminBefore_BecomesTheOrganizationsOwn(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (admin, churn) = await ProjectsTest.PersonAsync(acme, "admin");
        var (life, access) = (database.Get<ProjectLifeService>(), database.Get<AccessControl>());
        Assert.True((await life.SuspendAsync(Actors.Of(admin), acme.Scope(churn))).Succeeded);
        Assert.True(ProjectLifeRules.MaySuspendForOrganization((await access.OpenProjectAsync(Actors.Of(acme.Owner), "acme", "churn"))!));
        Assert.False(ProjectLifeRules.MaySuspendForOrganization((await access.OpenProjectAsync(Actors.Of(admin), "acme", "churn"))!));

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
            Assert.IsType<WrongProjectState>((await life.SuspendAsync(Actors.Of(admin), acme.Scope(churn))).Error));
        Assert.True((await life.SuspendAsync(Actors.Of(acme.Owner), acme.Scope(churn))).Succeeded);

        Assert.False(ProjectLifeRules.MaySuspendForOrganization((await access.OpenProjectAsync(Actors.Of(acme.Owner), "acme", "churn"))!));
        Assert.IsType<SuspendedByTheOrganization>((await life.ActivateAsync(Actors.Of(admin), acme.Scope(churn))).Error);
        var entry = await database.ReadAsync(db => db.AuditEntries.OrderBy(row => row.Id).LastAsync(row => row.Action == AuditActions.ProjectSuspended));
        Assert.Equal(
            ("""{"state":"Suspended","suspendedByOrganization":false}""", """{"state":"Suspended","suspendedByOrganization":true}"""), (entry.Before, entry.After));
    }

    [DatabaseTheory]
    public async Task RestoreAsync_AllowanceFull_IsRefused(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database, allowance: 2);
        var (churn, life, owner) = (await acme.ProjectAsync("churn"), database.Get<ProjectLifeService>(), Actors.Of(acme.Owner));
        await life.DeleteAsync(owner, acme.Scope(churn), "churn");
        await database.Get<ProjectCreationService>().CreateAsync(owner, acme.Id, ProjectsTest.Draft("next"));

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
            Assert.IsType<AllowanceReached>((await life.RestoreAsync(owner, acme.Scope(churn))).Error));
    }

    [DatabaseTheory]
    public async Task RestoreAsync_ManyInParallel_NeverExceedTheAllowance(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database, allowance: 3);
        var (life, owner, scopes) = (database.Get<ProjectLifeService>(), Actors.Of(acme.Owner), new List<ProjectScope>());
        for (var number = 0; number < 6; number++)
        {
            var project = await acme.ProjectAsync($"p-{number}");
            await acme.ChangeAsync(project, entity => entity.Delete(database.Clock.UtcNow));
            scopes.Add(acme.Scope(project));
        }

        var results = await Task.WhenAll(scopes.Select(scope => Task.Run(() => life.RestoreAsync(owner, scope))));

        Assert.Equal(2, results.Count(result => result.Succeeded));
        Assert.Equal(3, await database.ReadAsync(db => db.Projects.CountAsync(project => project.State != ProjectState.Deleted)));
    }

    [DatabaseTheory]
    public async Task RestoreAsync_NoAdminLeft_MakesTheRestorerAdmin(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var churn = await acme.ProjectAsync("churn", (ann, ProjectRole.Admin));
        var life = database.Get<ProjectLifeService>();
        await life.DeleteAsync(Actors.Of(ann), acme.Scope(churn), "churn");
        await database.ChangeAsync<ProjectConsole.Data.Accounts.User>(user => user.LockedUtc = database.Clock.UtcNow, ann.Id);

        var restored = (await life.RestoreAsync(Actors.Of(acme.Owner), acme.Scope(churn))).Value;

        Assert.True(restored.BecameAdmin);
        Assert.Contains(await database.ReadAsync(db => db.Grants.Where(grant => grant.ProjectId == churn.Id).ToListAsync()), grant => grant.PrincipalId == acme.Owner.Id && grant.RoleKey == ProjectRole.Admin.Key);
    }

    [DatabaseTheory]
    public async Task RestoreAsync_ByOneWhoMayOnlyDelete_MakesTheOldestOwnerAdmin(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (ann, eve, life) = (await acme.MemberAsync("ann"), await acme.MemberAsync("eve"), database.Get<ProjectLifeService>());
        var churn = await acme.ProjectAsync("churn", (ann, ProjectRole.Admin));
        var custom = new CustomProjectRole(acme.Id, null, "viewer", database.Clock.UtcNow);
        custom.Change("Deleter", "", PermissionCatalogue.WithIncluded(Permissions.ProjectDelete));
        await database.AddAsync(custom);
        await acme.GrantAsync(churn, eve, custom.ToRole());
        await acme.GrantAsync(churn, acme.Owner, ProjectRole.Viewer, database.Clock.UtcNow.AddDays(1));
        await acme.ChangeAsync(churn, project => project.Delete(database.Clock.UtcNow));
        await database.ChangeAsync<ProjectConsole.Data.Accounts.User>(user => user.LockedUtc = database.Clock.UtcNow, ann.Id);

        Assert.False((await life.RestoreAsync(Actors.Of(eve), acme.Scope(churn))).Value.BecameAdmin);

        var grants = await database.ReadAsync(db => db.Grants.Where(grant => grant.ProjectId == churn.Id).ToListAsync());
        Assert.Equal(custom.Key, grants.Single(grant => grant.PrincipalId == eve.Id).RoleKey);
        var owner = grants.Single(grant => grant.PrincipalId == acme.Owner.Id);
        Assert.Equal((ProjectRole.Admin.Key, (DateTime?)null), (owner.RoleKey, owner.ExpiresUtc));
    }

    [DatabaseTheory]
    public async Task RestoreAsync_AfterThirtyDays_IsRefused(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (churn, life) = (await acme.ProjectAsync("churn"), database.Get<ProjectLifeService>());
        await life.DeleteAsync(Actors.Of(acme.Owner), acme.Scope(churn), "churn");
        database.Clock.Advance(Project.RestorableFor);

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
            Assert.IsType<RestoreTooLate>((await life.RestoreAsync(Actors.Of(acme.Owner), acme.Scope(churn))).Error));
    }

    [DatabaseTheory]
    public async Task DeleteAsync_DoubleClick_DeletesOnceAndSaysSo(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (churn, life, owner) = (await acme.ProjectAsync("churn"), database.Get<ProjectLifeService>(), Actors.Of(acme.Owner));

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => life.DeleteAsync(owner, acme.Scope(churn), "churn"))));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Contains("is Deleted", result.Error!.Message, StringComparison.Ordinal));
        Assert.Equal(1, await database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.ProjectDeleted)));
    }

    [DatabaseTheory]
    public async Task DefaultProject_SuspendOrDelete_IsRefusedToItsOwner(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (life, owner, scope) = (database.Get<ProjectLifeService>(), Actors.Of(acme.Owner), acme.Scope(acme.DefaultProject));

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
        {
            Assert.IsType<DefaultProjectStays>((await life.SuspendAsync(owner, scope)).Error);
            Assert.IsType<DefaultProjectStays>((await life.DeleteAsync(owner, scope, "default")).Error);
        });
    }

    [DatabaseTheory]
    public async Task DeleteAsync_MoreThanTheMostWithinAnHour_IsRefusedUntilTheHourIsOver(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (life, owner) = (database.Get<ProjectLifeService>(), Actors.Of(acme.Owner));
        for (var number = 0; number < ProjectLifeService.MostDeletions; number++)
        {
            var project = await acme.ProjectAsync($"p-{number}");
            Assert.True((await life.DeleteAsync(owner, acme.Scope(project), $"p-{number}")).Succeeded);
        }

        var churn = await acme.ProjectAsync("churn");
        await Unchanged.AssertNothingWrittenAsync(database, async () =>
            Assert.IsType<TooManyDeletions>((await life.DeleteAsync(owner, acme.Scope(churn), "churn")).Error));
        var other = await Given.OrganizationAsync(database, "other");
        var elsewhere = await other.ProjectAsync("churn");
        Assert.True((await life.DeleteAsync(Actors.Of(other.Owner), other.Scope(elsewhere), "churn")).Succeeded);

        database.Clock.Advance(ProjectLifeService.DeletionWindow);
        Assert.True((await life.DeleteAsync(owner, acme.Scope(churn), "churn")).Succeeded);
    }

    private static async Task TryAsync(TestDatabase database, bool may, Func<Task<Result>> act)
    {
        if (may)
        {
            var done = await act();
            Assert.True(done.Succeeded, done.Error?.Message);
            return;
        }

        await Unchanged.AssertNothingWrittenAsync(database, async () => Assert.True((await act()).Error is NotFound or Forbidden));
    }

    private static readonly string[] WrongIds = ["", "Churn", "churn2"];

    private static Result Plain(Result<RestoredProject> result) => result.Succeeded ? Result.Ok : result.Error;

    private static Task<ProjectState> StateAsync(TestDatabase database, Project project) =>
        database.ReadAsync(db => db.Projects.Where(row => row.Id == project.Id).Select(row => row.State).SingleAsync());
}
