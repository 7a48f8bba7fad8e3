using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

/// <summary>What a resource names, at the moment it starts and as it is told afterwards.</summary>
public sealed class ResourceStartTests
{
    private const string Volume = "{'type':'shared','size':5}";
    private const string Cluster = "{'gpu-type':'a100','nodes':1,'gpus':1,'cpu-cores':4,'memory':8,'volume':'speech:calls'}";

    private static readonly ResourceKind Clusters = ResourceKinds.Get("cluster");
    private static readonly ResourceKind Volumes = ResourceKinds.Get("volume");

    [DatabaseTheory]
    public async Task Start_SomethingElseHasTheNameOfWhatWasShared_UsesItAndProtectsIt(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var first = await world.MakeAsync("volume", "calls", Volume, world.InSpeech, "neighbour");
        var share = await ShareAsync(world, first);
        var cluster = await world.MakeAsync("cluster", "train", Cluster);
        Assert.Null((await ActAsync(world, "developer", cluster, "stop")).Error);
        Assert.Null((await Shares(world).EndAsync(world.As("neighbour"), world.InSpeech, Volumes, share)).Error);
        Assert.Null((await world.Resources.DeleteAsync(world.As("neighbour"), world.InSpeech, Volumes, first.Id, null)).Error);
        var second = await world.MakeAsync("volume", "calls", Volume, world.InSpeech, "neighbour");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<ReferenceLost>((await ActAsync(world, "developer", cluster, "start")).Error));

        await ShareAsync(world, second);
        Assert.Null((await ActAsync(world, "developer", cluster, "start")).Error);

        Assert.Equal(second.Id, await world.Database.ReadAsync(db => db.ResourceLinks.Where(link => link.FromId == cluster.Id).Select(link => link.ToId).SingleAsync()));
        Assert.Equal("calls is used by 1 resource that you may not see here. Change or delete what uses it first.",
            Assert.IsType<ResourceInUse>((await world.Resources.DeleteAsync(world.As("neighbour"), world.InSpeech, Volumes, second.Id, null)).Error).Message);
    }

    [DatabaseTheory]
    public async Task Start_WhoDoesNotSeeWhatItNames_StartsItAndNamesNothingNew(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("volume", "cache", Volume);
        var fields = Cluster.Replace("speech:calls", "cache", StringComparison.Ordinal);
        var cluster = await world.MakeAsync("cluster", "train", fields);
        Assert.Null((await ActAsync(world, "manager", cluster, "stop")).Error);
        await world.RestrictAsync("developer", "volumes.*");

        Assert.Null((await ActAsync(world, "developer", cluster, "start")).Error);

        Assert.IsType<Invalid>((await world.Resources.CreateAsync(world.As("developer"), world.InVision, Clusters, ResourceWorld.Draft("mine", fields))).Error);
    }

    [DatabaseTheory]
    public async Task Start_SomebodyFromOutside_OfWhatAMemberNamedOfTheOrganizations(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var external = await Given.UserAsync(world.Database, "external@partner.test");
        await world.Acme.GrantAsync(world.Vision, external, ProjectRole.Developer);
        var volume = await world.MakeAsync("volume", "calls", Volume, world.InSpeech, "neighbour");
        await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(true), volume.Id);
        var cluster = await world.MakeAsync("cluster", "train", Cluster);
        Assert.Null((await ActAsync(world, "developer", cluster, "stop")).Error);

        Assert.Null((await world.Resources.ActAsync(Actors.Of(external), world.InVision, Clusters, cluster.Id, "start", null)).Error);

        Assert.IsType<Invalid>((await world.Resources.CreateAsync(Actors.Of(external), world.InVision, Clusters, ResourceWorld.Draft("mine", Cluster))).Error);
        Assert.Null((await ActAsync(world, "developer", cluster, "stop")).Error);
        await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(false), volume.Id);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<ReferenceLost>((await world.Resources.ActAsync(Actors.Of(external), world.InVision, Clusters, cluster.Id, "start", null)).Error));
    }

    [DatabaseTheory]
    public async Task DependsOn_WhatIsNotSharedAnyMore_TellsItsNameAlone(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "calls", Volume, world.InSpeech, "neighbour");
        var share = await ShareAsync(world, volume);
        await world.MakeAsync("cluster", "train", Cluster);
        Assert.Equal(("calls", "ready", "speech"), await DependsOnAsync(world, Clusters, "train"));

        Assert.Null((await Shares(world).EndAsync(world.As("neighbour"), world.InSpeech, Volumes, share)).Error);

        Assert.Equal(("calls", null, null), await DependsOnAsync(world, Clusters, "train"));
    }

    [DatabaseTheory]
    public async Task DependsOn_WhatWasMovedWhereTheReaderIsNot_TellsNeitherProjectNorState(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "cache", Volume);
        var job = await world.MakeAsync("job", "resize", "{'command':'go','cpu-cores':1,'memory':2,'volume':'cache'}");
        Assert.Null((await world.Resources.ActAsync(world.As("owner"), world.InVision, ResourceKinds.Get("job"), job.Id, "cancel", null)).Error);

        Assert.Null((await world.Moving.MoveAsync(world.As("owner"), world.InVision, [volume.Id], "speech")).Error);

        Assert.Equal(("cache", null, null), await DependsOnAsync(world, ResourceKinds.Get("job"), "resize"));
    }

    [DatabaseTheory]
    public async Task Change_RowOfANamesakeIsTakenAway_LetsItGo(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var instances = ResourceKinds.Get("instance");
        await ShareAsync(world, await world.MakeAsync("instance", "web", "{'cpu-cores':1,'memory':1}", world.InSpeech, "neighbour"));
        var own = await world.MakeAsync("instance", "web", "{'cpu-cores':1,'memory':1}");
        await world.MakeAsync("ip-address", "front", "{'address':'203.0.113.10'}");
        const string theirs = "{'address':'front','port':81,'protocol':'tcp','instance':'speech:web','instance-port':80}";
        var network = await world.MakeAsync("network", "first", $"{{'cidr':'10.1.0.0/24','port-forwarding':[{theirs.Replace("speech:", "", StringComparison.Ordinal).Replace("81", "80", StringComparison.Ordinal)},{theirs}]}}");
        Assert.Null((await world.Resources.ActAsync(world.As("owner"), world.InVision, instances, own.Id, "stop", null)).Error);
        Assert.IsType<ResourceInUse>((await world.Resources.DeleteAsync(world.As("owner"), world.InVision, instances, own.Id, null)).Error);

        Assert.Null((await world.Resources.ChangeAsync(
            world.As("owner"), world.InVision, ResourceKinds.Get("network"), network.Id, ResourceWorld.Draft("", $"{{'cidr':'10.1.0.0/24','port-forwarding':[{theirs}]}}"), null)).Error);

        Assert.Equal(2, await world.Database.ReadAsync(db => db.ResourceLinks.CountAsync(link => link.FromId == network.Id)));
        Assert.Null((await world.Resources.DeleteAsync(world.As("owner"), world.InVision, instances, own.Id, null)).Error);
    }

    private static SharingService Shares(ResourceWorld world) => world.Database.Get<SharingService>();

    private static Task<Result> ActAsync(ResourceWorld world, string who, Resource cluster, string action) =>
        world.Resources.ActAsync(world.As(who), world.InVision, Clusters, cluster.Id, action, null);

    private static async Task<Guid> ShareAsync(ResourceWorld world, Resource resource)
    {
        // Somebody who sees both projects.
        var offered = await Shares(world).OfferAsync(
            world.As("owner"), world.InSpeech, ResourceKinds.Get(resource.Kind), resource.Id, new ShareOffer("vision", null, ShareLevel.Use));
        Assert.Null(offered.Error);
        Assert.Null((await Shares(world).AnswerAsync(world.As("manager"), world.Acme.Scope(world.Vision), offered.Value, accepts: true)).Error);
        return offered.Value;
    }

    private static async Task<(string? Name, string? State, string? Source)> DependsOnAsync(ResourceWorld world, ResourceKind kind, string name)
    {
        var related = Assert.Single((await world.Details.GetAsync(world.As("viewer"), world.InVision, kind, name)).Value.DependsOn);
        return (related.Name, related.State, related.Source);
    }
}
