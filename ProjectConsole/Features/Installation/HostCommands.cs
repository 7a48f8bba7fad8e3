using System.Globalization;
using Microsoft.AspNetCore.Identity;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Data.Providers;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Installation;

/// <summary>
/// <c>admin create-user | create-token | set-allowance | verify-audit | migrate</c>: for whoever has the host and the database, without an account.
/// They work also while servers run; what is not theirs among the arguments is a setting.
/// </summary>
public static class HostCommands
{
    private const int Done = 0;
    private const int Refused = 1;
    private const int WronglyTyped = 2;
    private const int UsualDays = 30;

    private static readonly Dictionary<string, string> Usages = new()
    {
        ["create-user"] = "admin create-user ADDRESS [--administrator]: the password is the first line that is piped in",
        ["create-token"] = "admin create-token ADDRESS NAME PERMISSION... [--days N]: answers the token; 30 days where N is not given",
        ["set-allowance"] = "admin set-allowance ORGANIZATION PROJECTS|none",
        ["verify-audit"] = "admin verify-audit [--organization ORGANIZATION]: recomputes the sealed chains of the audit log, of all where none is named",
        ["migrate"] = "admin migrate: brings the database up to date",
    };

    /// <summary>Whether these arguments mean one of them, or none that there is.</summary>
    public static bool IsMeant(string[] args) => args is ["admin", ..];

    /// <summary>Carries one out; answers 0, 1 where it is refused and 2 where it is typed wrongly.</summary>
    /// <exception cref="StartRefusedException">The database cannot be used; the message says why.</exception>
    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter error)
    {
        var name = args.Length > 1 ? args[1] : "";
        if (!Usages.TryGetValue(name, out var usage))
        {
            await error.WriteLineAsync(string.Join(Environment.NewLine, Usages.Values.Append("admin reconcile-usage [--dry-run]").Prepend("There is no such command. These are:")));
            return WronglyTyped;
        }

        var typed = HostArguments.Read(args[2..]);
        if ((typed.IsAdministrator && name != "create-user") || (typed.Days is not null && name != "create-token") || (typed.Organization is not null && name != "verify-audit"))
        {
            await error.WriteLineAsync(usage);
            return WronglyTyped;
        }

        await using var app = await PrepareAsync(typed.Settings, migrates: name == "migrate");
        var service = app.Services.GetRequiredService<HostService>();
        var result = (name, typed.Words) switch
        {
            ("verify-audit", []) => await service.VerifyAuditAsync(Actor.System, typed.Organization),
            ("migrate", []) => "The database is up to date.",
            ("create-user", [var address]) => await service.CreateUserAsync(Actor.System, address, await input.ReadLineAsync(), typed.IsAdministrator),
            ("create-token", [var address, var token, _, ..]) => await service.CreateTokenAsync(Actor.System, address, token, typed.Words[2..], typed.Days ?? UsualDays),
            ("set-allowance", [var organization, "none"]) => await service.SetAllowanceAsync(Actor.System, organization, null),
            ("set-allowance", [var organization, var projects]) when int.TryParse(projects, NumberStyles.None, CultureInfo.InvariantCulture, out var most) => await service.SetAllowanceAsync(Actor.System, organization, most),
            _ => null,
        };
        if (result is null)
        {
            await error.WriteLineAsync(usage);
            return WronglyTyped;
        }

        await (result.Succeeded ? output.WriteLineAsync(result.Value) : error.WriteLineAsync(Sentence(result.Error)));
        return result.Succeeded ? Done : Refused;
    }

    private static string Sentence(Error error) => error is Invalid wrong ? string.Join(" ", wrong.Fields.Select(field => field.Message)) : error.Message;

    private static async Task<WebApplication> PrepareAsync(string[] settings, bool migrates)
    {
        SqliteNativeLibrary.Prepare();
        var builder = WebApplication.CreateBuilder([.. settings, $"--Database:MigrateAtStart={migrates}"]);
        builder.ReadSettingsBesideTheBinary();
        builder.Logging.ClearProviders();
        builder.AddConsoleDatabase();
        builder.Services.AddConsoleSecurity();
        builder.Services.AddSingleton<AccountWriter>().AddSingleton<AccountCreation>().AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>().AddSingleton<HostService>();
        var app = builder.Build();
        await app.PrepareDatabaseAsync();
        return app;
    }
}

/// <summary>What was typed behind the name of a command of the host.</summary>
/// <param name="Words">In order.</param>
/// <param name="Settings">Settings of the server.</param>
/// <param name="IsAdministrator">Whether the account is to administer the installation.</param>
/// <param name="Days">For how many days a token opens; null where it is not typed.</param>
/// <param name="Organization">The organization that it is about, where one is named by an option.</param>
internal sealed record HostArguments(string[] Words, string[] Settings, bool IsAdministrator, int? Days, string? Organization)
{
    /// <summary>Reads them. Settings are written with an equals sign here, so that none takes a word for its value.</summary>
    public static HostArguments Read(string[] args)
    {
        var (words, settings, isAdministrator, days, organization) = (new List<string>(), new List<string>(), false, (int?)null, (string?)null);
        args = [.. args.SelectMany(arg => arg.StartsWith("--days=", StringComparison.Ordinal) || arg.StartsWith("--organization=", StringComparison.Ordinal) ? arg.Split('=', 2) : [arg])];
        for (var index = 0; index < args.Length; index++)
        {
            if (args[index] is "--administrator" or "--administrator=true")
            {
                isAdministrator = true;
            }
            else if (args[index] == "--days" && index + 1 < args.Length && int.TryParse(args[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 3650)
            {
                (days, index) = (number, index + 1);
            }
            else if (args[index] == "--organization" && index + 1 < args.Length && !args[index + 1].StartsWith("--", StringComparison.Ordinal))
            {
                (organization, index) = (args[index + 1], index + 1);
            }
            else
            {
                (args[index].StartsWith("--", StringComparison.Ordinal) && args[index].Contains('=', StringComparison.Ordinal) ? settings : words).Add(args[index]);
            }
        }

        return new([.. words], [.. settings], isAdministrator, days, organization);
    }
}
