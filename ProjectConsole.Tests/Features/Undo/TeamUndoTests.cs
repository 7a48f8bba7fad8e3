using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Teams;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Teams;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Undo;

public sealed class TeamUndoTests
{
    [DatabaseTheory]
    public async Task Undo_OfPeopleAdded_TakesAllOfThemOut_AndCanBeUndoneInTurn(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var entry = await AddAsync(world, "owner", "member@acme.test keeper@acme.test");
        Assert.Equal("Developer", await world.RoleAsync("member", world.Vision));

        var taken = (await UndoAsync(world, "admin", entry)).Value;
        Assert.Equal(["cara@acme.test"], await world.PeopleAsync(world.Crew));
        Assert.Null(await world.RoleAsync("member", world.Vision));

        Assert.True((await UndoAsync(world, "owner", taken.EntryId!.Value)).Succeeded);
        Assert.Equal(["cara@acme.test", "keeper@acme.test", "member@acme.test"], await world.PeopleAsync(world.Crew));
        Assert.Equal("Developer", await world.RoleAsync("member", world.Vision));
    }

    [DatabaseTheory]
    public async Task Undo_OfAPersonTakenOut_BringsThemBack(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var entry = await RemoveAsync(world, "owner", "cara");
        Assert.Empty(await world.PeopleAsync(world.Crew));
        Assert.True((await UndoAsync(world, "owner", entry)).Succeeded);
        Assert.Equal(["cara@acme.test"], await world.PeopleAsync(world.Crew));
        Assert.Equal("Developer", await world.RoleAsync("cara", world.Vision));
    }

    [DatabaseTheory]
    public async Task Undo_OfANewNameAndDescription_SetsBothBackUnlessTheyChangedSince(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var former = (world.Crew.Name, world.Crew.Description);
        var change = await ChangeAsync(world, "Night crew");
        var later = await ChangeAsync(world, "Day crew");
        await RefusedAsync<MovedOn>(world, "owner", change);
        Assert.True((await UndoAsync(world, "owner", later)).Succeeded);
        Assert.True((await UndoAsync(world, "keeper", change)).Succeeded);
        Assert.Equal(former, await world.Database.ReadAsync(async db =>
        {
            var team = await db.Teams.SingleAsync(row => row.Id == world.Crew.Id);
            return (team.Name, team.Description);
        }));
    }

    [DatabaseTheory]
    public async Task Undo_AfterTheWorldMovedOn_SaysWhyAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var added = await AddAsync(world, "owner", "member@acme.test keeper@acme.test");
        var removed = await RemoveAsync(world, "owner", "member");
        Assert.Contains("member@acme.test is not in", (await RefusedAsync<MovedOn>(world, "owner", added)).Message, StringComparison.Ordinal);

        await AddAsync(world, "owner", "member@acme.test");
        Assert.Contains("again", (await RefusedAsync<MovedOn>(world, "owner", removed)).Message, StringComparison.Ordinal);

        var cara = await RemoveAsync(world, "owner", "cara");
        await world.Get<MembersService>().RemoveAsync(world.As("owner"), world.Acme.Id, new MemberRemoval(world["cara"].Id));
        Assert.Contains("no member of the organization", (await RefusedAsync<MovedOn>(world, "owner", cara)).Message, StringComparison.Ordinal);

        await DeleteAsync(world);
        Assert.Contains("is gone", (await RefusedAsync<MovedOn>(world, "owner", added)).Message, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task Undo_OfAnAdditionAfterWhichSomebodyWasAddedAgain_LeavesThemIn(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var first = await AddAsync(world, "owner", "member@acme.test");
        await RemoveAsync(world, "owner", "member");
        world.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await AddAsync(world, "admin", "member@acme.test");
        Assert.Contains("was added to crew again since", (await RefusedAsync<MovedOn>(world, "owner", first)).Message, StringComparison.Ordinal);
        Assert.True((await UndoAsync(world, "owner", second)).Succeeded);
    }

    [DatabaseTheory]
    public async Task Undo_OfADeletedTeam_BringsItBackWithItsPeopleAndAllThatItHeld(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var ends = world.Database.Clock.UtcNow.AddDays(3);
        var churn = await world.Acme.ProjectAsync("churn");
        await world.Acme.GrantAsync(churn, world.Crew, ProjectRole.Manager, ends);
        foreach (var number in Enumerable.Range(0, 25))
        {
            await world.Database.AddAsync(Principal.OfTeam(world.Crew.Id, (await world.Acme.MemberAsync($"person-{number}")).Id, world.Database.Clock.UtcNow));
        }

        var people = await world.PeopleAsync(world.Crew);
        var entry = await DeleteAsync(world);
        Assert.Null(await world.RoleAsync("cara", world.Vision));

        var preview = (await world.Get<OrganizationUndoService>().UndoAsync(world.Previewing("admin"), world.Acme.Id, entry)).Value;
        Assert.Equal(
            ["churn Manager", "speech Viewer", "vision Developer"],
            preview.People.Single(person => person.Email == "cara@acme.test").Projects.Where(change => !change.Gains.IsEmpty).Select(change => $"{change.ProjectSlug} {change.After!.Role!.Title}"));
        Assert.True((await UndoAsync(world, "admin", entry)).Succeeded);

        Assert.Equal(people, await world.PeopleAsync(world.Crew));
        Assert.Equal(("Developer", "Viewer", "Manager"), (await world.RoleAsync("cara", world.Vision), await world.RoleAsync("cara", world.Speech), await world.RoleAsync("cara", churn)));
        world.Database.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Null(await world.RoleAsync("cara", churn));
        Assert.Contains("is there again", (await RefusedAsync<MovedOn>(world, "owner", entry)).Message, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task Undo_OfADeletedTeam_AfterTheWorldMovedOn_SaysWhyAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var entry = await DeleteAsync(world);
        // The keeper manages teams and holds nothing of what this one had.
        await RefusedAsync<ExceedsOwn>(world, "keeper", entry);
        await RefusedAsync<Forbidden>(world, "member", entry);

        var other = (await world.Get<TeamsService>().CreateAsync(world.As("owner"), world.Acme.Id, new NewTeam("Crew", "crew"))).Value;
        Assert.Contains("cannot come back", (await RefusedAsync<MovedOn>(world, "owner", entry)).Message, StringComparison.Ordinal);
        await world.Get<TeamsService>().DeleteAsync(world.As("owner"), world.Acme.Id, new TeamDeletion(other));
        await world.Get<MembersService>().RemoveAsync(world.As("owner"), world.Acme.Id, new MemberRemoval(world["cara"].Id));
        Assert.Contains("cara@acme.test is no member", (await RefusedAsync<MovedOn>(world, "owner", entry)).Message, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task Undo_OfARemovalThatNamedAnHeir_TakesBackWhatTheHeirGot(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var churn = await world.Acme.ProjectAsync("churn", (world["member"], ProjectRole.Viewer));
        await world.Acme.GrantAsync(churn, world.Crew, ProjectRole.Admin);
        await world.Database.ReadAsync(db => db.Grants.Where(grant => grant.ProjectId == churn.Id && grant.PrincipalId == world.Acme.Owner.Id).ExecuteDeleteAsync());
        var removed = (await world.Get<TeamsService>().RemoveMemberAsync(
            world.As("owner"), world.Acme.Id, new TeamMemberRemoval(world.Crew.Id, world["cara"].Id, "member@acme.test"))).Value.EntryId!.Value;
        Assert.Equal("Admin", await world.RoleAsync("member", churn));

        var preview = (await world.Get<OrganizationUndoService>().UndoAsync(world.Previewing("owner"), world.Acme.Id, removed)).Value;
        Assert.Equal("Viewer", preview.People.Single(person => person.Email == "member@acme.test").Projects.Single(change => change.ProjectSlug == "churn").After!.Role!.Title);
        Assert.Empty(preview.Notes);
        Assert.True((await UndoAsync(world, "owner", removed)).Succeeded);
        Assert.Equal(("Viewer", "Admin"), (await world.RoleAsync("member", churn), await world.RoleAsync("cara", churn)));

        var deleted = (await world.Get<TeamsService>().DeleteAsync(world.As("owner"), world.Acme.Id, new TeamDeletion(world.Crew.Id, "keeper@acme.test"))).Value.EntryId!.Value;
        Assert.Equal("Admin", await world.RoleAsync("keeper", churn));
        Assert.True((await UndoAsync(world, "owner", deleted)).Succeeded);
        Assert.Equal((null, "Admin"), (await world.RoleAsync("keeper", churn), await world.RoleAsync("cara", churn)));
    }

    [DatabaseTheory]
    public async Task Undo_ByWhoHoldsLessOrNothing_IsRefusedAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (added, removed) = (await AddAsync(world, "owner", "member@acme.test"), await RemoveAsync(world, "owner", "cara"));
        foreach (var entry in new[] { added, removed })
        {
            // The keeper manages teams and holds nothing of what this one has.
            await RefusedAsync<ExceedsOwn>(world, "keeper", entry);
            await RefusedAsync<Forbidden>(world, "member", entry);
            await RefusedAsync<Forbidden>(world, "auditor", entry);
            foreach (var who in TeamWorld.Outsiders)
            {
                Assert.True((await RefusedAsync<Error>(world, who, entry)) is NotFound or Forbidden);
            }

            await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
                Assert.IsType<NotFound>((await world.Get<OrganizationUndoService>().UndoAsync(world.As("neighbour"), world.Globex.Id, entry)).Error));
        }

        await RefusedAsync<NotFound>(world, "owner", removed + 1000);
    }

    [DatabaseTheory]
    public async Task Undo_ThatTakesTheLastAdmin_IsRefused(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var entry = await AddAsync(world, "owner", "member@acme.test");
        await RemoveAsync(world, "owner", "cara");
        var churn = await world.Acme.ProjectAsync("churn");
        await world.Acme.GrantAsync(churn, world.Crew, ProjectRole.Admin);
        await world.Database.ReadAsync(db => db.Grants.Where(grant => grant.ProjectId == churn.Id && grant.PrincipalId == world.Acme.Owner.Id).ExecuteDeleteAsync());
        Assert.Equal(["churn"], (await RefusedAsync<LastAdmin>(world, "owner", entry)).Projects);
    }

    [DatabaseTheory]
    public async Task Undo_Previewed_SaysWhatThenHappens(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var entry = await RemoveAsync(world, "owner", "cara");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var preview = (await world.Get<OrganizationUndoService>().UndoAsync(world.Previewing("owner"), world.Acme.Id, entry)).Value;
            var person = Assert.Single(preview.People);
            Assert.Equal("cara@acme.test", person.Email);
            Assert.Equal(ProjectRole.Developer.Permissions, person.Projects.Single(change => change.ProjectSlug == "vision").Gains);
        });
    }

    [DatabaseTheory]
    public async Task Offers_OnlyOnesOwnActThatHasAWayBack(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (undo, organization, entry) = (world.Get<OrganizationUndoService>(), world.Acme.Id, await RemoveAsync(world, "owner", "cara"));
        Assert.True((await undo.OffersAsync(world.As("owner"), organization, entry)).Value);
        Assert.False((await undo.OffersAsync(world.As("admin"), organization, entry)).Value);
        Assert.IsType<NotFound>((await undo.OffersAsync(world.As("stranger"), organization, entry)).Error);
        await world.Get<TeamsService>().CreateAsync(world.As("owner"), organization, new NewTeam("Others", "others"));
        Assert.False((await undo.OffersAsync(world.As("owner"), organization, await LatestAsync(world, AuditActions.TeamCreated))).Value);
    }

    private static async Task<T> RefusedAsync<T>(TeamWorld world, string who, long entry)
        where T : Error
    {
        Error? error = null;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => error = (await UndoAsync(world, who, entry)).Error);
        return Assert.IsType<T>(error, exactMatch: false);
    }

    private static Task<Result<AccessChange>> UndoAsync(TeamWorld world, string who, long entry) =>
        world.Get<OrganizationUndoService>().UndoAsync(world.As(who), world.Acme.Id, entry);

    private static async Task<long> AddAsync(TeamWorld world, string who, string addresses)
    {
        var added = await world.Get<TeamsService>().AddMembersAsync(world.As(who), world.Acme.Id, new NewTeamMembers(world.Crew.Id, addresses));
        return added.Value.Change.EntryId!.Value;
    }

    private static async Task<long> RemoveAsync(TeamWorld world, string who, string person)
    {
        var removed = await world.Get<TeamsService>().RemoveMemberAsync(world.As(who), world.Acme.Id, new TeamMemberRemoval(world.Crew.Id, world[person].Id));
        return removed.Value.EntryId!.Value;
    }

    private static async Task<long> DeleteAsync(TeamWorld world) =>
        (await world.Get<TeamsService>().DeleteAsync(world.As("owner"), world.Acme.Id, new TeamDeletion(world.Crew.Id))).Value.EntryId!.Value;

    private static async Task<long> ChangeAsync(TeamWorld world, string name)
    {
        Assert.True((await world.Get<TeamsService>().ChangeAsync(world.As("owner"), world.Acme.Id, new TeamTexts(world.Crew.Id, name, "Another purpose."))).Succeeded);
        return await LatestAsync(world, AuditActions.TeamChanged);
    }

    private static Task<long> LatestAsync(TeamWorld world, string action) => world.Database.ReadAsync(db =>
        db.AuditEntries.Where(entry => entry.Action == action).OrderByDescending(entry => entry.Id).Select(entry => entry.Id).FirstAsync());
}
