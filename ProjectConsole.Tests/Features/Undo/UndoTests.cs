using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Undo;

public sealed class UndoTests
{
    [DatabaseTheory]
    public async Task Undo_OfARemoval_GivesTheSameGrantBack_AndCanBeUndoneInTurn(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var ends = world.Database.Clock.UtcNow.AddDays(30);
        await world.Collaborators.ChangeExpiryAsync(world.Actor("admin"), world.Scope, new ExpiryChange(world["developer"].Id, ends));
        Assert.True((await world.Collaborators.RemoveAsync(world.Actor("manager"), world.Scope, new Removal(world["developer"].Id))).Succeeded);
        var removal = await world.LatestAsync("manager");
        Assert.True((await world.UndoAsync("manager", removal)).Succeeded);
        var grant = await world.GrantOfAsync("developer");
        Assert.Equal(("developer", ends), (grant!.RoleKey, grant.ExpiresUtc));

        Assert.True((await world.UndoAsync("manager", await world.LatestAsync("manager"))).Succeeded);
        Assert.Null(await world.GrantOfAsync("developer"));
        Assert.IsType<MovedOn>((await world.UndoAsync("manager", await world.FirstAsync("project.collaborator.added"))).Error);
    }

    [DatabaseTheory]
    public async Task Undo_OfARoleExpiryOrRestrictionChange_SetsItBack(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var restriction = await world.RestrictionAsync();
        var developer = world["developer"].Id;
        await world.Collaborators.ChangeRoleAsync(world.Actor("admin"), world.Scope, new RoleChange(developer, ProjectRole.Manager));
        var role = await world.LatestAsync("admin");
        await world.Collaborators.ChangeExpiryAsync(world.Actor("admin"), world.Scope, new ExpiryChange(developer, world.Database.Clock.UtcNow.AddDays(3)));
        var expiry = await world.LatestAsync("admin");
        await world.Collaborators.RestrictAsync(world.Actor("admin"), world.Scope, new RestrictionChange(developer, restriction.Id));
        var restricted = await world.LatestAsync("admin");

        // Only the latest is how things stand.
        Assert.IsType<MovedOn>((await world.UndoAsync("admin", role)).Error);
        Assert.True((await world.UndoAsync("admin", restricted)).Succeeded);
        Assert.True((await world.UndoAsync("admin", expiry)).Succeeded);
        Assert.True((await world.UndoAsync("admin", role)).Succeeded);
        var grant = await world.GrantOfAsync("developer");
        Assert.Equal(("developer", null, null), (grant!.RoleKey, grant.ExpiresUtc, grant.RestrictionId));
    }

    [DatabaseTheory]
    public async Task Undo_ByWhoHoldsLessOrNothing_IsRefusedAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.Collaborators.RemoveAsync(world.Actor("owner"), world.Scope, new Removal(world["admin2"].Id));
        var removal = await world.LatestAsync("owner");
        var other = await Given.OrganizationAsync(world.Database, "other");
        var theirs = await other.ProjectAsync("theirs");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<ExceedsOwn>((await world.UndoAsync("manager", removal)).Error);
            Assert.IsType<Forbidden>((await world.UndoAsync("viewer", removal)).Error);
            Assert.IsType<NotFound>((await world.UndoAsync("stranger", removal)).Error);
            Assert.IsType<NotFound>((await world.Service.UndoAsync(Actors.Of(other.Owner), other.Scope(theirs), removal)).Error);
            Assert.IsType<NotFound>((await world.Service.UndoAsync(world.Actor("owner"), world.Scope, removal + 1000)).Error);
        });
    }

    [DatabaseTheory]
    public async Task Undo_AfterTheWorldMovedOn_SaysWhy(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var role = new CustomProjectRole(world.Acme.Id, null, "viewer", world.Database.Clock.UtcNow);
        role.Change("Runs", "", PermissionCatalogue.WithIncluded(PermissionCatalogue.Get("runs.view")));
        await world.Database.AddAsync(role);
        await world.Collaborators.ChangeRoleAsync(world.Actor("admin"), world.Scope, new RoleChange(world["developer"].Id, role.ToRole()));
        await world.Collaborators.RemoveAsync(world.Actor("admin"), world.Scope, new Removal(world["developer"].Id));
        var removal = await world.LatestAsync("admin");
        await world.Database.ReadAsync(db => db.ProjectRoles.ExecuteDeleteAsync());
        Assert.Contains("had a role that was deleted", (await world.UndoAsync("admin", removal)).Error!.Message, StringComparison.Ordinal);

        await world.Collaborators.ChangeExpiryAsync(world.Actor("admin"), world.Scope, new ExpiryChange(world["viewer"].Id, world.Database.Clock.UtcNow.AddHours(1)));
        await world.Collaborators.RemoveAsync(world.Actor("admin"), world.Scope, new Removal(world["viewer"].Id));
        var late = await world.LatestAsync("admin");
        world.Database.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Contains("would have lost the role", (await world.UndoAsync("admin", late)).Error!.Message, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task Undo_Previewed_SaysWhatThenHappens(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.Collaborators.RemoveAsync(world.Actor("manager"), world.Scope, new Removal(world["developer"].Id));
        var removal = await world.LatestAsync("manager");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var preview = (await world.Service.UndoAsync(world.Actor("manager") with { DryRun = true }, world.Scope, removal)).Value;
            Assert.Equal(ProjectRole.Developer.Permissions, Assert.Single(Assert.Single(preview.People).Projects).Gains);
        });
    }

    [DatabaseTheory]
    public async Task Former_ListsWhoLostTheGrantWithin90Days_AndReinstates(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.Collaborators.RemoveAsync(world.Actor("admin"), world.Scope, new Removal(world["developer"].Id));
        await world.Collaborators.LeaveAsync(world.Actor("viewer"), world.Scope);
        var former = (await world.Service.FormerAsync(world.Actor("manager"), world.Scope, new PageRequest(1, 25))).Value;
        Assert.Equal(["viewer@acme.test, Viewer", "developer@acme.test, Developer"], former.Rows.Select(row => $"{row.Name}, {row.Role}"));
        Assert.IsType<NotFound>((await world.Service.FormerAsync(world.Actor("stranger"), world.Scope, new PageRequest(1, 25))).Error);

        Assert.True((await world.UndoAsync("manager", former.Rows[1].EntryId)).Succeeded);
        Assert.Equal(["viewer@acme.test"], (await world.Service.FormerAsync(world.Actor("manager"), world.Scope, new PageRequest(1, 25))).Value.Rows.Select(row => row.Name));
        world.Database.Clock.Advance(UndoService.ReinstatableFor + TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await world.Service.FormerAsync(world.Actor("manager"), world.Scope, new PageRequest(1, 25))).Value.Total);
    }

    [DatabaseTheory]
    public async Task Undo_OfAnAdminNamedInPlaceOfAnother_SetsRoleEndAndRestrictionBackTogether(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var (developer, ends) = (world["developer"].Id, world.Database.Clock.UtcNow.AddDays(30));
        var restriction = await world.RestrictionAsync();
        await world.Collaborators.ChangeExpiryAsync(world.Actor("admin"), world.Scope, new ExpiryChange(developer, ends));
        await world.Collaborators.RestrictAsync(world.Actor("admin"), world.Scope, new RestrictionChange(developer, restriction.Id));
        await world.Collaborators.RemoveAsync(world.Actor("owner"), world.Scope, new Removal(world["admin2"].Id));
        var removed = (await world.Collaborators.RemoveAsync(world.Actor("owner"), world.Scope, new Removal(world["admin"].Id, null, "developer@acme.test"))).Value;
        var appointed = await world.LatestAsync("owner");
        Assert.NotEqual(appointed, removed.EntryId);
        Assert.Equal(("admin", null, null), await world.TermsOfAsync("developer"));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<LastAdmin>((await world.UndoAsync("owner", appointed)).Error);
            Assert.IsType<ExceedsOwn>((await world.UndoAsync("manager", appointed)).Error);
        });

        // What the heir got goes with it, and the preview says so.
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var preview = (await world.Service.UndoAsync(world.Actor("owner") with { DryRun = true }, world.Scope, removed.EntryId!.Value)).Value;
            Assert.False(preview.People.Single(person => person.Email == "developer@acme.test").Projects.Single().Loses.IsEmpty);
            Assert.Empty(preview.Notes);
        });
        Assert.True((await world.UndoAsync("owner", removed.EntryId!.Value)).Succeeded);
        Assert.Equal(("developer", ends, restriction.Id), await world.TermsOfAsync("developer"));
        Assert.Equal("admin", (await world.GrantOfAsync("admin"))!.RoleKey);
        Assert.IsType<MovedOn>((await world.UndoAsync("owner", appointed)).Error);
    }

    [DatabaseTheory]
    public async Task Undo_OfARemovalWhoseHeirStays_SaysSo(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.Collaborators.RemoveAsync(world.Actor("owner"), world.Scope, new Removal(world["admin2"].Id));
        var removed = (await world.Collaborators.RemoveAsync(world.Actor("owner"), world.Scope, new Removal(world["admin"].Id, null, "developer@acme.test"))).Value.EntryId!.Value;

        // Who comes back later comes back beside the heir.
        var alone = (await world.Service.ReinstateAsync(world.Actor("owner") with { DryRun = true }, world.Scope, removed)).Value;
        Assert.Equal(["developer@acme.test became Admin by this and stays."], alone.Notes);
        // The heir undoes it: what one has oneself only an Owner or Admin of the organization takes.
        var byHeir = (await world.Service.UndoAsync(world.Actor("developer") with { DryRun = true }, world.Scope, removed)).Value;
        Assert.Equal(["developer@acme.test became Admin by this and stays: only an Owner or Admin of the organization takes that back."], byHeir.Notes);
        await world.Collaborators.ChangeExpiryAsync(world.Actor("owner"), world.Scope, new ExpiryChange(world["developer"].Id, world.Database.Clock.UtcNow.AddDays(1), Heir: "admin2@acme.test"));
        var changed = (await world.Service.UndoAsync(world.Actor("owner"), world.Scope, removed)).Value;
        Assert.Equal(["developer@acme.test became Admin by this and was changed since, and stays."], changed.Notes);
        Assert.Equal(("admin", "admin"), ((await world.GrantOfAsync("admin"))!.RoleKey, (await world.GrantOfAsync("developer"))!.RoleKey));
    }

    [DatabaseTheory]
    public async Task Undo_OfARemovalUnderARestrictionThatIsGone_IsRefused(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var restriction = await world.RestrictionAsync();
        await world.Collaborators.RestrictAsync(world.Actor("admin"), world.Scope, new RestrictionChange(world["developer"].Id, restriction.Id));
        var removal = (await world.Collaborators.RemoveAsync(world.Actor("admin"), world.Scope, new Removal(world["developer"].Id))).Value.EntryId!.Value;
        await world.Database.ReadAsync(db => db.Restrictions.ExecuteDeleteAsync());
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.Contains("had a restriction that was deleted", Assert.IsType<MovedOn>((await world.UndoAsync("admin", removal)).Error).Message, StringComparison.Ordinal));
    }

    [DatabaseTheory]
    public async Task Undo_OfTheRemovalOfSomebodyWhoIsNoMemberAnyMore_NeverMakesAnExternal(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var ofDeveloper = (await world.Collaborators.RemoveAsync(world.Actor("admin"), world.Scope, new Removal(world["developer"].Id))).Value.EntryId!.Value;
        Assert.True((await world.Database.Get<MembersService>().RemoveAsync(world.Actor("owner"), world.Acme.Id, new MemberRemoval(world["developer"].Id))).Succeeded);
        Assert.True((await world.Database.Get<MembersService>().RemoveAsync(world.Actor("owner"), world.Acme.Id, new MemberRemoval(world["viewer"].Id))).Succeeded);
        var ofViewer = await world.FirstAsync("project.collaborator.removed", world["viewer"].Id);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<MovedOn>((await world.UndoAsync("owner", ofDeveloper)).Error);
            Assert.IsType<MovedOn>((await world.UndoAsync("owner", ofViewer)).Error);
        });

        // Who was added from outside comes back from outside, and who became a member again as one.
        Assert.True((await world.Collaborators.AddAsync(world.Actor("owner"), world.Scope, new NewCollaborator("stranger@else.test", ProjectRole.Viewer, true))).Succeeded);
        var ofStranger = (await world.Collaborators.RemoveAsync(world.Actor("owner"), world.Scope, new Removal(world["stranger"].Id))).Value.EntryId!.Value;
        Assert.True((await world.UndoAsync("owner", ofStranger)).Succeeded);
        await world.Acme.JoinAsync(world["viewer"]);
        Assert.True((await world.UndoAsync("owner", ofViewer)).Succeeded);
        Assert.Equal(("viewer", "viewer"), ((await world.GrantOfAsync("stranger"))!.RoleKey, (await world.GrantOfAsync("viewer"))!.RoleKey));
    }

    [DatabaseTheory]
    public async Task Offers_TheEntryOfOnesOwnAct_AndNoOther(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var viewer = world["viewer"].Id;
        var raised = (await world.Database.Get<UpgradeService>().RaiseAsync(
            world.Actor("admin"), world.Scope, new Upgrade(viewer, "developer", world.Database.Clock.UtcNow.AddHours(2)))).Value.EntryId!.Value;
        var removed = (await world.Collaborators.RemoveAsync(world.Actor("admin"), world.Scope, new Removal(viewer))).Value.EntryId!.Value;
        Assert.Equal(removed, await world.LatestAsync("admin"));
        Assert.True((await world.Service.OffersAsync(world.Actor("admin"), world.Scope, removed)).Value);
        Assert.False((await world.Service.OffersAsync(world.Actor("admin"), world.Scope, raised)).Value);
        Assert.False((await world.Service.OffersAsync(world.Actor("admin2"), world.Scope, removed)).Value);
        Assert.IsType<NotFound>((await world.Service.OffersAsync(world.Actor("stranger"), world.Scope, removed)).Error);
        Assert.Null((await world.Collaborators.RemoveAsync(world.Actor("admin") with { DryRun = true }, world.Scope, new Removal(world["developer"].Id))).Value.EntryId);

        Assert.True((await world.UndoAsync("admin", removed)).Succeeded);
        Assert.Equal("viewer", (await world.GrantOfAsync("viewer"))!.RoleKey);
    }

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Vision, Dictionary<string, User> People) : IAsyncDisposable
    {
        public UndoService Service => Database.Get<UndoService>();

        public CollaboratorsService Collaborators => Database.Get<CollaboratorsService>();

        public ProjectScope Scope => Acme.Scope(Vision);

        public User this[string name] => People[name];

        public static async Task<World> CreateAsync(DatabaseKind kind)
        {
            var database = await TestDatabase.CreateAsync(kind, services => services.AddCollaboratorsFeature());
            var acme = await Given.OrganizationAsync(database, settings: settings => settings with { AllowsExternalCollaborators = true });
            var people = new Dictionary<string, User> { ["owner"] = acme.Owner, ["stranger"] = await Given.UserAsync(database, "stranger@else.test") };
            foreach (var name in new[] { "admin", "admin2", "manager", "developer", "viewer" })
            {
                people[name] = await acme.MemberAsync(name);
            }

            var vision = await acme.ProjectAsync(
                "vision", (people["admin"], ProjectRole.Admin), (people["admin2"], ProjectRole.Admin), (people["manager"], ProjectRole.Manager),
                (people["developer"], ProjectRole.Developer), (people["viewer"], ProjectRole.Viewer));
            return new World(database, acme, vision, people);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        public Actor Actor(string name) => Actors.Of(People[name]);

        public Task<long> LatestAsync(string who)
        {
            var id = People[who].Id;
            return Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.ProjectId == Vision.Id && entry.ActorId == id).MaxAsync(entry => entry.Id));
        }

        public Task<long> FirstAsync(string action, Guid? whom = null) => Database.ReadAsync(db =>
            db.AuditEntries.Where(entry => entry.Action == action && (whom == null || entry.ObjectId == whom)).OrderBy(entry => entry.Id).Select(entry => entry.Id).FirstAsync());

        public async Task<Restriction> RestrictionAsync()
        {
            var restriction = new Restriction(Acme.Id, Vision.Id, Database.Clock.UtcNow);
            restriction.Change("no-deletes", "", RestrictionRules.Of([new(false, "*.delete")]));
            await Database.AddAsync(restriction);
            return restriction;
        }

        public async Task<(string Role, DateTime? Ends, Guid? Restriction)> TermsOfAsync(string name) =>
            await GrantOfAsync(name) is { } grant ? (grant.RoleKey, grant.ExpiresUtc, grant.RestrictionId) : default;

        public Task<Result<AccessChange>> UndoAsync(string who, long entry) => Service.UndoAsync(Actor(who), Scope, entry);

        public Task<Grant?> GrantOfAsync(string name)
        {
            var id = People[name].Id;
            return Database.ReadAsync(db => db.Grants.FirstOrDefaultAsync(grant => grant.ProjectId == Vision.Id && grant.PrincipalId == id));
        }
    }
}
