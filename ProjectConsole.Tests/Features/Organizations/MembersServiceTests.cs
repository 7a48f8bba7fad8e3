using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Organizations;

public sealed class MembersServiceTests
{
    [DatabaseTheory]
    [InlineData("owner", "member", "owner", true)]
    [InlineData("owner", "member", "admin", true)]
    [InlineData("owner", "admin", "member", true)]
    [InlineData("owner", "locked", "member", true)]
    [InlineData("admin", "member", "admin", true)]
    [InlineData("admin", "admin", "member", true)]
    [InlineData("admin", "member", "owner", false)]
    [InlineData("admin", "admin", "owner", false)]
    [InlineData("admin", "owner", "admin", false)]
    [InlineData("admin", "locked", "member", false)]
    public async Task ChangeRole_OwnersAreMadeAndTouchedByOwnersOnly(DatabaseKind kind, string who, string whom, string role, bool done)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var before = await RoleAsync(world, whom);

        var error = (await ChangeAsync(world, who, whom, role)).Error;

        Assert.Equal(done, error is null);
        if (!done)
        {
            Assert.IsType<OwnersOnly>(error);
        }

        Assert.Equal(done ? role : before, await RoleAsync(world, whom));
    }

    [DatabaseTheory]
    public async Task ChangeRole_Done_RaisesTheVersionAndIsAudited(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var before = await VersionAsync(world);

        await ChangeAsync(world, "owner", "member", "admin");

        Assert.Equal(before + 1, await VersionAsync(world));
        var entry = await world.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Action == "organization.member.role-changed"));
        Assert.Equal(("member@acme.test", """{"role":"member"}""", """{"role":"admin"}"""), (entry.ObjectName, entry.Before, entry.After));
    }

    [DatabaseTheory]
    public async Task ChangeRole_ReadBeforeSomebodyElsesChange_IsStale(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var read = (await MemberAsync(world, "member"))!.Version;
        await ChangeAsync(world, "owner", "member", "admin");
        var service = world.Get<MembersService>();

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<Stale>(
            (await service.ChangeRoleAsync(world.As("owner"), world.Acme.Id, new MemberRoleChange(world["member"].Id, "auditor", read))).Error));
        Assert.True((await service.ChangeRoleAsync(world.As("owner"), world.Acme.Id, new MemberRoleChange(world["member"].Id, "auditor"))).Succeeded);
    }

    [DatabaseTheory]
    public async Task Give_ByACappedHolder_NeverGoesBeyondTheOwnCeiling(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var rights = OrganizationRole.Member.Rights | PermissionCatalogue.WithIncluded(Permissions.MembersManage);
        var capped = await world.Acme.OrganizationRoleAsync("Capped", rights, ProjectRole.Admin, PermissionCatalogue.ProjectViews);
        var open = await world.Acme.OrganizationRoleAsync("Open", rights, ProjectRole.Admin);
        var (ann, eve) = (await world.Acme.MemberAsync("ann", capped), await world.Acme.MemberAsync("eve", capped));
        var service = world.Get<MembersService>();

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var role in new[] { open.Key, "member" })
            {
                Assert.IsType<ExceedsOwn>((await service.ChangeRoleAsync(Actors.Of(ann), world.Acme.Id, new MemberRoleChange(eve.Id, role))).Error);
                Assert.IsType<ExceedsOwn>((await world.Get<MemberAddition>().AddAsync(Actors.Of(ann), world.Acme.Id, new NewMembers("stranger@elsewhere.test", role))).Error);
            }
        });
        Assert.True((await world.Get<MemberAddition>().AddAsync(Actors.Of(ann), world.Acme.Id, new NewMembers("stranger@elsewhere.test", capped.Key))).Succeeded);
    }

    [DatabaseTheory]
    public async Task Take_GrantsThatTheActorDoesNotHold_IsRefused(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var keeper = await world.Acme.OrganizationRoleAsync("Keeper", OrganizationRole.Auditor.Rights | PermissionCatalogue.WithIncluded(Permissions.MembersManage), ProjectRole.Viewer);
        var (ann, eve, idle) = (await world.Acme.MemberAsync("ann", keeper), await world.Acme.MemberAsync("eve"), await world.Acme.MemberAsync("idle"));
        var (service, speech) = (world.Get<MembersService>(), await world.Acme.ProjectAsync("speech", (world["member"], ProjectRole.Developer)));
        await world.Acme.GrantAsync(speech, await world.Acme.TeamAsync("crew", eve), ProjectRole.Developer);
        await world.Acme.GrantAsync(speech, idle, ProjectRole.Viewer);
        var narrow = await world.Acme.OrganizationRoleAsync("Narrow", OrganizationRole.Member.Rights, null, PermissionCatalogue.ProjectViews);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var person in new[] { world["member"], eve, world["external"] })
            {
                Assert.IsType<ExceedsOwn>((await service.RemoveAsync(Actors.Of(ann), world.Acme.Id, new MemberRemoval(person.Id))).Error);
            }

            Assert.IsType<ExceedsOwn>((await service.ChangeRoleAsync(Actors.Of(ann), world.Acme.Id, new MemberRoleChange(eve.Id, narrow.Key))).Error);
        });
        Assert.True((await service.RemoveAsync(Actors.Of(ann), world.Acme.Id, new MemberRemoval(idle.Id))).Succeeded);
        Assert.True((await service.RemoveAsync(world.As("admin"), world.Acme.Id, new MemberRemoval(eve.Id))).Succeeded);
    }

    [DatabaseTheory]
    public async Task RemoveAndItsPreview_ProjectsThatTheActorDoesNotSee_AreCountedAndNotNamed(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var keeper = await world.Acme.OrganizationRoleAsync("Keeper", OrganizationRole.Member.Rights | PermissionCatalogue.WithIncluded(Permissions.TeamsManage), null);
        var ann = await world.Acme.MemberAsync("ann", keeper);
        var (shown, hidden) = (await world.Acme.ProjectAsync("shown", (ann, ProjectRole.Viewer)), await world.Acme.ProjectAsync("hidden"));
        await world.Acme.GrantAsync(shown, world["member"], ProjectRole.Developer);
        await world.Acme.GrantAsync(hidden, world["member"], ProjectRole.Developer);
        var preview = new AccessPreview(world.Get<AccessControl>(), Actors.Of(ann));
        await using var db = world.Database.Open();
        var reach = AccessReach.OfPeopleIn(db, [world["member"].Id], db.Projects.Where(project => project.OrganizationId == world.Acme.Id && !project.IsDefault));
        await preview.NoteAsync(db, reach, [world["member"].Id], default);
        await db.Grants.Where(grant => grant.PrincipalId == world["member"].Id).ExecuteDeleteAsync();

        var person = Assert.Single((await preview.CompareAsync(db, default)).People);

        Assert.Equal(["shown"], person.Projects.Where(change => !change.Loses.IsEmpty).Select(change => change.ProjectSlug));
        Assert.DoesNotContain("hidden", person.Projects.Select(change => change.ProjectSlug));
        Assert.Equal(1, person.MoreProjects);

        var guard = new AdminGuard(world.Get<AccessControl>(), Actors.Of(ann));
        await guard.WatchAsync(db, CommandTarget.InOrganization(world.Acme.Id, Permissions.MembersManage, "x", CommandLock.Access), [world["owner"].Id], default);
        await db.Grants.Where(grant => grant.RoleKey == "admin").ExecuteDeleteAsync();
        var refusal = Assert.IsType<LastAdmin>(await guard.CheckAsync(db, default));
        Assert.Equal(["shown"], refusal.Projects);
        Assert.Equal("shown and 2 more projects would be left without an Admin. Make somebody else Admin first.", refusal.Message);
    }

    [DatabaseTheory]
    public async Task ChangeRole_LastOwner_StaysOwner(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        // The other Owner is locked, and does not count.
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<LastOwner>((await ChangeAsync(world, "owner", "owner", "admin")).Error));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<LastOwner>((await world.Get<MembersService>().LeaveAsync(world.As("owner"), world.Acme.Id)).Error));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<LastOwner>(
            (await world.Get<MembersService>().RemoveAsync(world.As("owner"), world.Acme.Id, new MemberRemoval(world["owner"].Id))).Error));
    }

    [DatabaseTheory]
    public async Task ChangeRole_TwoOwnersDemoteEachOtherAtOnce_OneIsLeft(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        await world.Database.ChangeAsync<User>(user => user.LockedUtc = null, world["locked"].Id);

        var results = await Task.WhenAll(
            Task.Run(() => ChangeAsync(world, "owner", "locked", "member")),
            Task.Run(() => ChangeAsync(world, "locked", "owner", "member")));

        Assert.Equal(1, results.Count(result => result.Succeeded));
        Assert.Equal(1, await world.Database.ReadAsync(db => db.Members.CountAsync(row => row.OrganizationId == world.Acme.Id && row.RoleKey == "owner")));
    }

    [DatabaseTheory]
    public async Task ChangeRole_LastAdminOfAProjectToAuditor_NeedsAnHeir(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var speech = await world.Acme.ProjectAsync("speech", (world["member"], ProjectRole.Admin));
        var service = world.Get<MembersService>();

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.Equal(["speech"], Assert.IsType<LastAdmin>((await ChangeAsync(world, "admin", "member", "auditor")).Error).Projects));

        var change = new MemberRoleChange(world["member"].Id, "auditor", Heir: "ADMIN@acme.test");
        Assert.True((await service.ChangeRoleAsync(world.As("admin"), world.Acme.Id, change)).Succeeded);
        Assert.Equal("admin", await GrantAsync(world, speech.Id, "admin"));
    }

    [DatabaseTheory]
    public async Task Remove_Member_EndsEverythingThereAndNothingElsewhere(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var (member, globex) = (world["member"], await Given.OrganizationAsync(world.Database, "initech"));
        var speech = await world.Acme.ProjectAsync("speech", (member, ProjectRole.Developer), (world["owner"], ProjectRole.Admin));
        await world.Acme.GrantAsync(await world.Acme.WorkspaceAsync("research"), member, ProjectRole.Viewer);
        var elsewhere = await globex.ProjectAsync("crm", (member, ProjectRole.Viewer));
        var before = await VersionAsync(world);

        var preview = await world.Get<MembersService>().RemoveAsync(
            world.As("admin") with { DryRun = true }, world.Acme.Id, new MemberRemoval(member.Id));
        Assert.Equal(["default", "speech"], preview.Value.People.Single().Projects.Select(change => change.ProjectSlug).Order());
        Assert.All(preview.Value.People.Single().Projects, change => Assert.False(change.Loses.IsEmpty));
        Assert.Equal(before, await VersionAsync(world));

        Assert.True((await world.Get<MembersService>().RemoveAsync(world.As("admin"), world.Acme.Id, new MemberRemoval(member.Id))).Succeeded);

        await using var db = world.Database.Open();
        Assert.False(await db.Members.AnyAsync(row => row.UserId == member.Id));
        Assert.Equal([elsewhere.Id], await db.Grants.Where(grant => grant.PrincipalId == member.Id).Select(grant => grant.ProjectId!.Value).ToListAsync());
        Assert.Null(await world.Get<AccessControl>().OpenProjectAsync(Actors.Of(member), "acme", "speech"));
        Assert.Equal(before + 1, await VersionAsync(world));
        Assert.True(await db.AuditEntries.AnyAsync(row => row.Action == "organization.member.removed" && row.ObjectId == member.Id));
        Assert.True(await db.AuditEntries.AnyAsync(row => row.Action == "project.collaborator.removed" && row.ProjectId == speech.Id));
    }

    [DatabaseTheory]
    public async Task Remove_LastAdmin_HandsOverToTheHeirInTheSameTransaction(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var (service, member) = (world.Get<MembersService>(), world["member"]);
        var speech = await world.Acme.ProjectAsync("speech", (member, ProjectRole.Admin));
        await world.Acme.GrantAsync(speech, world["admin"], ProjectRole.Viewer);
        var shared = await world.Acme.ProjectAsync("shared", (member, ProjectRole.Admin), (world["owner"], ProjectRole.Admin));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            ["speech"], Assert.IsType<LastAdmin>((await service.RemoveAsync(world.As("owner"), world.Acme.Id, new MemberRemoval(member.Id))).Error).Projects));
        foreach (var wrong in new[] { "auditor@acme.test", "external@partner.test", "locked@acme.test", "member@acme.test", "stranger@elsewhere.test", "x" })
        {
            await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.NotNull(Assert.IsType<Invalid>(
                (await service.RemoveAsync(world.As("owner"), world.Acme.Id, new MemberRemoval(member.Id, wrong))).Error).For("Heir")));
        }

        Assert.True((await service.RemoveAsync(world.As("owner"), world.Acme.Id, new MemberRemoval(member.Id, "admin@acme.test"))).Succeeded);

        Assert.Equal("admin", await GrantAsync(world, speech.Id, "admin"));
        Assert.Null(await GrantAsync(world, shared.Id, "admin"));
    }

    [DatabaseTheory]
    public async Task Remove_OwnerByAnAdmin_IsRefused(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<OwnersOnly>(
            (await world.Get<MembersService>().RemoveAsync(world.As("admin"), world.Acme.Id, new MemberRemoval(world["locked"].Id))).Error));
        Assert.True((await world.Get<MembersService>().RemoveAsync(world.As("owner"), world.Acme.Id, new MemberRemoval(world["locked"].Id))).Succeeded);
    }

    [DatabaseTheory]
    public async Task Remove_External_EndsTheirGrants(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        Assert.True((await world.Get<MembersService>().RemoveAsync(world.As("admin"), world.Acme.Id, new MemberRemoval(world["external"].Id))).Succeeded);

        Assert.Null(await world.Get<AccessControl>().OpenProjectAsync(world.As("external"), "acme", "vision"));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<NoSuchMember>(
            (await world.Get<MembersService>().RemoveAsync(world.As("admin"), world.Acme.Id, new MemberRemoval(world["external"].Id))).Error));
    }

    [DatabaseTheory]
    [InlineData("admin", true)]
    [InlineData("auditor", true)]
    [InlineData("member", true)]
    [InlineData("external", false)]
    [InlineData("stranger", false)]
    [InlineData("neighbour", false)]
    public async Task Leave_EveryKindOfPerson_OnlyMembersCan(DatabaseKind kind, string who, bool done)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        var result = await world.Get<MembersService>().LeaveAsync(world.As(who), world.Acme.Id);

        Assert.Equal(done, result.Succeeded);
        Assert.Null(await MemberAsync(world, who));
        Assert.Equal(done, await world.Database.ReadAsync(db => db.AuditEntries.AnyAsync(row => row.Action == "organization.member.left" && row.Result == AuditResult.Done)));
    }

    [DatabaseTheory]
    public async Task Leave_WhileTheOtherOwnerIsLockedAtOnce_AnOwnerIsLeft(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        await world.Database.ChangeAsync<User>(user => user.LockedUtc = null, world["locked"].Id);

        var results = await Task.WhenAll(
            Task.Run(async () => (await world.Get<MembersService>().LeaveAsync(world.As("owner"), world.Acme.Id)).Error),
            Task.Run(async () => (await world.Get<ProjectConsole.Features.Installation.AccountLocks>()
                .LockAsync(world.As("administrator"), world["locked"].Id, ownersTakeOver: true)).Error));

        var active = await world.Database.ReadAsync(db => db.Members.CountAsync(row => row.OrganizationId == world.Acme.Id && row.RoleKey == "owner"
            && db.Users.Any(user => user.Id == row.UserId && user.LockedUtc == null)));
        Assert.Equal(1, active);
        Assert.Equal(1, results.Count(error => error is not null));
    }

    [DatabaseTheory]
    public async Task Tick_Member_CreatesProjectsWhereTheOrganizationAsksForIt(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        await world.Database.ChangeAsync<Organization>(
            acme => acme.Change(new OrganizationSettings { Name = "acme", ProjectCreation = ProjectCreation.TickedMembers }), world.Acme.Id);
        Assert.False(await CreatesAsync(world));

        Assert.True((await world.Get<MembersService>().LetCreateProjectsAsync(world.As("admin"), world.Acme.Id, world["member"].Id, true)).Succeeded);
        Assert.True(await CreatesAsync(world));

        Assert.True((await world.Get<MembersService>().LetCreateProjectsAsync(world.As("admin"), world.Acme.Id, world["member"].Id, false)).Succeeded);
        Assert.False(await CreatesAsync(world));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<OwnersOnly>(
            (await world.Get<MembersService>().LetCreateProjectsAsync(world.As("admin"), world.Acme.Id, world["owner"].Id, true)).Error));
    }

    private static async Task<bool> CreatesAsync(PeopleAround world) =>
        (await world.Get<AccessControl>().OpenOrganizationAsync(world.As("member"), "acme"))!.May(Permissions.ProjectsCreate);

    private static Task<Result<AccessChange>> ChangeAsync(PeopleAround world, string who, string whom, string role) =>
        world.Get<MembersService>().ChangeRoleAsync(world.As(who), world.Acme.Id, new MemberRoleChange(world[whom].Id, role));

    private static Task<Member?> MemberAsync(PeopleAround world, string who) =>
        world.Database.ReadAsync(db => db.Members.FirstOrDefaultAsync(row => row.OrganizationId == world.Acme.Id && row.UserId == world[who].Id));

    private static async Task<string?> RoleAsync(PeopleAround world, string who) => (await MemberAsync(world, who))?.RoleKey;

    private static Task<string?> GrantAsync(PeopleAround world, Guid projectId, string who) => world.Database.ReadAsync(db =>
        db.Grants.Where(grant => grant.ProjectId == projectId && grant.PrincipalId == world[who].Id).Select(grant => grant.RoleKey).FirstOrDefaultAsync());

    private static Task<long> VersionAsync(PeopleAround world) =>
        world.Database.ReadAsync(db => db.Organizations.Where(row => row.Id == world.Acme.Id).Select(row => row.AccessVersion).FirstAsync());
}
