namespace ProjectConsole.Data.Providers;

/// <summary>
/// Brings SQLite's write-ahead log to the disk for the writers, whose connection commits without waiting for it
/// (<c>PRAGMA synchronous = NORMAL</c>, https://sqlite.org/pragma.html#pragma_synchronous): the log is written in one order, so that a
/// loss of power takes the last commits and never one from among them, and nobody is told of a commit before the log is on the disk.
/// </summary>
/// <remarks>
/// Waiting in the turn to write, as with FULL, lets one commit after another wait for the disk: 1.9 of 2.2 ms of a small one.
/// Only the file of the log may be opened beside SQLite: closing one more handle of the database itself would drop the process's
/// locks on it (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
/// </remarks>
/// <param name="writeOut">Writes the file of this path out; returns when the disk has it.</param>
internal sealed class SqliteLogOnDisk(Action<string> writeOut) : IDisposable
{
    private readonly SemaphoreSlim _disk = new(1, 1);
    private long _committed;
    private long _written;

    public SqliteLogOnDisk()
        : this(WriteOut)
    {
    }

    /// <summary>The path of the database, as SQLite names it to the writers' connection; null before that was opened: nothing is theirs by then.</summary>
    public string? Database { get; set; }

    /// <summary>Returns when all that was committed before the call is on the disk. A commit is not taken back, so that nothing ends the wait.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public async Task WriteOutAsync()
    {
        var own = Interlocked.Increment(ref _committed);
        await _disk.WaitAsync();
        try
        {
            if (_written >= own || Database is not { } database)
            {
                return;
            }

            // Whoever comes while the disk writes may have committed too late for it.
            var all = Interlocked.Read(ref _committed);
            await Task.Run(() => writeOut(database + "-wal"));
            _written = all;
        }
        finally
        {
            _disk.Release();
        }
    }

    public void Dispose() => _disk.Dispose();

    // Without the file nothing waits in it: the last connection that closed has moved all of it into the database.
    private static void WriteOut(string path)
    {
        try
        {
            using var log = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(log);
        }
        catch (FileNotFoundException)
        {
        }
    }
}
