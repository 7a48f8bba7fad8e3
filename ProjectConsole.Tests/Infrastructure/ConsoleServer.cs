using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Account.Mail;
using ProjectConsole.Security;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>The whole console in this process, with a data directory of its own.</summary>
public class ConsoleServer : WebApplicationFactory<Program>
{
    /// <summary>The password of every account that <see cref="AddAccountAsync"/> makes.</summary>
    public const string Password = "correct horse battery";

    /// <summary>The clock of every service, cookies included.</summary>
    public TestClock Clock { get; } = new();

    /// <summary>Further settings; set them before the first request.</summary>
    public Dictionary<string, string> Settings { get; } = new() { ["Console:FormsPerMinute"] = "1000", ["Console:Sample:Enabled"] = "false" };

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("projectconsole-tests-");

    /// <summary>The server's data directory.</summary>
    public string DataDirectory => _data.FullName;

    /// <summary>Adds an account that can sign in.</summary>
    public async Task<User> AddAccountAsync(string email, bool isConfirmed = true)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ConsoleDbContext>();
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var user = scope.ServiceProvider.GetRequiredService<AccountCreation>().Add(db, email, Password, isConfirmed, now);
        await db.SaveChangesAsync();
        return user;
    }

    /// <summary>A browser without scripts that shares no cookies with others.</summary>
    public FormBrowser OpenBrowser() => new(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri("http://localhost") }));

    /// <summary>A new context of the server's database.</summary>
    public ConsoleDbContext OpenDatabase() => Services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContext();

    /// <summary>What the audit log holds about an action, denied attempts included.</summary>
    public async Task<List<AuditEntry>> AuditAsync(string action)
    {
        await Services.GetRequiredService<DeniedAttempts>().FlushAsync();
        await using var db = OpenDatabase();
        return await db.AuditEntries.Where(entry => entry.Action == action).OrderBy(entry => entry.Id).ToListAsync();
    }

    /// <summary>The mails sent so far to an address, oldest first.</summary>
    public async Task<IReadOnlyList<string>> MailsToAsync(string email)
    {
        await Services.GetRequiredService<MailOutbox>().FlushAsync();
        var folder = Path.Combine(DataDirectory, "mail");
        var mails = Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText) : [];
        return [.. mails.Where(mail => mail.Contains($"To: {email}\n", StringComparison.Ordinal))];
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder
            .UseSetting("Console:DataDirectory", _data.FullName)
            .UseSetting("ConnectionStrings:Console", $"Data Source={Path.Combine(_data.FullName, "console.db")};Pooling=False");
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<TimeProvider>();
            services.AddSingleton<TimeProvider>(Clock);
        });
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && _data.Exists)
        {
            _data.Delete(recursive: true);
        }
    }
}
