using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Sharing;

public sealed class SharingServiceTests
{
    private const string Fields = "{'type':'shared','size':5}";

    private static readonly ResourceKind Volume = ResourceKinds.Get("volume");

    [DatabaseTheory]
    public async Task Share_OfferedAcceptedEnded_CountsThereWhileItLasts(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var shares = world.Database.Get<SharingService>();
        var vision = world.Acme.Scope(world.Vision);
        var volume = await world.MakeAsync("volume", "calls", Fields, world.InSpeech, "neighbour");
        await world.Acme.GrantAsync(world.Vision, world["neighbour"], ProjectRole.Viewer);

        var id = (await shares.OfferAsync(world.As("neighbour"), world.InSpeech, Volume, volume.Id, new ShareOffer("vision", null, ShareLevel.Use))).Value;
        Assert.Empty(await ChoicesAsync());
        Assert.IsType<ShareAlreadyOpen>((await shares.OfferAsync(world.As("neighbour"), world.InSpeech, Volume, volume.Id, new ShareOffer("vision", null, ShareLevel.View))).Error);
        Assert.Equal("calls", Assert.Single((await ReadAsync("viewer")).Pending).Name);

        Assert.Null((await shares.AnswerAsync(world.As("manager"), vision, id, accepts: true)).Error);
        Assert.Equal(["speech:calls"], await ChoicesAsync());
        Assert.IsType<ShareNotPending>((await shares.AnswerAsync(world.As("manager"), vision, id, accepts: true)).Error);

        Assert.Null((await shares.LeaveAsync(world.As("manager"), vision, id)).Error);
        Assert.Empty(await ChoicesAsync());
        Assert.IsType<NoSuchShare>((await shares.EndAsync(world.As("neighbour"), world.InSpeech, Volume, id)).Error);
        var projects = await world.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditActions.ShareEnded).Select(entry => entry.ProjectId).ToListAsync());
        Assert.Equal([world.Speech.Id, world.Vision.Id], projects.OfType<Guid>().OrderBy(project => project == world.Vision.Id));
        // Each side's log names the other one.
        string[] actions = [AuditActions.ResourceShared, AuditActions.ShareAnswered, AuditActions.ShareEnded];
        var told = await world.Database.ReadAsync(db => db.AuditEntries
            .Where(entry => actions.Contains(entry.Action) && entry.Result == AuditResult.Done).Select(entry => new { entry.Action, entry.ProjectId, entry.After }).ToListAsync());
        Assert.Equal(6, told.Count);
        Assert.All(told, entry => Assert.EndsWith(entry.ProjectId == world.Vision.Id ? "\"with\":\"speech\"}" : "\"with\":\"vision\"}", entry.After, StringComparison.Ordinal));

        async Task<IEnumerable<string>> ChoicesAsync() =>
            (await world.Details.ChoicesAsync(world.As("developer"), world.InVision, ResourceKinds.Get("job").Field("volume")!, "")).Value.Select(choice => choice.Value);

        async Task<ProjectSharing> ReadAsync(string who) => (await world.Database.Get<SharingDirectory>().GetAsync(world.As(who), vision)).Value;
    }

    [DatabaseTheory]
    public async Task Offer_OfWhatSomebodyDeletedMeanwhile_SaysThatTheResourceIsGone(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (shares, speech) = (world.Database.Get<SharingService>(), world.Acme.Scope(world.Speech));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NoSuchResource>((await shares.OfferAsync(world.As("neighbour"), world.InSpeech, Volume, Guid.NewGuid(), new ShareOffer("vision", null, ShareLevel.Use))).Error);
            Assert.IsType<NoSuchResource>((await shares.ShowToOrganizationAsync(world.As("neighbour"), speech, Volume, Guid.NewGuid(), isVisible: true)).Error);
        });
    }

    // By hand: who shares, and who answers.
    [DatabaseTheory]
    [InlineData("offer", "owner,org-admin,project-admin,manager", "auditor,developer,contributor,viewer")]
    [InlineData("answer", "owner,org-admin,project-admin,manager", "auditor,developer,contributor,viewer")]
    [InlineData("end", "owner,org-admin,project-admin,manager", "auditor,developer,contributor,viewer")]
    [InlineData("leave", "owner,org-admin,project-admin,manager", "auditor,developer,contributor,viewer")]
    [InlineData("show", "owner,org-admin,project-admin,manager", "auditor,developer,contributor,viewer")]
    public async Task Operation_EachRole_IsAllowedForbiddenOrUnknown(DatabaseKind kind, string operation, string allowed, string forbidden)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        foreach (var who in (string[])["owner", "org-admin", "auditor", "project-admin", "manager", "developer", "contributor", "viewer", "member", "neighbour", "stranger", "nobody"])
        {
            var act = await ArrangeAsync(world, operation, who);
            if (allowed.Split(',').Contains(who))
            {
                Assert.True(await act() is null, $"{who} may {operation}");
                continue;
            }

            await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            {
                var refusal = await act();
                Assert.True(forbidden.Split(',').Contains(who) ? refusal is Forbidden : refusal is NotFound, $"{who}: {operation}: {refusal}");
            });
        }
    }

    [Fact]
    public async Task Offer_ToAProjectThatOneDoesNotSee_IsAnsweredLikeOneThatIsNotThere()
    {
        await using var world = await ResourceWorld.CreateAsync();
        var shares = world.Database.Get<SharingService>();
        var volume = await world.MakeAsync("volume", "own", Fields);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var slug in (string[])["speech", "nothing", "vision", ""])
            {
                Assert.NotNull(Assert.IsType<Invalid>((await shares.OfferAsync(
                    world.As("manager"), world.InVision, Volume, volume.Id, new ShareOffer(slug, null, ShareLevel.Use))).Error).For(nameof(ShareOffer.ProjectSlug)));
            }
        });
    }

    [DatabaseTheory]
    public async Task WorkspaceShare_IsAnsweredByWhoManagesWorkspaces(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var shares = world.Database.Get<SharingService>();
        var volume = await world.MakeAsync("volume", "calls", Fields, world.InSpeech, "neighbour");
        var id = (await shares.OfferAsync(world.As("neighbour"), world.InSpeech, Volume, volume.Id, new ShareOffer(null, world.Acme.Workspace.Slug, ShareLevel.Use))).Value;

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<Forbidden>((await shares.AnswerAsync(world.As("project-admin"), world.Acme.Scope(world.Vision), id, accepts: true)).Error));
        Assert.Null((await shares.AnswerAsync(world.As("org-admin"), world.Acme.Scope(world.Vision), id, accepts: true)).Error);
    }

    private static async Task<Func<Task<Error?>>> ArrangeAsync(ResourceWorld world, string operation, string who)
    {
        var shares = world.Database.Get<SharingService>();
        var (actor, vision) = (world.As(who), world.Acme.Scope(world.Vision));
        var isReceived = operation is "answer" or "leave";
        var volume = await world.Acme.ResourceAsync(isReceived ? world.Speech : world.Vision, "volume", $"for-{who}");
        if (operation == "show")
        {
            return async () => (await shares.ShowToOrganizationAsync(actor, vision, Volume, volume.Id, isVisible: true)).Error;
        }

        if (operation == "offer")
        {
            return async () => (await shares.OfferAsync(actor, world.InVision, Volume, volume.Id, new ShareOffer("default", null, ShareLevel.View))).Error;
        }

        var share = new ResourceShare(volume, isReceived ? world.Vision.Id : world.Speech.Id, null, ShareLevel.View, world.Acme.Owner.Id, "owner", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(share);
        return operation switch
        {
            "answer" => async () => (await shares.AnswerAsync(actor, vision, share.Id, accepts: true)).Error,
            "leave" => async () => (await shares.LeaveAsync(actor, vision, share.Id)).Error,
            _ => async () => (await shares.EndAsync(actor, world.InVision, Volume, share.Id)).Error,
        };
    }
}
