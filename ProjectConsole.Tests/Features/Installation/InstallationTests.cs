using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Organizations;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Installation;

public sealed class InstallationTests
{
    private static readonly Dictionary<string, Func<PeopleAround, Actor, Task<Error?>>> Operations = new()
    {
        ["read organizations"] = async (world, actor) => (await world.Get<InstallationOrganizations>().ListAsync(actor, null, new PageRequest(1, 25))).Error,
        ["read requests"] = async (world, actor) => (await world.Get<AllowanceRequests>().ListAsync(actor, true, new PageRequest(1, 25))).Error,
        ["read accounts"] = async (world, actor) =>
            (await world.Get<InstallationAccounts>().ListAsync(actor, new AccountQuery(null, null, new PageRequest(1, 25)))).Error,
        ["read settings"] = async (world, actor) => (await world.Get<InstallationSettingsService>().GetAsync(actor)).Error,
        ["set allowance"] = async (world, actor) => (await world.Get<InstallationOrganizations>().SetAllowanceAsync(actor, world.Acme.Id, 9)).Error,
        ["approve"] = async (world, actor) => (await world.Get<AllowanceRequests>().ApproveAsync(actor, await RequestAsync(world), 20, "")).Error,
        ["decline"] = async (world, actor) => (await world.Get<AllowanceRequests>().DeclineAsync(actor, await RequestAsync(world), "Not now.")).Error,
        ["lock"] = async (world, actor) => (await world.Get<AccountLocks>().LockAsync(actor, world["member"].Id, false)).Error,
        ["unlock"] = async (world, actor) => (await world.Get<AccountLocks>().UnlockAsync(actor, world["locked"].Id)).Error,
        ["sign out"] = async (world, actor) => (await world.Get<AccountLocks>().SignOutEverywhereAsync(actor, world["member"].Id)).Error,
        ["change settings"] = async (world, actor) => (await world.Get<InstallationSettingsService>().ChangeAsync(actor, true, true, null)).Error,
    };

    public static TheoryData<string> AllOperations() => [.. Operations.Keys];

    [DatabaseTheory]
    [MemberData(nameof(AllOperations))]
    public async Task Operation_ByEverybody_IsDoneByTheAdministratorAlone(DatabaseKind kind, string operation)
    {
        await using var world = await PeopleAround.CreateAsync(kind, allowance: 5);
        await world.Get<AllowanceService>().RequestAsync(world.As("owner"), world.Acme.Id, new MoreProjects(20, "growth"));

        foreach (var who in PeopleAround.Insiders.Concat(PeopleAround.Outsiders).Where(who => who != "administrator"))
        {
            await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<NotFound>(await Operations[operation](world, world.As(who))));
        }

        Assert.Null(await Operations[operation](world, world.As("administrator")));
    }

    [DatabaseTheory]
    public async Task List_Organizations_ShowsOwnersAndUse(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind, allowance: 5);

        var page = (await world.Get<InstallationOrganizations>().ListAsync(world.As("administrator"), "ACM", new PageRequest(1, 25))).Value;

        var acme = page.Rows.Single();
        Assert.Equal(("acme", 2, 5, 2, false), (acme.Slug, acme.Used, acme.Allowance, acme.OwnerCount, acme.IsDeleted));
        Assert.Contains("owner@acme.test", acme.Owners);
    }

    [DatabaseTheory]
    public async Task Administrator_SeesNothingInsideAnOrganization(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        Assert.Null(await world.Get<AccessControl>().OpenOrganizationAsync(world.As("administrator"), "acme"));
        Assert.Null(await world.Get<AccessControl>().OpenProjectAsync(world.As("administrator"), "acme", "vision"));
    }

    [DatabaseTheory]
    public async Task Approve_Request_RaisesTheAllowanceOnce(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind, allowance: 5);
        var (service, administrator) = (world.Get<AllowanceRequests>(), world.As("administrator"));
        await world.Get<AllowanceService>().RequestAsync(world.As("owner"), world.Acme.Id, new MoreProjects(20, "growth"));
        var id = await RequestAsync(world);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<Invalid>((await service.ApproveAsync(administrator, id, 5, "")).Error));

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(index => Task.Run(() => service.ApproveAsync(administrator, id, 10 + index, "Have fun."))));

        Assert.Equal(1, results.Count(result => result.Succeeded));
        var view = (await world.Get<AllowanceService>().GetAsync(world.As("owner"), world.Acme.Id)).Value;
        Assert.InRange(view.Allowance!.Value, 10, 12);
        Assert.Equal((RequestState.Approved, "Have fun."), (view.Latest!.State, view.Latest.Answer));
        Assert.Equal(1, await world.Database.ReadAsync(db => db.AuditEntries.CountAsync(row => row.Action == "organization.allowance.changed")));
    }

    [DatabaseTheory]
    public async Task Decline_Request_NeedsWordsAndLeavesTheAllowance(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind, allowance: 5);
        var (service, administrator) = (world.Get<AllowanceRequests>(), world.As("administrator"));
        await world.Get<AllowanceService>().RequestAsync(world.As("owner"), world.Acme.Id, new MoreProjects(20, "growth"));
        var id = await RequestAsync(world);

        Assert.IsType<Invalid>((await service.DeclineAsync(administrator, id, " ")).Error);
        Assert.True((await service.DeclineAsync(administrator, id, "Next quarter.")).Succeeded);

        Assert.IsType<AllowanceRequestAnswered>((await service.ApproveAsync(administrator, id, 20, "")).Error);
        var view = (await world.Get<AllowanceService>().GetAsync(world.As("owner"), world.Acme.Id)).Value;
        Assert.Equal((5, RequestState.Declined), (view.Allowance, view.Latest!.State));
        // Answered, so that the organization may ask again.
        Assert.True((await world.Get<AllowanceService>().RequestAsync(world.As("owner"), world.Acme.Id, new MoreProjects(6, ""))).Succeeded);
        var list = (await service.ListAsync(administrator, false, new PageRequest(1, 25))).Value;
        Assert.Equal((1, 1, 1), (list.Page.Total, list.Pending, list.Answered));
    }

    [DatabaseTheory]
    public async Task Lock_Account_EndsSessionsAndAccessEverywhere(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var member = world["member"];
        await world.Database.AddAsync(new UserSession(member.Id, "192.0.2.7", "browser", world.Database.Clock.UtcNow));
        var before = await VersionsAsync(world);

        Assert.True((await world.Get<AccountLocks>().LockAsync(world.As("administrator"), member.Id, false)).Succeeded);

        await using var db = world.Database.Open();
        var locked = await db.Users.SingleAsync(user => user.Id == member.Id);
        Assert.NotNull(locked.LockedUtc);
        Assert.NotEqual(member.SecurityStamp, locked.SecurityStamp);
        Assert.True(await db.UserSessions.AllAsync(session => session.UserId != member.Id || session.EndedUtc != null));
        Assert.Null(await world.Get<AccessControl>().OpenOrganizationAsync(Actors.Of(member), "acme"));
        var after = await VersionsAsync(world);
        Assert.Equal(before["acme"] + 1, after["acme"]);
        Assert.Equal(before["globex"], after["globex"]);

        Assert.True((await world.Get<AccountLocks>().UnlockAsync(world.As("administrator"), member.Id)).Succeeded);
        Assert.NotNull(await world.Get<AccessControl>().OpenOrganizationAsync(Actors.Of(member), "acme"));
        Assert.Equal(after["acme"] + 1, (await VersionsAsync(world))["acme"]);
    }

    [DatabaseTheory]
    public async Task Lock_External_RaisesTheOrganizationsThatGrantThem(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var before = await VersionsAsync(world);

        Assert.True((await world.Get<AccountLocks>().LockAsync(world.As("administrator"), world["external"].Id, false)).Succeeded);

        Assert.Equal(before["acme"] + 1, (await VersionsAsync(world))["acme"]);
        Assert.Null(await world.Get<AccessControl>().OpenProjectAsync(world.As("external"), "acme", "vision"));
    }

    [DatabaseTheory]
    public async Task Lock_LastOwnerWithoutConfirmation_IsRefusedAndNamesNoOrganization(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        foreach (var takeOver in new[] { false, true })
        {
            await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            {
                var error = Assert.IsType<LockLeavesOrganizations>((await world.Get<AccountLocks>().LockAsync(world.As("administrator"), world["owner"].Id, takeOver)).Error);
                Assert.Equal(1, error.Organizations);
                Assert.DoesNotContain("acme", error.Message, StringComparison.OrdinalIgnoreCase);
            });
        }
    }

    [DatabaseTheory]
    public async Task Lock_LastOwnerConfirmed_LocksAlsoTheOnlyAdminAndAuditsHowMany(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        await world.Acme.ProjectAsync("speech", (world["owner"], ProjectRole.Admin));

        var result = await world.Get<AccountLocks>().LockAsync(world.As("administrator"), world["owner"].Id, false, leavesOwnerless: true);

        Assert.True(result.Succeeded, result.Error?.Message);
        Assert.Null(await world.Get<AccessControl>().OpenOrganizationAsync(world.As("owner"), "acme"));
        var entry = await world.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Action == AuditActions.AccountLocked));
        Assert.Equal("""{"organizationsWithoutActiveOwner":1}""", entry.After);
        Assert.True((await world.Get<AccountLocks>().UnlockAsync(world.As("administrator"), world["owner"].Id)).Succeeded);
        Assert.NotNull(await world.Get<AccessControl>().OpenOrganizationAsync(world.As("owner"), "acme"));
    }

    [DatabaseTheory]
    public async Task Lock_ConfirmedWhereAnOwnerIsLeft_StillKeepsAnAdminForEveryProject(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        await world.Acme.ProjectAsync("speech", (world["member"], ProjectRole.Admin));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<LockLeavesProjects>(
            (await world.Get<AccountLocks>().LockAsync(world.As("administrator"), world["member"].Id, false, leavesOwnerless: true)).Error));
    }

    [DatabaseTheory]
    public async Task Lock_MemberOfTwoOrganizations_RaisesEachOnce(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var initech = await Given.OrganizationAsync(world.Database, "initech");
        await initech.GrantAsync(await initech.ProjectAsync("reports"), world["member"], ProjectRole.Viewer);
        var before = await VersionsAsync(world);

        Assert.True((await world.Get<AccountLocks>().LockAsync(world.As("administrator"), world["member"].Id, false)).Succeeded);

        var after = await VersionsAsync(world);
        Assert.Equal((before["acme"] + 1, before["initech"] + 1, before["globex"]), (after["acme"], after["initech"], after["globex"]));
    }

    [DatabaseTheory]
    public async Task Lock_LastAdmin_NamesNoProjectAndHandsOverWhenAsked(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var speech = await world.Acme.ProjectAsync("speech", (world["member"], ProjectRole.Admin));
        var service = world.Get<AccountLocks>();

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var error = Assert.IsType<LockLeavesProjects>((await service.LockAsync(world.As("administrator"), world["member"].Id, false)).Error);
            Assert.DoesNotContain("speech", error.Message, StringComparison.Ordinal);
            Assert.Equal(1, error.Projects);
        });

        Assert.True((await service.LockAsync(world.As("administrator"), world["member"].Id, true)).Succeeded);
        Assert.True(await world.Database.ReadAsync(db => db.Grants.AnyAsync(
            grant => grant.ProjectId == speech.Id && grant.PrincipalId == world["owner"].Id && grant.RoleKey == "admin")));
    }

    [DatabaseTheory]
    public async Task Lock_OwnAccount_IsRefused(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<OwnAccount>(
            (await world.Get<AccountLocks>().LockAsync(world.As("administrator"), world["administrator"].Id, false)).Error));
    }

    [DatabaseTheory]
    public async Task Lock_TwoAdministratorsLockEachOtherAtOnce_OneIsLeft(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var other = await Given.InstallationAdministratorAsync(world.Database, "second@console.test");
        var service = world.Get<AccountLocks>();

        await Task.WhenAll(
            Task.Run(() => service.LockAsync(world.As("administrator"), other.Id, false)),
            Task.Run(() => service.LockAsync(Actors.Of(other), world["administrator"].Id, false)));

        Assert.Equal(1, await world.Database.ReadAsync(db => db.Users.CountAsync(user => user.IsInstallationAdministrator && user.LockedUtc == null)));
    }

    [DatabaseTheory]
    public async Task SignOutEverywhere_Account_StaysOpen(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var member = world["member"];
        await world.Database.AddAsync(new UserSession(member.Id, "192.0.2.7", "browser", world.Database.Clock.UtcNow));

        Assert.True((await world.Get<AccountLocks>().SignOutEverywhereAsync(world.As("administrator"), member.Id)).Succeeded);

        Assert.True(await world.Database.ReadAsync(db => db.UserSessions.AllAsync(session => session.EndedUtc != null)));
        Assert.NotNull(await world.Get<AccessControl>().OpenOrganizationAsync(Actors.Of(member), "acme"));
    }

    [DatabaseTheory]
    [InlineData(AccountState.Locked, "locked@acme.test")]
    [InlineData(AccountState.Unconfirmed, "unconfirmed@acme.test")]
    public async Task List_Accounts_FiltersByState(DatabaseKind kind, AccountState state, string expected)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        await Given.UserAsync(world.Database, "unconfirmed@acme.test", user => user.EmailConfirmed = false);

        var page = (await world.Get<InstallationAccounts>().ListAsync(
            world.As("administrator"), new AccountQuery("@acme", state, new PageRequest(1, 25)))).Value;

        Assert.Equal([expected], page.Rows.Select(row => row.Email));
        Assert.Equal(state, page.Rows[0].State);
    }

    [DatabaseTheory]
    public async Task ChangeSettings_ReadBeforeSomebodyElsesChange_IsStale(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var (service, administrator) = (world.Get<InstallationSettingsService>(), world.As("administrator"));
        var read = (await service.GetAsync(administrator)).Value;
        await service.ChangeAsync(administrator, true, false, read.Version);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<Stale>((await service.ChangeAsync(administrator, false, true, read.Version)).Error));
        Assert.True((await service.GetAsync(administrator)).Value.RegistrationIsOpen);
    }

    [DatabaseTheory]
    [InlineData(0)]
    [InlineData(AllowanceRequest.Most + 1)]
    public async Task SetAllowance_ImpossibleNumber_IsRefused(DatabaseKind kind, int projects)
    {
        await using var world = await PeopleAround.CreateAsync(kind, allowance: 5);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<Invalid>(
            (await world.Get<InstallationOrganizations>().SetAllowanceAsync(world.As("administrator"), world.Acme.Id, projects)).Error));
        Assert.IsType<NotFound>((await world.Get<InstallationOrganizations>().SetAllowanceAsync(world.As("administrator"), Guid.NewGuid(), 9)).Error);
        Assert.True((await world.Get<InstallationOrganizations>().SetAllowanceAsync(world.As("administrator"), world.Acme.Id, null)).Succeeded);
    }

    private static Task<Guid> RequestAsync(PeopleAround world) =>
        world.Database.ReadAsync(db => db.AllowanceRequests.Select(request => request.Id).SingleAsync());

    private static Task<Dictionary<string, long>> VersionsAsync(PeopleAround world) =>
        world.Database.ReadAsync(db => db.Organizations.ToDictionaryAsync(row => row.Slug, row => row.AccessVersion));
}
