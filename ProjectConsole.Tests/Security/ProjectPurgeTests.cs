using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Commands;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

public sealed class ProjectPurgeTests
{
    [DatabaseTheory]
    public async Task Run_ProjectWithARowInEveryTable_LeavesOnlyItsProjectIdAndTheAuditLog(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.FillAsync(world.Neighbour, world.Churn);
        var before = await world.RowsAsync();
        await world.FillAsync(world.Churn, world.Neighbour);
        Assert.Empty(await world.TablesWithoutARowOfTheProjectAsync());
        await world.DeleteAsync(world.Churn);
        var shared = await world.Database.ReadAsync(db => db.ResourceShares.CountAsync(share => share.ToProjectId == world.Churn.Id));
        Assert.True(shared > 0);

        world.Database.Clock.Advance(Project.RestorableFor - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await world.Purge.RunAsync());
        world.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await world.Purge.RunAsync());
        Assert.Equal(0, await world.Purge.RunAsync());

        // What is gone: everything that was put into it, the share that the neighbour offered it, and the row itself.
        var after = await world.RowsAsync();
        Assert.Equal(before["Projects"] - 1, after["Projects"]);
        Assert.Equal(before["ResourceShares"] - shared, after["ResourceShares"]);
        Assert.Equal(before["Grants"] - 1, after["Grants"]);
        Assert.Equal(before["ProjectSlugs"], after["ProjectSlugs"]);
        foreach (var table in before.Keys.Except(["Projects", "ResourceShares", "Grants", "AuditEntries"]))
        {
            Assert.Equal((table, before[table]), (table, after[table]));
        }

        Assert.True(await world.Database.ReadAsync(db => db.ProjectSlugs.AnyAsync(slug => slug.Folded == "churn")));
        var entries = await world.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.ProjectId == world.Churn.Id).OrderBy(entry => entry.Id).ToListAsync());
        Assert.Equal([AuditActions.ProjectChanged, AuditActions.ProjectPurged], entries.Select(entry => entry.Action));
        Assert.Equal((AuditActorKind.System, "churn", world.Acme.Id), (entries[^1].ActorKind, entries[^1].ObjectName, entries[^1].OrganizationId));
        Assert.Empty(await world.Database.Get<UsageReconciliation>().RunAsync(mends: false));
    }

    [DatabaseTheory]
    public async Task Run_AHundredThousandDependents_GoInFewStatements(DatabaseKind kind)
    {
        using var counter = new StatementCounter();
        await using var world = await World.CreateAsync(kind);
        counter.Watch(world.Database);
        var (now, owner) = (world.Database.Clock.UtcNow, ResourceOwner.Of(world.Acme.Scope(world.Churn)));
        var files = Enumerable.Range(0, 1_100).Select(number =>
            new Resource(owner, ResourceKinds.Get("file"), $"f{number}", ResourceSpec.Empty, world.Acme.Owner.Id, "owner", now)).ToList();
        var neighbours = await world.Acme.ResourceAsync(world.Neighbour, "file", "stays");
        await world.Database.AddAsync([.. files, .. files.Select(file => new ResourceStateChange(file, "owner")), new ResourceStateChange(neighbours, "owner")]);
        await world.Database.AddAsync([.. files.Skip(1).Select(file => new ResourceLink(world.Acme.Id, file.Id, files[0].Id, "of")), new ResourceLink(world.Acme.Id, neighbours.Id, files[0].Id, "of")]);
        await using (var db = world.Database.Open())
        {
            for (var doubled = 0; doubled < 7; doubled++)
            {
                await db.Database.ExecuteSqlRawAsync("""
                    INSERT INTO "ResourceStateChanges" ("OrganizationId", "ResourceId", "State", "WhenUtc", "ByName", "Because")
                    SELECT "OrganizationId", "ResourceId", "State", "WhenUtc", "ByName", "Because" FROM "ResourceStateChanges"
                    """);
            }

            Assert.InRange(await db.ResourceStateChanges.CountAsync(), 100_000, 200_000);
        }

        await world.DeleteAsync(world.Churn);
        world.Database.Clock.Advance(Project.RestorableFor);
        counter.Reset();
        Assert.Equal(1, await world.Purge.RunAsync());

        // Three steps, whatever hangs on what they remove.
        Assert.InRange(counter.Count, 20, 70);
        Assert.Equal(["stays"], await world.Database.ReadAsync(db => db.Resources.Select(row => row.Name).ToListAsync()));
        Assert.Equal(128, await world.Database.ReadAsync(db => db.ResourceStateChanges.CountAsync()));
        Assert.Equal(0, await world.Database.ReadAsync(db => db.ResourceLinks.CountAsync()));
    }

    [DatabaseTheory]
    public async Task Run_SomethingStillRuns_WaitsAndNamesItAndTheOthersGo(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var job = await world.Acme.ResourceAsync(world.Churn, "job", "resize-38");
        await world.DeleteAsync(world.Churn);
        await world.DeleteAsync(world.Neighbour);
        world.Database.Clock.Advance(Project.RestorableFor);
        var log = new List<string>();
        var purge = new ProjectPurge(
            world.Database.Get<IDbContextFactory<ConsoleDbContext>>(), world.Database.Provider, world.Database.Clock, new ListLogger(log));

        Assert.Equal(1, await purge.RunAsync());

        Assert.Equal(["The deleted project churn is not removed yet, because something in it runs: Job resize-38"], log);
        await world.Database.ChangeAsync<Resource>(resource => resource.Enter("cancelled", world.Database.Clock.UtcNow), job.Id);
        Assert.Equal(1, await purge.RunAsync());
        Assert.Equal(1, await world.Database.ReadAsync(db => db.Projects.CountAsync()));
    }

    [DatabaseTheory]
    public async Task Run_TwoNodesAtOnce_RemoveItOnce(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.DeleteAsync(world.Churn);
        world.Database.Clock.Advance(Project.RestorableFor);
        await using var other = world.Database.OpenNode();

        var removed = await Task.WhenAll(Task.Run(() => world.Purge.RunAsync()), Task.Run(() => other.Get<ProjectPurge>().RunAsync()));

        Assert.Equal(1, removed.Sum());
        Assert.Equal(1, await world.Database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.ProjectPurged)));
    }

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Churn, Project Neighbour) : IAsyncDisposable
    {
        public ProjectPurge Purge => Database.Get<ProjectPurge>();

        public static async Task<World> CreateAsync(DatabaseKind kind)
        {
            var database = await TestDatabase.CreateAsync(kind);
            var acme = await Given.OrganizationAsync(database);
            return new World(database, acme, await acme.ProjectAsync("churn"), await acme.ProjectAsync("neighbour"));
        }

        public Task DeleteAsync(Project project) => Acme.ChangeAsync(project, deleted => deleted.Delete(Database.Clock.UtcNow));

        // A row of the project in every table, and one of its resources offered to the other.
        public async Task FillAsync(Project project, Project other)
        {
            var (now, by, id) = (Database.Clock.UtcNow, Acme.Owner, project.Id);
            var resource = await Acme.ResourceAsync(project, "secret", "token");
            var used = await Acme.ResourceAsync(project, "volume", "scratch");
            var offered = await Database.ReadAsync(db => db.Resources.FirstAsync(row => row.Id == resource.Id));
            await Database.AddAsync(
                new ResourceLink(Acme.Id, resource.Id, used.Id, "volume"), new ResourceStateChange(resource, by.Email!), new ResourceLabel(resource, "nightly"), new ResourceSecret(Acme.Id, resource.Id, "value", "x"),
                new ResourceShare(offered, other.Id, null, ShareLevel.Use, by.Id, by.Email!, now), new ProjectVisit(Acme.Id, id, by.Id, now),
                new Limit(LimitScope.Project, Acme.Id, id, Metric.Gpus, 4, by.Id, by.Email!, now), new CommandReceipt(by.Id, Guid.NewGuid(), id, now),
                new ProjectKey(new ProjectScope(Acme.Id, id), new KeyTerms("nightly", ProjectRole.Viewer.Permissions, null), by.Id, by.Email!, now));
            var restriction = new Restriction(Acme.Id, id, now);
            restriction.Change("none", "", RestrictionRules.Parse("deny clusters.*"));
            var role = new CustomProjectRole(Acme.Id, id, "viewer", now);
            role.Change("Looker", "", ProjectRole.Viewer.Permissions);
            var person = await Given.UserAsync(Database, $"ann-{project.Slug}@else.test");
            var invitation = new Invitation(Acme.Id, "zoe@else.test", "ZOE@ELSE.TEST", new InvitationOffer(null, id, "viewer", null));
            invitation.Send($"hash-{project.Slug}", by.Id, by.Email!, now);
            var review = new AccessReview(Acme.Id, id, by.Email!, now.AddDays(7), UnansweredRows.Keep, now);
            await Database.AddAsync(
                restriction, role, Grant.OnProject(Acme.Id, id, person.Id, ProjectRole.Viewer, by.Id, by.Email!, now).With(null, restriction.Id), invitation,
                new AccessRequest(Acme.Id, id, person.Id, person.Email!, new AccessAsk("viewer", "", null), now), review,
                new AccessReviewRow(review, person.Id, false, person.Email!, "viewer", "Viewer", null),
                new Assertion(Acme.Id, id, AssertionForm.NotExternal, PermissionCatalogue.Get("secrets.view"), by.Email!, now),
                new AuditEntry(Actors.Of(by).InAudit(Acme.Id, id, now), AuditActions.ProjectChanged, new AuditObject("project", id, project.Name), AuditResult.Done));
            await Database.Get<UsageReconciliation>().RunAsync(mends: true);
            await using var db = Database.Open();
            await db.AuditEntries.Where(entry => entry.Action == AuditActions.UsageMended).ExecuteDeleteAsync();
        }

        public async Task<Dictionary<string, int>> RowsAsync()
        {
            await using var db = Database.Open();
            var rows = new Dictionary<string, int>();
            foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct())
            {
                rows[table] = await CountAsync(db, $"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"");
            }

            // Accounts are no part of a project.
            rows.Remove("Users");
            rows.Remove("AspNetUsers");
            rows.Remove("Principals");
            return rows;
        }

        // By the model, so that a table that is added later is missed here first.
        public async Task<List<string>> TablesWithoutARowOfTheProjectAsync()
        {
            await using var db = Database.Open();
            var missing = new List<string>();
            foreach (var (type, key) in db.Model.GetEntityTypes().SelectMany(type => type.GetForeignKeys().Select(key => (type, key))).Where(pair => Owns(pair.key)))
            {
                var column = key.Properties[0].GetColumnName();
                if (await CountAsync(db, $"SELECT COUNT(*) AS \"Value\" FROM \"{type.GetTableName()}\" WHERE \"{column}\" IS NOT NULL") < 2)
                {
                    missing.Add($"{type.GetTableName()}.{column}");
                }
            }

            return missing;
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        private static bool Owns(IForeignKey key) => key.PrincipalEntityType.ClrType is var owner && (owner == typeof(Project) || owner == typeof(Resource) || owner == typeof(AccessReview));

        private static Task<int> CountAsync(ConsoleDbContext db, string sql) => db.Database.SqlQueryRaw<int>(sql).SingleAsync();
    }

    private sealed class ListLogger(List<string> lines) : ILogger<ProjectPurge>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Add(formatter(state, exception));
    }
}
