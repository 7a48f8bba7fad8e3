using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Teams;

/// <summary>Who may do what with teams and with roles on workspaces: every operation by everybody in and around the organization.</summary>
public sealed class TeamPermissionTests
{
    private static readonly Dictionary<string, Func<TeamWorld, Actor, Task<Error?>>> Operations = new()
    {
        ["read teams"] = async (world, actor) =>
            (await world.Get<TeamDirectory>().ListAsync(actor, world.Acme.Id, new TeamQuery(null, TeamSort.Name, false, new PageRequest(1, 25)))).Error,
        ["read team"] = async (world, actor) => (await world.Get<TeamDirectory>().GetAsync(actor, world.Acme.Id, "crew", new PageRequest(1, 25))).Error,
        ["create team"] = async (world, actor) => (await world.Get<TeamsService>().CreateAsync(actor, world.Acme.Id, new NewTeam("Annotators", "annotators"))).Error,
        ["change team"] = async (world, actor) => (await world.Get<TeamsService>().ChangeAsync(actor, world.Acme.Id, new TeamTexts(world.Crew.Id, "The crew", ""))).Error,
        ["delete team"] = async (world, actor) => (await world.Get<TeamsService>().DeleteAsync(actor, world.Acme.Id, new TeamDeletion(world.Crew.Id))).Error,
        ["preview deletion"] = async (world, actor) =>
            (await world.Get<TeamsService>().DeleteAsync(actor with { DryRun = true }, world.Acme.Id, new TeamDeletion(world.Crew.Id))).Error,
        ["add to team"] = async (world, actor) =>
            (await world.Get<TeamsService>().AddMembersAsync(actor, world.Acme.Id, new NewTeamMembers(world.Crew.Id, "member@acme.test"))).Error,
        ["take out of team"] = async (world, actor) =>
            (await world.Get<TeamsService>().RemoveMemberAsync(actor, world.Acme.Id, new TeamMemberRemoval(world.Crew.Id, world["cara"].Id))).Error,
        ["read workspace"] = async (world, actor) => (await world.Get<WorkspaceDirectory>().GetAsync(actor, world.Acme.Id, "lab")).Error,
        ["read roles"] = async (world, actor) => (await world.Get<WorkspaceDirectory>().RolesAsync(actor, world.Acme.Id, world.Lab.Id)).Error,
        ["add to workspace"] = async (world, actor) =>
            (await world.Get<WorkspaceGrantsService>().AddAsync(actor, world.Acme.Id, new NewWorkspaceGrant(world.Lab.Id, "member@acme.test", "viewer"))).Error,
        ["change on workspace"] = async (world, actor) =>
            (await world.Get<WorkspaceGrantsService>().ChangeAsync(actor, world.Acme.Id, new WorkspaceGrantChange(world.Lab.Id, await GrantAsync(world), "contributor"))).Error,
        ["remove from workspace"] = async (world, actor) =>
            (await world.Get<WorkspaceGrantsService>().RemoveAsync(actor, world.Acme.Id, new WorkspaceGrantRemoval(world.Lab.Id, await GrantAsync(world)))).Error,
    };

    // The keeper may manage teams and workspaces, and holds nothing in any project: what gives or takes there exceeds that.
    [DatabaseTheory]
    [InlineData("read teams", "owner,admin,auditor,member,cara,keeper", "")]
    [InlineData("read team", "owner,admin,auditor,member,cara,keeper", "")]
    [InlineData("create team", "owner,admin,keeper", "")]
    [InlineData("change team", "owner,admin,keeper", "")]
    [InlineData("delete team", "owner,admin", "keeper")]
    [InlineData("preview deletion", "owner,admin", "keeper")]
    [InlineData("add to team", "owner,admin", "keeper")]
    [InlineData("take out of team", "owner,admin", "keeper")]
    [InlineData("read workspace", "owner,admin,auditor,member,cara,keeper", "")]
    [InlineData("read roles", "owner,admin,keeper", "")]
    [InlineData("add to workspace", "owner,admin", "keeper")]
    [InlineData("change on workspace", "owner,admin", "keeper")]
    [InlineData("remove from workspace", "owner,admin", "keeper")]
    public async Task Operation_ByEverybody_IsDoneOnlyByThoseWhoMay(DatabaseKind kind, string operation, string may, string exceeds)
    {
        foreach (var who in TeamWorld.Insiders.Concat(TeamWorld.Outsiders))
        {
            await using var world = await TeamWorld.CreateAsync(kind);
            if (may.Split(',').Contains(who))
            {
                Assert.True(await Operations[operation](world, world.As(who)) is null, $"{who} may {operation}");
                continue;
            }

            await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            {
                var error = await Operations[operation](world, world.As(who));
                var expected = exceeds == who ? error is ProjectConsole.Domain.Collaborators.ExceedsOwn
                    : TeamWorld.Insiders.Contains(who) ? error is Forbidden
                    : error is NotFound;
                Assert.True(expected, $"{who}, {operation}: {error}");
            });
        }
    }

    [DatabaseTheory]
    public async Task Operations_IdsOfAnotherOrganization_FindNothing(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (teams, grants, globex) = (world.Get<TeamsService>(), world.Get<WorkspaceGrantsService>(), world.Globex.Id);
        var (owner, neighbour, grantId) = (world.As("owner"), world.As("neighbour"), await GrantAsync(world));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            // The neighbour in their own organization, with ids of this one; and the other way round.
            Assert.IsType<NoSuchTeam>((await teams.ChangeAsync(neighbour, globex, new TeamTexts(world.Crew.Id, "x", ""))).Error);
            Assert.IsType<NoSuchTeam>((await teams.DeleteAsync(neighbour, globex, new TeamDeletion(world.Crew.Id))).Error);
            Assert.IsType<NoSuchTeam>((await teams.RemoveMemberAsync(neighbour, globex, new TeamMemberRemoval(world.Crew.Id, world["cara"].Id))).Error);
            Assert.IsType<NoSuchTeam>((await teams.AddMembersAsync(owner, world.Acme.Id, new NewTeamMembers(world.Strangers.Id, "member@acme.test"))).Error);
            Assert.IsType<NoSuchWorkspace>((await grants.AddAsync(neighbour, globex, new NewWorkspaceGrant(world.Lab.Id, "owner@globex.test", "viewer"))).Error);
            Assert.IsType<NoSuchWorkspaceGrant>((await grants.RemoveAsync(neighbour, globex, new WorkspaceGrantRemoval(world.Lab.Id, grantId))).Error);
            Assert.IsType<NoSuchWorkspaceGrant>((await grants.ChangeAsync(neighbour, globex, new WorkspaceGrantChange(world.Lab.Id, grantId, "admin"))).Error);
            // The workspace of another grant, and a team of another organization by its Team ID.
            Assert.IsType<NoSuchWorkspaceGrant>((await grants.RemoveAsync(owner, world.Acme.Id, new WorkspaceGrantRemoval(world.Acme.Workspace.Id, grantId))).Error);
            Assert.IsType<Invalid>((await grants.AddAsync(owner, world.Acme.Id, new NewWorkspaceGrant(world.Lab.Id, "strangers", "viewer"))).Error);
            Assert.IsType<NotFound>((await world.Get<TeamDirectory>().GetAsync(owner, world.Acme.Id, "strangers", new PageRequest(1, 25))).Error);
            Assert.IsType<NotFound>((await world.Get<WorkspaceDirectory>().GetAsync(neighbour, globex, "lab")).Error);
            // People of another organization, or of none, are told apart from nobody by nothing.
            foreach (var address in (string[])["owner@globex.test", "stranger@elsewhere.test", "external@partner.test", "nobody@nowhere.test"])
            {
                var refused = Assert.IsType<Invalid>((await teams.AddMembersAsync(owner, world.Acme.Id, new NewTeamMembers(world.Crew.Id, address))).Error);
                Assert.Equal($"{address}: There is no account with this address in this organization.", refused.For("Addresses"));
            }
        });
    }

    [DatabaseTheory]
    public async Task Get_AMember_ReadsOnlyThePlacesThatTheyMayOpen(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var directory = world.Get<TeamDirectory>();

        Assert.Equal(["lab", "vision"], (await directory.GetAsync(world.As("owner"), world.Acme.Id, "CREW", new PageRequest(1, 25))).Value.Places.Select(place => place.Slug));
        Assert.Equal(["lab"], (await directory.GetAsync(world.As("member"), world.Acme.Id, "crew", new PageRequest(1, 25))).Value.Places.Select(place => place.Slug));
        var query = new TeamQuery("cRe", TeamSort.People, true, new PageRequest(1, 25));
        Assert.Equal((1, 1, 1), Counts((await directory.ListAsync(world.As("owner"), world.Acme.Id, query)).Value));
        Assert.Equal((1, 0, 1), Counts((await directory.ListAsync(world.As("member"), world.Acme.Id, query)).Value));
        Assert.Empty((await directory.ListAsync(world.As("owner"), world.Acme.Id, query with { Search = "strangers" })).Value.Page.Rows);

        static (int, int, int) Counts(TeamList list) => (list.Page.Rows.Single().People, list.Page.Rows.Single().Projects, list.Page.Rows.Single().Workspaces);
    }

    private static async Task<Guid> GrantAsync(TeamWorld world) =>
        (await world.Get<WorkspaceDirectory>().GetAsync(world.As("owner"), world.Acme.Id, "lab")).Value.Grants.Single().GrantId;
}
