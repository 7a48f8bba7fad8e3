using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Projects;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

public sealed class ResourceLabelTests
{
    private const string Cluster = "{'gpu-type':'a100','nodes':1,'gpus':1,'cpu-cores':1,'memory':1}";
    private const string Volume = "{'type':'shared','size':5}";

    [DatabaseTheory]
    public async Task Labels_WhateverIsDoneToTheirResources_AreFoundAsTheResourcesAre(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var cluster = await LabelledAsync(world, "cluster", "gpu-1", Cluster, "nightly", "gpu", "GPU");
        var volume = await LabelledAsync(world, "volume", "data", Volume, "nightly");
        var plain = await LabelledAsync(world, "volume", "plain", Volume);
        await AssertFollowAsync(world, 4);

        world.Database.Clock.Advance(TimeSpan.FromHours(1));
        await ChangeAsync(world, plain, Volume, "late");
        await ChangeAsync(world, cluster, Cluster, "GPU", "weekly");
        await AssertFollowAsync(world, 4);

        world.Database.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await world.Resources.ActAsync(world.As("project-admin"), world.InVision, ResourceKinds.Get("cluster"), cluster.Id, "stop", null)).Error);
        await AssertFollowAsync(world, 4);

        // Named by another, which changes when it was used and nothing else.
        world.Database.Clock.Advance(TimeSpan.FromHours(1));
        await world.MakeAsync("job", "train", "{'cpu-cores':1,'memory':1,'command':'x','volume':'data'}");
        Assert.Equal(world.Database.Clock.UtcNow, (await world.FindAsync("volume", "data")).LastUsedUtc);
        await AssertFollowAsync(world, 4);

        world.Database.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await world.Moving.MoveAsync(world.As("owner"), world.InVision, [plain.Id], "speech")).Error);
        await AssertFollowAsync(world, 4);

        await ChangeAsync(world, cluster, Cluster);
        Assert.Null((await world.Resources.DeleteAsync(world.As("neighbour"), world.InSpeech, ResourceKinds.Get("volume"), plain.Id, null)).Error);
        await AssertFollowAsync(world, 1);
        Assert.Equal(volume.Id, await world.Database.ReadAsync(db => db.ResourceLabels.Select(row => row.ResourceId).SingleAsync()));
    }

    [DatabaseTheory]
    public async Task Labels_ProjectIsSuspended_FollowWhatIsToldToStop(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await LabelledAsync(world, "cluster", "gpu-1", Cluster, "nightly");
        world.Database.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Null((await world.Database.Get<ProjectLifeService>().SuspendAsync(world.As("owner"), world.Acme.Scope(world.Vision))).Error);

        var stopped = await world.FindAsync("cluster", "gpu-1");
        Assert.Equal(("stopped", world.Database.Clock.UtcNow), (stopped.State, stopped.LastUsedUtc));
        await AssertFollowAsync(world, 1);
    }

    [DatabaseTheory]
    public async Task Labels_RefusedChange_StayAsTheyWere(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await LabelledAsync(world, "volume", "data", Volume, "nightly");
        var service = world.Resources;

        Assert.NotNull((await service.ChangeAsync(world.As("viewer"), world.InVision, ResourceKinds.Get("volume"), volume.Id, Draft("data", Volume, "taken"), null)).Error);
        Assert.IsType<Stale>((await service.ChangeAsync(world.As("project-admin"), world.InVision, ResourceKinds.Get("volume"), volume.Id, Draft("data", Volume, "taken"), Guid.NewGuid())).Error);
        Assert.NotNull((await service.CreateAsync(world.As("project-admin"), world.InVision, ResourceKinds.Get("volume"), Draft("data", Volume, "twice"))).Error);

        Assert.Equal(["nightly"], await world.Database.ReadAsync(db => db.ResourceLabels.Select(row => row.Label).ToListAsync()));
    }

    // Nothing makes those wait for each other who change what the organization offers: the rows themselves must say who was second.
    [DatabaseTheory]
    public async Task Labels_SeveralChangeAnOfferingAtOnce_AreThoseOfOneAndTheOthersAreToldSo(DatabaseKind kind)
    {
        const string fields = "{'cpu-cores':2,'memory':8}";
        var (offering, overtaken) = (ResourceKinds.Get("service-offering"), 0);
        await using var world = await ResourceWorld.CreateAsync(kind);
        var small = await world.MakeAsync("service-offering", "small", fields, world.InCatalogue, "org-admin");
        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => world.Resources.ChangeAsync(
                world.As("org-admin"), world.InCatalogue, offering, small.Id, Draft("small", fields, $"shared-{round}", $"own-{number}"), null))));

            Assert.Contains(answers, answer => answer.Succeeded);
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.IsType<Stale>(answer.Error));
            overtaken += answers.Count(answer => !answer.Succeeded);
            await AssertFollowAsync(world, 2);
        }

        // One writer at a time has nobody to overtake.
        Assert.Equal(kind != DatabaseKind.Sqlite, overtaken > 0);
    }

    [DatabaseTheory]
    public async Task Labels_SeveralAreDeletedAndOneMayNotBe_GoWithThoseThatWent(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var cluster = await LabelledAsync(world, "cluster", "gpu-1", Cluster, "nightly", "gpu");
        var volumes = new[] { await LabelledAsync(world, "volume", "a", Volume, "nightly"), await LabelledAsync(world, "volume", "b", Volume, "nightly", "late") };

        var outcome = await world.Database.Get<ResourceBulkService>().RunAsync(
            world.As("project-admin"), world.InVision, new BulkResources([volumes[0].Id, cluster.Id, volumes[1].Id], null, false));

        Assert.IsType<StillRunning>(Assert.Single(outcome.Value.Lines, line => line.Refusal is not null).Refusal);
        await AssertFollowAsync(world, 2);
        Assert.All(await world.Database.ReadAsync(db => db.ResourceLabels.ToListAsync()), row => Assert.Equal(cluster.Id, row.ResourceId));
    }

    [DatabaseTheory]
    public async Task Labels_LargeAndSmallLetters_AreChoicesOfTheirOwn(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await LabelledAsync(world, "volume", "a", Volume, "gpu");
        await LabelledAsync(world, "volume", "b", Volume, "GPU");

        Assert.Equal(["GPU", "gpu"], (await world.Lists.ListAsync(world.As("viewer"), world.InVision, ResourceKinds.Get("volume"), new ResourceQuery())).Value.Labels.Order(StringComparer.Ordinal));
        Assert.Equal(["GPU", "gpu"], (await world.Database.Get<AllResourcesService>().ListAsync(world.As("viewer"), world.Acme.Id, new AllResourcesQuery())).Value.Labels.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SaveChanges_WithoutAsync_RefusesToLeaveLabelsBehind()
    {
        await using var world = await ResourceWorld.CreateAsync();
        await LabelledAsync(world, "volume", "data", Volume, "nightly");
        await using var db = world.Database.Open();
        var volume = await db.Resources.SingleAsync();

        volume.Touch(world.Database.Clock.UtcNow.AddDays(1));

        Assert.Throws<NotSupportedException>(() => db.SaveChanges());
    }

    // As a database comes from before labels had rows.
    [DatabaseTheory]
    public async Task Migration_ResourcesWithLabels_GetTheirRows(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await LabelledAsync(world, "volume", "data", Volume, "nightly", "100% \"é\"", "gpu", "GPU");
        await LabelledAsync(world, "volume", "plain", Volume);
        await using (var db = world.Database.Open())
        {
            var migrator = db.GetService<IMigrator>();
            var before = db.Database.GetMigrations().TakeWhile(name => !name.EndsWith("_LabelsOfResources", StringComparison.Ordinal)).Last();
            await migrator.MigrateAsync(before);
            Assert.Equal(
                ["", "\n100% \"é\"\nGPU\ngpu\nnightly\n"],
                (await db.Database.SqlQueryRaw<string>("""SELECT "LabelText" AS "Value" FROM "Resources" """).ToListAsync())
                    .Select(text => string.Join('\n', text.Split('\n').Order(StringComparer.Ordinal)) is var sorted && text.Length > 0 ? $"\n{sorted.Trim('\n')}\n" : "").Order(StringComparer.Ordinal));
            await migrator.MigrateAsync();
        }

        await AssertFollowAsync(world, 4);
    }

    private static ResourceDraft Draft(string name, string fields, params string[] labels) => ResourceWorld.Draft(name, fields) with { Labels = labels };

    private static async Task<Resource> LabelledAsync(ResourceWorld world, string kind, string name, string fields, params string[] labels)
    {
        Assert.Null((await world.Resources.CreateAsync(world.As("project-admin"), world.InVision, ResourceKinds.Get(kind), Draft(name, fields, labels))).Error);
        return await world.FindAsync(kind, name);
    }

    private static async Task ChangeAsync(ResourceWorld world, Resource resource, string fields, params string[] labels) => Assert.Null((await world.Resources.ChangeAsync(
        world.As("project-admin"), world.InVision, ResourceKinds.Get(resource.Kind), resource.Id, Draft(resource.Name, fields, labels), null)).Error);

    private static async Task AssertFollowAsync(ResourceWorld world, int count)
    {
        await using var db = world.Database.Open();
        var expected = (await db.Resources.ToListAsync()).SelectMany(resource => resource.Labels.Select(label =>
            (resource.Id, label, resource.OrganizationId, resource.OwnerId, resource.Kind, resource.Name, resource.CreatedUtc, resource.LastUsedUtc)));
        var rows = (await db.ResourceLabels.ToListAsync()).Select(row =>
            (row.ResourceId, row.Label, row.OrganizationId, row.OwnerId, row.Kind, row.Name, row.CreatedUtc, row.LastUsedUtc)).ToList();
        Assert.Equal(expected.Order(), rows.Order());
        Assert.Equal(count, rows.Count);
    }
}
