using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Restrictions;
using ProjectConsole.Features.Roles;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Roles;

public sealed class RolesServiceTests
{
    private static readonly string[] NoHeirs = ["auditor@acme.test", "stranger@elsewhere.test", "nobody@nowhere.test"];

    private static readonly PermissionSet Clusters = PermissionChoice.Tick(PermissionSet.Empty, PermissionCatalogue.Get("clusters.delete"));

    [DatabaseTheory]
    public async Task Create_FromADraft_KeepsWhatIsIncludedAndWritesWhoDidIt(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);

        var key = (await world.Roles.CreateAsync(world.As("project-admin"), world.InVision, RoleWorld.Draft("  ML   Engineer ", "clusters.delete"))).Value;

        var role = (await world.Database.Get<RoleDirectory>().GetAsync(world.As("viewer"), world.InVision, key)).Value;
        Assert.Equal(("ML Engineer", RoleOrigin.Project), (role.Name, role.Origin));
        Assert.Equal(["clusters.delete", "clusters.delete-own", "clusters.view", "project.view"], role.Set.Select(permission => permission.Name).Order(StringComparer.Ordinal));
        var entry = await world.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Action == AuditActions.RoleCreated && row.Result == AuditResult.Done));
        Assert.Equal(("project-admin@acme.test", "ML Engineer"), (entry.ActorName, entry.ObjectName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("...")]
    [InlineData("Admin")]
    [InlineData("ADMIN")]
    [InlineData("Аdmin")]
    [InlineData("Ad\u202Emin")]
    [InlineData("ml engineer")]
    [InlineData("Ｍl Engineer")]
    [InlineData("Of the organization")]
    public async Task Create_NameThatIsEmptyTakenOrConfusable_IsRefusedAtTheField(string name)
    {
        await using var world = await RoleWorld.CreateAsync();
        await world.RoleAsync(world.InVision, "ML Engineer", Clusters);
        await world.RoleAsync(world.InAcme, "of the Organization", Clusters);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.NotNull(Assert.IsType<Invalid>(
            (await world.Roles.CreateAsync(world.As("project-admin"), world.InVision, RoleWorld.Draft(name, "clusters.view"))).Error).For(nameof(RoleDraft.Name))));
    }

    [Theory]
    [InlineData("clusters.fly")]
    [InlineData("members.manage")]
    [InlineData("organization.delete")]
    [InlineData("default-key.rotate")]
    [InlineData("installation.manage")]
    public async Task Create_ForgedPermission_IsRefusedAtTheField(string permission)
    {
        await using var world = await RoleWorld.CreateAsync();

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var owner in (RoleOwner[])[world.InVision, world.InAcme])
            {
                Assert.NotNull(Assert.IsType<Invalid>((await world.Roles.CreateAsync(
                    world.As("owner"), owner, RoleWorld.Draft("Trainer", "clusters.view", permission))).Error).For(nameof(RoleDraft.Permissions)));
            }
        });
    }

    [Fact]
    public async Task CreateAndChange_MoreThanTheEditorHolds_AreRefusedWithWhatIsMissing()
    {
        await using var world = await RoleWorld.CreateAsync();
        var editor = await world.RoleAsync(world.InVision, "Role editor", ProjectRole.Developer.Permissions | PermissionCatalogue.WithIncluded(Permissions.RolesManage));
        var ann = await world.Acme.MemberAsync("ann");
        await world.Acme.GrantAsync(world.Vision, ann, editor.ToRole());
        var large = await world.RoleAsync(world.InVision, "Large", ProjectRole.Manager.Permissions);
        var actor = Actors.Of(ann);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var missing = Assert.IsType<ExceedsOwn>((await world.Roles.CreateAsync(actor, world.InVision, RoleWorld.Draft("Trainer", "clusters.delete"))).Error);
            Assert.Equal(["Delete clusters"], missing.Missing);
            // Neither upward, nor downward from what the editor does not hold; one's own role neither.
            Assert.IsType<ExceedsOwn>((await world.Roles.ChangeAsync(actor, world.InVision, large.Key, RoleWorld.Draft("Large", "clusters.view"), null)).Error);
            Assert.IsType<ExceedsOwn>((await world.Roles.ChangeAsync(actor, world.InVision, editor.Key, RoleWorld.Draft("Role editor", PermissionCatalogue.Project), null)).Error);
            Assert.IsType<ExceedsOwn>((await world.Roles.DeleteAsync(actor, world.InVision, large.Key, null)).Error);
        });
        Assert.True((await world.Roles.CreateAsync(actor, world.InVision, RoleWorld.Draft("Trainer", "clusters.delete-own"))).Succeeded);
    }

    [Fact]
    public async Task Change_HeldRoleByAnAdminForTwoHours_IsRefused()
    {
        await using var world = await RoleWorld.CreateAsync();
        var role = await world.RoleAsync(world.InVision, "Trainer", Clusters);
        await world.Acme.GrantAsync(world.Vision, world["stranger"], role.ToRole());
        var ann = await world.Acme.MemberAsync("ann");
        await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Admin, world.Database.Clock.UtcNow.AddHours(2));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<OutlivesOwn>(
            (await world.Roles.ChangeAsync(Actors.Of(ann), world.InVision, role.Key, RoleWorld.Draft("Trainer", ProjectRole.Manager.Permissions), null)).Error));
    }

    [DatabaseTheory]
    public async Task Change_InPreview_SaysWhatThenHappensAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var role = await world.RoleAsync(world.InAcme, "Trainer", ProjectRole.Developer.Permissions);
        var (ann, eve) = (await world.Acme.MemberAsync("ann"), await world.Acme.MemberAsync("eve"));
        await world.Acme.GrantAsync(world.Vision, ann, role.ToRole());
        await world.Acme.GrantAsync(world.Acme.Workspace, eve, role.ToRole());
        await world.Acme.GrantAsync(world.Vision, eve, ProjectRole.Viewer);
        var draft = RoleWorld.Draft("Trainer", (ProjectRole.Developer.Permissions - OfClusters()) | Clusters);
        var changes = new List<PersonChange>();
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => changes.AddRange(
            (await world.Roles.ChangeAsync(Actors.Previewing(world["owner"]), world.InAcme, role.Key, draft, role.Version)).Value.People));

        Assert.Equal(["ann@acme.test", "eve@acme.test"], changes.Select(person => person.Email));
        var before = changes.ToDictionary(person => person.Email, person => person.Projects.ToDictionary(project => project.ProjectName, project => project.Before!.Allowed));
        Assert.True((await world.Roles.ChangeAsync(world.As("owner"), world.InAcme, role.Key, draft, role.Version)).Succeeded);
        foreach (var (user, person) in new[] { (ann, changes[0]), (eve, changes[1]) })
        {
            foreach (var change in person.Projects)
            {
                var project = change.ProjectName == "vision" ? world.Vision : change.ProjectName == "speech" ? world.Speech : world.Acme.DefaultProject;
                var now = (await world.AccessAsync(user, project)).Allowed;
                Assert.Equal(change.After!.Allowed, now);
                Assert.Equal(change.Gains, now - before[person.Email][change.ProjectName]);
                Assert.Equal(change.Loses, before[person.Email][change.ProjectName] - now);
            }
        }

        Assert.Contains(changes[1].Projects, change => change.ProjectName == "speech");
        Assert.Contains(Permissions.Of(ResourceKinds.Find("cluster")!, "delete"), changes[0].Projects.Single(change => change.ProjectName == "vision").Gains);
    }

    [DatabaseTheory]
    public async Task Change_LastAdminsRoleLosesManagingAdmins_IsRefused(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var role = await world.RoleAsync(world.InAcme, "Lead", PermissionCatalogue.Project);
        var ann = await world.Acme.MemberAsync("ann");
        await world.Acme.ProjectAsync("churn", (ann, ProjectRole.Admin));
        await using (var db = world.Database.Open())
        {
            await db.Grants.Where(grant => grant.PrincipalId == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(grant => grant.RoleKey, role.Key));
        }

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(["churn"], Assert.IsType<LastAdmin>(
            (await world.Roles.ChangeAsync(world.As("owner"), world.InAcme, role.Key, RoleWorld.Draft("Lead", ProjectRole.Manager.Permissions), null)).Error).Projects));
    }

    [DatabaseTheory]
    public async Task Change_LastAdminsRoleWithAnHeir_HandsOverInTheSameTransaction(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var role = await world.RoleAsync(world.InAcme, "Lead", PermissionCatalogue.Project);
        var ann = await world.Acme.MemberAsync("ann");
        var churn = await world.Acme.ProjectAsync("churn", (ann, ProjectRole.Admin));
        await using (var db = world.Database.Open())
        {
            await db.Grants.Where(grant => grant.PrincipalId == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(grant => grant.RoleKey, role.Key));
        }

        Task<Result<AccessChange>> ChangeAsync(string who, string heir, bool dry = false) => world.Roles.ChangeAsync(
            world.As(who) with { DryRun = dry }, world.InAcme, role.Key, RoleWorld.Draft("Lead", ProjectRole.Manager.Permissions), null, heir);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var wrong in NoHeirs)
            {
                Assert.NotNull(Assert.IsType<Invalid>((await ChangeAsync("owner", wrong)).Error).For("Heir"));
            }

            var preview = (await ChangeAsync("owner", "member@acme.test", dry: true)).Value;
            Assert.Equal(["ann@acme.test", "member@acme.test"], preview.People.Where(person => person.Projects.Any(change => change.ProjectName == "churn")).Select(person => person.Email).Order());
        });

        Assert.True((await ChangeAsync("owner", "member@acme.test")).Succeeded);
        Assert.Equal((ProjectRole.Admin, ProjectRole.Manager), ((await world.AccessAsync(world["member"], churn)).Role, (await world.AccessAsync(ann, churn)).Role));
    }

    [DatabaseTheory]
    public async Task ChangeRestriction_OverTheLastAdmin_NamesAnHeirOrIsRefused(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var restriction = await world.RestrictionAsync(world.InAcme, "spares", new RestrictionRule(true, "*"));
        var ann = await world.Acme.MemberAsync("ann");
        var churn = await world.Acme.ProjectAsync("churn", (ann, ProjectRole.Admin));
        await using (var db = world.Database.Open())
        {
            await db.Grants.Where(grant => grant.PrincipalId == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(grant => grant.RestrictionId, restriction.Id));
        }

        var draft = new RestrictionDraft("spares", "", [new RestrictionRule(false, "collaborators.manage-admins"), new RestrictionRule(true, "*")]);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<LastAdmin>(
            (await world.Restrictions.ChangeAsync(world.As("owner"), world.InAcme, restriction.Id, draft, null)).Error));
        Assert.True((await world.Restrictions.ChangeAsync(world.As("owner"), world.InAcme, restriction.Id, draft, null, "member@acme.test")).Succeeded);
        Assert.Equal(ProjectRole.Admin, (await world.AccessAsync(world["member"], churn)).Role);
    }

    [DatabaseTheory]
    public async Task Delete_RoleInUse_SaysHowManyHoldItAndWhere(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var role = await world.RoleAsync(world.InAcme, "Trainer", Clusters);
        var grants = new[]
        {
            await world.Acme.GrantAsync(world.Vision, world["stranger"], role.ToRole()),
            await world.Acme.GrantAsync(world.Speech, world["stranger"], role.ToRole(), world.Database.Clock.UtcNow.AddDays(-1)),
            await world.Acme.GrantAsync(world.Acme.Workspace, world["stranger"], role.ToRole()),
        };

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var refusal = Assert.IsType<RoleInUse>((await world.Roles.DeleteAsync(world.As("owner"), world.InAcme, role.Key, role.Version)).Error);
            Assert.Equal(3, refusal.Holders);
            Assert.Equal(["speech", "vision", "workspace default"], refusal.Places.Names);
        });
        await using (var db = world.Database.Open())
        {
            await db.Grants.Where(grant => grant.RoleKey == role.Key).ExecuteDeleteAsync();
        }

        Assert.Equal(3, grants.Length);
        Assert.True((await world.Roles.DeleteAsync(world.As("owner"), world.InAcme, role.Key, role.Version)).Succeeded);
        Assert.IsType<NoSuchRole>((await world.Roles.DeleteAsync(world.As("owner"), world.InAcme, role.Key, role.Version)).Error);
    }

    [Fact]
    public async Task Delete_RoleThatAnAssertionNames_IsRefused()
    {
        await using var world = await RoleWorld.CreateAsync();
        var role = await world.RoleAsync(world.InAcme, "Trainer", Clusters);
        await world.Database.AddAsync(new Assertion(
            world.Acme.Id, null, AssertionForm.Only, Permissions.ProjectDelete, "owner@acme.test", world.Database.Clock.UtcNow).OnlyRole(role.Key));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<RoleInAssertion>((await world.Roles.DeleteAsync(world.As("owner"), world.InAcme, role.Key, null)).Error));
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("admin")]
    public async Task ChangeAndDelete_BuiltInRole_FindNothing(string key)
    {
        await using var world = await RoleWorld.CreateAsync();

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NoSuchRole>((await world.Roles.ChangeAsync(world.As("owner"), world.InAcme, key, RoleWorld.Draft("Mine", "clusters.view"), null)).Error);
            Assert.IsType<NoSuchRole>((await world.Roles.DeleteAsync(world.As("owner"), world.InAcme, key, null)).Error);
        });
    }

    [Fact]
    public async Task Change_OldVersion_IsAChoice()
    {
        await using var world = await RoleWorld.CreateAsync();
        var role = await world.RoleAsync(world.InVision, "Trainer", Clusters);
        var (admin, first, second) = (world.As("project-admin"), RoleWorld.Draft("First", "clusters.view"), RoleWorld.Draft("Second", "jobs.view"));
        Assert.True((await world.Roles.ChangeAsync(admin, world.InVision, role.Key, first, role.Version)).Succeeded);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<Stale>((await world.Roles.ChangeAsync(admin, world.InVision, role.Key, second, role.Version)).Error);
            Assert.IsType<Stale>((await world.Roles.DeleteAsync(admin, world.InVision, role.Key, role.Version)).Error);
        });
        Assert.True((await world.Roles.ChangeAsync(admin, world.InVision, role.Key, second, null)).Succeeded);
    }

    [Fact]
    public async Task Create_TwoHundredAreThere_IsRefused()
    {
        await using var world = await RoleWorld.CreateAsync();
        for (var number = 0; number < 200; number++)
        {
            await world.RoleAsync(world.InVision, $"Role {number}", Clusters);
        }

        Assert.IsType<TooManyRoles>((await world.Roles.CreateAsync(world.As("project-admin"), world.InVision, RoleWorld.Draft("One more", "clusters.view"))).Error);
    }

    private static PermissionSet OfClusters() => PermissionSet.Of(PermissionCatalogue.Project.Where(permission => permission.Subject == "clusters"));
}
