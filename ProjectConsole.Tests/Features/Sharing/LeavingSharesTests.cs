using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;
using ProjectConsole.Tests.Security.Races;

namespace ProjectConsole.Tests.Features.Sharing;

/// <summary>Whoever ends a membership reads beforehand how much of the person's own space projects lose by it.</summary>
public sealed class LeavingSharesTests
{
    private const string One = "Ends 1 share of the personal space: its project can no longer use what it was given.";
    private const string Two = "Ends 2 shares of the personal space: their projects can no longer use what they were given.";

    [DatabaseTheory]
    [InlineData("removal", 0, "")]
    [InlineData("removal", 1, One)]
    [InlineData("removal", 2, Two)]
    [InlineData("leaving", 0, "")]
    [InlineData("leaving", 1, One)]
    [InlineData("leaving", 2, Two)]
    public async Task Preview_OfTheEndOfAMembership_SaysHowManySharesEnd(DatabaseKind kind, string way, int open, string sentence)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await ShareAsync(world, open);
        var (actor, members) = (world.As(way == "leaving" ? "developer" : "owner"), world.Database.Get<MembersService>());
        Task<Result<AccessChange>> EndAsync(bool dryRun) => way == "leaving"
            ? members.LeaveAsync(actor with { DryRun = dryRun }, world.Acme.Id)
            : members.RemoveAsync(actor with { DryRun = dryRun }, world.Acme.Id, new MemberRemoval(world["developer"].Id));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(sentence == "" ? [] : [sentence], (await EndAsync(dryRun: true)).Value.Notes));
        var stayed = await OpenAsync(world) - open;
        Assert.Null((await EndAsync(dryRun: false)).Error);

        // What was said is what ended, and nothing of somebody else's.
        Assert.Equal((1, 1), (stayed, await OpenAsync(world)));
    }

    [DatabaseTheory]
    public async Task Look_BeforeTheAccountEnds_CountsTheSharesOfEverySpace(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await using var node = world.Database.OpenNode(AdminPairs.Services);
        await using var scope = node.Scope();
        var deletion = scope.ServiceProvider.GetRequiredService<AccountDeletion>();
        Assert.Equal(0, (await deletion.LookAsync(world.As("developer"))).Shares);

        await ShareAsync(world, 2);

        Assert.Equal(2, (await deletion.LookAsync(world.As("developer"))).Shares);
        Assert.Equal(1, (await deletion.LookAsync(world.As("manager"))).Shares);
        Assert.Equal(0, (await deletion.LookAsync(world.As("viewer"))).Shares);
    }

    private static Task<int> OpenAsync(ResourceWorld world) =>
        world.Database.ReadAsync(db => db.ResourceShares.CountAsync(share => share.State == ShareState.Pending || share.State == ShareState.Accepted));

    // One is accepted, the others wait; one ended before, and somebody else has one too.
    private static async Task ShareAsync(ResourceWorld world, int open)
    {
        var template = await world.MakeAsync("template", "base", "{'of':'instance'}", world.SpaceOf("developer"), "developer");
        var other = await world.MakeAsync("template", "base", "{'of':'instance'}", world.SpaceOf("manager"), "manager");
        var now = world.Database.Clock.UtcNow;
        var ended = Of(template);
        ended.Enter(ShareState.Ended, "somebody", now);
        var shares = Enumerable.Range(0, open).Select(_ => Of(template)).ToList();
        shares.Take(1).ToList().ForEach(share => share.Enter(ShareState.Accepted, "somebody", now));
        await world.Database.AddAsync([ended, Of(other), .. shares]);

        ResourceShare Of(Resource resource) => new(resource, world.Vision.Id, null, ShareLevel.Use, resource.CreatedBy, resource.CreatedByName, now);
    }
}
