using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Features.Account;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>The whole console in this process, with a data directory of its own.</summary>
public class ConsoleServer : WebApplicationFactory<Program>
{
    /// <summary>The password of every account that <see cref="AddAccountAsync"/> makes.</summary>
    public const string Password = "correct horse battery";

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

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseSetting("Console:DataDirectory", _data.FullName)
        .UseSetting("ConnectionStrings:Console", $"Data Source={Path.Combine(_data.FullName, "console.db")};Pooling=False");

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
