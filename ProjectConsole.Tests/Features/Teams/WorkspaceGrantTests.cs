using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Teams;

/// <summary>Roles on workspaces, and moving projects between workspaces that give roles.</summary>
public sealed class WorkspaceGrantTests
{
    [DatabaseTheory]
    public async Task Add_PersonAndTeam_CountsInEveryProjectAndIsPreviewed(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (grants, now) = (world.Get<WorkspaceGrantsService>(), world.Database.Clock.UtcNow);
        var people = await world.Acme.TeamAsync("people", world["auditor"], world["keeper"]);

        var preview = (await grants.AddAsync(world.Previewing("owner"), world.Acme.Id, new NewWorkspaceGrant(world.Lab.Id, "Member@acme.test", "developer", now.AddDays(1)))).Value;
        var gain = preview.People.Single().Projects.Single();
        Assert.Equal(("speech", ProjectRole.Developer.Permissions), (gain.ProjectSlug, gain.Gains));
        Assert.True((await grants.AddAsync(world.As("owner"), world.Acme.Id, new NewWorkspaceGrant(world.Lab.Id, "member@acme.test", "developer", now.AddDays(1)))).Succeeded);
        Assert.True((await grants.AddAsync(world.As("owner"), world.Acme.Id, new NewWorkspaceGrant(world.Lab.Id, "PEOPLE", "manager"))).Succeeded);

        Assert.Equal(("Developer", "Manager", null), (await world.RoleAsync("member", world.Speech), await world.RoleAsync("keeper", world.Speech), await world.RoleAsync("member", world.Vision)));
        var rows = (await world.Get<WorkspaceDirectory>().GetAsync(world.As("admin"), world.Acme.Id, "lab")).Value.Grants;
        Assert.Equal([("crew", "Viewer", 1), ("people", "Manager", 2), ("member@acme.test", "Developer", 1)], rows.Select(row => (row.Name, row.RoleTitle, row.People)));
        Assert.All(rows, row => Assert.Null(row.Refusal));
        world.Database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await world.RoleAsync("member", world.Speech));
    }

    [DatabaseTheory]
    public async Task Add_WrongInput_SaysWhatIsWrong(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (grants, now) = (world.Get<WorkspaceGrantsService>(), world.Database.Clock.UtcNow);
        async Task<Error> RefusalAsync(string holder, string role = "viewer", DateTime? end = null) =>
            (await grants.AddAsync(world.As("owner"), world.Acme.Id, new NewWorkspaceGrant(world.Lab.Id, holder, role, end))).Error!;
        await world.Acme.GrantAsync(world.Lab, world["member"], ProjectRole.Viewer);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.Equal("Email address or Team ID is required.", Assert.IsType<Invalid>(await RefusalAsync(" ")).For("Holder"));
            Assert.Equal("There is no team crows in this organization.", Assert.IsType<Invalid>(await RefusalAsync("crows")).For("Holder"));
            Assert.NotNull(Assert.IsType<Invalid>(await RefusalAsync("cara@acme.test", "king")).For("Role"));
            Assert.NotNull(Assert.IsType<Invalid>(await RefusalAsync("keeper@acme.test", end: now)).For("ExpiresUtc"));
            Assert.IsType<NoAccountHere>(await RefusalAsync("stranger@elsewhere.test"));
            Assert.IsType<NoAccountHere>(await RefusalAsync("nobody@nowhere.test"));
            Assert.Equal(new AdminAlready("admin@acme.test", "Admin"), await RefusalAsync("admin@acme.test"));
            Assert.Equal(new WorkspaceGrantAlready("crew", "Viewer"), await RefusalAsync("crew"));
            Assert.Equal(new WorkspaceGrantAlready("member@acme.test", "Viewer"), await RefusalAsync("member@acme.test", "admin"));
            Assert.Equal(new InThroughTeam("cara@acme.test", "crew"), await RefusalAsync("cara@acme.test"));
        });
    }

    [DatabaseTheory]
    public async Task Add_PersonOfATeam_WhereTheOrganizationAllowsIt_IsDone(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind, settings => settings with { AllowsGrantsBesideTeams = true });

        Assert.True((await world.Get<WorkspaceGrantsService>().AddAsync(world.As("owner"), world.Acme.Id, new NewWorkspaceGrant(world.Lab.Id, "cara@acme.test", "admin"))).Succeeded);
        Assert.Equal("Admin", await world.RoleAsync("cara", world.Speech));
    }

    [DatabaseTheory]
    public async Task Add_TeamWhoseGrantEnded_LetsItsPeopleIn_AndTheEndedRowIsGivenAnew(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (grants, now) = (world.Get<WorkspaceGrantsService>(), world.Database.Clock.UtcNow);
        await world.Database.ChangeAsync<Grant>(
            grant => grant.ChangeExpiry(now.AddMinutes(-1), world.Acme.Owner.Id, "", now), await GrantIdAsync(world, world.Crew.Id));

        Assert.True((await grants.AddAsync(world.As("owner"), world.Acme.Id, new NewWorkspaceGrant(world.Lab.Id, "cara@acme.test", "viewer"))).Succeeded);
        Assert.True((await grants.AddAsync(world.As("owner"), world.Acme.Id, new NewWorkspaceGrant(world.Lab.Id, "crew", "manager"))).Succeeded);

        Assert.Equal("Manager", await world.RoleAsync("cara", world.Speech));
        Assert.Equal(1, await world.Database.ReadAsync(db => db.Grants.CountAsync(grant => grant.PrincipalId == world.Crew.Id && grant.WorkspaceId == world.Lab.Id)));
    }

    [DatabaseTheory]
    public async Task Add_HolderOfACustomRoleOverEveryProject_IsAdminAlready_UnlessTheCeilingSaysNo(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var everything = await CustomRoleAsync(world, "Everywhere", PermissionCatalogue.Project);
        var capped = await CustomRoleAsync(world, "Looking", ProjectRole.Viewer.Permissions);
        await world.Acme.MemberAsync("high", everything.ToRole());
        await world.Acme.MemberAsync("low", capped.ToRole());
        Task<Result<AccessChange>> AddAsync(string email) =>
            world.Get<WorkspaceGrantsService>().AddAsync(world.As("owner"), world.Acme.Id, new NewWorkspaceGrant(world.Lab.Id, email, "viewer"));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.Equal(new AdminAlready("high@acme.test", "Everywhere"), (await AddAsync("high@acme.test")).Error));
        Assert.True((await AddAsync("low@acme.test")).Succeeded);
    }

    [DatabaseTheory]
    public async Task Restriction_OnAWorkspace_TakesInEveryProject_AndIsOneOfTheOrganization(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (grants, id) = (world.Get<WorkspaceGrantsService>(), world.Acme.Id);
        var (ours, ofProject, theirs) = (Restriction(id, null), Restriction(id, world.Speech.Id), Restriction(world.Globex.Id, null));
        await world.Database.AddAsync(ours, ofProject, theirs);
        var typed = new NewWorkspaceGrant(world.Lab.Id, "member@acme.test", "developer");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var wrong in new[] { ofProject.Id, theirs.Id, Guid.NewGuid() })
            {
                Assert.NotNull(Assert.IsType<Invalid>((await grants.AddAsync(world.As("owner"), id, typed with { RestrictionId = wrong })).Error).For("RestrictionId"));
            }
        });
        Assert.Equal([ours.Id], (await world.Get<RestrictionOptions>().ListForWorkspacesAsync(world.As("keeper"), id)).Value.Select(option => option.Id));
        Assert.IsType<Forbidden>((await world.Get<RestrictionOptions>().ListForWorkspacesAsync(world.As("member"), id)).Error);
        Assert.IsType<NotFound>((await world.Get<RestrictionOptions>().ListForWorkspacesAsync(world.As("neighbour"), id)).Error);

        Assert.True((await grants.AddAsync(world.As("owner"), id, typed with { RestrictionId = ours.Id })).Succeeded);
        var denied = RestrictionRules.Parse("deny clusters.*").Denied;
        Assert.Equal(ProjectRole.Developer.Permissions - denied, await world.HeldAsync("member", world.Speech));

        var row = (await world.Get<WorkspaceDirectory>().GetAsync(world.As("admin"), id, "lab")).Value.Grants.Single(each => each.Name == "member@acme.test");
        Assert.Equal(ours.Id, row.RestrictionId);
        // Whoever holds no more than that can keep it on, and not take it off.
        await world.Database.AddAsync(Grant.OnWorkspace(id, world.Lab.Id, world["keeper"].Id, ProjectRole.Developer, world.Acme.Owner.Id, "", world.Database.Clock.UtcNow).With(null, ours.Id));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<ExceedsOwn>(
            (await grants.ChangeAsync(world.As("keeper"), id, new WorkspaceGrantChange(world.Lab.Id, row.GrantId, "developer"))).Error));
        Assert.True((await grants.ChangeAsync(world.As("keeper"), id, new WorkspaceGrantChange(world.Lab.Id, row.GrantId, "viewer") { RestrictionId = ours.Id })).Succeeded);
        Assert.True((await grants.ChangeAsync(world.As("owner"), id, new WorkspaceGrantChange(world.Lab.Id, row.GrantId, "developer"))).Succeeded);
        Assert.Equal(ProjectRole.Developer.Permissions, await world.HeldAsync("member", world.Speech));
    }

    [DatabaseTheory]
    public async Task Give_KeeperWithAGrantOnTheWorkspace_GivesNoMoreAndNoLonger(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (grants, id, now) = (world.Get<WorkspaceGrantsService>(), world.Acme.Id, world.Database.Clock.UtcNow);
        var own = await world.Acme.GrantAsync(world.Lab, world["keeper"], ProjectRole.Developer, now.AddDays(3));
        var crew = await GrantIdAsync(world, world.Crew.Id);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<ExceedsOwn>((await grants.AddAsync(world.As("keeper"), id, new NewWorkspaceGrant(world.Lab.Id, "member@acme.test", "manager", now.AddDays(1)))).Error);
            Assert.Equal(new OutlivesOwn(now.AddDays(3)), (await grants.AddAsync(world.As("keeper"), id, new NewWorkspaceGrant(world.Lab.Id, "member@acme.test", "viewer"))).Error);
            Assert.Equal(new OutlivesOwn(now.AddDays(3)), (await grants.ChangeAsync(world.As("keeper"), id, new WorkspaceGrantChange(world.Lab.Id, crew, "developer"))).Error);
            Assert.IsType<OwnWorkspaceExpiry>((await grants.ChangeAsync(world.As("keeper"), id, new WorkspaceGrantChange(world.Lab.Id, own.Id, "viewer", now.AddDays(4)))).Error);
            // Another workspace is another place.
            Assert.IsType<ExceedsOwn>((await grants.AddAsync(world.As("keeper"), id, new NewWorkspaceGrant(world.Acme.Workspace.Id, "member@acme.test", "viewer", now.AddDays(1)))).Error);
        });
        Assert.True((await grants.AddAsync(world.As("keeper"), id, new NewWorkspaceGrant(world.Lab.Id, "member@acme.test", "developer", now.AddDays(3)))).Succeeded);
        Assert.True((await grants.ChangeAsync(world.As("keeper"), id, new WorkspaceGrantChange(world.Lab.Id, own.Id, "viewer", now.AddDays(2)))).Succeeded);
        // Lowered by themselves, they may no longer touch what they gave, and may still go.
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<ExceedsOwn>(
            (await grants.RemoveAsync(world.As("keeper"), id, new WorkspaceGrantRemoval(world.Lab.Id, await GrantIdAsync(world, world["member"].Id)))).Error));
        Assert.NotNull((await world.Get<WorkspaceDirectory>().GetAsync(world.As("keeper"), id, "lab")).Value.Grants.Single(row => row.Name == "member@acme.test").Refusal);
        Assert.True((await grants.RemoveAsync(world.As("keeper"), id, new WorkspaceGrantRemoval(world.Lab.Id, own.Id))).Succeeded);
    }

    [DatabaseTheory]
    public async Task ChangeAndRemove_Team_PreviewsWhomItReaches(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (grants, id, crew) = (world.Get<WorkspaceGrantsService>(), world.Acme.Id, await GrantIdAsync(world, world.Crew.Id));
        var version = await world.Database.ReadAsync(db => db.Grants.Where(grant => grant.Id == crew).Select(grant => grant.Version).SingleAsync());
        var change = new WorkspaceGrantChange(world.Lab.Id, crew, "manager", Version: version);

        AccessChange preview = null!;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => preview = (await grants.ChangeAsync(world.Previewing("admin"), id, change)).Value);
        Assert.Equal(("cara@acme.test", ProjectRole.Manager.Permissions - ProjectRole.Viewer.Permissions), (preview.People.Single().Email, preview.People.Single().Projects.Single().Gains));
        Assert.True((await grants.ChangeAsync(world.As("admin"), id, change)).Succeeded);
        Assert.Equal("Manager", await world.RoleAsync("cara", world.Speech));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<Stale>((await grants.ChangeAsync(world.As("admin"), id, change)).Error));

        preview = (await grants.RemoveAsync(world.Previewing("admin"), id, new WorkspaceGrantRemoval(world.Lab.Id, crew))).Value;
        Assert.Equal(ProjectRole.Manager.Permissions, preview.People.Single().Projects.Single().Loses);
        Assert.True((await grants.RemoveAsync(world.As("admin"), id, new WorkspaceGrantRemoval(world.Lab.Id, crew))).Succeeded);
        Assert.Null(await world.RoleAsync("cara", world.Speech));
        Assert.Equal(
            ["workspace.grant.changed", "workspace.grant.removed"],
            await world.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.ObjectId == world.Crew.Id).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync()));
    }

    [DatabaseTheory]
    public async Task Move_BetweenWorkspacesWithTeams_PreviewsBothSidesAndIsWhatHappens(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (workspaces, plant) = (world.Get<WorkspacesService>(), await world.Acme.WorkspaceAsync("plant"));
        await world.Acme.GrantAsync(plant, await world.Acme.TeamAsync("fitters", world["member"]), ProjectRole.Contributor);

        var preview = (await workspaces.MoveAsync(world.Previewing("owner"), world.Acme.Id, world.Speech.Id, plant.Id)).Value;
        Assert.Equal(["cara@acme.test", "member@acme.test"], preview.People.Select(person => person.Email));
        Assert.All(preview.People, person => Assert.Equal("speech", Assert.Single(person.Projects).ProjectSlug));
        Assert.Equal((ProjectRole.Viewer.Permissions, ProjectRole.Contributor.Permissions), (preview.People[0].Projects[0].Loses, preview.People[1].Projects[0].Gains));

        Assert.True((await workspaces.MoveAsync(world.As("owner"), world.Acme.Id, world.Speech.Id, plant.Id)).Succeeded);
        Assert.Equal((null, "Contributor"), (await world.RoleAsync("cara", world.Speech), await world.RoleAsync("member", world.Speech)));
    }

    [DatabaseTheory]
    public async Task Move_ByTheKeeper_NeverGivesMoreThanTheyHoldInTheProject(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (workspaces, id) = (world.Get<WorkspacesService>(), world.Acme.Id);
        await world.Acme.GrantAsync(world.Lab, world["keeper"], ProjectRole.Admin);

        // Whoever is Admin of a workspace would be Admin of whatever they move into it.
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<NotFound>((await workspaces.MoveAsync(world.As("keeper"), id, world.Vision.Id, world.Lab.Id)).Error));
        await world.Acme.GrantAsync(world.Vision, world["keeper"], ProjectRole.Viewer);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<ExceedsOwn>((await workspaces.MoveAsync(world.As("keeper"), id, world.Vision.Id, world.Lab.Id)).Error));
        Assert.True((await workspaces.MoveAsync(world.As("keeper"), id, world.Speech.Id, world.Acme.Workspace.Id)).Succeeded);
    }

    private static Task<Guid> GrantIdAsync(TeamWorld world, Guid principalId) =>
        world.Database.ReadAsync(db => db.Grants.Where(grant => grant.PrincipalId == principalId && grant.WorkspaceId == world.Lab.Id).Select(grant => grant.Id).SingleAsync());

    private static Restriction Restriction(Guid organizationId, Guid? projectId)
    {
        var restriction = new Restriction(organizationId, projectId, DateTime.UnixEpoch);
        restriction.Change("no-clusters", "", RestrictionRules.Parse("deny clusters.*"));
        return restriction;
    }

    private static async Task<CustomOrganizationRole> CustomRoleAsync(TeamWorld world, string name, PermissionSet ceiling)
    {
        var role = new CustomOrganizationRole(world.Acme.Id, world.Database.Clock.UtcNow);
        role.Change(name, "", PermissionSet.Of(PermissionCatalogue.Get("organization.view")), ProjectRole.Admin, ceiling);
        await world.Database.AddAsync(role);
        return role;
    }
}
