using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Moving;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.PersonalSpaces;

public sealed class FormerSpacesTests
{
    private const string FiveGib = "{'type':'shared','size':5}";

    private static readonly ResourceKind Volume = ResourceKinds.Get("volume");

    [DatabaseTheory]
    [InlineData("removed")]
    [InlineData("left")]
    public async Task Leaving_WithThingsOfOnesOwn_KeepsThemForAnAdminAndTakesThemFromThePerson(DatabaseKind kind, string how)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var space = world.SpaceOf("member");
        await world.MakeAsync("volume", "cache", FiveGib, space, "member");
        Assert.Empty((await world.FormerSpaces.ListAsync(world.As("org-admin"), world.Acme.Id)).Value);

        await EndAsync(world, "member", how);

        var row = Assert.Single((await world.FormerSpaces.ListAsync(world.As("org-admin"), world.Acme.Id)).Value);
        Assert.Equal((space.Id, "member@acme.test", 1, row.LeftUtc.AddDays(30)), (row.Id, row.Person, row.Resources, row.KeptUntilUtc));
        Assert.Equal("cache", Assert.Single((await world.FormerSpaces.OpenAsync(world.As("owner"), world.Acme.Id, space.Id)).Value.Resources).Name);
        Assert.IsType<NotFound>((await world.Lists.OverviewAsync(world.As("member"), space)).Error);
        Assert.IsType<NotFound>((await world.Resources.CreateAsync(world.As("member"), space, Volume, ResourceWorld.Draft("more", FiveGib))).Error);
    }

    [DatabaseTheory]
    [InlineData("removed")]
    [InlineData("left")]
    public async Task Leaving_WithSomethingRunning_StopsItAndGivesItsUseBack(DatabaseKind kind, string how)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var space = world.SpaceOf("member");
        var job = await world.MakeAsync("job", "resize", "{'command':'go','cpu-cores':3,'memory':2}", space, "member");
        await world.MakeAsync("job", "mine", "{'command':'go','cpu-cores':1,'memory':2}");
        Assert.Equal("running", job.State);

        await EndAsync(world, "member", how);

        Assert.Equal("cancelled", (await world.FindAsync("job", "resize", space)).State);
        Assert.Equal("running", (await world.FindAsync("job", "mine")).State);
        Assert.Equal(0, await world.UsedAsync(Metric.CpuCores, space));
        await world.AssertUsageIsTheSumAsync(space);
        var change = await world.Database.ReadAsync(db => db.ResourceStateChanges.SingleAsync(row => row.ResourceId == job.Id && row.State == "cancelled"));
        Assert.Equal((how == "left" ? "member@acme.test" : "owner@acme.test", "because its owner left"), (change.ByName, change.Because));
        Assert.Equal(
            """{"state":"cancelled","owner":"member@acme.test"}""",
            (await world.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Action == AuditActions.ResourceOperated && row.ObjectId == job.Id))).After);
        Assert.Null((await world.Moving.MoveAsync(world.As("org-admin"), space, [job.Id], "vision")).Error);
    }

    // Written by hand: who manages members sees and moves; everybody else learns that it is missing, or nothing.
    [DatabaseTheory]
    [InlineData("owner", "done")]
    [InlineData("org-admin", "done")]
    [InlineData("auditor", "forbidden")]
    [InlineData("project-admin", "forbidden")]
    [InlineData("viewer", "forbidden")]
    [InlineData("stranger", "unknown")]
    [InlineData("nobody", "unknown")]
    public async Task FormerSpace_EachRole_IsOpenForbiddenOrUnknown(DatabaseKind kind, string who, string answer)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var space = world.SpaceOf("member");
        var volume = await world.MakeAsync("volume", "cache", FiveGib, space, "member");
        await EndAsync(world, "member", "removed");
        var actor = world.As(who);

        if (answer == "done")
        {
            Assert.Single((await world.FormerSpaces.ListAsync(actor, world.Acme.Id)).Value);
            Assert.Single((await world.FormerSpaces.OpenAsync(actor, world.Acme.Id, space.Id)).Value.Resources);
            Assert.Null((await world.Moving.MoveAsync(actor, space, [volume.Id], "vision")).Error);
            return;
        }

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var refusal in (Error?[])[(await world.FormerSpaces.ListAsync(actor, world.Acme.Id)).Error, (await world.FormerSpaces.OpenAsync(actor, world.Acme.Id, space.Id)).Error])
            {
                Assert.True(answer == "forbidden" ? refusal is Forbidden : refusal is NotFound, $"{who}: {refusal}");
            }

            Assert.IsType<NotFound>((await world.Moving.MoveAsync(actor, space, [volume.Id], "vision")).Error);
            Assert.IsType<NotFound>((await world.Details.GetAsync(actor, space, Volume, "cache")).Error);
        });
    }

    [DatabaseTheory]
    public async Task FormerSpace_Admin_MovesAllAtOnceAndDoesNothingElse(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var space = world.SpaceOf("member");
        var volume = await world.MakeAsync("volume", "cache", FiveGib, space, "member");
        var cluster = await world.MakeAsync("cluster", "train", "{'gpu-type':'a100','nodes':1,'gpus':1,'cpu-cores':1,'memory':2,'volume':'cache'}", space, "member");
        await EndAsync(world, "member", "removed");
        var admin = world.As("org-admin");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<Forbidden>((await world.Resources.CreateAsync(admin, space, Volume, ResourceWorld.Draft("mine", FiveGib))).Error);
            Assert.IsType<Forbidden>((await world.Resources.ChangeAsync(admin, space, Volume, volume.Id, ResourceWorld.Draft("", FiveGib), null)).Error);
            Assert.IsType<Forbidden>((await world.Resources.DeleteAsync(admin, space, Volume, volume.Id, null)).Error);
            var bulk = await world.Database.Get<ResourceBulkService>().RunAsync(admin, space, new BulkResources([volume.Id, cluster.Id], null, false));
            Assert.All(bulk.Value.Lines, line => Assert.IsType<Forbidden>(line.Refusal));
            Assert.IsType<NeededHere>((await world.Moving.MoveAsync(admin, space, [volume.Id], "vision")).Error);
        });
        Assert.Null((await world.Moving.MoveAsync(admin, space, [volume.Id, cluster.Id], "vision")).Error);

        Assert.Empty((await world.FormerSpaces.ListAsync(admin, world.Acme.Id)).Value);
        Assert.IsType<NotFound>((await world.FormerSpaces.OpenAsync(admin, world.Acme.Id, space.Id)).Error);
        Assert.Equal((0, 5), (await world.UsedAsync(Metric.Storage, space), await world.UsedAsync(Metric.Storage)));
        await world.AssertUsageIsTheSumAsync(space);
        await world.AssertUsageIsTheSumAsync(world.InVision);
        var entry = await world.Database.ReadAsync(db => db.AuditEntries.FirstAsync(row => row.Action == AuditActions.ResourceMoved && row.ObjectName == "cache" && row.ProjectId == null));
        Assert.Equal("""{"owner":"personal space of member@acme.test"}""", entry.Before);
    }

    [DatabaseTheory]
    public async Task FormerSpace_AfterThirtyDays_IsClosed(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var space = world.SpaceOf("member");
        var volume = await world.MakeAsync("volume", "cache", FiveGib, space, "member");
        await EndAsync(world, "member", "left");

        world.Database.Clock.Advance(PersonalSpace.KeptFor - TimeSpan.FromMinutes(1));
        Assert.Single((await world.FormerSpaces.ListAsync(world.As("owner"), world.Acme.Id)).Value);
        world.Database.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty((await world.FormerSpaces.ListAsync(world.As("owner"), world.Acme.Id)).Value);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<NotFound>((await world.Moving.MoveAsync(world.As("owner"), space, [volume.Id], "vision")).Error));
    }

    [DatabaseTheory]
    public async Task Purge_AfterThirtyDays_RemovesWhatIsLeftAndNothingElse(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (space, purge) = (world.SpaceOf("member"), world.Database.Get<PersonalSpacePurge>());
        await world.MakeAsync("job", "resize", "{'command':'go','cpu-cores':1,'memory':2}", space, "member");
        await world.MakeAsync("volume", "cache", FiveGib);
        await world.MakeAsync("volume", "cache", FiveGib, world.SpaceOf("viewer"), "viewer");
        // Without the command that ends a membership, which stops what runs.
        await world.Database.ChangeAsync<PersonalSpace>(row => row.Leave(world.Database.Clock.UtcNow), space.Id);
        world.Database.Clock.Advance(PersonalSpace.KeptFor - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await purge.RunAsync());
        world.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        // Not torn down under whatever carries it out: that is told to stop first.
        Assert.Equal(0, await purge.RunAsync());
        Assert.Equal("cancelled", (await world.FindAsync("job", "resize", space)).State);
        await world.AssertUsageIsTheSumAsync(space);
        Assert.Equal("system", (await world.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Action == AuditActions.ResourceOperated))).ActorName);

        Assert.Equal(1, await purge.RunAsync());

        Assert.Equal(2, await world.Database.ReadAsync(db => db.Resources.CountAsync()));
        Assert.Equal(1, await world.Database.ReadAsync(db => db.PersonalSpaces.CountAsync()));
        Assert.False(await world.Database.ReadAsync(db => db.Usages.AnyAsync(row => row.OwnerId == space.Id)));
        Assert.Equal("member@acme.test", (await world.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Action == AuditActions.PersonalSpacePurged))).ObjectName);
    }

    [DatabaseTheory]
    public async Task ComingBack_WithinThirtyDays_FindsEverything(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var space = world.SpaceOf("member");
        await world.MakeAsync("volume", "cache", FiveGib, space, "member");
        await EndAsync(world, "member", "left");

        var added = await world.Database.Get<MemberAddition>().AddAsync(world.As("owner"), world.Acme.Id, new NewMembers("member@acme.test", "member", false));

        Assert.Null(added.Error);
        Assert.Empty((await world.FormerSpaces.ListAsync(world.As("owner"), world.Acme.Id)).Value);
        Assert.Equal(1, (await world.Lists.OverviewAsync(world.As("member"), space)).Value.Count);
        await world.MakeAsync("volume", "more", FiveGib, space, "member");
    }

    [DatabaseTheory]
    public async Task FormerSpace_OfAnotherOrganization_IsNotThere(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var space = world.SpaceOf("member");
        var volume = await world.MakeAsync("volume", "cache", FiveGib, space, "member");
        await EndAsync(world, "member", "left");
        var initech = await Given.OrganizationAsync(world.Database, "initech");
        var elsewhere = Actors.Of(initech.Owner);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.Empty((await world.FormerSpaces.ListAsync(elsewhere, initech.Id)).Value);
            Assert.IsType<NotFound>((await world.FormerSpaces.OpenAsync(elsewhere, initech.Id, space.Id)).Error);
            Assert.IsType<NotFound>((await world.FormerSpaces.OpenAsync(elsewhere, world.Acme.Id, space.Id)).Error);
            Assert.IsType<NotFound>((await world.Moving.MoveAsync(elsewhere, space with { OrganizationId = initech.Id }, [volume.Id], "default")).Error);
            Assert.IsType<NotFound>((await world.Moving.MoveAsync(elsewhere, space, [volume.Id], "vision")).Error);
        });
    }

    // Two Admins at the same moment: what one has moved the other no longer finds, and nothing is counted twice.
    [DatabaseTheory]
    public async Task Move_TwoAdminsIntoTwoProjects_MovesOnce(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var space = world.SpaceOf("member");
        var volume = await world.MakeAsync("volume", "cache", FiveGib, space, "member");
        await EndAsync(world, "member", "removed");

        var results = await PersonalSpaceTests.AtOnceAsync(8, index => world.Moving.MoveAsync(world.As(index % 2 == 0 ? "owner" : "org-admin"), space, [volume.Id], index % 2 == 0 ? "vision" : "speech"));

        Assert.Equal(1, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.IsType<NoSuchResource>(result.Error));
        foreach (var owner in (ResourceOwner[])[space, world.InVision, world.InSpeech])
        {
            await world.AssertUsageIsTheSumAsync(owner);
        }
    }

    private static async Task EndAsync(ResourceWorld world, string who, string how)
    {
        var members = world.Database.Get<MembersService>();
        var ended = how == "left"
            ? await members.LeaveAsync(world.As(who), world.Acme.Id)
            : await members.RemoveAsync(world.As("owner"), world.Acme.Id, new MemberRemoval(world[who].Id));
        Assert.Null(ended.Error);
    }
}
