using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

public sealed class ResourceBulkServiceTests
{
    private const string Volume = "{'type':'shared','size':5}";
    private const string Cluster = "{'gpu-type':'a100','nodes':2,'gpus':8,'cpu-cores':64,'memory':512}";

    [DatabaseTheory]
    public async Task Delete_SeveralKindsThatNameEachOther_GoTogether(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "scratch", Volume);
        var cluster = await world.MakeAsync("cluster", "train", Cluster.Replace("}", ",'volume':'scratch'}", StringComparison.Ordinal));
        await world.Resources.ActAsync(world.As("developer"), world.InVision, ResourceKinds.Get("cluster"), cluster.Id, "stop", null);

        var answer = (await RunAsync(world, "manager", [volume.Id, cluster.Id])).Value;

        Assert.True(answer.IsDone);
        Assert.Equal([volume.Id, cluster.Id], answer.Lines.Select(line => line.Id));
        Assert.All(answer.Lines, line => Assert.Null(line.Refusal));
        Assert.Equal(0, await world.Database.ReadAsync(db => db.Resources.CountAsync()));
        Assert.Equal(2, await world.Database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.ResourceDeleted && entry.Result == AuditResult.Done)));
        await world.AssertUsageIsTheSumAsync(world.InVision);
    }

    [DatabaseTheory]
    public async Task Delete_SomeThatCannot_LeavesThoseOrAllAsIsChosen(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (volume, used) = (await world.MakeAsync("volume", "old", Volume), await world.MakeAsync("volume", "used", Volume));
        var cluster = await world.MakeAsync("cluster", "train", Cluster.Replace("}", ",'volume':'used'}", StringComparison.Ordinal));
        Guid[] ids = [volume.Id, used.Id, cluster.Id];

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var all = (await RunAsync(world, "manager", ids, isAllOrNothing: true)).Value;
            Assert.False(all.IsDone);
            Assert.Equal([null, typeof(ResourceInUse), typeof(StillRunning)], all.Lines.Select(line => line.Refusal?.GetType()));
            var dry = await world.Database.Get<ResourceBulkService>().RunAsync(Actors.Previewing(world["manager"]), world.InVision, new BulkResources(ids, null, false));
            Assert.Equal([null, typeof(ResourceInUse), typeof(StillRunning)], dry.Value.Lines.Select(line => line.Refusal?.GetType()));
        });

        var those = (await RunAsync(world, "manager", ids)).Value;
        Assert.True(those.IsDone);
        Assert.Equal(["train", "used"], await world.Database.ReadAsync(db => db.Resources.OrderBy(row => row.Name).Select(row => row.Name).ToListAsync()));
        await world.AssertUsageIsTheSumAsync(world.InVision);
    }

    [DatabaseTheory]
    public async Task Delete_WithoutThePermissionOrElsewhere_IsRefusedLineByLine(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (own, others) = (await world.MakeAsync("volume", "own", Volume, who: "developer"), await world.MakeAsync("volume", "others", Volume));
        var theirs = await world.MakeAsync("volume", "theirs", Volume, world.InSpeech, "neighbour");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var viewer = (await RunAsync(world, "viewer", [own.Id, others.Id])).Value;
            Assert.False(viewer.IsDone);
            Assert.All(viewer.Lines, line => Assert.IsType<Forbidden>(line.Refusal));
            // The id of a neighbour's resource is answered like one that is not there, whoever asks.
            var admin = (await RunAsync(world, "project-admin", [theirs.Id, Guid.NewGuid()])).Value;
            Assert.All(admin.Lines, line => Assert.IsType<NoSuchResource>(line.Refusal));
            foreach (var who in (string[])["stranger", "neighbour", "member", "nobody"])
            {
                Assert.IsType<NotFound>((await RunAsync(world, who, [own.Id])).Error);
            }

            Assert.IsType<Invalid>((await RunAsync(world, "manager", [])).Error);
            Assert.IsType<Invalid>((await RunAsync(world, "manager", [.. Enumerable.Range(0, ResourceBulkService.Most + 1).Select(_ => Guid.NewGuid())])).Error);
        });
        await world.RestrictAsync("manager", "volumes.*");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<NoSuchResource>(Assert.Single((await RunAsync(world, "manager", [own.Id])).Value.Lines).Refusal));

        var developer = (await RunAsync(world, "developer", [own.Id, others.Id])).Value;
        Assert.Equal([null, typeof(Forbidden)], developer.Lines.Select(line => line.Refusal?.GetType()));
        Assert.Equal(["others", "theirs"], await world.Database.ReadAsync(db => db.Resources.OrderBy(row => row.Name).Select(row => row.Name).ToListAsync()));
        await world.Database.Get<DeniedAttempts>().FlushAsync();
        Assert.True(await world.Database.ReadAsync(db => db.AuditEntries.AnyAsync(entry => entry.Action == AuditActions.ResourceDeleted && entry.Result == AuditResult.Denied)));
    }

    [DatabaseTheory]
    public async Task Act_OnSeveralKinds_DoesWhatEachKindCallsSo(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (cluster, volume) = (await world.MakeAsync("cluster", "train", Cluster), await world.MakeAsync("volume", "v", Volume));

        var answer = (await world.Database.Get<ResourceBulkService>().RunAsync(world.As("developer"), world.InVision, new BulkResources([cluster.Id, volume.Id], "terminate", false))).Value;

        Assert.Equal([null, typeof(NoSuchAction)], answer.Lines.Select(line => line.Refusal?.GetType()));
        Assert.Equal("terminated", (await world.FindAsync("cluster", "train")).State);
        Assert.Equal(0, await world.UsedAsync(Metric.Gpus));
        await world.AssertUsageIsTheSumAsync(world.InVision);
    }

    [DatabaseTheory]
    public async Task Delete_InASuspendedProject_IsRefused(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "old", Volume);
        await world.Acme.ChangeAsync(world.Vision, project => project.Suspend(false));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<ProjectIsSuspended>(Assert.Single((await RunAsync(world, "project-admin", [volume.Id])).Value.Lines).Refusal));
    }

    private static Task<Result<BulkOutcome>> RunAsync(ResourceWorld world, string who, Guid[] ids, bool isAllOrNothing = false) =>
        world.Database.Get<ResourceBulkService>().RunAsync(world.As(who), world.InVision, new BulkResources(ids, null, isAllOrNothing));
}
