using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Limits;
using ProjectConsole.Features.PersonalSpaces;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.PersonalSpaces;

public sealed class PersonalSpaceTests
{
    private const string FiveGib = "{'type':'shared','size':5}";

    private static readonly ResourceKind Volume = ResourceKinds.Get("volume");

    [DatabaseTheory]
    [InlineData("owner")]
    [InlineData("auditor")]
    [InlineData("viewer")]
    [InlineData("member")]
    public async Task OwnSpace_EveryMember_DoesEverythingButShareThere(DatabaseKind kind, string who)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var space = world.SpaceOf(who);

        var made = await world.MakeAsync("volume", "cache", FiveGib, space, who);
        Assert.Null((await world.Resources.ChangeAsync(world.As(who), space, Volume, made.Id, ResourceWorld.Draft("", "{'size':6}"), null)).Error);

        var row = Assert.Single((await world.Lists.ListAsync(world.As(who), space, Volume, new ResourceQuery())).Value.Page.Rows);
        Assert.Equal((true, true, true, false, true), (row.Acts.MayUpdate, row.Acts.MayOperate, row.Acts.MayDelete, row.Acts.MayShare, row.Acts.MayMove));
        Assert.Equal(6, await world.UsedAsync(Metric.Storage, space));
        await world.AssertUsageIsTheSumAsync(space);
        Assert.Equal((space.Id, world[who].Id, null), await world.Database.ReadAsync(db => db.PersonalSpaces.Select(one => new ValueTuple<Guid, Guid, DateTime?>(one.Id, one.UserId, one.LeftUtc)).SingleAsync()));
        Assert.Null((await world.Resources.DeleteAsync(world.As(who), space, Volume, made.Id, null)).Error);
        Assert.Equal(0, await world.UsedAsync(Metric.Storage, space));
    }

    [DatabaseTheory]
    [InlineData("owner")]
    [InlineData("org-admin")]
    [InlineData("auditor")]
    [InlineData("developer")]
    [InlineData("stranger")]
    [InlineData("nobody")]
    public async Task SpaceOfAnother_Whoever_IsNotThere(DatabaseKind kind, string who)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (theirs, space) = (await world.MakeAsync("volume", "cache", FiveGib, world.SpaceOf("member"), "member"), world.SpaceOf("member"));
        var actor = world.As(who);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await world.Lists.OverviewAsync(actor, space)).Error);
            Assert.IsType<NotFound>((await world.Lists.ListAsync(actor, space, Volume, new ResourceQuery())).Error);
            Assert.IsType<NotFound>((await world.Details.GetAsync(actor, space, Volume, "cache")).Error);
            Assert.IsType<NotFound>((await world.Resources.CreateAsync(actor, space, Volume, ResourceWorld.Draft("mine", FiveGib))).Error);
            Assert.IsType<NotFound>((await world.Resources.ChangeAsync(actor, space, Volume, theirs.Id, ResourceWorld.Draft("", FiveGib), null)).Error);
            Assert.IsType<NotFound>((await world.Resources.DeleteAsync(actor, space, Volume, theirs.Id, null)).Error);
            Assert.IsType<NotFound>((await world.Moving.MoveAsync(actor, space, [theirs.Id], "vision")).Error);
        });
    }

    [DatabaseTheory]
    public async Task OwnSpace_SomebodyFromOutside_HasNone(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.Acme.GrantAsync(world.Vision, world["stranger"], ProjectRole.Admin);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await world.Resources.CreateAsync(world.As("stranger"), world.SpaceOf("stranger"), Volume, ResourceWorld.Draft("mine", FiveGib))).Error);
            Assert.IsType<NotFound>((await world.Lists.OverviewAsync(world.As("stranger"), world.SpaceOf("stranger"))).Error);
        });
        Assert.Empty(await world.Database.Get<PersonalSpacesService>().MineAsync(world.As("stranger")));
    }

    [DatabaseTheory]
    public async Task Create_KindOfTheCatalogue_IsRefusedWithTheReason(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<OnlyTheOrganization>((await world.Resources.CreateAsync(
            world.As("owner"), world.SpaceOf("owner"), ResourceKinds.Get("service-offering"), ResourceWorld.Draft("small", "{'cpu-cores':2,'memory':8}"))).Error));
    }

    [DatabaseTheory]
    public async Task Create_BesideAProject_CountsAgainstTheLimitsOfItsOwn(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.LimitAsync(Metric.Storage, 5);
        await world.MakeAsync("volume", "cache", FiveGib);
        await SpaceLimitAsync(world, Metric.Storage, 10);

        await world.MakeAsync("volume", "one", FiveGib, world.SpaceOf("developer"), "developer");
        await world.MakeAsync("volume", "two", FiveGib, world.SpaceOf("developer"), "developer");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Contains("10 GiB of 10 GiB used", Assert.IsType<LimitReached>((await world.Resources.CreateAsync(
            world.As("developer"), world.SpaceOf("developer"), Volume, ResourceWorld.Draft("three", FiveGib))).Error).Message, StringComparison.Ordinal));

        Assert.Equal((5, 10, 0), (await world.UsedAsync(Metric.Storage), await world.UsedAsync(Metric.Storage, world.SpaceOf("developer")), await world.UsedAsync(Metric.Storage, world.SpaceOf("manager"))));
    }

    [DatabaseTheory]
    public async Task Limits_OfASpace_AreShownToItsPersonAlone(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var limits = world.Database.Get<LimitsService>();
        await SpaceLimitAsync(world, Metric.Storage, 10);
        await world.MakeAsync("volume", "one", FiveGib, world.SpaceOf("developer"), "developer");
        var place = LimitPlace.OfPersonalSpace(world.SpaceOf("developer"));

        var list = (await limits.ListAsync(world.As("developer"), place)).Value;
        var storage = list.Rows.Single(row => row.Metric == Metric.Storage.Name);
        Assert.Equal((false, 5, 10), (list.MaySet, storage.Used, storage.Amount));
        Assert.DoesNotContain(list.Rows, row => row.Metric == Metric.Keys.Name);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var who in (string[])["owner", "manager", "stranger", "nobody"])
            {
                Assert.IsType<NotFound>((await limits.ListAsync(world.As(who), place)).Error);
            }

            Assert.IsType<Invalid>((await limits.SetAsync(world.As("owner"), place, new LimitDraft(Metric.Storage.Name, 50, 10))).Error);
            Assert.IsType<Forbidden>((await limits.SetAsync(world.As("developer"), place, new LimitDraft(Metric.Storage.Name, 50, 10))).Error);
        });
    }

    // Each alone passes the check across rows; together at most one may.
    [DatabaseTheory]
    public async Task Create_OverlappingNetworksAtOnce_MakesExactlyOne(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var results = await AtOnceAsync(12, index => world.Resources.CreateAsync(
            world.As("member"), world.SpaceOf("member"), ResourceKinds.Get("network"), ResourceWorld.Draft($"n{index}", $"{{'cidr':'10.1.0.0/{16 + index}'}}")));

        Assert.Equal(1, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.NotNull(Assert.IsType<Invalid>(result.Error).For("spec.cidr")));
        Assert.Equal((1, 1), await world.Database.ReadAsync(async db => (await db.PersonalSpaces.CountAsync(), await db.Resources.CountAsync())));
        await world.AssertUsageIsTheSumAsync(world.SpaceOf("member"));
    }

    [DatabaseTheory]
    public async Task Create_ManyAtOnceWithRoomForFive_MakesExactlyFive(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await SpaceLimitAsync(world, Metric.Storage, 25);
        var results = await AtOnceAsync(16, index => world.Resources.CreateAsync(world.As("member"), world.SpaceOf("member"), Volume, ResourceWorld.Draft($"v{index}", FiveGib)));

        Assert.Equal(5, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.IsType<LimitReached>(result.Error));
        await world.AssertUsageIsTheSumAsync(world.SpaceOf("member"));
    }

    [DatabaseTheory]
    public async Task Mine_SeveralOrganizations_AreCountedEach(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var initech = await Given.OrganizationAsync(world.Database, "initech");
        await initech.JoinAsync(world["member"]);
        await world.MakeAsync("volume", "one", FiveGib, world.SpaceOf("member"), "member");

        var mine = await world.Database.Get<PersonalSpacesService>().MineAsync(world.As("member"));

        Assert.Equal([("acme", 1), ("initech", 0)], mine.Select(row => (row.Slug, row.Resources)));
        Assert.NotEqual(PersonalSpace.IdOf(world.Acme.Id, world["member"].Id), PersonalSpace.IdOf(initech.Id, world["member"].Id));
    }

    internal static Task SpaceLimitAsync(ResourceWorld world, Metric metric, long amount) =>
        world.Database.AddAsync(new Limit(LimitScope.PersonalSpace, world.Acme.Id, world.Acme.Id, metric, amount, world.Acme.Owner.Id, "owner", world.Database.Clock.UtcNow));

    internal static async Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> act)
    {
        using var start = new Barrier(count);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(index => Task.Run(async () =>
        {
            start.SignalAndWait();
            return await act(index);
        })));
    }
}
