using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Moving;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.PersonalSpaces;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Moving;

public sealed class MovingTests
{
    private const string FiveGib = "{'type':'shared','size':5}";
    private const string Job = "{'command':'go','cpu-cores':1,'memory':2}";

    // Written by hand: what each role has in vision, where the resource is somebody else's, and in speech, where it goes.
    [DatabaseTheory]
    [InlineData("owner", "none", "moved")]
    [InlineData("org-admin", "none", "moved")]
    [InlineData("auditor", "admin", "forbidden")]
    [InlineData("project-admin", "contributor", "moved")]
    [InlineData("manager", "contributor", "moved")]
    [InlineData("manager", "viewer", "forbidden")]
    [InlineData("manager", "none", "unseen")]
    [InlineData("developer", "admin", "forbidden")]
    [InlineData("contributor", "admin", "forbidden")]
    [InlineData("viewer", "admin", "forbidden")]
    [InlineData("member", "admin", "unknown")]
    [InlineData("neighbour", "admin", "unknown")]
    [InlineData("stranger", "none", "unknown")]
    [InlineData("nobody", "none", "unknown")]
    public async Task Move_EachRole_IsAllowedForbiddenOrUnknown(DatabaseKind kind, string who, string there, string answer)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await GiveAsync(world, who, there);
        var volume = await world.MakeAsync("volume", "cache", FiveGib);

        if (answer == "moved")
        {
            Assert.Null((await world.Moving.MoveAsync(world.As(who), world.InVision, [volume.Id], "speech")).Error);
            Assert.Equal(volume.Id, (await world.FindAsync("volume", "cache", world.InSpeech)).Id);
            return;
        }

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var refusal = (await world.Moving.MoveAsync(world.As(who), world.InVision, [volume.Id], "speech")).Error;
            Assert.True(answer switch { "forbidden" => refusal is Forbidden, "unseen" => refusal is Invalid, _ => refusal is NotFound }, $"{who}: {refusal}");
        });
    }

    [DatabaseTheory]
    public async Task Move_OwnOfADeveloper_NeedsNoMoreThanDeletingIt(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await GiveAsync(world, "developer", "contributor");
        var own = await world.MakeAsync("volume", "cache", FiveGib, who: "developer");

        Assert.Null((await world.Moving.MoveAsync(world.As("developer"), world.InVision, [own.Id], "speech")).Error);
    }

    [DatabaseTheory]
    public async Task Move_BetweenProjects_TakesUsageAndHistoryAndIsInBothLogs(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "cache", FiveGib);

        Assert.Null((await world.Moving.MoveAsync(world.As("owner"), world.InVision, [volume.Id], " Speech ")).Error);

        var moved = await world.FindAsync("volume", "cache", world.InSpeech);
        Assert.Equal((volume.Id, (Guid?)world.Speech.Id, "project-admin@acme.test"), (moved.Id, moved.ProjectId, moved.CreatedByName));
        Assert.Equal((0, 5), (await world.UsedAsync(Metric.Storage), await world.UsedAsync(Metric.Storage, world.InSpeech)));
        await world.AssertUsageIsTheSumAsync(world.InVision);
        await world.AssertUsageIsTheSumAsync(world.InSpeech);
        Assert.Equal(1, await world.Database.ReadAsync(db => db.ResourceStateChanges.CountAsync(row => row.ResourceId == volume.Id)));
        var entries = await world.Database.ReadAsync(db => db.AuditEntries.Where(row => row.Action == AuditActions.ResourceMoved).ToListAsync());
        Assert.Equal(new HashSet<Guid?> { world.Vision.Id, world.Speech.Id }, entries.Select(entry => entry.ProjectId).ToHashSet());
        Assert.All(entries, entry => Assert.Equal(("cache", """{"owner":"vision"}""", """{"owner":"speech"}"""), (entry.ObjectName, entry.Before, entry.After)));
    }

    [DatabaseTheory]
    public async Task Move_OutOfAPersonalSpace_GivesItToTheProject(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var space = world.SpaceOf("developer");
        var volume = await world.MakeAsync("volume", "cache", FiveGib, space, "developer");

        Assert.Null((await world.Moving.MoveAsync(world.As("developer"), space, [volume.Id], "vision")).Error);

        Assert.Equal((0, 5), (await world.UsedAsync(Metric.Storage, space), await world.UsedAsync(Metric.Storage)));
        await world.AssertUsageIsTheSumAsync(space);
        Assert.Equal("cache", (await world.FindAsync("volume", "cache")).Name);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<NoSuchResource>((await world.Moving.MoveAsync(world.As("developer"), space, [volume.Id], "vision")).Error));
    }

    [DatabaseTheory]
    public async Task Move_NameThatIsTakenThere_IsRefused(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "cache", FiveGib);
        await world.MakeAsync("volume", "cache", FiveGib, world.InSpeech, "neighbour");
        await world.MakeAsync("file", "cache", owner: world.InSpeech, who: "neighbour");
        var file = await world.MakeAsync("file", "other");

        await RefusedAsync<NameTakenThere>(world, "speech has a volume named cache already", volume.Id, file.Id);
        Assert.Null((await world.Moving.MoveAsync(world.As("owner"), world.InVision, [file.Id], "speech")).Error);
    }

    [DatabaseTheory]
    public async Task Move_WhatOthersNeedOrWhatIsMissingThere_MovesOnlyTogether(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "cache", FiveGib);
        var job = await world.MakeAsync("job", "resize", Job.Replace("}", ",'volume':'cache'}", StringComparison.Ordinal));
        // Called alike, and another one.
        await world.MakeAsync("volume", "scratch", FiveGib, world.InSpeech, "neighbour");
        var scratch = await world.MakeAsync("volume", "scratch", FiveGib);
        var other = await world.MakeAsync("job", "other", Job.Replace("}", ",'volume':'scratch'}", StringComparison.Ordinal));

        await RefusedAsync<NeededHere>(world, "cache is used by Job resize.", volume.Id);
        await RefusedAsync<MissingThere>(world, "resize names \"cache\" as its volume, which is not the same in speech.", job.Id);
        await RefusedAsync<MissingThere>(world, "other names \"scratch\"", other.Id);
        await RefusedAsync<NameTakenThere>(world, "scratch", other.Id, scratch.Id);
        Assert.Null((await world.Moving.MoveAsync(world.As("owner"), world.InVision, [volume.Id, job.Id], "speech")).Error);

        var moved = (await world.Details.GetAsync(world.As("neighbour"), world.InSpeech, ResourceKinds.Get("job"), "resize")).Value;
        Assert.Equal(("cache", world.InSpeech.Id), (Assert.Single(moved.DependsOn).Name, moved.DependsOn[0].OwnerId));
        await world.AssertUsageIsTheSumAsync(world.InSpeech);
    }

    [DatabaseTheory]
    public async Task Move_WhatIsOver_NamesForTheRecordOnly(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "cache", FiveGib);
        var job = await world.MakeAsync("job", "resize", Job.Replace("}", ",'volume':'cache'}", StringComparison.Ordinal));
        Assert.Null((await world.Resources.ActAsync(world.As("owner"), world.InVision, ResourceKinds.Get("job"), job.Id, "cancel", null)).Error);

        Assert.Null((await world.Moving.MoveAsync(world.As("owner"), world.InVision, [volume.Id], "speech")).Error);
        Assert.Null((await world.Moving.MoveAsync(world.As("owner"), world.InVision, [job.Id], "speech")).Error);
    }

    [DatabaseTheory]
    public async Task Move_WhatNamesTheCatalogue_FindsItThereToo(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("service-offering", "small", "{'cpu-cores':2,'memory':8}", world.InCatalogue, "org-admin");
        var web = await world.MakeAsync("instance", "web", "{'offering':'small'}");

        Assert.Null((await world.Moving.MoveAsync(world.As("owner"), world.InVision, [web.Id], "speech")).Error);
    }

    [DatabaseTheory]
    public async Task Move_NetworkThatOverlapsOneThere_IsRefused(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("network", "theirs", "{'cidr':'10.1.0.0/16'}", world.InSpeech, "neighbour");
        var (overlaps, fits) = (await world.MakeAsync("network", "first", "{'cidr':'10.1.2.0/24'}"), await world.MakeAsync("network", "second", "{'cidr':'10.2.0.0/24'}"));

        await RefusedAsync<UnfitThere>(world, "first does not fit beside what speech has", overlaps.Id);
        Assert.Null((await world.Moving.MoveAsync(world.As("owner"), world.InVision, [fits.Id], "speech")).Error);
    }

    [DatabaseTheory]
    [InlineData("pending")]
    [InlineData("accepted")]
    [InlineData("organization")]
    public async Task Move_SharedWithOthers_IsRefusedUntilThatEnded(DatabaseKind kind, string how)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "cache", FiveGib);
        var third = await world.Acme.ProjectAsync("third");
        var share = new ResourceShare(volume, third.Id, null, ShareLevel.View, world["project-admin"].Id, "project-admin", world.Database.Clock.UtcNow);
        if (how == "organization")
        {
            await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(true), volume.Id);
            await RefusedAsync<SharedWithOthers>(world, "cache is shared", volume.Id);
            await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(false), volume.Id);
        }
        else
        {
            if (how == "accepted")
            {
                share.Enter(ShareState.Accepted, "owner", world.Database.Clock.UtcNow);
            }

            await world.Database.AddAsync(share);
            await RefusedAsync<SharedWithOthers>(world, "cache is shared", volume.Id);
            await world.Database.ChangeAsync<ResourceShare>(row => row.Enter(ShareState.Ended, "owner", world.Database.Clock.UtcNow), share.Id);
        }

        Assert.Null((await world.Moving.MoveAsync(world.As("owner"), world.InVision, [volume.Id], "speech")).Error);
    }

    [DatabaseTheory]
    public async Task Move_MoreThanTheLimitThere_IsRefusedAsAWhole(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.LimitAsync(Metric.Storage, 9, world.Speech);
        var (one, two) = (await world.MakeAsync("volume", "one", FiveGib), await world.MakeAsync("volume", "two", FiveGib));

        await RefusedAsync<LimitReached>(world, "10 GiB asked for, 0 GiB of 9 GiB used", one.Id, two.Id);
        Assert.Null((await world.Moving.MoveAsync(world.As("owner"), world.InVision, [one.Id], "speech")).Error);
        await world.AssertUsageIsTheSumAsync(world.InVision);
    }

    [DatabaseTheory]
    [InlineData("vision")]
    [InlineData("speech")]
    public async Task Move_SuspendedOnEitherSide_IsRefused(DatabaseKind kind, string suspended)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "cache", FiveGib);
        await world.Acme.ChangeAsync(suspended == "vision" ? world.Vision : world.Speech, project => project.Suspend(false));

        await RefusedAsync<ProjectIsSuspended>(world, suspended, volume.Id);
    }

    [DatabaseTheory]
    public async Task Move_WhereNothingIs_IsRefusedAlike(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "cache", FiveGib);
        var theirs = await world.MakeAsync("volume", "theirs", FiveGib, world.InSpeech, "neighbour");
        var deleted = await world.Acme.ProjectAsync("gone");
        await world.Acme.ChangeAsync(deleted, project => project.Delete(world.Database.Clock.UtcNow));
        var initech = await Given.OrganizationAsync(world.Database, "initech");
        await initech.ProjectAsync("elsewhere", (world["owner"], ProjectRole.Admin));

        foreach (var slug in (string[])["no-such-project", "gone", "elsewhere", "initech", ""])
        {
            await RefusedAsync<Invalid>(world, "There is no project", slug, volume.Id);
        }

        await RefusedAsync<Invalid>(world, "It belongs to this project already.", "vision", volume.Id);
        await RefusedAsync<NoSuchResource>(world, "", "speech", theirs.Id);
        await RefusedAsync<NoSuchResource>(world, "", "speech", volume.Id, theirs.Id);
        await RefusedAsync<NoSuchResource>(world, "", "speech");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var elsewhere = world.InVision with { OrganizationId = initech.Id };
            Assert.IsType<NotFound>((await world.Moving.MoveAsync(world.As("owner"), elsewhere, [volume.Id], "elsewhere")).Error);
            Assert.IsType<NotFound>((await world.Moving.MoveAsync(world.As("owner"), world.InCatalogue, [volume.Id], "speech")).Error);
            Assert.IsType<TooManyToMove>((await world.Moving.MoveAsync(world.As("owner"), world.InVision, [.. Enumerable.Range(0, 201).Select(_ => Guid.NewGuid())], "speech")).Error);
        });
    }

    [DatabaseTheory]
    public async Task Move_DryRun_AnswersTheSameAndMovesNothing(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "cache", FiveGib);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.Null((await world.Moving.MoveAsync(world.As("owner") with { DryRun = true }, world.InVision, [volume.Id], "speech")).Error));
    }

    [DatabaseTheory]
    public async Task Move_ManyAtOnceWithRoomForFive_MovesExactlyFive(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var ids = new List<Guid>();
        for (var index = 0; index < 14; index++)
        {
            ids.Add((await world.MakeAsync("volume", $"v{index}", FiveGib)).Id);
        }

        await world.LimitAsync(Metric.Storage, 25, world.Speech);
        var results = await PersonalSpaceTests.AtOnceAsync(ids.Count, index => world.Moving.MoveAsync(world.As("owner"), world.InVision, [ids[index]], "speech"));

        Assert.Equal(5, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.IsType<LimitReached>(result.Error));
        await world.AssertUsageIsTheSumAsync(world.InVision);
        await world.AssertUsageIsTheSumAsync(world.InSpeech);
    }

    // Against each other, so that locks taken in the order in which they are named would wait in a circle.
    [DatabaseTheory]
    public async Task Move_ThereAndBackAtOnce_NobodyWaitsForEver(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (here, there) = (new List<Guid>(), new List<Guid>());
        for (var index = 0; index < 8; index++)
        {
            here.Add((await world.MakeAsync("volume", $"h{index}", FiveGib)).Id);
            there.Add((await world.MakeAsync("volume", $"t{index}", FiveGib, world.InSpeech, "neighbour")).Id);
        }

        var results = await PersonalSpaceTests.AtOnceAsync(16, index => index % 2 == 0
            ? world.Moving.MoveAsync(world.As("owner"), world.InVision, [here[index / 2]], "speech")
            : world.Moving.MoveAsync(world.As("owner"), world.InSpeech, [there[index / 2]], "vision"));

        Assert.All(results, result => Assert.Null(result.Error));
        await world.AssertUsageIsTheSumAsync(world.InVision);
        await world.AssertUsageIsTheSumAsync(world.InSpeech);
    }

    [DatabaseTheory]
    public async Task Targets_AreTheActiveProjectsInWhichThePersonMayCreate(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var targets = world.Database.Get<MoveTargets>();
        await GiveAsync(world, "manager", "viewer");
        var third = await world.Acme.ProjectAsync("third", (world["manager"], ProjectRole.Contributor));
        var resting = await world.Acme.ProjectAsync("resting", (world["manager"], ProjectRole.Admin));
        await world.Acme.ChangeAsync(resting, project => project.Suspend(false));

        Assert.Equal(["default", "third"], await OfferedAsync("manager", world.InVision, ""));
        Assert.Equal(["third"], await OfferedAsync("manager", world.InVision, "THI"));
        Assert.Equal(["default", "third", "vision"], await OfferedAsync("manager", world.SpaceOf("manager"), ""));
        Assert.Equal(["default"], await OfferedAsync("auditor", world.InVision, "default") is [] ? ["default"] : ["the ceiling was forgotten"]);
        Assert.IsType<NotFound>((await targets.ListAsync(world.As("stranger"), world.InVision, ["volume"], "")).Error);
        Assert.Equal("third", third.Slug);

        async Task<IReadOnlyList<string>> OfferedAsync(string who, ResourceOwner from, string search) =>
            [.. (await targets.ListAsync(world.As(who), from, ["volume", "job"], search)).Value.Rows.Select(row => row.Slug).Order(StringComparer.Ordinal)];
    }

    private static Task RefusedAsync<TError>(ResourceWorld world, string says, params Guid[] ids)
        where TError : Error => RefusedAsync<TError>(world, says, "speech", ids);

    private static Task RefusedAsync<TError>(ResourceWorld world, string says, string slug, params Guid[] ids)
        where TError : Error => Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        Assert.Contains(says, Assert.IsType<TError>((await world.Moving.MoveAsync(world.As("owner"), world.InVision, ids, slug)).Error).Message, StringComparison.Ordinal));

    private static async Task GiveAsync(ResourceWorld world, string who, string there)
    {
        if (there != "none" && who != "neighbour")
        {
            await world.Acme.GrantAsync(world.Speech, world[who], ProjectRole.Find(there)!);
        }
    }
}
