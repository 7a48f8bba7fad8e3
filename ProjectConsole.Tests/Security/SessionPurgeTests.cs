using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

public sealed class SessionPurgeTests
{
    [DatabaseTheory]
    public async Task Run_SessionsOfEveryAge_DeletesThoseThatEndedLongAgo(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var ann = await Given.UserAsync(database, "ann@acme.test");
        await AddAsync(database, ann, "lives", startedDaysAgo: 1, endedDaysAgo: null);
        await AddAsync(database, ann, "ended", startedDaysAgo: 35, endedDaysAgo: 29);
        await AddAsync(database, ann, "ended long ago", startedDaysAgo: 35, endedDaysAgo: 31);
        await AddAsync(database, ann, "over", startedDaysAgo: 43, endedDaysAgo: null);
        await AddAsync(database, ann, "over long ago", startedDaysAgo: 45, endedDaysAgo: null);
        var purge = database.Get<SessionPurge>();

        Assert.Equal(2, await purge.RunAsync());

        Assert.Equal(["ended", "lives", "over"], await database.ReadAsync(db => db.UserSessions.Select(session => session.Device).Order().ToListAsync()));
        Assert.Equal(0, await purge.RunAsync());
        database.Clock.Advance(TimeSpan.FromDays(1.5));
        Assert.Equal(2, await purge.RunAsync());
    }

    [DatabaseTheory]
    public async Task Run_MoreThanAtOnce_DeletesAllOfThem(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var ann = await Given.UserAsync(database, "ann@acme.test");
        await database.AddAsync([.. Enumerable.Range(0, 2100).Select(_ => Session(database, ann, "old", 50, 40))]);

        Assert.Equal(2100, await database.Get<SessionPurge>().RunAsync());
    }

    [Fact]
    public void Purge_InTheConsole_RunsInTheBackground()
    {
        using var server = new ConsoleServer();

        Assert.Contains(server.Services.GetRequiredService<SessionPurge>(), server.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>());
    }

    private static Task AddAsync(TestDatabase database, User user, string device, int startedDaysAgo, int? endedDaysAgo) =>
        database.AddAsync(Session(database, user, device, startedDaysAgo, endedDaysAgo));

    private static UserSession Session(TestDatabase database, User user, string device, int startedDaysAgo, int? endedDaysAgo)
    {
        var session = new UserSession(user.Id, "192.0.2.1", device, database.Clock.UtcNow.AddDays(-startedDaysAgo));
        if (endedDaysAgo is { } days)
        {
            session.End(database.Clock.UtcNow.AddDays(-days));
        }

        return session;
    }
}
