using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Sharing;

/// <summary>Where more is shared than a page shows.</summary>
public sealed class SharingDirectoryTests
{
    [DatabaseTheory]
    public async Task Lists_MoreOffersThanAPageShows_HideNothingElse(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (directory, scope, now) = (world.Database.Get<SharingDirectory>(), world.Acme.Scope(world.Vision), world.Database.Clock.UtcNow);
        var (theirs, own) = (await world.Acme.ResourceAsync(world.Speech, "volume", "calls"), await world.Acme.ResourceAsync(world.Vision, "volume", "frames"));
        var accepted = new ResourceShare(theirs, world.Vision.Id, null, ShareLevel.Use, world.Acme.Owner.Id, "owner", now.AddDays(-1));
        accepted.Enter(ShareState.Accepted, "manager", now);
        var given = new ResourceShare(own, world.Speech.Id, null, ShareLevel.Use, world.Acme.Owner.Id, "owner", now.AddDays(-1));
        await world.Database.AddAsync(
        [
            accepted, given,
            .. Enumerable.Range(0, SharingDirectory.Most + 1).Select(number => new ResourceShare(theirs, world.Vision.Id, null, ShareLevel.View, world.Acme.Owner.Id, "owner", now.AddSeconds(number))),
        ]);

        var page = (await directory.GetAsync(world.As("viewer"), scope)).Value;
        Assert.Equal((SharingDirectory.Most, 1, 1, true), (page.Pending.Count, page.Received.Count, page.Given.Count, page.IsCut));
        Assert.Equal(given.Id, Assert.Single((await directory.GetOfResourceAsync(world.As("viewer"), world.InVision, own.Id)).Value.Shares).Id);

        var all = new List<ShareRow>();
        for (var skip = 0; skip < 300; skip += 100)
        {
            var part = (await directory.ListAsync(world.As("viewer"), scope, null, PageRequest.Slice(skip, 100))).Value;
            Assert.Equal(SharingDirectory.Most + 3, part.Total);
            all.AddRange(part.Rows);
        }

        Assert.Equal(SharingDirectory.Most + 3, all.Select(row => row.Id).Distinct().Count());
        Assert.Equal([given.Id, accepted.Id], all.Take(2).Select(row => row.Id));
        Assert.Equal([ShareSide.Given, ShareSide.Received, ShareSide.Pending], all.Select(row => row.Side).Distinct());
        Assert.Equal(accepted.Id, Assert.Single((await directory.ListAsync(world.As("viewer"), scope, ShareSide.Received, PageRequest.Slice(0, 10))).Value.Rows).Id);
    }

    [DatabaseTheory]
    public async Task Share_WithADeletedProject_IsToldToItsGiverAlone(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var directory = world.Database.Get<SharingDirectory>();
        var own = await world.Acme.ResourceAsync(world.Vision, "volume", "frames");
        var share = new ResourceShare(own, world.Speech.Id, null, ShareLevel.Use, world.Acme.Owner.Id, "owner", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(share);
        await world.Acme.ChangeAsync(world.Speech, project => project.Delete(world.Database.Clock.UtcNow));

        var row = Assert.Single((await directory.GetOfResourceAsync(world.As("manager"), world.InVision, own.Id)).Value.Shares);
        Assert.Equal((share.Id, null, true), (row.Id, row.OtherProjectSlug, row.MayEnd));
        await world.Acme.ChangeAsync(world.Vision, project => project.Delete(world.Database.Clock.UtcNow));
        Assert.IsType<NotFound>((await directory.GetOfResourceAsync(world.As("manager"), world.InVision, own.Id)).Error);
    }

    [DatabaseTheory]
    public async Task Lists_OfAKindThatOneDoesNotSee_AreEmpty(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (directory, scope) = (world.Database.Get<SharingDirectory>(), world.Acme.Scope(world.Vision));
        var own = await world.Acme.ResourceAsync(world.Vision, "volume", "frames");
        await world.Database.AddAsync(new ResourceShare(own, world.Speech.Id, null, ShareLevel.Use, world.Acme.Owner.Id, "owner", world.Database.Clock.UtcNow));
        await world.RestrictAsync("viewer", "volumes.*");

        Assert.Single((await directory.ListAsync(world.As("developer"), scope, null, PageRequest.Slice(0, 10))).Value.Rows);
        Assert.Equal(0, (await directory.ListAsync(world.As("viewer"), scope, null, PageRequest.Slice(0, 10))).Value.Total);
        Assert.Empty((await directory.GetOfResourceAsync(world.As("viewer"), world.InVision, own.Id)).Value.Shares);
        foreach (var who in (string[])["member", "stranger", "nobody"])
        {
            Assert.IsType<NotFound>((await directory.ListAsync(world.As(who), scope, null, PageRequest.Slice(0, 10))).Error);
            Assert.IsType<NotFound>((await directory.ListVisibleAsync(world.As(who), scope, PageRequest.Slice(0, 10))).Error);
            Assert.IsType<NotFound>((await directory.GetOfResourceAsync(world.As(who), world.InVision, own.Id)).Error);
        }
    }
}
