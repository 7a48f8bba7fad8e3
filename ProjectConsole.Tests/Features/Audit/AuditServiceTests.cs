using System.Reflection;
using ProjectConsole.Components.Access;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Audit;

public sealed class AuditServiceTests
{
    [DatabaseTheory]
    public async Task List_MoreThanAPage_PagesBothWaysWithoutGapsOrRepeats(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.WriteAsync(120);

        var first = (await world.ListAsync(new AuditQuery())).Value;
        var second = (await world.ListAsync(new AuditQuery { Older = first.Older })).Value;
        var third = (await world.ListAsync(new AuditQuery { Older = second.Older })).Value;
        var back = (await world.ListAsync(new AuditQuery { Newer = third.Newer })).Value;
        var start = (await world.ListAsync(new AuditQuery { Newer = back.Newer })).Value;

        Assert.Null(first.Newer);
        Assert.Null(third.Older);
        Assert.Equal([50, 50, 20], new[] { first, second, third }.Select(page => page.Lines.Count));
        var all = first.Lines.Concat(second.Lines).Concat(third.Lines).Select(line => line.Id).ToList();
        Assert.Equal(all.OrderDescending(), all);
        Assert.Equal(120, all.Distinct().Count());
        Assert.Equal(second.Lines, back.Lines);
        Assert.Equal(first.Lines, start.Lines);
        Assert.Null(start.Newer);
        Assert.Equal(120, first.Total);
    }

    [DatabaseTheory]
    public async Task List_Filters_LeaveWhatMatches(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.WriteAsync(3);
        await world.WriteAsync(1, by: world.Viewer, action: AuditActions.ProjectSuspended, name: "Straße", result: AuditResult.Denied, at: world.Now.AddDays(-3));

        Assert.Equal(1, await world.CountAsync(new AuditQuery { Actor = "VIEWER@" }));
        Assert.Equal(0, await world.CountAsync(new AuditQuery { Actor = "nobody@" }));
        Assert.Equal(1, await world.CountAsync(new AuditQuery { Action = AuditActions.ProjectSuspended }));
        Assert.Equal(1, await world.CountAsync(new AuditQuery { ObjectName = "raß" }));
        Assert.Equal(0, await world.CountAsync(new AuditQuery { ObjectName = "STRA" }));
        Assert.Equal(1, await world.CountAsync(new AuditQuery { ObjectName = "Stra\0ße", Actor = "viewer\0@", Action = $"{AuditActions.ProjectSuspended}\0" }));
        Assert.Equal(1, await world.CountAsync(new AuditQuery { Result = AuditResult.Denied }));
        Assert.Equal(3, await world.CountAsync(new AuditQuery { From = DateOnly.FromDateTime(world.Now) }));
        Assert.Equal(1, await world.CountAsync(new AuditQuery { To = DateOnly.FromDateTime(world.Now.AddDays(-3)) }));
        Assert.Equal(0, await world.CountAsync(new AuditQuery { Actor = "viewer@", Result = AuditResult.Done }));
    }

    [DatabaseTheory]
    public async Task List_OutsideProjects_LeavesWhatProjectsDid(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.WriteAsync(3);
        var (owner, offering) = (Actors.Of(world.Acme.Owner), Guid.CreateVersion7());
        await world.Database.AddAsync(new AuditEntry(
            owner.InAudit(world.Acme.Id, null, world.Now), AuditActions.ResourceCreated, new AuditObject("service-offering", offering, "small"), AuditResult.Done));

        var query = new AuditQuery { IsOutsideProjects = true };
        Assert.Equal("small", Assert.Single((await world.Audit.ListAsync(owner, world.Acme.Id, query)).Value.Lines).ObjectName);
        Assert.Single((await world.Audit.ListAsync(owner, world.Acme.Id, query with { ObjectId = offering })).Value.Lines);
        Assert.Empty((await world.Audit.ListAsync(owner, world.Acme.Id, query with { ObjectId = world.Vision.Id })).Value.Lines);
        Assert.Empty((await world.ListAsync(query)).Value.Lines);
        Assert.Equal(4, (await world.Audit.ListAsync(owner, world.Acme.Id, new AuditQuery())).Value.Lines.Count);
    }

    [DatabaseTheory]
    public async Task List_ActorAmongManyAccountsElsewhere_IsFound(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        for (var number = 0; number < 25; number++)
        {
            await Given.UserAsync(world.Database, $"v{number:00}@elsewhere.test");
        }

        await world.WriteAsync(1, by: world.Viewer);

        Assert.Equal(1, await world.CountAsync(new AuditQuery { Actor = "v" }));
    }

    [Theory]
    [InlineData("a%b_c'")]
    [InlineData("%")]
    public async Task List_SearchWithWildcards_TakesThemAsText(string text)
    {
        await using var world = await World.CreateAsync();
        await world.WriteAsync(2);

        Assert.Equal(0, await world.CountAsync(new AuditQuery { ObjectName = text }));
        Assert.Equal(0, await world.CountAsync(new AuditQuery { Actor = text }));
    }

    [Fact]
    public async Task List_ManyEntries_CountsToThousandAndNoFurther()
    {
        await using var world = await World.CreateAsync();
        await world.WriteAsync(1_100);

        Assert.Equal(AuditService.MostCounted, (await world.ListAsync(new AuditQuery())).Value.Total);
    }

    [Fact]
    public async Task List_Roles_OnlyThoseWithTheRightRead()
    {
        await using var world = await World.CreateAsync();
        await world.WriteAsync(1);
        var (audit, scope, id) = (world.Audit, world.Scope, world.Acme.Id);
        var stranger = Actors.Of(await world.Acme.MemberAsync("member"));
        var auditor = Actors.Of(await world.Acme.MemberAsync("auditor", OrganizationRole.Auditor));
        var viewer = Actors.Of(world.Viewer);

        Assert.True((await audit.ListAsync(auditor, scope, new AuditQuery())).Succeeded);
        Assert.True((await audit.ListAsync(auditor, id, new AuditQuery())).Succeeded);
        Assert.IsType<Forbidden>((await audit.ListAsync(viewer, scope, new AuditQuery())).Error);
        Assert.IsType<Forbidden>((await audit.ListAsync(viewer, id, new AuditQuery())).Error);
        Assert.IsType<NotFound>((await audit.ListAsync(stranger, scope, new AuditQuery())).Error);
        Assert.IsType<NotFound>((await audit.ListAsync(Actors.Anonymous, id, new AuditQuery())).Error);
    }

    [DatabaseTheory]
    public async Task Verify_ByRole_TellsThoseWithTheRightOnly(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var other = await Given.OrganizationAsync(world.Database, "other");
        await world.WriteAsync(2);
        await world.Database.Get<AuditSealer>().FlushAsync();
        var (audit, id) = (world.Audit, world.Acme.Id);
        var auditor = Actors.Of(await world.Acme.MemberAsync("auditor", OrganizationRole.Auditor));

        var found = (await audit.VerifyAsync(auditor, id)).Value;
        Assert.Equal((2, null, world.Now), (found.Entries, found.Break, found.UpToUtc));
        Assert.True((await audit.VerifyAsync(Actors.Of(world.Acme.Owner), id)).Succeeded);
        Assert.IsType<Forbidden>((await audit.VerifyAsync(Actors.Of(await world.Acme.MemberAsync("member")), id)).Error);
        Assert.IsType<Forbidden>((await audit.VerifyAsync(Actors.Of(world.Viewer), id)).Error);
        Assert.IsType<NotFound>((await audit.VerifyAsync(Actors.Of(other.Owner), id)).Error);
        Assert.IsType<NotFound>((await audit.VerifyAsync(Actors.Anonymous, id)).Error);
        Assert.IsType<NotFound>((await audit.VerifyAsync(Actors.Of(other.Owner), Guid.Empty)).Error);
    }

    [Fact]
    public async Task Open_EntryOfAnotherProjectOrOrganization_IsNotFound()
    {
        await using var world = await World.CreateAsync();
        var other = await Given.OrganizationAsync(world.Database, "other");
        var staging = await world.Acme.ProjectAsync("staging");
        await world.WriteAsync(1);
        var entry = (await world.ListAsync(new AuditQuery())).Value.Lines[0].Id;

        Assert.True((await world.Audit.OpenAsync(Actors.Of(world.Acme.Owner), world.Scope, entry)).Succeeded);
        Assert.True((await world.Audit.OpenAsync(Actors.Of(world.Acme.Owner), world.Acme.Id, entry)).Succeeded);
        Assert.IsType<NotFound>((await world.Audit.OpenAsync(Actors.Of(world.Acme.Owner), world.Acme.Scope(staging), entry)).Error);
        Assert.IsType<NotFound>((await world.Audit.OpenAsync(Actors.Of(other.Owner), other.Id, entry)).Error);
        Assert.IsType<NotFound>((await world.Audit.OpenAsync(Actors.Of(other.Owner), world.Acme.Id, entry)).Error);
        Assert.IsType<NotFound>((await world.Audit.OpenAsync(Actors.Of(world.Acme.Owner), new ProjectScope(other.Id, world.Scope.ProjectId), entry)).Error);
    }

    [Fact]
    public async Task List_DoneAndDenied_ReadsInWords()
    {
        await using var world = await World.CreateAsync();
        await world.WriteAsync(1, action: AuditActions.CollaboratorRemoved, name: "viewer@acme.test");
        await world.WriteAsync(1, action: AuditActions.ProjectChanged, result: AuditResult.Denied);

        var lines = (await world.ListAsync(new AuditQuery())).Value.Lines.Select(line => $"{line.Verb} {line.ObjectName} {line.Tail}".Trim());

        Assert.Equal(["tried to change the settings of vision", "removed viewer@acme.test from vision"], lines);
    }

    [Fact]
    public void Words_EveryAction_HasATitleAndASentence()
    {
        var actions = typeof(AuditActions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Empty(actions.Except(AuditWords.Actions.Select(row => row.Action)));
    }

    [Fact]
    public void Visible_HiddenCharacters_AreSpelledOut()
    {
        Assert.Equal("a\\u202Eb\\u0007c\nd", AuditWords.Visible("a\u202Eb\u0007c\nd"));
        Assert.Equal("<b>é</b>", AuditWords.Visible("<b>é</b>"));
    }

    [Theory]
    [InlineData("""{"role":"viewer"}""", "{\n  \"role\": \"viewer\"\n}")]
    [InlineData("""{"role":"vie…""", """{"role":"vie…""")]
    public void Pretty_StateWholeOrCut_IsReadable(string stored, string shown) => Assert.Equal(shown, AuditWords.Pretty(stored));

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Vision, User Viewer) : IAsyncDisposable
    {
        public AuditService Audit => Database.Get<AuditService>();

        public ProjectScope Scope => Acme.Scope(Vision);

        public DateTime Now => Database.Clock.UtcNow;

        public static async Task<World> CreateAsync(DatabaseKind kind = DatabaseKind.Sqlite)
        {
            var database = await TestDatabase.CreateAsync(kind, services => services.AddAuditFeature());
            var acme = await Given.OrganizationAsync(database);
            var viewer = await acme.MemberAsync("viewer");
            return new World(database, acme, await acme.ProjectAsync("vision", (viewer, ProjectRole.Viewer)), viewer);
        }

        public Task<Result<AuditList>> ListAsync(AuditQuery query) => Audit.ListAsync(Actors.Of(Acme.Owner), Scope, query);

        public async Task<int> CountAsync(AuditQuery query) => (await ListAsync(query)).Value.Total;

        public async Task WriteAsync(
            int count, User? by = null, string action = AuditActions.ProjectChanged, string name = "vision",
            AuditResult result = AuditResult.Done, DateTime? at = null)
        {
            var actor = Actors.Of(by ?? Acme.Owner);
            await Database.AddAsync([.. Enumerable.Range(0, count).Select(_ => (object)new AuditEntry(
                actor.InAudit(Acme.Id, Vision.Id, at ?? Now), action, new AuditObject("project", Vision.Id, name), result))]);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
