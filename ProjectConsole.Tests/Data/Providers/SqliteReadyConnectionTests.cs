using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Data.Providers;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Data.Providers;

/// <summary>Connections that stay open with their statements prepared must read what fresh ones would.</summary>
public sealed class SqliteReadyConnectionTests
{
    [Fact]
    public async Task Read_TheSameTextAgain_UsesTheConnectionAndStatementAgain()
    {
        await using var database = await TestDatabase.CreateAsync();
        var first = await database.ReadAsync(CountAsync);

        var second = await database.ReadAsync(CountAsync);

        Assert.Same(first.Connection, second.Connection);
        Assert.Equal(ConnectionState.Open, second.Connection.State);
        Assert.Equal(1, second.Connection.IdleStatements);
    }

    [Fact]
    public async Task Read_AfterACommitElsewhere_SeesIt()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var reading = database.Open();
        Assert.Equal(0, (await CountAsync(reading)).Users);

        await Given.UserAsync(database, "ann@acme.test");

        Assert.Equal(1, (await CountAsync(reading)).Users);
    }

    [Fact]
    public async Task Read_InATransaction_SeesItsOwnWritesAndOthersDoNot()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var other = database.Open();
        await using var writing = database.Open();
        Assert.Equal((0, 0), ((await CountAsync(other)).Users, (await CountAsync(writing)).Users));

        await using (await database.Provider.BeginWriteAsync(writing, default))
        {
            writing.Users.Add(new User { Email = "ann@acme.test", NormalizedEmail = "ANN@ACME.TEST", UserName = "ann@acme.test", NormalizedUserName = "ANN@ACME.TEST", CreatedUtc = database.Clock.UtcNow });
            await writing.SaveChangesAsync();
            Assert.Equal((0, 1), ((await CountAsync(other)).Users, (await CountAsync(writing)).Users));
        }

        Assert.Equal((0, 0), ((await CountAsync(other)).Users, (await CountAsync(writing)).Users));
    }

    [Fact]
    public async Task Read_ContextGivenBackInATransaction_LeavesNoneOpen()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var db = database.Open())
        {
            await database.Provider.BeginWriteAsync(db, default);
        }

        await Given.UserAsync(database, "ann@acme.test");

        Assert.Equal(1, (await database.ReadAsync(CountAsync)).Users);
    }

    [Fact]
    public async Task Read_TwoReadersOfOneTextAtOnce_EachReadsAll()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Given.UserAsync(database, "ann@acme.test");
        await Given.UserAsync(database, "bob@acme.test");
        await using var db = database.Open();
        var (pairs, idle) = (new List<string>(), Ready(db).IdleStatements);

        foreach (var outer in db.Users.OrderBy(user => user.Email).Select(user => user.Email))
        {
            foreach (var inner in db.Users.OrderBy(user => user.Email).Select(user => user.Email))
            {
                pairs.Add($"{outer![..3]} {inner![..3]}");
            }
        }

        Assert.Equal(["ann ann", "ann bob", "bob ann", "bob bob"], pairs);
        Assert.Equal(idle + 1, Ready(db).IdleStatements);
    }

    [Fact]
    public async Task Write_TheSameTextAgain_UsesTheStatementAgainWithTheNewValues()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var ann = await Given.UserAsync(database, "ann@acme.test");
        var bob = await Given.UserAsync(database, "bob@acme.test");
        Assert.Equal(1, await SetPhoneAsync(ann.Id, "1"));
        var idle = Ready(db).IdleStatements;

        Assert.Equal(1, await SetPhoneAsync(bob.Id, "2"));
        Assert.Equal(0, await SetPhoneAsync(Guid.NewGuid(), "3"));

        Assert.Equal(idle, Ready(db).IdleStatements);
        Assert.Equal(["1", "2"], await database.ReadAsync(read => read.Users.OrderBy(user => user.Email).Select(user => user.PhoneNumber).ToListAsync()));

        Task<int> SetPhoneAsync(Guid id, string phone) =>
            db.Users.Where(user => user.Id == id).ExecuteUpdateAsync(set => set.SetProperty(user => user.PhoneNumber, phone));
    }

    [Fact]
    public async Task Write_KeyTaken_LeavesTheConnectionUsableAndNothingWritten()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        var ann = await Given.UserAsync(database, "ann@acme.test");
        for (var round = 0; round < 2; round++)
        {
            db.Users.Add(new User { Id = ann.Id, Email = "bob@acme.test", UserName = "bob@acme.test", CreatedUtc = database.Clock.UtcNow });
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
            db.ChangeTracker.Clear();
        }

        await Given.UserAsync(database, "cid@acme.test");

        Assert.Equal((2, ConnectionState.Open), ((await CountAsync(db)).Users, Ready(db).State));
    }

    [Fact]
    public async Task Writers_TheirConnection_MovesALargerLogThanOthers()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var reading = database.Open();
        await using var writing = await database.GetKeyed<IDbContextFactory<ConsoleDbContext>>(DatabaseProvider.Writers).CreateDbContextAsync();

        Assert.Equal((1000L, 4000L), (await PagesAsync(reading), await PagesAsync(writing)));

        static async Task<long> PagesAsync(ConsoleDbContext db)
        {
            await db.Database.OpenConnectionAsync();
            await using var setting = db.Database.GetDbConnection().CreateCommand();
            setting.CommandText = "PRAGMA wal_autocheckpoint";
            return Assert.IsType<long>(await setting.ExecuteScalarAsync());
        }
    }

    [Fact]
    public async Task Writers_OneAfterAnother_ShareOneConnectionThatReadersDoNotUse()
    {
        await using var database = await TestDatabase.CreateAsync();
        var writers = database.GetKeyed<IDbContextFactory<ConsoleDbContext>>(DatabaseProvider.Writers);
        await using var reading = database.Open();
        await CountAsync(reading);
        var used = new List<SqliteConnection>();
        for (var round = 0; round < 2; round++)
        {
            await using var writing = await writers.CreateDbContextAsync();
            used.Add((await CountAsync(writing)).Connection);
        }

        Assert.Same(used[0], used[1]);
        Assert.NotSame(used[0], Ready(reading));
    }

    [Fact]
    public async Task Writers_AllPlacesTakenByReaders_StayOpenAllTheSame()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = new ServiceCollection()
            .AddPooledDbContextFactory<SqliteConsoleDbContext>(options => options.UseSqlite(database.ConnectionString).AddInterceptors(new SqliteReadyConnections(1)))
            .BuildServiceProvider();
        await using var reading = await services.GetRequiredService<IDbContextFactory<SqliteConsoleDbContext>>().CreateDbContextAsync();
        await CountAsync(reading);
        var writers = new SqliteWriterContexts(services.GetRequiredService<DbContextOptions<SqliteConsoleDbContext>>());
        SqliteReadyConnection used;
        await using (var writing = writers.CreateDbContext())
        {
            used = (await CountAsync(writing)).Connection;
        }

        Assert.Equal((ConnectionState.Open, 1), (used.State, used.IdleStatements));
        Assert.Equal(ConnectionState.Open, Ready(reading).State);
    }

    [Fact]
    public async Task Read_OtherValuesEachTime_AnswersForThem()
    {
        await using var database = await TestDatabase.CreateAsync();
        foreach (var name in (string[])["ann", "bob", "cid"])
        {
            await Given.UserAsync(database, $"{name}@acme.test");
        }

        await using var db = database.Open();
        foreach (var email in (string[])["ann@acme.test", "cid@acme.test", "nobody@acme.test", "bob@acme.test"])
        {
            var found = await db.Users.Where(user => user.Email == email).Select(user => user.Email).FirstOrDefaultAsync();
            Assert.Equal(email.StartsWith("nobody", StringComparison.Ordinal) ? null : email, found);
        }
    }

    [Theory]
    [InlineData("SELECT abs(-9223372036854775808) AS Value")]
    [InlineData("SELECT 1 AS Value UNION ALL SELECT abs(-9223372036854775808)")]
    [InlineData("SELECT nothing AS Value FROM nowhere")]
    public async Task Read_StatementFails_LeavesTheConnectionUsable(string sql)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var db = database.Open())
        {
            await Assert.ThrowsAsync<SqliteException>(() => db.Database.SqlQueryRaw<long>(sql).ToListAsync());
            Assert.Equal(0, (await CountAsync(db)).Users);
        }

        var (_, connection) = await database.ReadAsync(CountAsync);
        Assert.Equal(ConnectionState.Open, connection.State);
    }

    [Fact]
    public async Task Read_TheSchemaChangedMeanwhile_ReadsTheNewOne()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Given.UserAsync(database, "ann@acme.test");
        await using var reading = database.Open();
        Assert.Equal([1], await reading.Database.SqlQueryRaw<long>("SELECT COUNT(*) AS Value FROM Users").ToListAsync());

        await using (var changing = database.Open())
        {
            await changing.Database.ExecuteSqlRawAsync("ALTER TABLE Users RENAME TO People; CREATE TABLE Users (Id TEXT)");
        }

        Assert.Equal([0], await reading.Database.SqlQueryRaw<long>("SELECT COUNT(*) AS Value FROM Users").ToListAsync());
    }

    [Fact]
    public async Task Read_ManyTexts_KeepsABoundedNumberOfStatements()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();

        for (var number = 0; number < 300; number++)
        {
            Assert.Equal([number], await db.Database.SqlQueryRaw<int>(string.Create(CultureInfo.InvariantCulture, $"SELECT {number} AS Value")).ToListAsync());
        }

        Assert.Equal(128, Ready(db).IdleStatements);
    }

    [Fact]
    public async Task Read_FunctionThatEfCoreBrings_IsThere()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Given.UserAsync(database, "ann@acme.test");

        Assert.Equal(1, await database.ReadAsync(db => db.Users.CountAsync(user => Regex.IsMatch(user.Email!, "^a.n@"))));
    }

    [Fact]
    public async Task Read_MoreContextsThanMayStayOpen_ReadAllTheSame()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = new ServiceCollection()
            .AddPooledDbContextFactory<SqliteConsoleDbContext>(options => options.UseSqlite(database.ConnectionString).AddInterceptors(new SqliteReadyConnections(1)))
            .BuildServiceProvider();
        var contexts = services.GetRequiredService<IDbContextFactory<SqliteConsoleDbContext>>();
        await using var one = await contexts.CreateDbContextAsync();
        await using var other = await contexts.CreateDbContextAsync();

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal((0, 0), ((await CountAsync(one)).Users, (await CountAsync(other)).Users));
            Assert.Equal((ConnectionState.Open, ConnectionState.Closed), (Ready(one).State, Ready(other).State));
        }
    }

    [Fact]
    public async Task Read_InParallel_EachReadsAll()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Given.UserAsync(database, "ann@acme.test");

        var counts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => database.ReadAsync(CountAsync))));

        Assert.All(counts, count => Assert.Equal(1, count.Users));
    }

    [Fact]
    public async Task Dispose_ServicesOfAFile_CloseItsConnections()
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
        var services = new ServiceCollection().AddConsoleData(new SqliteProvider(), database.ConnectionString + ";Pooling=False").BuildServiceProvider();
        await using (var db = await services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync())
        {
            await CountAsync(db);
        }

        Assert.True(File.Exists(file + "-wal"));

        await services.DisposeAsync();

        // The last connection that closes takes the log with it.
        Assert.False(File.Exists(file + "-wal"));
    }

    private static async Task<(int Users, SqliteReadyConnection Connection)> CountAsync(ConsoleDbContext db) => (await db.Users.CountAsync(), Ready(db));

    private static SqliteReadyConnection Ready(ConsoleDbContext db) => Assert.IsType<SqliteReadyConnection>(db.Database.GetDbConnection());
}
