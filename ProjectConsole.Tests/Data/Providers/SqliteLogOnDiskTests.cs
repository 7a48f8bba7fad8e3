using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Data.Providers;

/// <summary>Nobody is told of a commit before the disk has it, and one wait for the disk serves all who wait.</summary>
public sealed class SqliteLogOnDiskTests
{
    [Fact]
    public async Task WriteOut_CommittedWhileTheDiskWrites_WaitsForTheNextTimeTogether()
    {
        using var disk = new Disk();
        using var log = new SqliteLogOnDisk(disk.Write) { Database = "console.db" };
        var first = log.WriteOutAsync();
        await disk.BegunAsync();
        Task[] late = [log.WriteOutAsync(), log.WriteOutAsync(), log.WriteOutAsync()];

        disk.End();
        await first;
        await disk.BegunAsync();

        Assert.All(late, task => Assert.False(task.IsCompleted));
        disk.End();
        await Task.WhenAll(late);
        Assert.Equal(["console.db-wal", "console.db-wal"], disk.Written);
    }

    [Fact]
    public async Task WriteOut_DiskRefuses_IsToldToEachWhoWaits()
    {
        var tries = 0;
        using var log = new SqliteLogOnDisk(_ => throw new IOException($"no space left, {++tries}")) { Database = "console.db" };

        Task[] waiting = [log.WriteOutAsync(), log.WriteOutAsync()];

        foreach (var task in waiting)
        {
            await Assert.ThrowsAsync<IOException>(() => task);
        }

        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task WriteOut_NothingOfTheWritersYet_AsksNoDisk()
    {
        using var log = new SqliteLogOnDisk(_ => throw new IOException("nothing to write"));

        await log.WriteOutAsync();
    }

    [Fact]
    public async Task EnterWrite_GivenBack_HasBroughtTheLogOfTheWritersToTheDisk()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var writers = database.GetKeyed<IDbContextFactory<ConsoleDbContext>>(DatabaseProvider.Writers);
        await using (await database.Provider.EnterWriteAsync(default))
        {
            await using var db = await writers.CreateDbContextAsync();
            Assert.Equal(1, await SynchronousAsync(db));
        }

        await using var other = database.Open();
        Assert.Equal(2, await SynchronousAsync(other));
    }

    private static async Task<long> SynchronousAsync(ConsoleDbContext db)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA synchronous";
        var answer = Assert.IsType<long>(await command.ExecuteScalarAsync());
        await db.Database.CloseConnectionAsync();
        return answer;
    }

    private sealed class Disk : IDisposable
    {
        private readonly SemaphoreSlim _begun = new(0);
        private readonly SemaphoreSlim _ended = new(0);

        public List<string> Written { get; } = [];

        public void Write(string path)
        {
            _begun.Release();
            _ended.Wait();
            Written.Add(path);
        }

        public Task BegunAsync() => _begun.WaitAsync();

        public void End() => _ended.Release();

        public void Dispose()
        {
            _begun.Dispose();
            _ended.Dispose();
        }
    }
}
