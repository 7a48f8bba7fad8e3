using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Sharing;

/// <summary>Shares offered, answered and ended at the same moment, also by two servers: one state comes of it, and the log tells how.</summary>
public sealed class SharingRaceTests
{
    private static readonly int Attempts = RaceAttempts.Or(20);

    private static readonly ResourceKind Volume = ResourceKinds.Get("volume");
    private static readonly ResourceKind Template = ResourceKinds.Get("template");

    [DatabaseTheory]
    public async Task Offer_TheSameByTwoPeopleAtOnce_LeavesOneOpenShare(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await using var other = world.Database.OpenNode(ResourceWorld.Features);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var volume = await world.Acme.ResourceAsync(world.Speech, "volume", $"v{attempt}");
            Task<Error?> OfferAsync(TestDatabase node, string who) => ErrorOf(node.Get<SharingService>().OfferAsync(
                world.As(who), world.InSpeech, Volume, volume.Id, new ShareOffer("vision", null, ShareLevel.Use)));

            var errors = await AtOnceAsync(() => OfferAsync(world.Database, "owner"), () => OfferAsync(other, "org-admin"));

            Assert.IsType<ShareAlreadyOpen>(Assert.Single(errors.OfType<Error>()));
            Assert.Equal([ShareState.Pending], await StatesAsync(world, volume.Id));
            Assert.Equal([world.Speech.Id, world.Vision.Id], (await LogAsync(world, volume.Id)).Select(entry => entry.ProjectId!.Value).OrderBy(id => id == world.Vision.Id));
        }
    }

    [DatabaseTheory]
    public async Task Offer_ManyAtOnceWithRoomForThree_MakesExactlyThree(DatabaseKind kind)
    {
        const int room = 3, offers = 8;
        await using var world = await ResourceWorld.CreateAsync(kind);
        await using var other = world.Database.OpenNode(ResourceWorld.Features);
        for (var number = 0; number < offers; number++)
        {
            await world.Acme.ProjectAsync($"to-{number}");
        }

        for (var round = 0; round < Math.Min(Attempts, 5); round++)
        {
            var volume = await world.Acme.ResourceAsync(world.Speech, "volume", $"v{round}");
            await world.Database.AddAsync([.. Enumerable.Range(0, SharingService.Most - room).Select(_ => Offered(world, volume, world.Vision))]);

            var errors = await AtOnceAsync([.. Enumerable.Range(0, offers).Select(number => (Func<Task<Error?>>)(() => ErrorOf(
                (number % 2 == 0 ? world.Database : other).Get<SharingService>().OfferAsync(
                    world.As(number % 2 == 0 ? "owner" : "org-admin"), world.InSpeech, Volume, volume.Id, new ShareOffer($"to-{number}", null, ShareLevel.View)))))]);

            Assert.Equal(room, errors.Count(error => error is null));
            Assert.All(errors.OfType<Error>(), error => Assert.IsType<TooManyShares>(error));
            Assert.Equal(SharingService.Most, (await StatesAsync(world, volume.Id)).Count);
        }
    }

    [DatabaseTheory]
    public async Task Accept_WhileTheOtherSideEndsIt_EndsWhateverTheOrder(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await using var other = world.Database.OpenNode(ResourceWorld.Features);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var volume = await world.Acme.ResourceAsync(world.Speech, "volume", $"v{attempt}");
            var share = Offered(world, volume, world.Vision);
            await world.Database.AddAsync(share);

            var errors = await AtOnceAsync(
                () => ErrorOf(world.Database.Get<SharingService>().AnswerAsync(world.As("manager"), world.Acme.Scope(world.Vision), share.Id, accepts: true)),
                () => ErrorOf(other.Get<SharingService>().EndAsync(world.As("neighbour"), world.InSpeech, Volume, share.Id)));

            Assert.Null(errors[1]);
            await AssertEndedAsync(world, volume.Id, errors[0], "neighbour@acme.test", projects: 2);
        }
    }

    [DatabaseTheory]
    public async Task Offer_OfTheOwnWhileThePersonLeaves_LeavesNoOpenShare(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await using var other = world.Database.OpenNode(ResourceWorld.Features);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (person, space, template) = await PersonAsync(world, attempt);

            var errors = await AtOnceAsync(
                () => ErrorOf(world.Database.Get<SharingService>().OfferAsync(Actors.Of(person), space, Template, template, new ShareOffer("default", null, ShareLevel.Use))),
                () => LeaveAsync(other, world, person, attempt));

            Assert.Null(errors[1]);
            Assert.True(errors[0] is null or NotFound, errors[0]?.ToString());
            Assert.All(await StatesAsync(world, template), state => Assert.Equal(ShareState.Ended, state));
            Assert.Equal(
                errors[0] is null ? [AuditActions.ResourceShared, AuditActions.ShareEnded] : [],
                (await LogAsync(world, template)).Where(entry => entry.ProjectId == world.Acme.DefaultProject.Id).Select(entry => entry.Action));
        }
    }

    [DatabaseTheory]
    public async Task Accept_WhileThePersonLeaves_EndsWhateverTheOrder(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await using var other = world.Database.OpenNode(ResourceWorld.Features);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (person, _, template) = await PersonAsync(world, attempt);
            var share = Offered(
                world, await world.Database.ReadAsync(db => db.Resources.SingleAsync(resource => resource.Id == template)), world.Acme.DefaultProject);
            await world.Database.AddAsync(share);

            var errors = await AtOnceAsync(
                () => ErrorOf(world.Database.Get<SharingService>().AnswerAsync(world.As("org-admin"), world.Acme.Scope(world.Acme.DefaultProject), share.Id, accepts: true)),
                () => LeaveAsync(other, world, person, attempt));

            Assert.Null(errors[1]);
            await AssertEndedAsync(world, template, errors[0], IsOwnLeave(attempt) ? person.Email! : "owner@acme.test", projects: 1);
        }
    }

    // Accepted and then ended, or ended first and refused; in the log of each side, in that order.
    private static async Task AssertEndedAsync(ResourceWorld world, Guid resourceId, Error? accepted, string endedBy, int projects)
    {
        Assert.True(accepted is null or ShareNotPending { State: ShareState.Ended }, accepted?.ToString());
        var share = await world.Database.ReadAsync(db => db.ResourceShares.SingleAsync(row => row.ResourceId == resourceId));
        Assert.Equal((ShareState.Ended, endedBy), (share.State, share.AnsweredByName));
        string[] expected = accepted is null ? [AuditActions.ShareAnswered, AuditActions.ShareEnded] : [AuditActions.ShareEnded];
        var log = (await LogAsync(world, resourceId)).GroupBy(entry => entry.ProjectId).ToList();
        Assert.Equal(projects, log.Count);
        Assert.All(log, side => Assert.Equal(expected, side.Select(entry => entry.Action)));
        Assert.All(log.SelectMany(side => side), entry => Assert.Contains(
            $"\"state\":\"{(entry.Action == AuditActions.ShareAnswered ? ShareState.Accepted : ShareState.Ended)}\"", entry.After!, StringComparison.Ordinal));
    }

    private static ResourceShare Offered(ResourceWorld world, Resource resource, Project to) =>
        new(resource, to.Id, null, ShareLevel.Use, world.Acme.Owner.Id, "owner@acme.test", world.Database.Clock.UtcNow);

    // A member with a template outside every project; the Default Project is everybody's.
    private static async Task<(User Person, ResourceOwner Space, Guid Template)> PersonAsync(ResourceWorld world, int attempt)
    {
        var person = await world.Acme.MemberAsync($"person-{attempt}");
        var space = ResourceOwner.OfPersonalSpace(world.Acme.Id, person.Id);
        Assert.Null((await world.Resources.CreateAsync(Actors.Of(person), space, Template, ResourceWorld.Draft("base", "{'of':'instance'}"))).Error);
        return (person, space, (await world.FindAsync("template", "base", space)).Id);
    }

    private static bool IsOwnLeave(int attempt) => attempt % 2 == 0;

    private static Task<Error?> LeaveAsync(TestDatabase node, ResourceWorld world, User person, int attempt) => ErrorOf(IsOwnLeave(attempt)
        ? node.Get<MembersService>().LeaveAsync(Actors.Of(person), world.Acme.Id)
        : node.Get<MembersService>().RemoveAsync(world.As("owner"), world.Acme.Id, new MemberRemoval(person.Id)));

    private static Task<List<ShareState>> StatesAsync(ResourceWorld world, Guid resourceId) =>
        world.Database.ReadAsync(db => db.ResourceShares.Where(row => row.ResourceId == resourceId).Select(row => row.State).ToListAsync());

    private static Task<List<AuditEntry>> LogAsync(ResourceWorld world, Guid resourceId)
    {
        string[] actions = [AuditActions.ResourceShared, AuditActions.ShareAnswered, AuditActions.ShareEnded];
        return world.Database.ReadAsync(db => db.AuditEntries
            .Where(entry => entry.ObjectId == resourceId && actions.Contains(entry.Action) && entry.Result == AuditResult.Done).OrderBy(entry => entry.Id).ToListAsync());
    }

    private static async Task<Error?[]> AtOnceAsync(params Func<Task<Error?>>[] acts)
    {
        using var barrier = new Barrier(acts.Length);
        return await Task.WhenAll(acts.Select(act => Task.Run(() =>
        {
            barrier.SignalAndWait();
            return act();
        })));
    }

    private static async Task<Error?> ErrorOf<T>(Task<Result<T>> command) => (await command).Error;

    private static async Task<Error?> ErrorOf(Task<Result> command) => (await command).Error;
}
