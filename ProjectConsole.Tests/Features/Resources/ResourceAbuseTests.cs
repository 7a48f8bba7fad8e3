using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Limits;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

/// <summary>What somebody tries who means harm: ids and names of others, fields that are nobody's to set, limits played with.</summary>
public sealed class ResourceAbuseTests
{
    private const string Fields = "{'type':'shared','size':5}";
    private static readonly ResourceKind Volume = ResourceKinds.Get("volume");

    // An id or an address of another project is worth nothing, whichever command it is put into.
    [DatabaseTheory]
    public async Task Ids_OfAnotherProjectOrKind_FindNothingInAnyCommand(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var theirs = await world.MakeAsync("volume", "theirs", Fields, world.InSpeech, "neighbour");
        var ours = await world.MakeAsync("cluster", "ours", "{'gpu-type':'a100','nodes':1,'gpus':1,'cpu-cores':1,'memory':1}");
        await world.Acme.GrantAsync(world.Vision, world["neighbour"], ProjectRole.Viewer);
        var (shares, vision, speech) = (world.Database.Get<SharingService>(), world.Acme.Scope(world.Vision), world.Acme.Scope(world.Speech));
        var share = (await shares.OfferAsync(world.As("neighbour"), world.InSpeech, Volume, theirs.Id, new ShareOffer("vision", null, ShareLevel.Use))).Value;
        var admin = world.As("project-admin");
        Func<Task<Error?>>[] tries =
        [
            async () => (await world.Resources.ChangeAsync(admin, world.InVision, Volume, theirs.Id, ResourceWorld.Draft("", Fields), null)).Error,
            async () => (await world.Resources.ActAsync(admin, world.InVision, Volume, theirs.Id, "archive", null)).Error,
            async () => (await world.Resources.DeleteAsync(admin, world.InVision, Volume, theirs.Id, null)).Error,
            // One's own, under the name of another kind.
            async () => (await world.Resources.DeleteAsync(admin, world.InVision, Volume, ours.Id, null)).Error,
            async () => (await world.Resources.ActAsync(admin, world.InVision, ResourceKinds.Get("instance"), ours.Id, "stop", null)).Error,
            async () => (await shares.OfferAsync(admin, world.InVision, Volume, theirs.Id, new ShareOffer("default", null, ShareLevel.View))).Error,
            async () => (await shares.ShowToOrganizationAsync(admin, vision, Volume, theirs.Id, isVisible: true)).Error,
            async () => (await shares.EndAsync(admin, world.InVision, Volume, share)).Error,
            async () => (await world.Database.Get<ResourceBulkService>().RunAsync(admin, world.InVision, new BulkResources([theirs.Id], null, false))).Value.Lines[0].Refusal,
            async () => (await shares.AnswerAsync(world.As("org-admin"), speech, share, accepts: true)).Error,
            async () => (await shares.LeaveAsync(world.As("neighbour"), speech, share)).Error,
            async () => (await world.Moving.MoveAsync(admin, world.InVision, [theirs.Id], "default")).Error,
            async () => (await world.Moving.MoveAsync(admin, world.InVision, [ours.Id, theirs.Id], "default")).Error,
            async () => (await world.Moving.MoveAsync(admin, world.InSpeech, [theirs.Id], "vision")).Error,
            async () => (await world.Resources.DeleteAsync(admin, world.SpaceOf("project-admin"), Volume, theirs.Id, null)).Error,
            async () => (await world.Resources.DeleteAsync(world.As("org-admin"), world.InCatalogue, Volume, theirs.Id, null)).Error,
            async () => (await world.FormerSpaces.OpenAsync(world.As("org-admin"), world.Acme.Id, world.Speech.Id)).Error,
            // The other project's own address, and an organization that is not the project's.
            async () => (await world.Resources.DeleteAsync(admin, world.InSpeech, Volume, theirs.Id, null)).Error,
            async () => (await world.Lists.ListAsync(admin, world.InSpeech, Volume, new ResourceQuery())).Error,
            async () => (await world.Database.Get<CleanupService>().ListAsync(admin, world.InSpeech, new CleanupQuery())).Error,
            async () => (await world.Details.GetAsync(admin, world.InSpeech, Volume, "theirs")).Error,
            async () => (await world.Resources.DeleteAsync(admin, world.InVision with { OrganizationId = Guid.NewGuid() }, Volume, ours.Id, null)).Error,
        ];

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            for (var number = 0; number < tries.Length; number++)
            {
                var refusal = await tries[number]();
                Assert.True(refusal is NotFound or NoSuchResource or NoSuchShare, $"try {number}: {refusal}");
            }
        });
        // A filter that names it finds nothing either.
        var everywhere = await world.Database.Get<AllResourcesService>().ListAsync(admin, world.Acme.Id, new AllResourcesQuery { Project = "speech" });
        Assert.Empty(everywhere.Value.Page.Rows);
    }

    // What is there and may not be seen is told from what is not there by nothing: neither words nor numbers of statements, which are the time.
    [DatabaseTheory]
    public async Task Answers_ForWhatIsThereAndWhatIsNot_AreTheSame(DatabaseKind kind)
    {
        using var counter = new StatementCounter();
        await using var world = await ResourceWorld.CreateAsync(kind);
        counter.Watch(world.Database);
        var theirs = await world.MakeAsync("volume", "theirs", Fields, world.InSpeech, "neighbour");
        await world.MakeAsync("volume", "hidden", Fields);
        await world.RestrictAsync("viewer", "volumes.*");
        var nowhere = ResourceOwner.Of(new ProjectScope(world.Acme.Id, Guid.NewGuid()));

        foreach (var who in (string[])["stranger", "member", "viewer", "nobody"])
        {
            var actor = world.As(who);
            Assert.Equal((await world.Details.GetAsync(actor, world.InSpeech, Volume, "theirs")).Error, (await world.Details.GetAsync(actor, world.InSpeech, Volume, "nothing")).Error);
            Assert.Equal((await world.Details.GetAsync(actor, world.InSpeech, Volume, "theirs")).Error, (await world.Details.GetAsync(actor, nowhere, Volume, "theirs")).Error);
            Assert.Equal((await world.Lists.OverviewAsync(actor, world.InSpeech)).Error, (await world.Lists.OverviewAsync(actor, nowhere)).Error);
            Assert.Equal(
                (await world.Resources.DeleteAsync(actor, world.InSpeech, Volume, theirs.Id, null)).Error, (await world.Resources.DeleteAsync(actor, world.InSpeech, Volume, Guid.NewGuid(), null)).Error);
            Assert.Equal(
                (await world.Resources.CreateAsync(actor, world.InSpeech, Volume, ResourceWorld.Draft("theirs", Fields))).Error,
                (await world.Resources.CreateAsync(actor, world.InSpeech, Volume, ResourceWorld.Draft("free", Fields))).Error);
            Assert.Equal(await StatementsAsync(actor, world.InSpeech, "theirs"), await StatementsAsync(actor, world.InSpeech, "nothing"));
            Assert.Equal(await StatementsAsync(actor, world.InSpeech, "theirs"), await StatementsAsync(actor, nowhere, "theirs"));
        }

        // A kind that one may not see in one's own project.
        Assert.Equal((await world.Details.GetAsync(world.As("viewer"), world.InVision, Volume, "hidden")).Error, (await world.Details.GetAsync(world.As("viewer"), world.InVision, Volume, "nothing")).Error);
        Assert.Equal(await StatementsAsync(world.As("viewer"), world.InVision, "hidden"), await StatementsAsync(world.As("viewer"), world.InVision, "nothing"));

        async Task<int> StatementsAsync(ProjectConsole.Security.Actor actor, ResourceOwner owner, string name)
        {
            counter.Reset();
            Assert.NotNull((await world.Details.GetAsync(actor, owner, Volume, name)).Error);
            return counter.Count;
        }
    }

    // What a draft does not list is set by nobody: an owner, a creator, a state, a time.
    [Fact]
    public async Task Fields_OfTheEntity_AreBoundByNobody()
    {
        await using var world = await ResourceWorld.CreateAsync();
        var volume = await world.MakeAsync("volume", "v", Fields);
        var names = typeof(Resource).GetProperties().Select(property => property.Name).SelectMany(name => (string[])[name, $"{char.ToLowerInvariant(name[0])}{name[1..]}", $"{name}Id"]).ToList();

        Assert.True(names.Count > 30);
        Assert.Equal(["Description", "Labels", "Name", "Spec"], typeof(ResourceDraft).GetConstructors().MaxBy(one => one.GetParameters().Length)!.GetParameters().Select(parameter => parameter.Name!).Order(StringComparer.Ordinal));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var name in names)
            {
                var draft = ResourceWorld.Draft("", Fields);
                draft.Spec[name] = JsonValue.Create(world.Speech.Id.ToString());
                var refusal = Assert.IsType<Invalid>((await world.Resources.ChangeAsync(world.As("manager"), world.InVision, Volume, volume.Id, draft, null)).Error);
                Assert.NotNull(refusal.For($"spec.{name}"));
                var made = await world.Resources.CreateAsync(world.As("manager"), world.InVision, Volume, draft with { Name = "made" });
                Assert.NotNull(Assert.IsType<Invalid>(made.Error).For($"spec.{name}"));
            }
        });
    }

    // Numbers that no limit was made for: below zero, beyond what counts, of another script or unit.
    [DatabaseTheory]
    public async Task Numbers_BelowZeroTooLargeOrOdd_UseNothing(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var size in (string[])["-1", "0.5", "1e30", "79228162514264337593543950335", "'-1'", "'1e9'", "'0x10'", "'NaN'", "'٣'", "'9223372036854775808'", "[1]", "{}", "true"])
            {
                var draft = ResourceWorld.Draft("v", $"{{'type':'shared','size':{size}}}");
                Assert.NotNull(Assert.IsType<Invalid>((await world.Resources.CreateAsync(world.As("developer"), world.InVision, Volume, draft)).Error).For("spec.size"));
            }
        });
    }

    [DatabaseTheory]
    public async Task Limit_BelowWhatIsUsed_KeepsWhatThereIsAndRefusesMore(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var volume = await world.MakeAsync("volume", "big", "{'type':'shared','size':500}");
        await world.LimitAsync(Metric.Storage, 100);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<LimitReached>((await world.Resources.CreateAsync(world.As("developer"), world.InVision, Volume, ResourceWorld.Draft("more", "{'type':'shared','size':1}"))).Error);
            Assert.IsType<LimitReached>((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, Volume, volume.Id, ResourceWorld.Draft("", "{'type':'shared','size':501}"), null)).Error);
        });
        // Down is always possible, also where it stays above.
        Assert.Null((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, Volume, volume.Id, ResourceWorld.Draft("", "{'type':'shared','size':400}"), null)).Error);
        Assert.Equal(400, await world.UsedAsync(Metric.Storage));
        await world.AssertUsageIsTheSumAsync(world.InVision);
    }

    // Whoever lowers a limit while many create ends up with what was let in before, never with a number that is wrong.
    [DatabaseTheory]
    public async Task Limit_LoweredWhileManyCreate_LetsInNobodyAfterwards(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.LimitAsync(Metric.Storage, 100);
        var limits = world.Database.Get<LimitsService>();
        using var start = new Barrier(12);

        var creating = Enumerable.Range(0, 11).Select(number => Task.Run(async () =>
        {
            start.SignalAndWait();
            return (await world.Resources.CreateAsync(world.As("developer"), world.InVision, Volume, ResourceWorld.Draft($"v{number}", Fields))).Error;
        })).ToList();
        var lowering = Task.Run(async () =>
        {
            start.SignalAndWait();
            return (await limits.SetAsync(world.As("project-admin"), LimitPlace.Of(world.Acme.Scope(world.Vision)), new LimitDraft(Metric.Storage.Name, 15, 100))).Error;
        });

        Assert.Null(await lowering);
        var refused = (await Task.WhenAll(creating)).OfType<Error>().ToList();
        Assert.All(refused, refusal => Assert.IsType<LimitReached>(refusal));
        var used = await world.UsedAsync(Metric.Storage);
        Assert.Equal((11 - refused.Count) * 5, used);
        Assert.InRange(used, 15, 55);
        Assert.IsType<LimitReached>((await world.Resources.CreateAsync(world.As("developer"), world.InVision, Volume, ResourceWorld.Draft("late", Fields))).Error);
        await world.AssertUsageIsTheSumAsync(world.InVision);
    }

    // What is freed is freed once, however many ask for it.
    [DatabaseTheory]
    public async Task Deletion_ManyTimesAtOnce_GivesBackOnce(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (volume, other) = (await world.MakeAsync("volume", "once", Fields), await world.MakeAsync("volume", "stays", Fields));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () => number % 2 == 0
            ? (await world.Resources.DeleteAsync(world.As("manager"), world.InVision, Volume, volume.Id, null)).Error
            : (await world.Database.Get<ResourceBulkService>().RunAsync(world.As("manager"), world.InVision, new BulkResources([volume.Id], null, false))).Value.Lines[0].Refusal)));

        Assert.Single(answers, answer => answer is null);
        Assert.Equal((5, 1), (await world.UsedAsync(Metric.Storage), await world.UsedAsync(Volume.Count)));
        await world.AssertUsageIsTheSumAsync(world.InVision);
        Assert.Equal(other.Id, (await world.FindAsync("volume", "stays")).Id);
    }
}
