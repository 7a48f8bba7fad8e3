using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Projects;
using ProjectConsole.Features.Roles;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

/// <summary>Whom assertions judge: those whom a change touches, nobody else, and those too who come back with something.</summary>
public sealed class AssertionReachTests
{
    private static readonly Permission ViewSecrets = PermissionCatalogue.Get("secrets.view");

    [DatabaseTheory]
    public async Task GrantToOne_WhereVeryManyHoldIt_ReadsAsMuchAsWhereFewDo(DatabaseKind kind)
    {
        var few = await CostAsync(kind, 3, AddOneAsync);
        Assert.Equal(few, await CostAsync(kind, 60, AddOneAsync));

        static Task<Error?> AddOneAsync(World world) => world.AddAsync(world.Ann, ProjectRole.Developer);
    }

    [DatabaseTheory]
    [InlineData(AssertionForm.NotExternal)]
    [InlineData(AssertionForm.Only)]
    public async Task ChangeOfAllThatATeamHolds_WhereTheFormLetsThemThrough_ReadsNoneOfThem(DatabaseKind kind, AssertionForm form)
    {
        var few = await CostAsync(kind, 3, PromoteAsync, form);
        Assert.Equal(few, await CostAsync(kind, 60, PromoteAsync, form));

        // By a command that reads nobody itself, in a team whose people have nothing else.
        static async Task<Error?> PromoteAsync(World world) => (await world.WriteAsync(async command =>
        {
            var grants = command.Db.Grants.Where(grant => grant.PrincipalId == world.Team.Id && grant.ProjectId == world.Other.Id);
            await command.AffectsAsync(grants, default);
            (await grants.SingleAsync()).ChangeRole(ProjectRole.Developer, Guid.Empty, "", world.Now);
        })).Error;
    }

    [DatabaseTheory]
    public async Task SeveralAtOnce_EachIsJudgedOnce(DatabaseKind kind)
    {
        var (few, many) = (await CostAsync(kind, 3, world => ExpireAsync(world, 2)), await CostAsync(kind, 60, world => ExpireAsync(world, 20)));
        // In a straight line: what was judged is not judged again with each that follows.
        Assert.InRange(many.Statements, 1, few.Statements * 10);

        static async Task<Error?> ExpireAsync(World world, int count)
        {
            var people = await world.Database.ReadAsync(db => db.Grants.Where(grant => grant.ProjectId == world.Vision.Id && grant.RoleKey == "viewer" && grant.PrincipalId != world.Team.Id)
                .Select(grant => grant.PrincipalId).Take(count).ToListAsync());
            return (await world.Database.Get<BulkService>().ChangeAsync(
                world.Owner, world.Acme.Scope(world.Vision), new BulkChange(people, new BulkAct.Expiry(world.Now.AddDays(1)), IsAllOrNothing: true))).Error;
        }
    }

    [DatabaseTheory]
    public async Task MoreThanOneChangeIsJudgedFor_IsRefusedWithASentence(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, 101);
        var restriction = new Restriction(world.Acme.Id, null, world.Now);
        restriction.Change("no-secrets", "", RestrictionRules.Of([new(false, "secrets.*")]));
        await world.Database.AddAsync(restriction, new Assertion(world.Acme.Id, null, AssertionForm.Nobody, ViewSecrets, "", world.Now));
        var workspace = await world.Acme.WorkspaceAsync("many");
        await world.Database.AddAsync([.. Enumerable.Range(0, 101).Select(number =>
            (object)new Project(world.Acme.Id, workspace.Id, $"p{number}", ProjectDetails.Named($"p{number}"), world.Acme.Owner.Id, world.Now))]);
        var grant = Grant.OnWorkspace(world.Acme.Id, workspace.Id, world.Team.Id, ProjectRole.Viewer, Guid.Empty, "", world.Now).With(null, restriction.Id);
        await world.Database.AddAsync(grant);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            "Assertions of the organization speak of what more than 10,000 people hold here, too many to check in one change. Change fewer at once.",
            Assert.IsType<TooManyToJudge>((await world.Database.Get<WorkspaceGrantsService>().ChangeAsync(
                world.Owner, world.Acme.Id, new WorkspaceGrantChange(workspace.Id, grant.Id, "contributor") { RestrictionId = restriction.Id })).Error).Message));
    }

    [DatabaseTheory]
    public async Task ProjectRestored_WithWhoeverBrokeItAlready_ComesBackAsItWas(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, 1);
        await world.Acme.GrantAsync(world.Vision, world.Ann, ProjectRole.Admin);
        var (life, scope) = (world.Database.Get<ProjectLifeService>(), world.Acme.Scope(world.Vision));
        // Over people who hold it there and elsewhere: they keep it.
        await world.Database.AddAsync(new Assertion(world.Acme.Id, null, AssertionForm.Nobody, ViewSecrets, "", world.Now));
        Assert.True((await life.DeleteAsync(world.Owner, scope, "vision")).Succeeded);
        // And one written while nobody can take it from them.
        await world.Database.AddAsync(new Assertion(world.Acme.Id, world.Vision.Id, AssertionForm.Nobody, Permissions.ProjectDelete, "", world.Now));

        Assert.False((await life.RestoreAsync(world.Owner, scope)).Value.BecameAdmin);

        Assert.Contains(ViewSecrets, (await world.Database.Get<AccessControl>().InProjectAsync(Actors.Of(world.Ann), scope))!.Access.Held);
        Assert.IsType<AssertionBroken>(await world.AddAsync(await world.Acme.MemberAsync("bob"), ProjectRole.Viewer));
    }

    [DatabaseTheory]
    public async Task ProjectRestored_MakingAnAdminAgainstAnAssertion_IsRefusedWithItsSentence(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, 1);
        var (life, scope) = (world.Database.Get<ProjectLifeService>(), world.Acme.Scope(world.Vision));
        Assert.True((await life.DeleteAsync(world.Owner, scope, "vision")).Succeeded);
        await world.Database.AddAsync(new Assertion(world.Acme.Id, null, AssertionForm.Nobody, ViewSecrets, "", world.Now));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var broken = Assert.IsType<AssertionBroken>((await life.RestoreAsync(world.Owner, scope)).Error);
            Assert.Equal(("Nobody may hold “View secrets” in any project.", "owner@acme.test"), (broken.Sentence, Assert.Single(broken.People)));
        });
    }

    [DatabaseTheory]
    public async Task ChangeOfWhatIsHeldInADeletedProject_IsJudgedWhenItIsMade_AndSaysWhere(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, 1);
        await world.Database.AddAsync(new Assertion(world.Acme.Id, null, AssertionForm.NotExternal, ViewSecrets, "", world.Now));
        var (life, roles, scope) = (world.Database.Get<ProjectLifeService>(), world.Database.Get<RolesService>(), world.Acme.Scope(world.Vision));
        var zoe = await Given.UserAsync(world.Database, "zoe@partner.test");
        var guest = new RoleDraft("guest", "", "viewer", ["runs.view"]);
        var key = (await roles.CreateAsync(world.Owner, RoleOwner.Of(world.Acme.Id), guest)).Value;
        Assert.True((await world.Database.Get<CollaboratorsService>().AddAsync(world.Owner, scope, new NewCollaborator(zoe.Email!, key, IsExternal: true))).Succeeded);
        Assert.True((await life.DeleteAsync(world.Owner, scope, "vision")).Succeeded);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.EndsWith(
            "It would not hold for zoe@partner.test, as soon as a deleted project is restored.",
            Assert.IsType<AssertionBroken>((await roles.ChangeAsync(world.Owner, RoleOwner.Of(world.Acme.Id), key, guest with { Permissions = ["secrets.view"] }, null)).Error).Message,
            StringComparison.Ordinal));
        Assert.True((await life.RestoreAsync(world.Owner, scope)).Succeeded);
        Assert.DoesNotContain(ViewSecrets, (await world.Database.Get<AccessControl>().InProjectAsync(Actors.Of(zoe), scope))!.Access.Held);
    }

    [DatabaseTheory]
    [InlineData(AssertionForm.Only)]
    [InlineData(AssertionForm.Nobody)]
    public async Task ManyAssertions_ReadAsMuchAsOne(DatabaseKind kind, AssertionForm form)
    {
        var one = await CostAsync(kind, 3, AddOneAsync);
        Assert.Equal(one.Statements, (await CostAsync(kind, 3, AddOneAsync, prepare: AssertMoreAsync)).Statements);

        static Task<Error?> AddOneAsync(World world) => world.AddAsync(world.Ann, ProjectRole.Viewer);

        // Each of another permission and another team, none of which the role gives.
        async Task AssertMoreAsync(World world)
        {
            foreach (var (permission, number) in (PermissionCatalogue.Project - ProjectRole.Viewer.Permissions).Take(20).Select((permission, number) => (permission, number)))
            {
                var team = await world.Acme.TeamAsync($"team-{number}");
                var assertion = new Assertion(world.Acme.Id, number % 2 == 0 ? null : world.Other.Id, form, permission, "", world.Now);
                await world.Database.AddAsync(form == AssertionForm.Only ? assertion.OnlyTeam(team.Id) : assertion);
            }
        }
    }

    [DatabaseTheory]
    public async Task OrganizationRestored_ComesBackAsItWas_AndIsJudgedFromThenOn(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, 1);
        await world.Acme.GrantAsync(world.Vision, world.Ann, ProjectRole.Viewer);
        await world.Database.AddAsync(new Assertion(world.Acme.Id, world.Vision.Id, AssertionForm.Nobody, ViewSecrets, "", world.Now));
        var (organizations, bob) = (world.Database.Get<OrganizationsService>(), await world.Acme.MemberAsync("bob"));
        await world.Database.ChangeAsync<Organization>(organization => organization.Delete(world.Now), world.Acme.Id);

        // Nothing in it can change while it is deleted, so nobody can come to hold more than when it was.
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<NotFound>(await world.AddAsync(bob, ProjectRole.Viewer)));
        Assert.True((await organizations.RestoreAsync(world.Owner, world.Acme.Id)).Succeeded);
        Assert.IsType<AssertionBroken>(await world.AddAsync(bob, ProjectRole.Viewer));
    }

    [DatabaseTheory]
    public async Task AccountUnlocked_WasJudgedWhileItWasLocked(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, 1);
        await world.Database.AddAsync(new Assertion(world.Acme.Id, world.Vision.Id, AssertionForm.Nobody, ViewSecrets, "", world.Now));
        var administrator = await Given.InstallationAdministratorAsync(world.Database);
        var locks = world.Database.Get<AccountLocks>();
        Assert.True((await locks.LockAsync(Actors.Of(administrator), world.Ann.Id, ownersTakeOver: false)).Succeeded);

        Assert.IsType<AssertionBroken>(await world.AddAsync(world.Ann, ProjectRole.Viewer));
        Assert.IsType<AssertionBroken>((await world.Database.Get<MembersService>().ChangeRoleAsync(world.Owner, world.Acme.Id, new MemberRoleChange(world.Ann.Id, "auditor"))).Error);
        Assert.True((await locks.UnlockAsync(Actors.Of(administrator), world.Ann.Id)).Succeeded);
        Assert.DoesNotContain(ViewSecrets, (await world.Database.Get<AccessControl>().InProjectAsync(Actors.Of(world.Ann), world.Acme.Scope(world.Vision)))!.Access.Held);
    }

    // Statements and rows of one command, in a project where so many hold what an assertion speaks of.
    private static async Task<(int Statements, int Rows)> CostAsync(DatabaseKind kind, int holders, Func<World, Task<Error?>> act, AssertionForm form = AssertionForm.NotExternal, Func<World, Task>? prepare = null)
    {
        using var counter = new StatementCounter();
        await using var world = await World.CreateAsync(kind, holders);
        var assertion = new Assertion(world.Acme.Id, world.Other.Id, form, ViewSecrets, "", world.Now);
        await world.Database.AddAsync(form == AssertionForm.Only ? assertion.OnlyTeam(world.Team.Id) : assertion, new Assertion(world.Acme.Id, null, AssertionForm.NotExternal, ViewSecrets, "", world.Now));
        await (prepare?.Invoke(world) ?? Task.CompletedTask);
        counter.Watch(world.Database);
        var refusal = await act(world);
        Assert.True(refusal is null, refusal?.Message);
        return (counter.Count, counter.Rows);
    }

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Vision, Project Other, User Ann, Team Team) : IAsyncDisposable
    {
        public DateTime Now => Database.Clock.UtcNow;

        public Actor Owner => Actors.Of(Acme.Owner);

        // A project in which so many people are Viewer, each by a grant and all of them by a team.
        public static async Task<World> CreateAsync(DatabaseKind kind, int holders)
        {
            var database = await TestDatabase.CreateAsync(kind, services =>
                services.AddCollaboratorsFeature().AddOrganizationsFeature().AddProjectsFeature().AddRolesFeature().AddTeamsFeature().AddInstallationFeature());
            var acme = await Given.OrganizationAsync(database);
            var vision = await acme.ProjectAsync("vision");
            // An Owner stands above assertions by the role alone.
            var (ann, now) = (await acme.MemberAsync("ann"), database.Clock.UtcNow);
            var team = await acme.TeamAsync("core");
            for (var number = 0; number < holders; number++)
            {
                var person = await Given.UserAsync(database, $"person-{number}@acme.test");
                await database.AddAsync(new Member(acme.Id, person.Id, OrganizationRole.Member, now), Principal.OfTeam(team.Id, person.Id, now));
                if (number < 60)
                {
                    await acme.GrantAsync(vision, person, ProjectRole.Viewer);
                }
            }

            await acme.GrantAsync(vision, team, ProjectRole.Viewer);
            if (holders <= 1)
            {
                // Of the team alone, so that nobody is against an assertion yet.
                await database.ReadAsync(db => db.Grants.Where(grant => grant.ProjectId == vision.Id && grant.PrincipalId != team.Id).ExecuteDeleteAsync());
            }

            var other = await acme.ProjectAsync("other");
            await acme.GrantAsync(other, team, ProjectRole.Viewer);
            return new World(database, acme, vision, other, ann, team);
        }

        public async Task<Error?> AddAsync(User user, ProjectRole role) =>
            (await Database.Get<CollaboratorsService>().AddAsync(Owner, Acme.Scope(Vision), new NewCollaborator(user.Email!, role))).Error;

        public Task<Result<AccessChange>> WriteAsync(Func<Command, Task> body) => Database.Get<ConsoleWriter>().WriteAccessAsync(
            Owner, CommandTarget.InOrganization(Acme.Id, Permissions.OrganizationUpdate, AuditActions.OrganizationChanged, CommandLock.Access), async command =>
            {
                await body(command);
                return Result.Ok;
            });

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
