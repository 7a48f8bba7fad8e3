using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Account.Mail;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Account;

/// <summary>Whether an address has an account shows neither in the statements nor in the work of an answer.</summary>
public sealed class SameAnswerTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly StatementCounter _statements = new();
    private readonly CountingServer _server = new();

    public async Task InitializeAsync()
    {
        await _server.LetRegisterAsync(true);
        _statements.Watch(_server);
        foreach (var address in new[] { "/account/sign-in", "/account/forgot-password", "/account/register" })
        {
            // The first post compiles queries and makes keys.
            await PostAsync(address, "first@acme.test");
        }
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _statements.Dispose();
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/account/forgot-password")]
    [InlineData("/account/register")]
    public async Task Post_WhateverTheAddressIs_SendsTheSameStatementsAndHashesOnce(string page)
    {
        await AddAsync("open@acme.test");
        await AddAsync("unconfirmed@acme.test", isConfirmed: false);
        await AddAsync("tried@acme.test", user => user.AccessFailedCount = SignInService.MostTries - 1);
        await AddAsync("waiting@acme.test", user => user.LockoutEnd = _server.Clock.GetUtcNow() + SignInService.LockedFor);
        await AddAsync("locked@acme.test", user => user.LockedUtc = _server.Clock.UtcNow);
        await AddAsync("no-password@acme.test", user => user.PasswordHash = null);

        var expected = await PostAsync(page, "nobody@acme.test");

        Assert.Equal(page == "/account/sign-in" ? 1 : 0, expected.Hashes.Count);
        Assert.NotEmpty(expected.Kinds);
        foreach (var name in new[] { "open", "unconfirmed", "tried", "waiting", "locked", "no-password" })
        {
            var answer = await PostAsync(page, $"{name}@acme.test");
            Assert.Equal((name, Told(expected.Kinds)), (name, Told(answer.Kinds)));
            Assert.Equal((name, string.Join(' ', expected.Hashes)), (name, string.Join(' ', answer.Hashes)));
        }
    }

    // What is inserted for a new account is written over itself for a known one.
    private static string Told(IReadOnlyList<string> kinds) => string.Join(' ', kinds.Select(kind => kind == "SELECT" ? "read" : "write").Order(StringComparer.Ordinal));

    [Fact]
    public async Task SignIn_LongPassword_IsHashedNoLongerThanAnother()
    {
        await AddAsync("open@acme.test");

        Assert.Equal(
            (await PostAsync("/account/sign-in", "nobody@acme.test", new string('a', 5000))).Hashes,
            (await PostAsync("/account/sign-in", "open@acme.test", new string('a', 5000))).Hashes);
    }

    private async Task<(IReadOnlyList<string> Kinds, IReadOnlyList<string> Hashes)> PostAsync(string page, string email, string password = "wrong password")
    {
        using var browser = _server.OpenBrowser();
        var hidden = await browser.HiddenFieldsAsync(page);
        _statements.Reset();
        _server.Hasher.Verified.Clear();
        using var response = await browser.PostAsync(page, [.. hidden.DistinctBy(field => field.Name), ("Input.Email", email), ("Input.Password", password)]);
        response.EnsureSuccessStatusCode();
        return (_statements.Kinds, [.. _server.Hasher.Verified]);
    }

    private async Task AddAsync(string email, Action<User>? change = null, bool isConfirmed = true) =>
        await _server.ChangeAsync(await _server.AddAccountAsync(email, isConfirmed), change ?? (_ => { }));

    private sealed class CountingServer : ConsoleServer
    {
        public CountingHasher Hasher { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
            {
                services.RemoveAll<IPasswordHasher<User>>();
                services.AddSingleton<IPasswordHasher<User>>(Hasher);
                // What is sent afterwards, in the background, is no part of the answer.
                foreach (var outbox in services.Where(service => service.ImplementationFactory?.Method.ReturnType == typeof(MailOutbox)).ToList())
                {
                    services.Remove(outbox);
                }
            });
        }
    }

    /// <summary>Notes what each check costs: the length of what was typed, and the form of the stored hash with its rounds.</summary>
    private sealed class CountingHasher : IPasswordHasher<User>
    {
        private readonly PasswordHasher<User> _inner = new();

        public List<string> Verified { get; } = [];

        public string HashPassword(User user, string password) => _inner.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            var hash = Convert.FromBase64String(hashedPassword);
            Verified.Add($"{providedPassword.Length}:{hash.Length}:{Convert.ToHexString(hash.AsSpan(0, 13))}");
            return _inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
