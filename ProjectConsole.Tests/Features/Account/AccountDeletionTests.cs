using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Tests.Security.Races;

namespace ProjectConsole.Tests.Features.Account;

public sealed class AccountDeletionTests
{
    [DatabaseTheory]
    public async Task Delete_PersonWithEverything_EndsAllOfItAndFreesTheAddress(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, AdminPairs.Services);
        var acme = await Given.OrganizationAsync(database);
        var ann = await PersonAsync(database, "ann@acme.test");
        await acme.JoinAsync(ann);
        var churn = await acme.ProjectAsync("churn", (ann, ProjectRole.Developer));
        var team = new Team(acme.Id, "core", "core", "", database.Clock.UtcNow);
        await database.AddAsync(team, Principal.OfTeam(team.Id, ann.Id, database.Clock.UtcNow));
        await acme.ResourceAsync(churn, "cluster", "gpu-1", createdBy: ann);
        await database.AddAsync(new AccessRequest(acme.Id, churn.Id, ann.Id, ann.Email!, new AccessAsk("manager", "", null), database.Clock.UtcNow));

        await database.AddAsync(new PersonalSpace(acme.Id, ann.Id, ann.Email!, database.Clock.UtcNow));

        var result = await DeleteAsync(database, ann);

        Assert.NotNull(await database.ReadAsync(db => db.PersonalSpaces.Select(space => space.LeftUtc).SingleAsync()));
        Assert.True(result.Succeeded, result.Succeeded ? "" : result.Error.Message);
        await using var db = database.Open();
        Assert.False(await db.Members.AnyAsync(member => member.UserId == ann.Id));
        Assert.False(await db.Grants.AnyAsync(grant => grant.PrincipalId == ann.Id));
        Assert.Equal([ann.Id], await db.Principals.Where(principal => principal.UserId == ann.Id).Select(principal => principal.Id).ToListAsync());
        Assert.Equal(AccessRequestState.Withdrawn, (await db.AccessRequests.SingleAsync()).State);
        Assert.Equal(ann.Id, (await db.Resources.SingleAsync()).CreatedBy);
        var row = await db.Users.SingleAsync(user => user.Id == ann.Id);
        Assert.True(row.IsDeleted);
        Assert.Equal((null, null, ""), (row.Email, row.PasswordHash, row.DisplayName));
        Assert.NotNull(row.LockedUtc);
        Assert.Equal("ann@acme.test", (await db.AuditEntries.SingleAsync(entry => entry.Action == AuditActions.AccountDeleted)).ActorName);
        Assert.Equal(1, await db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.CollaboratorLeft && entry.ProjectId == churn.Id));
        await Given.UserAsync(database, "ann@acme.test");
    }

    [DatabaseTheory]
    public async Task Delete_WrongPassword_IsRefusedAndCountsAsOneAtTheDoor(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, AdminPairs.Services);
        var ann = await PersonAsync(database, "ann@acme.test");

        for (var wrong = 1; wrong < SignInService.MostTries; wrong++)
        {
            Assert.Equal("This is not your current password.", Assert.IsType<Invalid>((await DeleteAsync(database, ann, "wrong")).Error).For("Password"));
            Assert.Equal((wrong, null), await TriesAsync(database, ann));
        }

        Assert.StartsWith("Too many wrong passwords.", Assert.IsType<Invalid>((await DeleteAsync(database, ann, "wrong")).Error).For("Password"), StringComparison.Ordinal);
        // From then on the right one does not help either, until the time is over.
        Assert.StartsWith("Too many wrong passwords.", Assert.IsType<Invalid>((await DeleteAsync(database, ann)).Error).For("Password"), StringComparison.Ordinal);
        Assert.False((await database.ReadAsync(db => db.Users.SingleAsync(user => user.Id == ann.Id))).IsDeleted);
        await database.Get<DeniedAttempts>().FlushAsync();
        Assert.Equal(6, await database.ReadAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditActions.AccountDeleted && entry.Result == AuditResult.Denied).SumAsync(entry => entry.Count)));
        database.Clock.Advance(SignInService.LockedFor);
        Assert.True((await DeleteAsync(database, ann)).Succeeded);
    }

    [DatabaseTheory]
    public async Task Delete_ManyGuessesAtOnce_AreCountedOneByOne(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, AdminPairs.Services);
        var ann = await PersonAsync(database, "ann@acme.test");

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => DeleteAsync(database, ann, "wrong"))));

        Assert.Equal(SignInService.MostTries - 1, results.Count(result => ((Invalid)result.Error!).For("Password") == "This is not your current password."));
        Assert.NotNull((await TriesAsync(database, ann)).Until);
    }

    [DatabaseTheory]
    public async Task Delete_LastOwner_IsRefusedAndNothingIsWritten(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, AdminPairs.Services);
        var acme = await Given.OrganizationAsync(database);
        await database.ChangeAsync<User>(user => user.PasswordHash = Hashed(), acme.Owner.Id);

        await Unchanged.AssertNothingWrittenAsync(database, async () => Assert.IsType<LastOwner>((await DeleteAsync(database, acme.Owner)).Error));
    }

    [DatabaseTheory]
    public async Task Delete_OnlyAdministratorOfTheInstallation_IsRefusedAndNothingIsWritten(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, AdminPairs.Services);
        var administrator = await Given.InstallationAdministratorAsync(database);
        await database.ChangeAsync<User>(user => user.PasswordHash = Hashed(), administrator.Id);

        await Unchanged.AssertNothingWrittenAsync(database, async () => Assert.IsType<LastAdministrator>((await DeleteAsync(database, administrator)).Error));
    }

    [DatabaseTheory]
    public async Task Delete_AccountThatWasLocked_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, AdminPairs.Services);
        var ann = await PersonAsync(database, "ann@acme.test");
        await database.ChangeAsync<User>(user => user.LockedUtc = database.Clock.UtcNow, ann.Id);

        await Unchanged.AssertNothingWrittenAsync(database, async () => Assert.IsType<NotFound>((await DeleteAsync(database, ann)).Error));
    }

    private static async Task<Result> DeleteAsync(TestDatabase database, User user, string password = AdminPairs.Password)
    {
        await using var scope = database.Scope();
        return await scope.ServiceProvider.GetRequiredService<AccountDeletion>().DeleteAsync(Actors.Of(user), password);
    }

    private static Task<(int Tries, DateTimeOffset? Until)> TriesAsync(TestDatabase database, User user) => database.ReadAsync(async db =>
    {
        var row = await db.Users.SingleAsync(each => each.Id == user.Id);
        return (row.AccessFailedCount, row.LockoutEnd);
    });

    private static Task<User> PersonAsync(TestDatabase database, string email) => Given.UserAsync(database, email, user => user.PasswordHash = Hashed());

    private static string Hashed() => AdminPairs.Hash;
}
