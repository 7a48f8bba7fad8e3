using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Moving;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

/// <summary>What a resource of another owner does to one that was shared with it, while that is so and afterwards.</summary>
public sealed class ResourceUsersTests
{
    private const string Job = "{'command':'go','cpu-cores':1,'memory':2,'volume':'speech:calls'}";

    private static readonly ResourceKind Volume = ResourceKinds.Get("volume");

    [DatabaseTheory]
    [InlineData("project")]
    [InlineData("workspace")]
    public async Task Delete_UsedElsewhere_IsRefusedUntilTheShareEnded(DatabaseKind kind, string receiver)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await VolumeAsync(world);
        var share = await ShareAsync(world, volume, receiver);
        // Whoever else has it is no reason for those who do not use it.
        await ShareAsync(world, volume, "third");
        await world.MakeAsync("job", "resize", Job);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var inUse = Assert.IsType<ResourceInUse>(await DeleteAsync(world, volume));
            // Of another project, it is counted and not named.
            Assert.Equal((0, 1), (inUse.Users.Count, inUse.Count));
        });
        Assert.Null((await world.Database.Get<SharingService>().EndAsync(world.As("neighbour"), world.InSpeech, Volume, share.Id)).Error);

        Assert.Null(await DeleteAsync(world, volume));
        Assert.Equal("speech:calls", (await world.FindAsync("job", "resize")).Spec.Text("volume"));
        Assert.Equal(0, await world.Database.ReadAsync(db => db.ResourceLinks.CountAsync()));
        await world.AssertUsageIsTheSumAsync(world.InSpeech);
        await world.AssertUsageIsTheSumAsync(world.InVision);
    }

    [DatabaseTheory]
    public async Task Delete_UsedElsewhereAndSharedForViewSince_IsNoLongerRefused(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await VolumeAsync(world);
        var share = await ShareAsync(world, volume, "project");
        await world.MakeAsync("job", "resize", Job);
        await EndAsync(world, share);
        await ShareAsync(world, volume, "project", ShareLevel.View);

        Assert.Null(await DeleteAsync(world, volume));
    }

    [DatabaseTheory]
    [InlineData("vision")]
    [InlineData("space")]
    public async Task Delete_UsedByTheOrganization_IsRefusedWhileItSeesIt(DatabaseKind kind, string user)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await VolumeAsync(world);
        await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(true), volume.Id);
        await world.MakeAsync("job", "resize", Job, user == "space" ? world.SpaceOf("developer") : world.InVision, "developer");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(1, Assert.IsType<ResourceInUse>(await DeleteAsync(world, volume)).Count));
        await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(false), volume.Id);
        if (user == "space")
        {
            // A personal space is of no workspace, so that this one is not for it.
            await ShareAsync(world, volume, "workspace");
        }

        Assert.Null(await DeleteAsync(world, volume));
    }

    [DatabaseTheory]
    public async Task Delete_UsedInADeletedProject_IsNotRefused(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await VolumeAsync(world);
        await ShareAsync(world, volume, "project");
        await world.MakeAsync("job", "resize", Job);
        await world.Acme.ChangeAsync(world.Vision, project => project.Delete(world.Database.Clock.UtcNow));

        Assert.Null(await DeleteAsync(world, volume));
    }

    [DatabaseTheory]
    [InlineData("project")]
    [InlineData("workspace")]
    [InlineData("organization")]
    public async Task Move_UsedElsewhere_IsRefusedUntilThatEnded(DatabaseKind kind, string how)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await VolumeAsync(world);
        ResourceShare? share = null;
        if (how == "organization")
        {
            await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(true), volume.Id);
        }
        else
        {
            share = await ShareAsync(world, volume, how);
        }

        await world.MakeAsync("job", "resize", Job, how == "organization" ? world.SpaceOf("developer") : world.InVision, "developer");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<SharedWithOthers>(await MoveAsync(world, volume)));
        if (share is null)
        {
            await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(false), volume.Id);
        }
        else
        {
            await EndAsync(world, share);
        }

        Assert.Null(await MoveAsync(world, volume));
    }

    // What its own project needs is needed, whoever else had it.
    [DatabaseTheory]
    public async Task DeleteAndMove_UsedAtHomeToo_AreRefusedStill(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await VolumeAsync(world);
        var share = await ShareAsync(world, volume, "project");
        await world.MakeAsync("job", "resize", Job);
        await world.MakeAsync("job", "own", Job.Replace("speech:", "", StringComparison.Ordinal), world.InSpeech, "neighbour");
        await EndAsync(world, share);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var inUse = Assert.IsType<ResourceInUse>(await DeleteAsync(world, volume));
            Assert.Equal("Job own", Assert.Single(inUse.Users));
            Assert.Equal(1, inUse.Count);
            Assert.Equal(1, Assert.IsType<NeededHere>(await MoveAsync(world, volume)).Count);
        });
    }

    private static Task<Resource> VolumeAsync(ResourceWorld world) => world.MakeAsync("volume", "calls", "{'type':'shared','size':5}", world.InSpeech, "neighbour");

    private static async Task<Error?> DeleteAsync(ResourceWorld world, Resource volume) =>
        (await world.Resources.DeleteAsync(world.As("neighbour"), world.InSpeech, Volume, volume.Id, null)).Error;

    private static async Task<Error?> MoveAsync(ResourceWorld world, Resource volume) =>
        (await world.Moving.MoveAsync(world.As("owner"), world.InSpeech, [volume.Id], "default")).Error;

    private static async Task<ResourceShare> ShareAsync(ResourceWorld world, Resource resource, string receiver, ShareLevel level = ShareLevel.Use)
    {
        var projectId = receiver switch { "workspace" => (Guid?)null, "third" => (await world.Acme.ProjectAsync("third")).Id, _ => world.Vision.Id };
        var share = new ResourceShare(
            resource, projectId, projectId is null ? world.Vision.WorkspaceId : null, level, world["neighbour"].Id, "neighbour", world.Database.Clock.UtcNow);
        share.Enter(ShareState.Accepted, "project-admin", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(share);
        return share;
    }

    private static Task EndAsync(ResourceWorld world, ResourceShare share) =>
        world.Database.ChangeAsync<ResourceShare>(row => row.Enter(ShareState.Ended, "neighbour", world.Database.Clock.UtcNow), share.Id);
}
