using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.PersonalSpaces;
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

    [DatabaseTheory]
    public async Task Delete_InAPersonalSpace_IsItsPersonsAlone(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var space = world.SpaceOf("member");
        var volume = await world.MakeAsync("volume", "cache", Volume, space, "member");
        var job = await world.MakeAsync("job", "resize", "{'command':'go','cpu-cores':1,'memory':2,'volume':'cache'}", space, "member");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var who in (string[])["stranger", "nobody"])
            {
                Assert.IsType<NotFound>((await RunInAsync(world, who, space, null, volume.Id)).Error);
            }

            // Whoever is in the organization sees that, and of the space nothing.
            foreach (var who in (string[])["owner", "org-admin", "auditor", "developer"])
            {
                foreach (var action in (string?[])[null, "cancel"])
                {
                    var answer = (await RunInAsync(world, who, space, action, volume.Id, job.Id)).Value;
                    Assert.False(answer.IsDone);
                    Assert.All(answer.Lines, line => Assert.IsType<NoSuchResource>(line.Refusal));
                }

                // One's own space does not lead to that of another.
                Assert.IsType<NoSuchResource>(Assert.Single((await RunInAsync(world, who, world.SpaceOf(who), null, volume.Id)).Value.Lines).Refusal);
            }
        });

        Assert.Null(Assert.Single((await RunInAsync(world, "member", space, "cancel", job.Id)).Value.Lines).Refusal);
        Assert.All((await RunInAsync(world, "member", space, null, volume.Id, job.Id)).Value.Lines, line => Assert.Null(line.Refusal));
        Assert.Equal(0, await world.Database.ReadAsync(db => db.Resources.CountAsync()));
        await world.AssertUsageIsTheSumAsync(space);
    }

    [DatabaseTheory]
    public async Task Delete_InTheCatalogue_IsForWhoManagesIt(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var offering = await world.MakeAsync("service-offering", "small", "{'cpu-cores':2,'memory':8}", world.InCatalogue, "org-admin");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var who in (string[])["auditor", "project-admin", "member"])
            {
                Assert.IsType<Forbidden>(Assert.Single((await RunInAsync(world, who, world.InCatalogue, null, offering.Id)).Value.Lines).Refusal);
            }

            Assert.IsType<NotFound>((await RunInAsync(world, "stranger", world.InCatalogue, null, offering.Id)).Error);
        });

        Assert.Null(Assert.Single((await RunInAsync(world, "org-admin", world.InCatalogue, null, offering.Id)).Value.Lines).Refusal);
        Assert.Equal(0, await world.Database.ReadAsync(db => db.Resources.CountAsync()));
    }

    // Each alone is right; together, what is named stays or whoever names it is told that it is not there.
    [DatabaseTheory]
    public async Task Delete_InAPersonalSpaceWhileAnotherNamesIt_EndsInOneOfTwoRightAnswers(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (space, member) = (world.SpaceOf("member"), world.As("member"));
        for (var attempt = 0; attempt < RaceAttempts.Or(15); attempt++)
        {
            var volume = await world.MakeAsync("volume", $"v{attempt}", Volume, space, "member");
            var fields = $"{{'command':'go','cpu-cores':1,'memory':2,'volume':'v{attempt}'}}";

            var refusals = await PersonalSpaceTests.AtOnceAsync(2, async number =>
            {
                if (number == 1)
                {
                    return (await world.Resources.CreateAsync(member, space, ResourceKinds.Get("job"), ResourceWorld.Draft($"j{attempt}", fields))).Error;
                }

                var bulk = await RunInAsync(world, "member", space, null, volume.Id);
                return bulk.Succeeded ? Assert.Single(bulk.Value.Lines).Refusal : bulk.Error;
            });

            var isDeleted = refusals[0] is null;
            Assert.True(
                isDeleted ? refusals[1] is Invalid wrong && wrong.For("spec.volume") is not null : refusals[0] is ResourceInUse && refusals[1] is null,
                $"attempt {attempt}: {refusals[0]} and {refusals[1]}");
            Assert.Equal(isDeleted ? 0 : 2, await world.Database.ReadAsync(db => db.Resources.CountAsync(row => row.Name == $"v{attempt}" || row.Name == $"j{attempt}")));
        }

        await world.AssertUsageIsTheSumAsync(space);
    }

    private static Task<Result<BulkOutcome>> RunInAsync(ResourceWorld world, string who, ResourceOwner owner, string? action, params Guid[] ids) =>
        world.Database.Get<ResourceBulkService>().RunAsync(world.As(who), owner, new BulkResources(ids, action, false));

    private static Task<Result<BulkOutcome>> RunAsync(ResourceWorld world, string who, Guid[] ids, bool isAllOrNothing = false) =>
        world.Database.Get<ResourceBulkService>().RunAsync(world.As(who), world.InVision, new BulkResources(ids, null, isAllOrNothing));
}
