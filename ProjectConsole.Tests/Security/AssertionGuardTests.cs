using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

/// <summary>A change that would break an assertion is refused, by whichever path it gives the permission.</summary>
public sealed class AssertionGuardTests
{
    private static readonly Permission ViewSecrets = PermissionCatalogue.Get("secrets.view");

    [DatabaseTheory]
    public async Task Nobody_EveryPathThatGivesIt_IsRefusedAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.AssertAsync(AssertionForm.Nobody, world.Vision);
        await world.RefusedAsync("Nobody may hold “View secrets” in vision.", Paths(world));
    }

    [DatabaseTheory]
    public async Task Nobody_OfAnotherProjectOrAnotherPermission_RefusesNothing(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.AssertAsync(AssertionForm.Nobody, world.Other);
        await world.Database.AddAsync(new Assertion(world.Acme.Id, world.Vision.Id, AssertionForm.Nobody, Permissions.CollaboratorsManageAdmins, "", world.Now));
        // The other paths of that list reach the other project too.
        foreach (var path in Paths(world).Take(2))
        {
            Assert.True((await path(Actors.Previewing(world.Acme.Owner))).Succeeded);
        }
    }

    [DatabaseTheory]
    public async Task Nobody_InAnyProject_SpeaksOfEachOne(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.Database.AddAsync(new Assertion(world.Acme.Id, null, AssertionForm.Nobody, Permissions.ProjectDelete, "", world.Now));
        var refused = await world.GrantAsync(Actors.Of(world.Acme.Owner), world.Ann.Id, ProjectRole.Admin);
        Assert.Equal(["ann@acme.test"], Assert.IsType<AssertionBroken>(refused.Error).People);
        Assert.True((await world.GrantAsync(Actors.Of(world.Acme.Owner), world.Ann.Id, ProjectRole.Manager)).Succeeded);
    }

    [DatabaseTheory]
    public async Task OnlyTeam_LetsTheTeamIn_AndNobodyBesideIt(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.AssertAsync(AssertionForm.Only, world.Vision, assertion => assertion.OnlyTeam(world.Team.Id));
        Assert.IsType<AssertionBroken>((await world.GrantAsync(Actors.Of(world.Acme.Owner), world.Ann.Id, ProjectRole.Viewer)).Error);
        Assert.True((await world.GrantAsync(Actors.Of(world.Acme.Owner), world.Team.Id, ProjectRole.Viewer)).Succeeded);
        // One path of the team suffices, whatever others there are.
        Assert.True((await world.GrantAsync(Actors.Of(world.Acme.Owner), world.Inside.Id, ProjectRole.Viewer)).Succeeded);
    }

    // An empty list of those who may is nobody, never everybody.
    [DatabaseTheory]
    public async Task OnlyTeam_WithNobodyInIt_LetsNobodyIn_NotEvenWhoeverSetsItUp(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var empty = await world.Acme.TeamAsync("empty");
        await world.AssertAsync(AssertionForm.Only, world.Vision, assertion => assertion.OnlyTeam(empty.Id));
        foreach (var principal in new[] { world.Ann.Id, world.Inside.Id, world.Team.Id, world.Acme.Owner.Id })
        {
            await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
                Assert.IsType<AssertionBroken>((await world.GrantAsync(Actors.Of(world.Acme.Owner), principal, ProjectRole.Viewer)).Error));
        }
    }

    [DatabaseTheory]
    public async Task OnlyTeam_LeavingTheTeamWithAPathOfOnesOwn_IsRefused(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.AssertAsync(AssertionForm.Only, world.Vision, assertion => assertion.OnlyTeam(world.Team.Id));
        await world.Database.AddAsync(Grant.OnProject(world.Acme.Id, world.Vision.Id, world.Team.Id, ProjectRole.Viewer, Guid.Empty, "", world.Now));
        await world.Acme.GrantAsync(world.Vision, world.Inside, ProjectRole.Viewer);
        var refused = await world.WriteAsync(Actors.Of(world.Acme.Owner), async command =>
        {
            await command.AffectsAsync([world.Inside.Id], default);
            command.Db.Remove(await command.Db.Principals.SingleAsync(row => row.Id == world.Team.Id && row.UserId == world.Inside.Id));
        });
        Assert.IsType<AssertionBroken>(refused.Error);
    }

    [DatabaseTheory]
    public async Task OnlyRole_LetsThatRoleThrough_AndNoOther(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.AssertAsync(AssertionForm.Only, world.Vision, assertion => assertion.OnlyRole(ProjectRole.Manager.Key));
        Assert.IsType<AssertionBroken>((await world.GrantAsync(Actors.Of(world.Acme.Owner), world.Ann.Id, ProjectRole.Developer)).Error);
        Assert.True((await world.GrantAsync(Actors.Of(world.Acme.Owner), world.Ann.Id, ProjectRole.Manager)).Succeeded);
    }

    [DatabaseTheory]
    public async Task NotExternal_RefusesPeopleOutsideAlone_AndAMemberWhoFallsOut(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var zoe = await Given.UserAsync(world.Database, "zoe@partner.test");
        await world.AssertAsync(AssertionForm.NotExternal, null);
        Assert.True((await world.GrantAsync(Actors.Of(world.Acme.Owner), world.Ann.Id, ProjectRole.Viewer)).Succeeded);
        var refused = await world.GrantAsync(Actors.Of(world.Acme.Owner), zoe.Id, ProjectRole.Viewer);
        Assert.StartsWith(
            "An assertion of the organization forbids this: \"External collaborators never hold “View secrets” in any project.\" It would not hold for zoe@partner.test",
            refused.Error!.Message, StringComparison.Ordinal);
        var fallen = await world.WriteAsync(Actors.Of(world.Acme.Owner), async command =>
        {
            await command.AffectsAsync([world.Ann.Id], default);
            command.Db.Remove(await command.Db.Members.SingleAsync(member => member.UserId == world.Ann.Id));
        });
        Assert.IsType<AssertionBroken>(fallen.Error);
    }

    [DatabaseTheory]
    public async Task WrittenLater_WhoBreaksItKeepsThatAndMayLoseIt_AndNobodyElseJoins(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.Acme.GrantAsync(world.Vision, world.Ann, ProjectRole.Developer);
        await world.AssertAsync(AssertionForm.Nobody, world.Vision);
        var change = await world.WriteAsync(Actors.Of(world.Acme.Owner), async command =>
        {
            await command.AffectsAsync([world.Ann.Id], default);
            (await command.Db.Grants.SingleAsync(grant => grant.PrincipalId == world.Ann.Id)).ChangeRole(ProjectRole.Viewer, Guid.Empty, "", world.Now);
        });
        Assert.True(change.Succeeded);
        Assert.IsType<AssertionBroken>((await world.GrantAsync(Actors.Of(world.Acme.Owner), world.Inside.Id, ProjectRole.Viewer)).Error);
    }

    [DatabaseTheory]
    public async Task OwnersAndAdmins_StandAboveByTheirRole_AndNotByAGrant(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.AssertAsync(AssertionForm.Nobody, world.Vision);
        foreach (var role in new[] { OrganizationRole.Owner, OrganizationRole.Admin })
        {
            Assert.True((await world.RoleAsync(Actors.Previewing(world.Acme.Owner), role)).Succeeded);
        }

        Assert.IsType<AssertionBroken>((await world.RoleAsync(Actors.Of(world.Acme.Owner), OrganizationRole.Auditor)).Error);
        Assert.True((await world.RoleAsync(Actors.Of(world.Acme.Owner), OrganizationRole.Admin)).Succeeded);
        Assert.IsType<AssertionBroken>((await world.GrantAsync(Actors.Of(world.Acme.Owner), world.Ann.Id, ProjectRole.Viewer)).Error);
    }

    [DatabaseTheory]
    public async Task RestrictionOrCeilingThatTakesIt_LetsTheGrantThrough_AndLiftingItIsRefused(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.AssertAsync(AssertionForm.Nobody, world.Vision);
        var restriction = new Restriction(world.Acme.Id, world.Vision.Id, world.Now);
        restriction.Change("no-secrets", "", RestrictionRules.Of([new(false, "secrets.*")]));
        await world.Database.AddAsync(restriction);
        Assert.True((await world.GrantAsync(Actors.Of(world.Acme.Owner), world.Ann.Id, ProjectRole.Viewer, restriction.Id)).Succeeded);
        var edited = await world.WriteAsync(Actors.Of(world.Acme.Owner), async command =>
        {
            await command.AffectsAsync(command.Db.Grants.Where(grant => grant.RestrictionId == restriction.Id), default);
            (await command.Db.Restrictions.SingleAsync(row => row.Id == restriction.Id)).Change("no-secrets", "", RestrictionRules.Of([new(false, "clusters.*")]));
        });
        Assert.Equal(["ann@acme.test"], Assert.IsType<AssertionBroken>(edited.Error).People);
    }

    [DatabaseTheory]
    public async Task RestrictionTakenOffItsGrants_GivesBackWhatIsAsserted_AndIsRefused(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.AssertAsync(AssertionForm.Nobody, null);
        var restriction = new Restriction(world.Acme.Id, world.Vision.Id, world.Now);
        restriction.Change("no-secrets", "", RestrictionRules.Of([new(false, "secrets.*")]));
        await world.Database.AddAsync(restriction);
        Assert.True((await world.GrantAsync(Actors.Of(world.Acme.Owner), world.Ann.Id, ProjectRole.Viewer, restriction.Id)).Succeeded);
        // What is reached cannot be named by the restriction afterwards.
        var taken = await world.WriteAsync(Actors.Of(world.Acme.Owner), async command =>
        {
            var grants = command.Db.Grants.Where(grant => grant.RestrictionId == restriction.Id);
            await command.AffectsAsync(grants, default);
            (await grants.SingleAsync()).Restrict(null, Guid.Empty, "", world.Now);
        });
        Assert.Equal(["ann@acme.test"], Assert.IsType<AssertionBroken>(taken.Error).People);
    }

    [DatabaseTheory]
    public async Task OnlyTeam_DeletedTeam_LeavesNobodyWithTheRestOfTheirPaths(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.AssertAsync(AssertionForm.Only, null, assertion => assertion.OnlyTeam(world.Team.Id));
        await world.Database.AddAsync(Grant.OnProject(world.Acme.Id, world.Vision.Id, world.Team.Id, ProjectRole.Viewer, Guid.Empty, "", world.Now));
        await world.Acme.GrantAsync(world.Vision, world.Inside, ProjectRole.Viewer);
        var refused = await world.WriteAsync(Actors.Of(world.Acme.Owner), async command =>
        {
            var grants = command.Db.Grants.Where(grant => grant.PrincipalId == world.Team.Id);
            await command.AffectsAsync(grants, default);
            command.Db.RemoveRange(await grants.ToListAsync());
        });
        Assert.Equal(["inside@acme.test"], Assert.IsType<AssertionBroken>(refused.Error).People);
    }

    // Each gives the permission to somebody in the project by a path of its own.
    private static Func<Actor, Task<Result<AccessChange>>>[] Paths(World world) =>
    [
        actor => world.GrantAsync(actor, world.Ann.Id, ProjectRole.Viewer),
        actor => world.GrantAsync(actor, world.Team.Id, ProjectRole.Viewer),
        actor => world.RoleAsync(actor, OrganizationRole.Auditor),
        // A team grows.
        actor => world.WriteAsync(actor, async command =>
        {
            await command.AffectsAsync([world.Ann.Id], command.Db.Projects.Where(project => project.Id == world.Vision.Id), default);
            command.Db.Add(Principal.OfTeam(world.Narrow.Id, world.Ann.Id, world.Now));
            command.Db.Add(Principal.OfTeam(world.Broad.Id, world.Ann.Id, world.Now));
        }),
        // A workspace grants.
        actor => world.WriteAsync(actor, async command =>
        {
            await command.AffectsAsync([world.Ann.Id], command.Db.Projects.Where(project => project.WorkspaceId == world.Acme.Workspace.Id), default);
            command.Db.Add(Grant.OnWorkspace(world.Acme.Id, world.Acme.Workspace.Id, world.Ann.Id, ProjectRole.Viewer, Guid.Empty, "", world.Now));
        }),
        // The project moves to where a grant waits.
        actor => world.WriteAsync(actor, async command =>
        {
            await command.AffectsAsync([world.Inside.Id], default);
            (await command.Db.Projects.SingleAsync(project => project.Id == world.Vision.Id)).MoveTo(world.Elsewhere);
        }),
        // A custom role gains it.
        actor => world.WriteAsync(actor, async command =>
        {
            await command.AffectsAsync(command.Db.Grants.Where(grant => grant.RoleKey == world.Role.Key), default);
            (await command.Db.ProjectRoles.SingleAsync(role => role.Id == world.Role.Id)).Change("Runs", "", PermissionCatalogue.WithIncluded(ViewSecrets));
        }),
    ];

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Vision, Project Other, User Ann, User Inside, CustomProjectRole Role) : IAsyncDisposable
    {
        private static readonly string[] TeamNames = ["core", "narrow", "broad"];

        public Team Team { get; private init; } = null!;

        // Its grant gives the custom role, which lacks the permission.
        public Team Narrow { get; private init; } = null!;

        // Its grant gives Viewer, and nobody is in it yet.
        public Team Broad { get; private init; } = null!;

        // A workspace that grants Inside the role Viewer.
        public Guid Elsewhere { get; private init; }

        public DateTime Now => Database.Clock.UtcNow;

        public static async Task<World> CreateAsync(DatabaseKind kind)
        {
            var database = await TestDatabase.CreateAsync(kind);
            var acme = await Given.OrganizationAsync(database);
            var (ann, inside, now) = (await acme.MemberAsync("ann"), await acme.MemberAsync("inside"), database.Clock.UtcNow);
            var (vision, other) = (await WithoutAdminsAsync(acme, "vision"), await WithoutAdminsAsync(acme, "other"));
            var role = new CustomProjectRole(acme.Id, null, "viewer", now);
            role.Change("Runs", "", PermissionCatalogue.WithIncluded(PermissionCatalogue.Get("runs.view")));
            var teams = ((string[])["core", "narrow", "broad"]).Select(name => new Team(acme.Id, name, name, "", now)).ToArray();
            await database.AddAsync([role, .. teams]);
            await database.AddAsync(Principal.OfTeam(teams[0].Id, inside.Id, now), Principal.OfTeam(teams[1].Id, inside.Id, now));
            await database.AddAsync(
                Grant.OnProject(acme.Id, vision.Id, teams[1].Id, role.ToRole(), Guid.Empty, "", now),
                Grant.OnProject(acme.Id, vision.Id, teams[2].Id, ProjectRole.Viewer, Guid.Empty, "", now));
            var elsewhere = await acme.WorkspaceAsync("elsewhere");
            await acme.GrantAsync(elsewhere, inside, ProjectRole.Viewer);
            return new World(database, acme, vision, other, ann, inside, role) { Team = teams[0], Narrow = teams[1], Broad = teams[2], Elsewhere = elsewhere.Id };
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        public Task AssertAsync(AssertionForm form, Project? project, Func<Assertion, Assertion>? only = null)
        {
            var assertion = new Assertion(Acme.Id, project?.Id, form, ViewSecrets, "owner@acme.test", Now);
            return Database.AddAsync(only is null ? assertion : only(assertion));
        }

        public Task<Result<AccessChange>> WriteAsync(Actor actor, Func<Command, Task> body) => Database.Get<ConsoleWriter>().WriteAccessAsync(
            actor, CommandTarget.InOrganization(Acme.Id, Permissions.OrganizationUpdate, AuditActions.OrganizationChanged, CommandLock.Access), async command =>
            {
                await body(command);
                return Result.Ok;
            });

        public Task<Result<AccessChange>> GrantAsync(Actor actor, Guid principalId, ProjectRole role, Guid? restrictionId = null) => WriteAsync(actor, async command =>
        {
            var people = await command.Db.Principals.Where(row => row.Id == principalId).Select(row => row.UserId).ToListAsync();
            await command.AffectsAsync(people, command.Db.Projects.Where(project => project.Id == Vision.Id), default);
            command.Db.Add(Grant.OnProject(Acme.Id, Vision.Id, principalId, role, Guid.Empty, "", Now).With(null, restrictionId));
        });

        public Task<Result<AccessChange>> RoleAsync(Actor actor, OrganizationRole role) => WriteAsync(actor, async command =>
        {
            await command.AffectsAsync([Ann.Id], default);
            (await command.Db.Members.SingleAsync(member => member.UserId == Ann.Id)).ChangeRole(role);
        });

        public async Task RefusedAsync(string sentence, IEnumerable<Func<Actor, Task<Result<AccessChange>>>> paths)
        {
            foreach (var (path, index) in paths.Select((path, index) => (path, index)))
            {
                await Unchanged.AssertNothingWrittenAsync(Database, async () =>
                {
                    var result = await path(Actors.Of(Acme.Owner));
                    Assert.True(result.Error is AssertionBroken broken && broken.Sentence == sentence, $"path {index}: {result.Error?.Message ?? "went through"}");
                });
            }
        }

        // Without Admins of its own, so that assertions speak of nobody yet.
        private static async Task<Project> WithoutAdminsAsync(GivenOrganization acme, string slug)
        {
            var project = await acme.ProjectAsync(slug);
            await acme.Database.ReadAsync(db => db.Grants.Where(grant => grant.ProjectId == project.Id).ExecuteDeleteAsync());
            return project;
        }
    }
}
