using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Sharing;

/// <summary>What the receiving project sees of a share, in its list and as a page.</summary>
public sealed class SharedResourcesTests
{
    private static readonly ResourceKind Volume = ResourceKinds.Get("volume");
    private static readonly ResourceKind Secret = ResourceKinds.Get("secret");

    [DatabaseTheory]
    public async Task Share_ForViewAlone_IsListedAndShownReadOnly(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "calls", "{'type':'shared','size':5}", world.InSpeech, "neighbour");
        await world.MakeAsync("volume", "private", "{'type':'shared','size':5}", world.InSpeech, "neighbour");
        var id = await OfferAsync(world, Volume, volume.Id, ShareLevel.View);
        Assert.Empty(await SharedAsync(world, "viewer"));

        Assert.Null((await Shares(world).AnswerAsync(world.As("manager"), world.Acme.Scope(world.Vision), id, accepts: true)).Error);

        foreach (var who in (string[])["viewer", "project-admin", "auditor"])
        {
            var shared = Assert.Single(await SharedAsync(world, who));
            Assert.Equal(("speech:calls", "speech", "", ResourceActs.None), (shared.Name, shared.Source.Name, shared.Row.CreatedByName, shared.Row.Acts));
            var detail = (await world.Details.GetAsync(world.As(who), world.InVision, Volume, "speech:calls")).Value;
            Assert.Equal(("calls", "speech", ResourceActs.None), (detail.Row.Name, detail.Source!.Slug, detail.Acts));
            // What hangs on it and who did what is told in its own project.
            Assert.Empty(detail.History);
            Assert.Empty(detail.DependsOn);
            Assert.Equal(0, detail.UsedBy.Count);
            Assert.DoesNotContain("neighbour", detail.Row.ToString(), StringComparison.Ordinal);
        }

        Assert.IsType<NotFound>((await world.Details.GetAsync(world.As("viewer"), world.InVision, Volume, "speech:private")).Error);
        Assert.IsType<NotFound>((await world.Details.GetAsync(world.As("viewer"), world.InVision, Volume, "speech:nothing")).Error);
        Assert.IsType<NotFound>((await world.Details.GetAsync(world.As("viewer"), world.InVision, Volume, "vision:calls")).Error);
        Assert.IsType<NotFound>((await world.Details.GetAsync(world.As("viewer"), world.InVision, ResourceKinds.Get("disk"), "speech:calls")).Error);
        foreach (var who in (string[])["member", "stranger", "nobody"])
        {
            Assert.IsType<NotFound>((await world.Details.GetAsync(world.As(who), world.InVision, Volume, "speech:calls")).Error);
        }
    }

    [DatabaseTheory]
    public async Task Share_EndedRestingOrOfAHiddenKind_IsNotThere(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "calls", "{'type':'shared','size':5}", world.InSpeech, "neighbour");
        var id = await OfferAsync(world, Volume, volume.Id, ShareLevel.Use);
        Assert.Null((await Shares(world).AnswerAsync(world.As("manager"), world.Acme.Scope(world.Vision), id, accepts: true)).Error);
        await world.RestrictAsync("viewer", "volumes.*");

        Assert.Single(await SharedAsync(world, "developer"));
        Assert.IsType<NotFound>((await world.Details.GetAsync(world.As("viewer"), world.InVision, Volume, "speech:calls")).Error);
        await world.Acme.ChangeAsync(world.Speech, project => project.Suspend(false));
        Assert.Empty(await SharedAsync(world, "developer"));
        await world.Acme.ChangeAsync(world.Speech, project => project.Activate(false));
        Assert.Single(await SharedAsync(world, "developer"));

        Assert.Null((await Shares(world).EndAsync(world.As("neighbour"), world.InSpeech, Volume, id)).Error);
        Assert.Empty(await SharedAsync(world, "developer"));
        Assert.IsType<NotFound>((await world.Details.GetAsync(world.As("developer"), world.InVision, Volume, "speech:calls")).Error);
    }

    [DatabaseTheory]
    public async Task VisibleToTheOrganization_MembersSeeItAndPeopleFromOutsideDoNot(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "calls", "{'type':'shared','size':5}", world.InSpeech, "neighbour");
        var id = await OfferAsync(world, Volume, volume.Id, ShareLevel.Use);
        Assert.Null((await Shares(world).AnswerAsync(world.As("manager"), world.Acme.Scope(world.Vision), id, accepts: false)).Error);
        await world.Acme.GrantAsync(world.Vision, world["stranger"], ProjectRole.Developer);

        Assert.Null((await Shares(world).ShowToOrganizationAsync(world.As("neighbour"), world.Acme.Scope(world.Speech), Volume, volume.Id, isVisible: true)).Error);

        Assert.Equal("speech:calls", Assert.Single(await SharedAsync(world, "viewer")).Name);
        Assert.Empty(await SharedAsync(world, "stranger"));
        // Shared as well, it stands there once.
        var again = await OfferAsync(world, Volume, volume.Id, ShareLevel.View);
        Assert.Null((await Shares(world).AnswerAsync(world.As("manager"), world.Acme.Scope(world.Vision), again, accepts: true)).Error);
        Assert.Single(await SharedAsync(world, "viewer"));
        Assert.Single(await SharedAsync(world, "stranger"));
        Assert.Equal(["speech:calls"], (await world.Details.ChoicesAsync(world.As("viewer"), world.InVision, ResourceKinds.Get("job").Field("volume")!, "")).Value.Select(choice => choice.Value));
        Assert.Empty((await world.Details.ChoicesAsync(world.As("stranger"), world.InVision, ResourceKinds.Get("job").Field("volume")!, "")).Value);
    }

    [DatabaseTheory]
    public async Task SharedSecret_IsNamedAndNeverShown(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var secret = await world.MakeAsync("secret", "token", "{'value':'hunter2','environment-name':'TOKEN'}", world.InSpeech, "neighbour");
        var id = await OfferAsync(world, Secret, secret.Id, ShareLevel.Use);
        Assert.Null((await Shares(world).AnswerAsync(world.As("manager"), world.Acme.Scope(world.Vision), id, accepts: true)).Error);

        var detail = (await world.Details.GetAsync(world.As("project-admin"), world.InVision, Secret, "speech:token")).Value;

        Assert.DoesNotContain("hunter2", ResourceJson.Of(detail), StringComparison.Ordinal);
        Assert.Contains("TOKEN", ResourceJson.Of(detail), StringComparison.Ordinal);
        Assert.Equal(["value"], detail.FilledSecrets);
    }

    [DatabaseTheory]
    public async Task List_SearchAndState_NarrowWhatIsSharedToo(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "calls", "{'type':'shared','size':5}", world.InSpeech, "neighbour");
        var id = await OfferAsync(world, Volume, volume.Id, ShareLevel.View);
        Assert.Null((await Shares(world).AnswerAsync(world.As("manager"), world.Acme.Scope(world.Vision), id, accepts: true)).Error);

        Assert.Single(await SharedAsync(world, "viewer", new ResourceQuery { Search = "CALL" }));
        Assert.Empty(await SharedAsync(world, "viewer", new ResourceQuery { Search = "x" }));
        Assert.Empty(await SharedAsync(world, "viewer", new ResourceQuery { State = "archived" }));
        Assert.Empty(await SharedAsync(world, "viewer", new ResourceQuery { CreatedBy = world["neighbour"].Id }));
        Assert.Empty(await SharedAsync(world, "viewer", new ResourceQuery { Page = new PageRequest(2, null) }));
    }

    [DatabaseTheory]
    public async Task List_MoreIsSharedThanIsShown_SaysSoUntilASearchNarrowsIt(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await ShowAsync(world, 0, ResourceListService.MostShared);
        var whole = (await world.Lists.ListAsync(world.As("viewer"), world.InVision, Volume, new ResourceQuery())).Value;
        await ShowAsync(world, ResourceListService.MostShared, 1);
        var cut = (await world.Lists.ListAsync(world.As("viewer"), world.InVision, Volume, new ResourceQuery())).Value;
        var searched = (await world.Lists.ListAsync(world.As("viewer"), world.InVision, Volume, new ResourceQuery { Search = "far-1" })).Value;

        Assert.Equal((ResourceListService.MostShared, false), (whole.Shared.Count, whole.HasMoreShared));
        Assert.Equal((ResourceListService.MostShared, true), (cut.Shared.Count, cut.HasMoreShared));
        Assert.Equal(whole.Shared.Select(shared => shared.Name), cut.Shared.Select(shared => shared.Name));
        Assert.Equal((10, false), (searched.Shared.Count, searched.HasMoreShared));
        var last = (await world.Lists.ListSharedAsync(world.As("viewer"), world.InVision, Volume, new ResourceQuery(), PageRequest.Slice(ResourceListService.MostShared, 10))).Value;
        Assert.Equal((ResourceListService.MostShared + 1, 1), (last.Total, last.Rows.Count));
        Assert.IsType<NotFound>((await world.Lists.ListSharedAsync(world.As("member"), world.InVision, Volume, new ResourceQuery(), PageRequest.Slice(0, 10))).Error);
        Assert.False((await world.Lists.ListAsync(world.As("viewer"), world.InVision, Volume, new ResourceQuery { Page = new PageRequest(2, null) })).Value.HasMoreShared);
    }

    private static Task ShowAsync(ResourceWorld world, int from, int count) => world.Database.AddAsync([.. Enumerable.Range(from, count).Select(number =>
    {
        var resource = new Resource(world.InSpeech, Volume, $"far-{number:00}", ResourceSpec.Empty, world["neighbour"].Id, "neighbour@acme.test", world.Database.Clock.UtcNow);
        resource.ShowToOrganization(true);
        return resource;
    })]);

    private static SharingService Shares(ResourceWorld world) => world.Database.Get<SharingService>();

    private static async Task<Guid> OfferAsync(ResourceWorld world, ResourceKind kind, Guid resourceId, ShareLevel level)
    {
        if (await world.Database.ReadAsync(db => db.Grants.CountAsync(grant => grant.ProjectId == world.Vision.Id && grant.PrincipalId == world["neighbour"].Id)) == 0)
        {
            await world.Acme.GrantAsync(world.Vision, world["neighbour"], ProjectRole.Viewer);
        }

        return (await Shares(world).OfferAsync(world.As("neighbour"), world.InSpeech, kind, resourceId, new ShareOffer("vision", null, level))).Value;
    }

    private static async Task<IReadOnlyList<SharedResource>> SharedAsync(ResourceWorld world, string who, ResourceQuery? query = null) =>
        (await world.Lists.ListAsync(world.As(who), world.InVision, Volume, query ?? new ResourceQuery())).Value.Shared;
}
