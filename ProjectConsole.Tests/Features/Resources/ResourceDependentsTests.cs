using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

/// <summary>What names a resource, as it is told before that one is deleted.</summary>
public sealed class ResourceDependentsTests
{
    private static readonly ResourceKind Volume = ResourceKinds.Get("volume");

    [DatabaseTheory]
    public async Task ListDependents_InUseAndOver_AreToldApartAndCountedOnce(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.Acme.ResourceAsync(world.Vision, "volume", "cache");
        var other = await world.Acme.ResourceAsync(world.Vision, "volume", "other");
        // Failed is over in a job and not in a cluster.
        await NamingAsync(world, world.Vision, "cluster", "gpu-1", "failed", volume, "volume", "scratch");
        await NamingAsync(world, world.Vision, "job", "night-1", "running", volume, "volume");
        await NamingAsync(world, world.Vision, "job", "night-0", "failed", volume, "volume");
        await NamingAsync(world, world.Vision, "cluster", "gpu-0", "terminated", volume, "volume");
        await NamingAsync(world, world.Speech, "cluster", "gpu-far", "running", volume, "volume");
        var share = new ResourceShare(volume, world.Speech.Id, null, ShareLevel.Use, world.Acme.Owner.Id, "owner", world.Database.Clock.UtcNow);
        share.Enter(ShareState.Accepted, "neighbour", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(share);
        // Who may not use it any more hinders nothing.
        await NamingAsync(world, await world.Acme.ProjectAsync("once"), "cluster", "gpu-once", "running", volume, "volume");
        await NamingAsync(world, world.Vision, "cluster", "gpu-2", "running", other, "volume");

        var told = (await ListAsync(world, "manager", volume)).Value;

        Assert.Equal((3, 2), (told.InUse.Count, told.Over.Count));
        // What uses it in another project is counted and not named.
        Assert.Equal([("cluster", null, null), ("cluster", "gpu-1", "failed"), ("job", "night-1", "running")], Told(told.InUse));
        Assert.Equal([("cluster", "gpu-0", "terminated"), ("job", "night-0", "failed")], Told(told.Over));
        var refusal = await world.Resources.DeleteAsync(world.As("manager"), world.InVision, Volume, volume.Id, null);
        Assert.Equal(told.InUse.Count, Assert.IsType<ResourceInUse>(refusal.Error).Count);
    }

    [DatabaseTheory]
    public async Task ListDependents_MoreThanAreNamed_CountsAll(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.Acme.ResourceAsync(world.Vision, "volume", "cache");
        for (var index = 0; index <= ResourceDetailService.MostDependents; index++)
        {
            await NamingAsync(world, world.Vision, "job", $"night-{index}", "succeeded", volume, "volume");
        }

        var told = (await ListAsync(world, "viewer", volume)).Value;

        Assert.Equal((0, ResourceDetailService.MostDependents + 1), (told.InUse.Count, told.Over.Count));
        Assert.Equal(ResourceDetailService.MostDependents, told.Over.Shown.Count);
    }

    [Fact]
    public async Task ListDependents_WhoDoesNotSeeTheResource_IsToldNothing()
    {
        await using var world = await ResourceWorld.CreateAsync();
        var volume = await world.Acme.ResourceAsync(world.Vision, "volume", "cache");
        await NamingAsync(world, world.Vision, "cluster", "gpu-1", "running", volume, "volume");
        await world.RestrictAsync("developer", "volumes.*");
        await world.RestrictAsync("contributor", "clusters.*");

        foreach (var who in (string[])["developer", "member", "neighbour", "stranger", "nobody"])
        {
            Assert.IsType<NotFound>((await ListAsync(world, who, volume)).Error);
        }

        Assert.Equal([("cluster", null, null)], Told((await ListAsync(world, "contributor", volume)).Value.InUse));
        Assert.Equal([("cluster", "gpu-1", "running")], Told((await ListAsync(world, "auditor", volume)).Value.InUse));
        // By its id alone nothing of another project is found.
        Assert.IsType<NoSuchResource>((await world.Details.ListDependentsAsync(world.As("neighbour"), world.InSpeech, Volume, volume.Id)).Error);
        Assert.IsType<NoSuchResource>((await world.Details.ListDependentsAsync(world.As("viewer"), world.InVision, ResourceKinds.Get("disk"), volume.Id)).Error);
    }

    private static Task<Result<ResourceDependents>> ListAsync(ResourceWorld world, string who, Resource volume) =>
        world.Details.ListDependentsAsync(world.As(who), world.InVision, Volume, volume.Id);

    private static IEnumerable<(string Kind, string? Name, string? State)> Told(Dependents dependents) =>
        dependents.Shown.Select(dependent => (dependent.Kind, dependent.Name, dependent.State)).OrderBy(dependent => dependent.Kind, StringComparer.Ordinal).ThenBy(dependent => dependent.Name, StringComparer.Ordinal);

    private static async Task NamingAsync(ResourceWorld world, Project project, string kind, string name, string state, Resource named, params string[] relations)
    {
        var resource = await world.Acme.ResourceAsync(project, kind, name);
        await world.Database.ChangeAsync<Resource>(row => row.Enter(state, world.Database.Clock.UtcNow), resource.Id);
        await world.Database.AddAsync([.. relations.Select(relation => new ResourceLink(world.Acme.Id, resource.Id, named.Id, relation))]);
    }
}
