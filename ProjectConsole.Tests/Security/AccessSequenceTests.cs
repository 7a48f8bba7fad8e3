using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Projects;
using ProjectConsole.Features.Roles;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

/// <summary>Short stories of access: one act after another, as people do them, and what is held after each.</summary>
public sealed class AccessSequenceTests
{
    private static readonly Permission OperateClusters = PermissionCatalogue.Get("clusters.operate");
    private static readonly Permission ViewRuns = PermissionCatalogue.Get("runs.view");

    [DatabaseTheory]
    public async Task TwoTeamsOneRestricted_TheOtherGivesWhatItTakes_UntilThePersonLeavesIt(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var ann = await world.Acme.MemberAsync("ann");
        var (free, bound) = (await world.Acme.TeamAsync("free", ann), await world.Acme.TeamAsync("bound", ann));
        await world.Acme.GrantAsync(world.Vision, free, ProjectRole.Developer);
        await world.Acme.GrantAsync(world.Vision, bound, ProjectRole.Developer);
        var noClusters = await world.NoClustersAsync();

        World.Done(await world.Get<CollaboratorsService>().RestrictAsync(world.Owner, world.Scope, new RestrictionChange(bound.Id, noClusters)));
        Assert.Contains(OperateClusters, (await world.AccessAsync(ann)).Held);

        World.Done(await world.Get<TeamsService>().RemoveMemberAsync(world.Owner, world.Acme.Id, new TeamMemberRemoval(free.Id, ann.Id)));
        Assert.DoesNotContain(OperateClusters, (await world.AccessAsync(ann)).Held);
        Assert.Contains(ViewRuns, (await world.AccessAsync(ann)).Held);

        World.Done(await world.Get<CollaboratorsService>().RestrictAsync(world.Owner, world.Scope, new RestrictionChange(bound.Id, null)));
        Assert.Contains(OperateClusters, (await world.AccessAsync(ann)).Held);
    }

    [DatabaseTheory]
    public async Task WorkspaceGrantBesideARestrictedGrant_GivesWhatTheRestrictionTakes_AsLongAsItStands(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var ann = await world.Acme.MemberAsync("ann");
        await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Developer);
        World.Done(await world.Get<CollaboratorsService>().RestrictAsync(world.Owner, world.Scope, new RestrictionChange(ann.Id, await world.NoClustersAsync())));
        Assert.DoesNotContain(OperateClusters, (await world.AccessAsync(ann)).Held);

        World.Done(await world.Get<WorkspaceGrantsService>().AddAsync(world.Owner, world.Acme.Id, new NewWorkspaceGrant(world.Acme.Workspace.Id, ann.Email!, "developer")));
        Assert.Contains(OperateClusters, (await world.AccessAsync(ann)).Held);

        var grant = await world.Database.ReadAsync(db => db.Grants.SingleAsync(row => row.PrincipalId == ann.Id && row.WorkspaceId != null));
        World.Done(await world.Get<WorkspaceGrantsService>().RemoveAsync(world.Owner, world.Acme.Id, new WorkspaceGrantRemoval(world.Acme.Workspace.Id, grant.Id)));
        Assert.DoesNotContain(OperateClusters, (await world.AccessAsync(ann)).Held);
        Assert.Contains(ViewRuns, (await world.AccessAsync(ann)).Held);
    }

    [DatabaseTheory]
    public async Task AdminForTwoHours_GivesToOthers_AndWhatWasGivenEndsWithIt(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var (ann, bob) = (await world.Acme.MemberAsync("ann"), await world.Acme.MemberAsync("bob"));
        var end = world.Database.Clock.UtcNow.AddHours(2);
        await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Viewer);
        World.Done(await world.Get<UpgradeService>().RaiseAsync(world.Owner, world.Scope, new Upgrade(ann.Id, ProjectRole.Admin.Key, end)));

        var given = new NewCollaborator(bob.Email!, ProjectRole.Admin);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.Equal(end, Assert.IsType<OutlivesOwn>((await world.Get<CollaboratorsService>().AddAsync(Actors.Of(ann), world.Scope, given)).Error).UntilUtc));
        World.Done(await world.Get<CollaboratorsService>().AddAsync(Actors.Of(ann), world.Scope, given with { ExpiresUtc = end }));
        Assert.Equal((ProjectRole.Admin, ProjectRole.Admin), ((await world.AccessAsync(ann)).Role, (await world.AccessAsync(bob)).Role));

        world.Database.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(ProjectRole.Viewer, (await world.AccessAsync(ann)).Role);
        Assert.True((await world.AccessAsync(bob)).Held.IsEmpty);
    }

    [DatabaseTheory]
    public async Task ExternalBecomesAMember_HoldsTheWholeRole_AndIsBoundAgainWhenOutside(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var zoe = await Given.UserAsync(world.Database, "zoe@partner.test");
        World.Done(await world.AddZoeAsync());
        Assert.True((await world.AccessAsync(zoe)).IsCapped);
        Assert.DoesNotContain(Permissions.ProjectDelete, (await world.AccessAsync(zoe)).Held);

        Assert.True((await world.Get<MemberAddition>().AddAsync(world.Owner, world.Acme.Id, new NewMembers(zoe.Email!, "member"))).Succeeded);
        Assert.False((await world.AccessAsync(zoe)).IsCapped);
        Assert.Contains(Permissions.ProjectDelete, (await world.AccessAsync(zoe)).Held);

        // Leaving ends all that there was; coming back from outside begins anew.
        World.Done(await world.Get<MembersService>().RemoveAsync(world.Owner, world.Acme.Id, new MemberRemoval(zoe.Id)));
        Assert.True((await world.AccessAsync(zoe)).Held.IsEmpty);
        World.Done(await world.AddZoeAsync());
        Assert.True((await world.AccessAsync(zoe)).IsCapped);
        Assert.DoesNotContain(Permissions.ProjectDelete, (await world.AccessAsync(zoe)).Held);
    }

    [DatabaseTheory]
    public async Task CeilingLoweredUnderGrants_TakesAtOnce_AndGivesBackWhenItRises(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var role = await world.Acme.OrganizationRoleAsync("Guest", PermissionSet.Empty);
        var ann = await world.Acme.MemberAsync("ann", role);
        await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Developer);
        Assert.Equal(ProjectRole.Developer, (await world.AccessAsync(ann)).Role);

        var low = new OrganizationRoleDraft("Guest", "", [], null, [ViewRuns.Name]);
        var preview = (await world.Get<OrganizationRolesService>().ChangeAsync(Actors.Previewing(world.Acme.Owner), world.Acme.Id, role.Key, low, null)).Value;
        Assert.Contains(OperateClusters, preview.People.Single().Projects.Single(change => change.ProjectSlug == "vision").Loses);
        Assert.Contains(OperateClusters, (await world.AccessAsync(ann)).Held);

        World.Done(await world.Get<OrganizationRolesService>().ChangeAsync(world.Owner, world.Acme.Id, role.Key, low, null));
        var lowered = await world.AccessAsync(ann);
        Assert.True(lowered.IsCapped);
        Assert.Contains(ViewRuns, lowered.Held);
        Assert.DoesNotContain(OperateClusters, lowered.Held);

        World.Done(await world.Get<OrganizationRolesService>().ChangeAsync(world.Owner, world.Acme.Id, role.Key, low with { Ceiling = null }, null));
        Assert.Equal(ProjectRole.Developer, (await world.AccessAsync(ann)).Role);
    }

    [DatabaseTheory]
    public async Task DeletedProjectRestored_GivesBackWhatStillStands_AndNothingThatEndedMeanwhile(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var (ann, bob, cara) = (await world.Acme.MemberAsync("ann"), await world.Acme.MemberAsync("bob"), await world.Acme.MemberAsync("cara"));
        var team = await world.Acme.TeamAsync("core", cara);
        await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Developer);
        await world.Acme.GrantAsync(world.Vision, bob, ProjectRole.Developer, world.Database.Clock.UtcNow.AddDays(1));
        await world.Acme.GrantAsync(world.Vision, team, ProjectRole.Developer);

        Assert.True((await world.Get<ProjectLifeService>().DeleteAsync(world.Owner, world.Scope, "vision")).Succeeded);
        Assert.False((await world.AccessAsync(ann)).May(Permissions.ProjectView));
        world.Database.Clock.Advance(TimeSpan.FromDays(2));
        World.Done(await world.Get<TeamsService>().RemoveMemberAsync(world.Owner, world.Acme.Id, new TeamMemberRemoval(team.Id, cara.Id)));

        Assert.False((await world.Get<ProjectLifeService>().RestoreAsync(world.Owner, world.Scope)).Value.BecameAdmin);
        Assert.Equal(ProjectRole.Developer, (await world.AccessAsync(ann)).Role);
        Assert.True((await world.AccessAsync(bob)).Held.IsEmpty);
        Assert.True((await world.AccessAsync(cara)).Held.IsEmpty);
    }

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Vision) : IAsyncDisposable
    {
        public Actor Owner => Actors.Of(Acme.Owner);

        public ProjectScope Scope => Acme.Scope(Vision);

        public static async Task<World> CreateAsync(DatabaseKind kind)
        {
            var database = await TestDatabase.CreateAsync(kind, services =>
            {
                services.AddCollaboratorsFeature();
                services.AddOrganizationsFeature();
                services.AddProjectsFeature();
                services.AddRolesFeature();
                services.AddTeamsFeature();
            });
            var acme = await Given.OrganizationAsync(database);
            return new World(database, acme, await acme.ProjectAsync("vision"));
        }

        public T Get<T>()
            where T : notnull => Database.Get<T>();

        public static void Done(Result<AccessChange> result) => Assert.True(result.Succeeded, result.Error?.Message);

        public async Task<EffectiveAccess> AccessAsync(User user) => (await Get<AccessControl>().InProjectAsync(Actors.Of(user), Scope))!.Access;

        public Task<Result<AccessChange>> AddZoeAsync() =>
            Get<CollaboratorsService>().AddAsync(Owner, Scope, new NewCollaborator("zoe@partner.test", ProjectRole.Admin, isExternal: true));

        public async Task<Guid> NoClustersAsync()
        {
            var restriction = new Restriction(Acme.Id, Vision.Id, Database.Clock.UtcNow);
            restriction.Change("no-clusters", "", RestrictionRules.Of([new(false, "clusters.*")]));
            await Database.AddAsync(restriction);
            return restriction.Id;
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
