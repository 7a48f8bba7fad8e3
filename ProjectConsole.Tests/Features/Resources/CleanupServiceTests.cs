using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

public sealed class CleanupServiceTests
{
    private const string Volume = "{'type':'shared','size':5}";
    private const string Cluster = "{'gpu-type':'a100','nodes':2,'gpus':8,'cpu-cores':64,'memory':512}";

    [DatabaseTheory]
    public async Task List_UnusedOrFailed_LongestUnusedFirst(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var old = await world.MakeAsync("volume", "old", Volume);
        await AgeAsync(world, 400);
        await world.MakeAsync("volume", "older-than-a-quarter", Volume, who: "developer");
        await AgeAsync(world, 100);
        var broken = await world.MakeAsync("cluster", "broken", Cluster);
        await world.Database.ChangeAsync<Resource>(resource => resource.Enter("failed", world.Database.Clock.UtcNow), broken.Id);
        await world.MakeAsync("volume", "fresh", Volume);
        await world.MakeAsync("volume", "theirs", Volume, world.InSpeech, "neighbour");

        Assert.Equal(["old", "older-than-a-quarter", "broken"], await NamesAsync(new CleanupQuery()));
        Assert.Equal(["old", "broken"], await NamesAsync(new CleanupQuery { Days = 180 }));
        Assert.Equal(["old", "older-than-a-quarter"], await NamesAsync(new CleanupQuery { Reason = CleanupReason.Unused }));
        Assert.Equal(["broken"], await NamesAsync(new CleanupQuery { Reason = CleanupReason.Failed }));
        Assert.Equal(["broken"], await NamesAsync(new CleanupQuery { Kind = "cluster" }));
        Assert.Equal(["older-than-a-quarter"], await NamesAsync(new CleanupQuery { Search = "QUARTER" }));
        var list = (await world.Database.Get<CleanupService>().ListAsync(world.As("developer"), world.InVision, new CleanupQuery())).Value;
        Assert.Equal((3, 3), (list.All, list.Page.Total));
        Assert.Equal([("cluster", 1), ("volume", 2)], list.Kinds.OrderBy(total => total.Kind, StringComparer.Ordinal).Select(total => (total.Kind, total.Count)));
        // A developer deletes only what is the developer's own.
        Assert.Equal(["older-than-a-quarter"], list.Page.Rows.Where(row => row.Resource.Acts.MayDelete).Select(row => row.Resource.Name));
        Assert.Equal(old.Id, list.Page.Rows[0].Resource.Id);

        async Task<IEnumerable<string>> NamesAsync(CleanupQuery query) =>
            (await world.Database.Get<CleanupService>().ListAsync(world.As("viewer"), world.InVision, query)).Value.Page.Rows.Select(row => row.Resource.Name);
    }

    [DatabaseTheory]
    public async Task List_CreatorWhoLeft_IsMarked(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("volume", "left-behind", Volume, who: "developer");
        await world.MakeAsync("volume", "kept", Volume, who: "manager");
        await AgeAsync(world, 100);
        await using (var db = world.Database.Open())
        {
            var developer = world["developer"].Id;
            await db.Members.Where(member => member.UserId == developer).ExecuteDeleteAsync();
            await db.Grants.Where(grant => grant.PrincipalId == developer).ExecuteDeleteAsync();
        }

        var cleanup = world.Database.Get<CleanupService>();
        var all = (await cleanup.ListAsync(world.As("manager"), world.InVision, new CleanupQuery())).Value;
        Assert.Equal([("kept", false), ("left-behind", true)], all.Page.Rows.Select(row => (row.Resource.Name, row.IsCreatorGone)));
        var gone = (await cleanup.ListAsync(world.As("manager"), world.InVision, new CleanupQuery { IsCreatorGone = true })).Value;
        Assert.Equal(("left-behind", 1), (Assert.Single(gone.Page.Rows).Resource.Name, gone.Page.Total));
    }

    [DatabaseTheory]
    public async Task List_CreatorsOfEverySort_AreGoneWhenTheyHoldNothingHere(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (now, acme, outside) = (world.Database.Clock.UtcNow, world.Acme, await Given.OrganizationAsync(world.Database, "outside"));
        var (external, inTeam, left) = (
            await Given.UserAsync(world.Database, "external@else.test"), await Given.UserAsync(world.Database, "team@else.test"), await Given.UserAsync(world.Database, "left@else.test"));
        var team = new Team(acme.Id, "crew", "Crew", "", now);
        var terms = new KeyTerms("nightly", ProjectRole.Viewer.Permissions, null);
        ProjectKey live = new(acme.Scope(world.Vision), terms, acme.Owner.Id, "", now), revoked = new(acme.Scope(world.Vision), terms with { Name = "old" }, acme.Owner.Id, "", now);
        revoked.Revoke("owner@acme.test", now);
        Grant On(Guid principalId) => Grant.OnProject(acme.Id, world.Vision.Id, principalId, ProjectRole.Viewer, acme.Owner.Id, "", now);
        await using (var db = world.Database.Open())
        {
            db.AddRange(team, Principal.OfTeam(team.Id, inTeam.Id, now), live, revoked, On(external.Id), On(team.Id), On(left.Id).With(now.AddDays(1), null));
            await db.SaveChangesAsync();
        }

        foreach (var (name, creator) in new[]
        {
            ("external", external.Id), ("in-a-team", inTeam.Id), ("of-a-key", live.Id), ("expired", left.Id), ("of-no-key", revoked.Id), ("of-another", outside.Owner.Id),
        })
        {
            var made = await world.MakeAsync("volume", name, Volume);
            await using var db = world.Database.Open();
            await db.Resources.Where(resource => resource.Id == made.Id).ExecuteUpdateAsync(set => set.SetProperty(resource => resource.CreatedBy, creator));
        }

        await AgeAsync(world, 100);
        var cleanup = world.Database.Get<CleanupService>();
        var all = (await cleanup.ListAsync(world.As("manager"), world.InVision, new CleanupQuery())).Value;
        var gone = (await cleanup.ListAsync(world.As("manager"), world.InVision, new CleanupQuery { IsCreatorGone = true })).Value;

        Assert.Equal(6, all.Page.Rows.Count);
        Assert.Equal(["expired", "of-another", "of-no-key"], all.Page.Rows.Where(row => row.IsCreatorGone).Select(row => row.Resource.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["expired", "of-another", "of-no-key"], gone.Page.Rows.Select(row => row.Resource.Name).Order(StringComparer.Ordinal));
    }

    // By their ids, and more than are asked for by their ids.
    [Theory]
    [InlineData(500)]
    [InlineData(501)]
    public async Task List_ManyCreatorsWhoAreGone_AreFoundAsFewAre(int count)
    {
        await using var world = await ResourceWorld.CreateAsync();
        var (now, volume) = (world.Database.Clock.UtcNow, ResourceKinds.Get("volume"));
        await world.Database.AddAsync([.. Enumerable.Range(0, count - 1).Select(number => (object)new Resource(
            world.InVision, volume, $"volume-{number}", ResourceSpec.Empty, Guid.CreateVersion7(), "nightly", now))]);
        await world.MakeAsync("volume", "kept", Volume);
        await AgeAsync(world, 100);
        var cleanup = world.Database.Get<CleanupService>();

        var gone = (await cleanup.ListAsync(world.As("manager"), world.InVision, new CleanupQuery { IsCreatorGone = true })).Value.Page;

        Assert.Equal(count - 1, gone.Total);
        Assert.All(gone.Rows, row => Assert.True(row.IsCreatorGone));
    }

    [DatabaseTheory]
    public async Task List_KindsThatThePersonDoesNotSee_AreNotThere(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("volume", "old", Volume);
        await AgeAsync(world, 100);
        var cleanup = world.Database.Get<CleanupService>();
        await world.RestrictAsync("viewer", "volumes.*");

        Assert.Empty((await cleanup.ListAsync(world.As("viewer"), world.InVision, new CleanupQuery())).Value.Page.Rows);
        Assert.Empty((await cleanup.ListAsync(world.As("viewer"), world.InVision, new CleanupQuery())).Value.Kinds);
        foreach (var who in (string[])["stranger", "neighbour", "member", "nobody"])
        {
            Assert.IsType<NotFound>((await cleanup.ListAsync(world.As(who), world.InVision, new CleanupQuery())).Error);
        }

        Assert.Single((await cleanup.ListAsync(world.As("auditor"), world.InVision, new CleanupQuery())).Value.Page.Rows);
    }

    [DatabaseTheory]
    public async Task Named_ByAnotherOrStartedWithIt_IsUsed(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "scratch", Volume);
        await AgeAsync(world, 10);

        var cluster = await world.MakeAsync("cluster", "train", Cluster.Replace("}", ",'volume':'scratch'}", StringComparison.Ordinal));
        var stamped = await world.FindAsync("volume", "scratch");
        Assert.Equal(world.Database.Clock.UtcNow, stamped.LastUsedUtc);
        // Whoever edits it meanwhile is not told that it changed.
        Assert.Equal((volume.Version, volume.ChangedUtc), (stamped.Version, stamped.ChangedUtc));

        await AgeAsync(world, 10);
        var before = (await world.FindAsync("volume", "scratch")).LastUsedUtc;
        Assert.Null((await world.Resources.ActAsync(world.As("developer"), world.InVision, ResourceKinds.Get("cluster"), cluster.Id, "stop", null)).Error);
        Assert.Equal(before, (await world.FindAsync("volume", "scratch")).LastUsedUtc);
        Assert.Null((await world.Resources.ActAsync(world.As("developer"), world.InVision, ResourceKinds.Get("cluster"), cluster.Id, "start", null)).Error);
        Assert.Equal(world.Database.Clock.UtcNow, (await world.FindAsync("volume", "scratch")).LastUsedUtc);
    }

    [Fact]
    public void States_BrokenOnes_HaveNamesThatNoSoundOneHas()
    {
        var states = ResourceKinds.All.SelectMany(kind => kind.Life.States).ToList();

        Assert.NotEmpty(CleanupService.FailedStates);
        Assert.All(states.Where(state => CleanupService.FailedStates.Contains(state.Name)), state => Assert.Equal(StateTone.Bad, state.Tone));
    }

    [Theory]
    [InlineData("30", "failed", "volumes", "gone", 30, CleanupReason.Failed, "volume", true)]
    [InlineData("31", "x", "service-offerings", "y", 90, null, null, false)]
    [InlineData(null, null, null, null, 90, null, null, false)]
    public void Query_FromAnAddress_IsReadOrLeftOut(string? days, string? reason, string? kind, string? gone, int span, CleanupReason? of, string? name, bool isGone)
    {
        var query = CleanupQuery.Read(null, days, reason, kind, gone, null, null);

        Assert.Equal((span, of, name, isGone), (query.Days, query.Reason, query.Kind, query.IsCreatorGone));
    }

    // Days pass; what was made before is older by them.
    private static Task AgeAsync(ResourceWorld world, int days)
    {
        world.Database.Clock.Advance(TimeSpan.FromDays(days));
        return Task.CompletedTask;
    }
}
