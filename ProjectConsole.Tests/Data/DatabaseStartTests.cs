using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Data;

public sealed class DatabaseStartTests : IDisposable
{
    private readonly ConsoleServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Start_NewDatabaseInDevelopment_IsMigratedAndReady()
    {
        using var browser = _server.OpenBrowser();

        Assert.Equal("Healthy", await browser.ReadAsync("/readyz"));
    }

    [Fact]
    public async Task Start_NewDatabase_LetsReadersAndTheWriterWorkBesideEachOther()
    {
        using var browser = _server.OpenBrowser();
        await using var db = _server.OpenDatabase();

        Assert.Equal("wal", await db.Database.SqlQuery<string>($"SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync());
        // FULL: what was committed survives a power cut.
        Assert.Equal(2, await db.Database.SqlQuery<int>($"SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync());
    }

    [Fact]
    public async Task Ready_DatabaseLosesItsMigrations_SaysNoWhileTheProcessIsHealthy()
    {
        using var browser = _server.OpenBrowser();
        Assert.Equal("Healthy", await browser.ReadAsync("/readyz"));
        await ExecuteAsync("DELETE FROM __EFMigrationsHistory");

        Assert.Equal("Unhealthy", await browser.ReadAsync("/readyz"));
        Assert.Equal("Healthy", await browser.ReadAsync("/healthz"));
    }

    [Fact]
    public async Task Start_ProductionWithTheSetting_Migrates()
    {
        using var production = _server.WithWebHostBuilder(host => host.UseEnvironment("Production").UseSetting("Database:MigrateAtStart", "true"));
        using var client = production.CreateClient();

        Assert.Equal("Healthy", await client.GetStringAsync("/readyz"));
    }

    [Fact]
    public async Task Start_ProductionWithoutMigrations_SaysHowToApplyThem() =>
        Assert.Contains("Database:MigrateAtStart=true", await RefusalAsync("--environment", "Production"));

    [Fact]
    public async Task Start_DatabaseOfANewerProgram_IsRefused()
    {
        await ExecuteAsync("CREATE TABLE __EFMigrationsHistory (MigrationId TEXT PRIMARY KEY, ProductVersion TEXT); INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '99')");

        Assert.Contains("newer than this program", await RefusalAsync());
    }

    [Fact]
    public async Task Start_MigrationLockThatAKilledProcessLeft_SaysHowToClearIt()
    {
        await ExecuteAsync("CREATE TABLE __EFMigrationsLock (Id INTEGER PRIMARY KEY, Timestamp TEXT); INSERT INTO __EFMigrationsLock VALUES (1, '2026-03-02 09:00:00')");

        var refusal = await RefusalAsync();

        Assert.Contains("2026-03-02 09:00:00", refusal);
        Assert.Contains("DELETE FROM __EFMigrationsLock", refusal);
        Assert.Contains(DatabaseFile, refusal);
    }

    [Fact]
    public async Task Start_FileThatIsNoDatabase_IsRefused()
    {
        await File.WriteAllTextAsync(DatabaseFile, new string('x', 4096));

        Assert.Contains("cannot be used", await RefusalAsync());
    }

    [Theory]
    [InlineData("PostgreSql", "Host=127.0.0.1;Port=1;Database=none;Username=nobody;Password=topsecret", "PostgreSql database cannot be used")]
    [InlineData("PostgreSql", "", "ConnectionStrings:Console says nothing")]
    [InlineData("PostgreSql", "Nonsense=topsecret", "cannot be read as a connection string")]
    [InlineData("Oracle", "x", "Set it to Sqlite, PostgreSql or SqlServer.")]
    public async Task Start_ProviderThatCannotBeUsed_IsRefusedWithoutSecrets(string provider, string connection, string sentence)
    {
        var refusal = await RefusalAsync("--Database:Provider", provider, "--ConnectionStrings:Console", connection);

        Assert.Contains(sentence, refusal);
        Assert.DoesNotContain("topsecret", refusal);
    }

    [Fact]
    public async Task Start_ProxyThatIsNoAddress_IsRefused() =>
        Assert.Contains("\"proxy\"", await RefusalAsync("--Console:KnownProxies", "10.0.0.0/8, proxy"));

    private string DatabaseFile => Path.Combine(_server.DataDirectory, "console.db");

    // The program as it is started, because its exit code and its last words are what operators see.
    private async Task<string> RefusalAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ProjectConsole.dll"), "--urls", "http://127.0.0.1:0", .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Console__Sample__Enabled"] = "false";
        start.Environment["Console__DataDirectory"] = _server.DataDirectory;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var refusal = await process.StandardError.ReadToEndAsync(limit.Token);
            await output;
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal(1, process.ExitCode);
            Assert.Single(refusal.Trim().Split('\n'));
            return refusal;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
