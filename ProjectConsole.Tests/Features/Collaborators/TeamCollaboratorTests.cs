using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

public sealed class TeamCollaboratorTests
{
    [DatabaseTheory]
    public async Task Team_Added_LetsItsPeopleInAsOneRowThatOpens(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        await world.TeamAsync("vision-core", "member", "viewer", "auditor");
        Assert.True((await world.AddAsync("manager", "Vision-Core", ProjectRole.Manager)).Succeeded);
        Assert.Equal(ProjectRole.Manager, (await world.AccessAsync("member")).Role);
        var query = new CollaboratorQuery { Team = "vision-core" };
        var list = (await world.List.ListAsync(world.Actor("viewer"), world.Scope, query)).Value;
        var row = Assert.Single(list.Page.Rows, row => row.IsTeam);
        Assert.Equal(("vision-core", "Manager", 3), (row.Name, row.Role, row.TeamSize));
        Assert.Equal(["auditor@acme.test Viewer Auditor", "member@acme.test Manager ", "viewer@acme.test Manager "], row.People.Select(person => $"{person.Name} {person.Role} {person.CappedBy}"));
        Assert.Equal((12, 1, 12), (list.Counts.People, list.Counts.Teams, list.Page.Total));
        Assert.Equal("Direct, vision-core", string.Join(", ", list.Page.Rows.Single(each => each.Name == "viewer@acme.test").Sources.Select(source => source.Text)));
        Assert.DoesNotContain(list.Page.Rows, each => each.Name == "member@acme.test");
    }

    [DatabaseTheory]
    public async Task Person_OfATeamThatIsIn_IsNotAddedBesideIt(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var team = await world.TeamAsync("vision-core", "member", "viewer");
        Assert.True((await world.AddAsync("manager", "vision-core", ProjectRole.Developer)).Succeeded);
        Error? error = null;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => error = (await world.AddAsync("manager", "member@acme.test", ProjectRole.Viewer)).Error);
        Assert.Equal(new InThroughTeam("member@acme.test", "vision-core"), error);
        Assert.Contains("vision-core", error!.Message);
        // An earlier grant stays and can be changed, and a temporary role passes.
        Assert.True((await world.ChangeAsync("manager", "viewer", ProjectRole.Contributor)).Succeeded);
        Assert.True((await world.RaiseAsync("manager", world["member"].Id, ProjectRole.Manager, TimeSpan.FromHours(2))).Succeeded);
        var row = (await world.RowAsync("viewer", "member"))!;
        Assert.Equal(("Manager", null, "manager"), (row.Role, row.Grant, row.Upgrade!.RoleKey));
        Assert.True((await world.RemoveAsync("manager", "member")).Succeeded);
        Assert.True((await world.Service.RemoveAsync(world.Actor("manager"), world.Scope, new Removal(team.Id))).Succeeded);
        Assert.True((await world.AddAsync("manager", "member@acme.test", ProjectRole.Viewer)).Succeeded);
    }

    [Fact]
    public async Task Person_OfATeamThatIsIn_IsAddedWhereTheOrganizationAllowsIt_OrTheTeamHasExpired()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var team = await world.TeamAsync("vision-core", "member", "auditor");
        Assert.True((await world.AddAsync("manager", new NewCollaborator("vision-core", "developer") { ExpiresUtc = world.Now.AddDays(1) })).Succeeded);
        Assert.IsType<InThroughTeam>((await world.AddAsync("manager", "member@acme.test", ProjectRole.Viewer)).Error);
        Assert.IsType<InThroughTeam>((await world.AddAsync("manager", "auditor@acme.test", ProjectRole.Viewer)).Error);
        await world.ChangeSettingsAsync(beside: true, externals: true);
        Assert.True((await world.AddAsync("manager", "member@acme.test", ProjectRole.Viewer)).Succeeded);
        world.Database.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True((await world.AddAsync("manager", "auditor@acme.test", ProjectRole.Viewer)).Succeeded);
        // A grant that ended by itself is taken up again.
        Assert.True((await world.AddAsync("manager", "vision-core", ProjectRole.Viewer)).Succeeded);
        Assert.Equal(1, await world.Database.ReadAsync(db => db.Grants.CountAsync(grant => grant.PrincipalId == team.Id)));
    }

    [Fact]
    public async Task Team_WhosePeopleHaveGrants_IsAdded_InTheDefaultProjectToo()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        await world.TeamAsync("vision-core", "viewer", "member");
        Assert.True((await world.AddAsync("manager", "vision-core", ProjectRole.Developer)).Succeeded);
        var home = world.Acme.Scope(world.Acme.DefaultProject);
        Assert.True((await world.Service.AddAsync(world.Actor("owner"), home, new NewCollaborator("vision-core", ProjectRole.Manager))).Succeeded);
        Assert.IsType<InThroughTeam>((await world.Service.AddAsync(world.Actor("owner"), home, new NewCollaborator("member@acme.test", ProjectRole.Manager))).Error);
    }

    [Theory]
    [InlineData("project-admin", "theirs")]
    [InlineData("project-admin", "no-such-team")]
    [InlineData("external-admin", "ours")]
    public async Task Team_UnknownOrOfAnotherOrganizationOrUnseen_IsOneAnswer(string actor, string slug)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        await world.TeamAsync("ours", "member");
        await world.Database.AddAsync(new Team(world.Other.Id, "theirs", "theirs", "", world.Now));
        Error? error = null;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => error = (await world.AddAsync(actor, slug, ProjectRole.Viewer)).Error);
        Assert.Equal($"“{slug}” is neither an e-mail address nor the ID of a team in this organization.", Assert.IsType<Invalid>(error).Message);
    }

    [DatabaseTheory]
    public async Task List_FindsTeamsByNameAndByTheirPeople_AndFiltersThem(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        await world.TeamAsync("vision-core", "member");
        Assert.True((await world.AddAsync("manager", new NewCollaborator("vision-core", "developer") { ExpiresUtc = world.Now.AddDays(6) })).Succeeded);
        Assert.Equal(["vision-core"], await NamesAsync(world, new CollaboratorQuery { Search = "VISION" }));
        Assert.Equal(["vision-core"], await NamesAsync(world, new CollaboratorQuery { Search = "member@" }));
        Assert.Equal(["vision-core"], await NamesAsync(world, new CollaboratorQuery { Source = CollaboratorSource.Team }));
        Assert.Equal(["vision-core"], await NamesAsync(world, new CollaboratorQuery { IsExpiring = true }));
        Assert.Equal("vision-core", (await NamesAsync(world, new CollaboratorQuery { Sort = CollaboratorSort.Expires }))[0]);
        Assert.Equal("vision-core", (await NamesAsync(world, new CollaboratorQuery { Sort = CollaboratorSort.Address, IsReversed = true }))[0]);
    }

    [DatabaseTheory]
    public async Task List_ShowsWorkspaceGrantsAsInherited_AndBlockedPeople(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        await world.Acme.GrantAsync(world.Acme.Workspace, world["member"], ProjectRole.Contributor);
        var row = (await world.RowAsync("viewer", "member"))!;
        Assert.Equal(("Contributor", null, ManagedIn.Workspaces), (row.Role, row.Grant, row.Managed));
        Assert.Equal(["member@acme.test"], await NamesAsync(world, new CollaboratorQuery { Source = CollaboratorSource.Workspace }));
        Assert.Empty(await NamesAsync(world, new CollaboratorQuery { IsBlocked = true }));
        await world.ChangeSettingsAsync(beside: false, externals: false);
        Assert.Equal(["external-admin@partner.test"], await NamesAsync(world, new CollaboratorQuery { IsBlocked = true }));
        Assert.True((await world.RowAsync("viewer", "external-admin"))!.IsBlocked);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(CollaboratorWorld world, CollaboratorQuery query) =>
        [.. (await world.List.ListAsync(world.Actor("viewer"), world.Scope, query)).Value.Page.Rows.Select(row => row.Name)];
}
