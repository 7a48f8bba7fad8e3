using System.Net;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Account;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Account;

public sealed class SignInPageTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private const string Wrong = "The address or the password is wrong.";

    [Fact]
    public async Task Get_AnyPageAsAStranger_LeadsToSignInAndBack()
    {
        using var browser = server.OpenBrowser();

        using var response = await browser.OpenAsync("/?page=2");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/account/sign-in?returnUrl=%2F%3Fpage%3D2", response.Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task SignIn_RightPassword_StartsASessionAndOpensThePageAskedFor()
    {
        var user = await AddAsync();
        using var browser = server.OpenBrowser();

        using var response = await TryAsync(browser, $" {user.ToUpperInvariant()} ", returnUrl: "/?a=1");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("http://localhost/?a=1", response.Headers.Location!.AbsoluteUri);
        Assert.True(await IsInAsync(browser));
        var entry = Assert.Single(await server.AuditAsync(AuditActions.AccountSignedIn), entry => entry.ActorName == user);
        Assert.Null(entry.OrganizationId);
    }

    [Theory]
    [InlineData(true, "wrong password")]
    [InlineData(false, ConsoleServer.Password)]
    public async Task SignIn_WrongOrUnconfirmed_GetsTheSameAnswerAndNoSession(bool isConfirmed, string password)
    {
        var user = await AddAsync(isConfirmed);
        using var browser = server.OpenBrowser();
        using var unknown = await TryAsync(browser, $"{Guid.NewGuid():N}@acme.test");

        using var response = await TryAsync(browser, user, password);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(Wrong, await response.Content.ReadAsStringAsync());
        Assert.Contains(Wrong, await unknown.Content.ReadAsStringAsync());
        Assert.False(await IsInAsync(browser));
    }

    [Fact]
    public async Task SignIn_TooManyWrongPasswords_TakesNoneUntilTheTimeIsOver()
    {
        var user = await AddAsync();
        using var browser = server.OpenBrowser();
        for (var count = 0; count < SignInService.MostTries; count++)
        {
            using var wrong = await TryAsync(browser, user, "wrong password");
        }

        using var right = await TryAsync(browser, user);
        Assert.Contains(Wrong, await right.Content.ReadAsStringAsync());
        Assert.False(await IsInAsync(browser));

        server.Clock.Advance(SignInService.LockedFor);
        using var later = await TryAsync(browser, user);
        Assert.True(await IsInAsync(browser));
    }

    [Fact]
    public async Task SignIn_FewerWrongPasswordsThanTooMany_AreForgottenByARightOne()
    {
        var user = await AddAsync();
        using var browser = server.OpenBrowser();
        for (var round = 0; round < 2; round++)
        {
            for (var count = 0; count < SignInService.MostTries - 1; count++)
            {
                using var wrong = await TryAsync(browser, user, "wrong password");
            }

            using var right = await TryAsync(browser, user);
            Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        }
    }

    [Fact]
    public async Task SignIn_ManyWrongPasswordsAtOnce_LockTheAccountAsOneAfterTheOther()
    {
        var user = await AddAsync();
        await Task.WhenAll(Enumerable.Range(0, SignInService.MostTries).Select(async _ =>
        {
            using var browser = server.OpenBrowser();
            using var wrong = await TryAsync(browser, user, "wrong password");
        }));

        Assert.NotNull((await server.FindAsync(user))!.LockoutEnd);
    }

    [Fact]
    public async Task SignIn_AccountLockedByAnAdministrator_IsToldOnlyAfterTheRightPassword()
    {
        var user = await AddAsync();
        await server.ChangeAsync((await server.FindAsync(user))!, row => row.LockedUtc = server.Clock.UtcNow);
        using var browser = server.OpenBrowser();

        using var wrong = await TryAsync(browser, user, "wrong password");
        using var right = await TryAsync(browser, user);

        Assert.Contains(Wrong, await wrong.Content.ReadAsStringAsync());
        Assert.Contains("This account is locked.", await right.Content.ReadAsStringAsync());
        Assert.False(await IsInAsync(browser));
    }

    [Fact]
    public async Task SignIn_WrongPasswords_AreAuditedAsOneDeniedEntryWithACount()
    {
        var user = await AddAsync();
        using var browser = server.OpenBrowser();
        for (var count = 0; count < 3; count++)
        {
            using var wrong = await TryAsync(browser, user, "wrong password");
        }

        var entry = Assert.Single(await server.AuditAsync(AuditActions.AccountSignInFailed), entry => entry.ActorName == user);
        Assert.Equal((AuditResult.Denied, 3), (entry.Result, entry.Count));
    }

    [Fact]
    public async Task SignIn_WithoutAntiforgeryToken_IsRefused()
    {
        var user = await AddAsync();
        using var browser = server.OpenBrowser();

        using var response = await browser.PostAsync(
            "/account/sign-in", ("_handler", "sign-in"), ("Input.Email", user), ("Input.Password", ConsoleServer.Password));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(await IsInAsync(browser));
    }

    [Theory]
    [InlineData("https://evil.test/")]
    [InlineData("//evil.test/")]
    [InlineData("/\\evil.test/")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ReturnAddressElsewhere_OpensTheHomePage(string returnUrl)
    {
        var user = await AddAsync();
        using var browser = server.OpenBrowser();

        using var response = await TryAsync(browser, user, returnUrl: returnUrl);

        Assert.Equal("http://localhost/", response.Headers.Location!.AbsoluteUri);
    }

    private static Task<HttpResponseMessage> TryAsync(FormBrowser browser, string email, string password = ConsoleServer.Password, string returnUrl = "/") =>
        browser.SubmitAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", ("Input.Email", email), ("Input.Password", password));

    private static async Task<bool> IsInAsync(FormBrowser browser)
    {
        using var response = await browser.OpenAsync("/account/profile");
        return response.StatusCode == HttpStatusCode.OK;
    }

    private async Task<string> AddAsync(bool isConfirmed = true) => (await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test", isConfirmed)).Email!;
}
