using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Teams;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Teams;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Undo;

public sealed class WorkspaceGrantUndoTests
{
    [DatabaseTheory]
    public async Task Undo_OfARoleGivenChangedAndTakenAway_SetsEachBack_AndCanBeUndoneInTurn(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var ends = world.Database.Clock.UtcNow.AddDays(3);
        var given = await AddAsync(world, "member@acme.test", "developer", ends);
        var grant = await GrantAsync(world, "member");
        var changed = (await Grants(world).ChangeAsync(world.As("owner"), world.Acme.Id, new WorkspaceGrantChange(world.Lab.Id, grant!.Id, "viewer"))).Value.EntryId!.Value;
        Assert.Contains("was changed since", (await RefusedAsync<MovedOn>(world, "owner", given)).Message, StringComparison.Ordinal);

        Assert.True((await UndoAsync(world, "owner", changed)).Succeeded);
        grant = await GrantAsync(world, "member");
        Assert.Equal(("developer", ends), (grant!.RoleKey, grant.ExpiresUtc));

        var taken = (await UndoAsync(world, "owner", given)).Value.EntryId!.Value;
        Assert.Null(await GrantAsync(world, "member"));
        Assert.Contains("has no role on lab any more", (await RefusedAsync<MovedOn>(world, "owner", given)).Message, StringComparison.Ordinal);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var preview = (await world.Get<OrganizationUndoService>().UndoAsync(world.Previewing("owner"), world.Acme.Id, taken)).Value;
            Assert.Equal(ProjectRole.Developer.Permissions, Assert.Single(Assert.Single(preview.People).Projects).Gains);
        });
        Assert.True((await UndoAsync(world, "owner", taken)).Succeeded);
        Assert.Equal("Developer", await world.RoleAsync("member", world.Speech));
        Assert.Contains("again", (await RefusedAsync<MovedOn>(world, "owner", taken)).Message, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task Undo_AfterTheWorldMovedOn_SaysWhyAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        await AddAsync(world, "member@acme.test", "viewer", world.Database.Clock.UtcNow.AddHours(1));
        var member = await RemoveAsync(world, (await GrantAsync(world, "member"))!.Id);
        var crew = await RemoveAsync(world, await world.Database.ReadAsync(db => db.Grants.Where(grant => grant.PrincipalId == world.Crew.Id && grant.WorkspaceId != null).Select(grant => grant.Id).SingleAsync()));
        await AddAsync(world, "cara@acme.test", "viewer");
        var cara = await RemoveAsync(world, (await GrantAsync(world, "cara"))!.Id);
        await world.Get<TeamsService>().DeleteAsync(world.As("owner"), world.Acme.Id, new TeamDeletion(world.Crew.Id));
        await world.Get<MembersService>().RemoveAsync(world.As("owner"), world.Acme.Id, new MemberRemoval(world["cara"].Id));
        world.Database.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Contains("would have lost the role", (await RefusedAsync<MovedOn>(world, "owner", member)).Message, StringComparison.Ordinal);
        Assert.Contains("crew", (await RefusedAsync<MovedOn>(world, "owner", crew)).Message, StringComparison.Ordinal);
        Assert.Contains("cara@acme.test is no member", (await RefusedAsync<MovedOn>(world, "owner", cara)).Message, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task Undo_ByWhoHoldsLessOrNothing_IsRefusedAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        await AddAsync(world, "member@acme.test", "developer");
        var taken = await RemoveAsync(world, (await GrantAsync(world, "member"))!.Id);
        // The keeper manages workspaces and holds nothing in this one.
        await RefusedAsync<ExceedsOwn>(world, "keeper", taken);
        await RefusedAsync<Forbidden>(world, "member", taken);
        await RefusedAsync<Forbidden>(world, "auditor", taken);
        foreach (var who in TeamWorld.Outsiders)
        {
            Assert.True((await RefusedAsync<Error>(world, who, taken)) is NotFound or Forbidden);
        }

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<NotFound>((await world.Get<OrganizationUndoService>().UndoAsync(world.As("neighbour"), world.Globex.Id, taken)).Error));
        Assert.True((await world.Get<OrganizationUndoService>().OffersAsync(world.As("owner"), world.Acme.Id, taken)).Value);
        Assert.False((await world.Get<OrganizationUndoService>().OffersAsync(world.As("admin"), world.Acme.Id, taken)).Value);
    }

    private static WorkspaceGrantsService Grants(TeamWorld world) => world.Get<WorkspaceGrantsService>();

    private static async Task<long> AddAsync(TeamWorld world, string holder, string role, DateTime? ends = null)
    {
        var added = await Grants(world).AddAsync(world.As("owner"), world.Acme.Id, new NewWorkspaceGrant(world.Lab.Id, holder, role, ends));
        Assert.True(added.Succeeded, added.Error?.Message);
        return added.Value.EntryId!.Value;
    }

    private static async Task<long> RemoveAsync(TeamWorld world, Guid grantId) =>
        (await Grants(world).RemoveAsync(world.As("owner"), world.Acme.Id, new WorkspaceGrantRemoval(world.Lab.Id, grantId))).Value.EntryId!.Value;

    private static Task<Grant?> GrantAsync(TeamWorld world, string who) =>
        world.Database.ReadAsync(db => db.Grants.AsNoTracking().SingleOrDefaultAsync(grant => grant.WorkspaceId == world.Lab.Id && grant.PrincipalId == world[who].Id));

    private static Task<Result<AccessChange>> UndoAsync(TeamWorld world, string who, long entry) =>
        world.Get<OrganizationUndoService>().UndoAsync(world.As(who), world.Acme.Id, entry);

    private static async Task<T> RefusedAsync<T>(TeamWorld world, string who, long entry)
        where T : Error
    {
        Error? error = null;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => error = (await UndoAsync(world, who, entry)).Error);
        return Assert.IsType<T>(error, exactMatch: false);
    }
}
