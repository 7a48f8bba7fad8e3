#pragma warning disable xUnit1012 // The first parameter is the database, which the analyzer does not count: the null is a Type.
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Limits;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Limits;

public sealed class LimitsServiceTests
{
    [DatabaseTheory]
    [InlineData("admin", true, null)]
    [InlineData("owner", true, null)]
    [InlineData("manager", true, typeof(Forbidden))]
    [InlineData("viewer", true, typeof(Forbidden))]
    [InlineData("auditor", true, typeof(Forbidden))]
    [InlineData("member", false, typeof(NotFound))]
    [InlineData("stranger", false, typeof(NotFound))]
    [InlineData("neighbour", false, typeof(NotFound))]
    public Task Project_ByRole_ReadsAndSetsOnlyWhatItMay(DatabaseKind kind, string who, bool reads, Type? refusal) =>
        AssertRoleAsync(kind, world => LimitPlace.Of(world.Scope), who, reads, refusal);

    [DatabaseTheory]
    [InlineData("owner", true, null)]
    [InlineData("organization-admin", true, null)]
    [InlineData("auditor", true, typeof(Forbidden))]
    [InlineData("member", true, typeof(Forbidden))]
    [InlineData("stranger", false, typeof(NotFound))]
    [InlineData("neighbour", false, typeof(NotFound))]
    public async Task Organization_ByRole_ReadsAndSetsOnlyWhatItMay(DatabaseKind kind, string who, bool reads, Type? refusal)
    {
        await AssertRoleAsync(kind, world => LimitPlace.ForProjectsOf(world.Acme.Id), who, reads, refusal);
        await AssertRoleAsync(kind, world => LimitPlace.ForPersonalSpacesOf(world.Acme.Id), who, reads, refusal);
    }

    [DatabaseTheory]
    [InlineData("installation", true, null)]
    [InlineData("owner", false, typeof(NotFound))]
    [InlineData("stranger", false, typeof(NotFound))]
    public async Task Installation_ByRole_ReadsAndSetsOnlyWhatItMay(DatabaseKind kind, string who, bool reads, Type? refusal)
    {
        await AssertRoleAsync(kind, _ => LimitPlace.Defaults, who, reads, refusal);
        await AssertRoleAsync(kind, _ => LimitPlace.Bounds, who, reads, refusal);
    }

    [DatabaseTheory]
    public async Task Set_AboveTheOneAbove_IsRefusedNamingItsValue(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var (project, organization) = (LimitPlace.Of(world.Scope), LimitPlace.ForProjectsOf(world.Acme.Id));

        Assert.Contains("at most 64, which is the installation's default", await world.RefusedAsync("admin", project, 65), StringComparison.Ordinal);
        await world.SetAsync("owner", organization, 40);
        Assert.Contains("at most 40, which is the organization's limit", await world.RefusedAsync("admin", project, 41), StringComparison.Ordinal);
        await world.SetAsync("admin", project, 40);
        await world.SetAsync("installation", LimitPlace.Bounds, 30);
        Assert.Contains("at most 30, which is the most that the installation allows", await world.RefusedAsync("owner", organization, 31, seen: 40), StringComparison.Ordinal);
        Assert.Contains("at most 30, which is the most that the installation allows", await world.RefusedAsync("admin", project, 31, seen: 40), StringComparison.Ordinal);
        Assert.Contains("at most 30", await world.RefusedAsync("installation", LimitPlace.Defaults, 31), StringComparison.Ordinal);
        Assert.Contains("between 0 and", await world.RefusedAsync("installation", LimitPlace.Defaults, -1), StringComparison.Ordinal);
        Assert.Contains("between 0 and", await world.RefusedAsync("installation", LimitPlace.Bounds, LimitsService.Largest + 1, seen: 30), StringComparison.Ordinal);

        // What was set before the bound stays written, and counts no more.
        var row = await world.RowAsync("admin", project);
        Assert.Equal((30L, LimitScope.Bound, 40L, 30L), (row.Amount, row.SetBy, row.Own, row.Most));
        // Who runs the installation is told in its own pages alone.
        Assert.Null(row.SetByName);
    }

    [DatabaseTheory]
    public async Task Set_ThenClear_AuditsBeforeAndAfterAndTheOneAboveCountsAgain(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var place = LimitPlace.Of(world.Scope);
        await world.SetAsync("admin", place, 16);
        Assert.Equal((16L, LimitScope.Project, "admin@acme.test"), await world.InForceAsync(place));
        await world.SetAsync("admin", place, 12, seen: 16);
        await world.SetAsync("admin", place, null, seen: 12);
        Assert.Equal((64L, LimitScope.Installation, null), await world.InForceAsync(place));

        var entries = await world.Database.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).ToListAsync());
        Assert.Equal(
            [
                (AuditActions.LimitSet, """{"limit":null}""", """{"limit":16}"""), (AuditActions.LimitSet, """{"limit":16}""", """{"limit":12}"""),
                (AuditActions.LimitCleared, """{"limit":12}""", """{"limit":null}"""),
            ],
            entries.Select(entry => (entry.Action, entry.Before!, entry.After!)));
        Assert.All(entries, entry => Assert.Equal(("GPUs", world.Churn.Id), (entry.ObjectName, entry.ProjectId)));
    }

    [DatabaseTheory]
    public async Task Set_AfterSomebodyElse_IsStaleUntilSavedOver(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var place = LimitPlace.ForProjectsOf(world.Acme.Id);
        await world.SetAsync("owner", place, 30);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<Stale>((await world.Service.SetAsync(world.Actor("organization-admin"), place, new LimitDraft("gpus", 10, null))).Error);
            Assert.IsType<Stale>((await world.Service.SetAsync(world.Actor("organization-admin"), place, new LimitDraft("gpus", null, 20))).Error);
        });
        Assert.True((await world.Service.SetAsync(world.Actor("organization-admin"), place, new LimitDraft("gpus", 10, null, IsOver: true))).Succeeded);
        Assert.Equal(10, (await world.RowAsync("owner", place)).Amount);
    }

    [DatabaseTheory]
    public async Task Set_WhatIsThereAlreadyOrNoMetric_WritesNothing(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var place = LimitPlace.ForPersonalSpacesOf(world.Acme.Id);
        await world.SetAsync("owner", place, 2);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.True((await world.Service.SetAsync(world.Actor("owner"), place, new LimitDraft("gpus", 2, 2))).Succeeded);
            Assert.IsType<Invalid>((await world.Service.SetAsync(world.Actor("owner"), place, new LimitDraft("nothing", 2, null))).Error);
            Assert.IsType<Invalid>((await world.Service.SetAsync(world.Actor("owner"), place, new LimitDraft("collaborators", 2, null))).Error);
        });
    }

    [DatabaseTheory]
    public async Task Places_EachOfThem_KeepToThemselves(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.SetAsync("owner", LimitPlace.ForPersonalSpacesOf(world.Acme.Id), 2);
        await world.SetAsync("owner", LimitPlace.Of(world.Acme.Scope(world.Acme.DefaultProject)), 3);

        Assert.Equal(64, (await world.RowAsync("owner", LimitPlace.ForProjectsOf(world.Acme.Id))).Amount);
        Assert.Equal(64, (await world.RowAsync("admin", LimitPlace.Of(world.Scope))).Amount);
        var personal = await world.RowAsync("owner", LimitPlace.ForPersonalSpacesOf(world.Acme.Id));
        Assert.Equal((2L, LimitScope.Organization, "owner@acme.test"), (personal.Amount, personal.SetBy, personal.SetByName));
        var rows = (await world.Service.ListAsync(world.Actor("owner"), LimitPlace.ForPersonalSpacesOf(world.Acme.Id))).Value.Rows;
        Assert.DoesNotContain(rows, row => row.Metric is "keys" or "collaborators");
        Assert.All(rows, row => Assert.Null(row.Used));
    }

    [DatabaseTheory]
    public async Task List_Project_CountsPeopleWhereTheyAreAndTheRestFromTheirNumbers(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await using (var db = world.Database.Open())
        {
            db.Add(new Usage(world.Acme.Id, world.Churn.Id, Metric.Gpus)).Property(usage => usage.Used).CurrentValue = 55;
            await db.SaveChangesAsync();
        }

        var ended = await Given.UserAsync(world.Database, "ended@else.test");
        await world.Acme.GrantAsync(world.Churn, ended, ProjectRole.Viewer, world.Database.Clock.UtcNow.AddMinutes(-1));
        var rows = (await world.Service.ListAsync(world.Actor("viewer"), LimitPlace.Of(world.Scope))).Value.Rows.ToDictionary(row => row.Metric);

        Assert.Equal((55L, true), (rows["gpus"].Used, rows["gpus"].IsNear));
        Assert.Equal((3L, false), (rows["collaborators"].Used, rows["collaborators"].IsNear));
        Assert.Equal((0L, (long?)null), (rows["file"].Used, rows["file"].Amount));
    }

    private static async Task AssertRoleAsync(DatabaseKind kind, Func<World, LimitPlace> place, string who, bool reads, Type? refusal)
    {
        await using var world = await World.CreateAsync(kind);
        var (actor, where, draft) = (world.Actor(who), place(world), new LimitDraft("gpus", 7, null));
        var list = await world.Service.ListAsync(actor, where);
        Assert.Equal(reads, list.Succeeded);
        Assert.Equal(reads ? refusal is null : (bool?)null, list.Succeeded ? list.Value.MaySet : (bool?)null);
        if (refusal is null)
        {
            Assert.True((await world.Service.SetAsync(actor, where, draft)).Succeeded);
            Assert.Equal(7, (await world.RowAsync(who, where)).Own);
        }
        else
        {
            await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType(refusal, (await world.Service.SetAsync(actor, where, draft)).Error));
        }
    }

    private sealed class World : IAsyncDisposable
    {
        private readonly Dictionary<string, User> _people = [];

        public required TestDatabase Database { get; init; }

        public required GivenOrganization Acme { get; init; }

        public Project Churn { get; private set; } = null!;

        public ProjectScope Scope => Acme.Scope(Churn);

        public LimitsService Service => Database.Get<LimitsService>();

        public static async Task<World> CreateAsync(DatabaseKind kind)
        {
            var database = await TestDatabase.CreateAsync(kind, services => services.AddLimitsFeature());
            var world = new World { Database = database, Acme = await Given.OrganizationAsync(database) };
            var (acme, people) = (world.Acme, world._people);
            people["owner"] = acme.Owner;
            people["organization-admin"] = await acme.MemberAsync("organization-admin", OrganizationRole.Admin);
            people["auditor"] = await acme.MemberAsync("auditor", OrganizationRole.Auditor);
            foreach (var name in (string[])["admin", "manager", "viewer", "member"])
            {
                people[name] = await acme.MemberAsync(name);
            }

            people["stranger"] = await Given.UserAsync(database, "stranger@else.test");
            people["neighbour"] = (await Given.OrganizationAsync(database, "initech")).Owner;
            people["installation"] = await Given.UserAsync(database, "installation@acme.test", user => user.IsInstallationAdministrator = true);
            world.Churn = await acme.ProjectAsync("churn", (people["admin"], ProjectRole.Admin), (people["manager"], ProjectRole.Manager), (people["viewer"], ProjectRole.Viewer));
            return world;
        }

        public Actor Actor(string who) => Actors.Of(_people[who]);

        public async Task SetAsync(string who, LimitPlace place, long? amount, long? seen = null)
        {
            var result = await Service.SetAsync(Actor(who), place, new LimitDraft("gpus", amount, seen));
            Assert.True(result.Succeeded, result.Error?.Message);
        }

        public async Task<string> RefusedAsync(string who, LimitPlace place, long amount, long? seen = null)
        {
            Error? error = null;
            await Unchanged.AssertNothingWrittenAsync(Database, async () => error = (await Service.SetAsync(Actor(who), place, new LimitDraft("gpus", amount, seen))).Error);
            return Assert.IsType<Invalid>(error).For(nameof(LimitDraft.Amount))!;
        }

        public async Task<LimitRow> RowAsync(string who, LimitPlace place) =>
            (await Service.ListAsync(Actor(who), place)).Value.Rows.Single(row => row.Metric == "gpus");

        public async Task<(long?, LimitScope, string?)> InForceAsync(LimitPlace place) =>
            await RowAsync("admin", place) is var row ? (row.Amount, row.SetBy, row.SetByName) : default;

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
