using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Features.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Audit;

public sealed class AuditVerificationTests
{
    [Fact]
    public async Task VerifyAsync_WhileOneIsUnderWay_IsRefusedForThatOrganizationAndPassesAfterwards()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (acme, other) = (await Given.OrganizationAsync(database), await Given.OrganizationAsync(database, "other"));
        var chain = new HeldChain();
        var options = new DbContextOptionsBuilder<SqliteConsoleDbContext>(database.Get<DbContextOptions<SqliteConsoleDbContext>>()).AddInterceptors(chain).Options;
        var audit = new AuditService(new Contexts(options), database.Get<AccessControl>());

        var first = audit.VerifyAsync(Actors.Of(acme.Owner), acme.Id);
        await chain.Reached;
        var meanwhile = await audit.VerifyAsync(Actors.Of(acme.Owner), acme.Id);
        var elsewhere = audit.VerifyAsync(Actors.Of(other.Owner), other.Id);
        chain.Release();

        Assert.IsType<AlreadyVerifying>(meanwhile.Error);
        Assert.True((await first).Succeeded);
        Assert.True((await elsewhere).Succeeded);
        Assert.True((await audit.VerifyAsync(Actors.Of(acme.Owner), acme.Id)).Succeeded);
    }

    [DatabaseTheory]
    public async Task VerifyAsync_WithoutTheRight_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (member, stranger) = (await acme.MemberAsync("ann"), await Given.UserAsync(database, "stranger@other.test"));
        var audit = new AuditService(database.Get<IDbContextFactory<ConsoleDbContext>>(), database.Get<AccessControl>());

        Assert.True((await audit.VerifyAsync(Actors.Of(acme.Owner), acme.Id)).Succeeded);
        Assert.IsType<Forbidden>((await audit.VerifyAsync(Actors.Of(member), acme.Id)).Error);
        Assert.IsType<NotFound>((await audit.VerifyAsync(Actors.Of(stranger), acme.Id)).Error);
    }

    private sealed class Contexts(DbContextOptions<SqliteConsoleDbContext> options) : IDbContextFactory<ConsoleDbContext>
    {
        public ConsoleDbContext CreateDbContext() => new SqliteConsoleDbContext(options);
    }

    // Whoever reads the head of a chain waits there.
    private sealed class HeldChain : DbCommandInterceptor
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Release() => _released.SetResult();

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("\"AuditChains\"", StringComparison.Ordinal))
            {
                _reached.TrySetResult();
                await _released.Task;
            }

            return result;
        }
    }
}
