using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Limits;

/// <summary>
/// <c>admin reconcile-usage [--dry-run]</c>: compares the stored usage with what exists and mends it. It works on the host, without
/// an account, and also while servers run.
/// </summary>
public static class LimitsCommands
{
    private const string DryRun = "--dry-run";

    /// <summary>Whether these arguments mean it.</summary>
    public static bool IsMeant(string[] args) => args is ["admin", "reconcile-usage", ..];

    /// <summary>Carries it out; answers 0, or 1 where a dry run found differences.</summary>
    /// <exception cref="StartRefusedException">The database cannot be used; the message says why.</exception>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct = default)
    {
        var mends = !args.Contains(DryRun);
        await using var app = Prepare([.. args.Skip(2).Where(arg => arg != DryRun)]);
        await using (var db = await app.Services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync(ct))
        {
            if ((await DatabaseStart.PendingAsync(db, ct)).Count > 0)
            {
                throw new StartRefusedException("The database lacks some of this program's migrations. Start the server once, then reconcile.");
            }
        }

        var differences = await app.Services.GetRequiredService<UsageReconciliation>().RunAsync(mends, ct);
        foreach (var difference in differences)
        {
            await output.WriteLineAsync($"{difference.Owner} ({difference.OwnerId}): {difference.Metric} stored {difference.Stored}, used {difference.Actual}");
        }

        await output.WriteLineAsync(differences.Count == 0 ? "The stored usage equals what exists."
            : mends ? $"{differences.Count} mended."
            : $"{differences.Count} differ. Without {DryRun} they are mended.");
        return mends || differences.Count == 0 ? 0 : 1;
    }

    private static WebApplication Prepare(string[] settings)
    {
        SqliteNativeLibrary.Prepare();
        var builder = WebApplication.CreateBuilder(settings);
        builder.ReadSettingsBesideTheBinary();
        builder.Logging.ClearProviders();
        builder.AddConsoleDatabase();
        builder.Services.AddConsoleSecurity();
        return builder.Build();
    }
}
