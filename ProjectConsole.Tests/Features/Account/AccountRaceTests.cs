using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Installation;
using ProjectConsole.Features.Account;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Account;

/// <summary>What several do with one account at the same moment, and what time tells, on every database.</summary>
public sealed class AccountRaceTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("projectconsole-tests-");

    public void Dispose() => _data.Delete(recursive: true);

    [DatabaseTheory]
    public async Task Reset_OneLinkInParallel_WorksOnce(DatabaseKind kind)
    {
        await using var database = await CreateAsync(kind);
        var user = await Given.UserAsync(database, "pat@acme.test");
        string token;
        await using (var scope = database.Scope())
        {
            token = await scope.ServiceProvider.GetRequiredService<UserManager<User>>().GeneratePasswordResetTokenAsync(user);
        }

        AssertOne(await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            await using var scope = database.Scope();
            return await scope.ServiceProvider.GetRequiredService<PasswordService>().ResetAsync(Actors.Anonymous, user.Id, token, $"several plain words {number}");
        }))));
    }

    [DatabaseTheory]
    public async Task Confirm_OneLinkInParallel_WorksOnce(DatabaseKind kind)
    {
        await using var database = await CreateAsync(kind);
        var user = await Given.UserAsync(database, "pat@acme.test", user => user.EmailConfirmed = false);
        string token;
        await using (var scope = database.Scope())
        {
            token = await scope.ServiceProvider.GetRequiredService<UserManager<User>>().GenerateEmailConfirmationTokenAsync(user);
        }

        AssertOne(await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(async () =>
        {
            await using var scope = database.Scope();
            return await scope.ServiceProvider.GetRequiredService<RegistrationService>().ConfirmAsync(Actors.Anonymous, user.Id, token, "Pat", $"several plain words {number}");
        }))));
    }

    [DatabaseTheory]
    public async Task SignIn_UnknownAddress_CostsWhatAWrongPasswordCosts(DatabaseKind kind)
    {
        using var counter = new StatementCounter();
        await using var database = await CreateAsync(kind);
        await database.AddAsync(new InstallationSettings(database.Clock.UtcNow));
        await Given.UserAsync(database, "pat@acme.test", user => user.PasswordHash = new PasswordHasher<User>().HashPassword(user, ConsoleServer.Password));
        counter.Watch(database);

        await TrySignInAsync(database, "pat@acme.test");
        counter.Reset();
        await TrySignInAsync(database, "pat@acme.test");
        var known = counter.Count;
        counter.Reset();
        await TrySignInAsync(database, "nobody@acme.test");

        Assert.InRange(known, 3, 10);
        Assert.Equal(known, counter.Count);
    }

    private static async Task TrySignInAsync(TestDatabase database, string email)
    {
        await using var scope = database.Scope();
        Assert.IsType<SignInFailed>((await scope.ServiceProvider.GetRequiredService<SignInService>().SignInAsync(Actors.Anonymous, email, "wrong password", "test")).Error);
    }

    private static void AssertOne(Result[] results)
    {
        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.IsType<LinkIsOver>(result.Error));
    }

    private Task<TestDatabase> CreateAsync(DatabaseKind kind) => TestDatabase.CreateAsync(kind, services =>
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Console:DataDirectory", _data.FullName)]).Build();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(DataDirectory.Of(configuration, new Environment(_data.FullName)));
        services.AddAccountFeature();
    });

    private sealed class Environment(string root) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = nameof(ProjectConsole);

        public string ContentRootPath { get; set; } = root;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
