using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

public sealed class DeadlockTests
{
    [DatabaseTheory]
    public async Task WriteAsync_TwoThatWaitForEachOther_AreBothDoneAndTheVictimRanTwice(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            // Its writers stand in one line: the second would wait for the first to end, and the first for the second to begin.
            return;
        }

        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (one, two) = (await acme.ProjectAsync("one"), await acme.ProjectAsync("two"));
        var (both, holding, runs) = (new TaskCompletionSource(), 0, 0);

        var results = await Task.WhenAll(
            Task.Run(() => database.Get<ConsoleWriter>().WriteAsync(Actors.Of(acme.Owner), Target(acme), command => HoldAsync(command, one, two))),
            Task.Run(() => database.Get<ConsoleWriter>().WriteAsync(Actors.Of(acme.Owner), Target(acme), command => HoldAsync(command, two, one))));

        Assert.All(results, result => Assert.Null(result.Error));
        Assert.Equal(3, runs);
        Assert.Equal(2, await database.ReadAsync(db => db.AuditEntries.CountAsync()));

        async Task<Result> HoldAsync(Command command, Project first, Project second)
        {
            Interlocked.Increment(ref runs);
            await database.Provider.LockExclusiveAsync(command.Db, LockedTable.Projects, first.Id, default);
            if (Interlocked.Increment(ref holding) == 2)
            {
                both.SetResult();
            }

            await both.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await database.Provider.LockExclusiveAsync(command.Db, LockedTable.Projects, second.Id, default);
            command.Audit(AuditActions.OrganizationChanged, new AuditObject("organization", acme.Id, "acme"));
            return Result.Ok;
        }
    }

    [DatabaseTheory]
    public async Task WriteAsync_AlwaysAVictim_IsTriedOnceMoreAndFailsAsAWhole(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var runs = 0;

        await Unchanged.AssertNothingWrittenAsync(database, () => Assert.ThrowsAsync<InvalidOperationException>(() =>
            database.Get<ConsoleWriter>().WriteAsync(Actors.Of(acme.Owner), Target(acme), async command =>
            {
                runs++;
                command.Audit(AuditActions.OrganizationChanged, new AuditObject("organization", acme.Id, "acme"));
                await command.Db.SaveChangesAsync();
                // As EF hands it on.
                throw new InvalidOperationException("Passing.", new DbUpdateException("Not saved.", new PostgresException("deadlock detected", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected)));
            })));

        Assert.Equal(kind == DatabaseKind.PostgreSql ? 2 : 1, runs);
        Assert.Equal(0, await database.ReadAsync(db => db.AuditEntries.CountAsync()));
    }

    [DatabaseTheory]
    public async Task WriteAsync_OtherFailure_IsNotTriedAgain(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var runs = 0;

        await Assert.ThrowsAsync<PostgresException>(() => database.Get<ConsoleWriter>().WriteAsync(Actors.Of(acme.Owner), Target(acme), (Func<Command, Task<Result>>)(_ =>
        {
            runs++;
            throw new PostgresException("out of memory", "ERROR", "ERROR", PostgresErrorCodes.OutOfMemory);
        })));

        Assert.Equal(1, runs);
    }

    private static CommandTarget Target(GivenOrganization acme) =>
        CommandTarget.InOrganization(acme.Id, Permissions.OrganizationUpdate, AuditActions.OrganizationChanged, CommandLock.Shared);
}
