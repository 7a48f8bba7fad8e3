using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

public sealed class DeniedAttemptsTests
{
    [Fact]
    public async Task Flush_DatabaseDoesNotTakeTheBatch_LeavesItInTheLogOfTheProcess()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (log, actor, projectId) = (new Lines(), new Actor(Guid.NewGuid(), "ann@acme.test", "", "request-1"), Guid.NewGuid());
        using var denied = new DeniedAttempts(new Down(), database.Get<SlugDirectory>(), database.Get<DatabaseProvider>(), database.Clock, log);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            denied.Report(actor, null, projectId, AuditActions.ProjectDeleted, new NotFound(), database.Clock.UtcNow);
        }

        await Assert.ThrowsAsync<DbUpdateException>(() => denied.FlushAsync());

        var line = Assert.Single(log.Written);
        Assert.All(
            new[] { actor.UserId.ToString(), projectId.ToString(), AuditActions.ProjectDeleted, "3 times", "request-1", new NotFound().Message },
            part => Assert.Contains(part, line, StringComparison.Ordinal));
        Assert.DoesNotContain("ann@acme.test", line, StringComparison.Ordinal);
    }

    private sealed class Down : IDbContextFactory<ConsoleDbContext>
    {
        public ConsoleDbContext CreateDbContext() => throw new DbUpdateException("down");
    }

    private sealed class Lines : ILogger<DeniedAttempts>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
