using System.Net;
using Microsoft.EntityFrameworkCore;
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
        await server.AddAccountAsync("right@acme.test");
        using var browser = server.OpenBrowser();

        using var response = await browser.SubmitAsync(
            "/account/sign-in?returnUrl=%2F%3Fa%3D1", ("Input.Email", " Right@acme.test "), ("Input.Password", ConsoleServer.Password));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("http://localhost/?a=1", response.Headers.Location!.AbsoluteUri);
        using var home = await browser.OpenAsync("/");
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    [Theory]
    [InlineData("known@acme.test", "wrong password")]
    [InlineData("unknown@acme.test", ConsoleServer.Password)]
    [InlineData("unconfirmed@acme.test", ConsoleServer.Password)]
    public async Task SignIn_AnythingWrong_GetsTheSameAnswerAndNoSession(string email, string password)
    {
        await AddOnceAsync("known@acme.test", isConfirmed: true);
        await AddOnceAsync("unconfirmed@acme.test", isConfirmed: false);
        using var browser = server.OpenBrowser();

        using var response = await browser.SubmitAsync("/account/sign-in", ("Input.Email", email), ("Input.Password", password));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(Wrong, await response.Content.ReadAsStringAsync());
        Assert.DoesNotContain(response.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(cookie => cookie.StartsWith("console-session", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SignIn_WithoutAntiforgeryToken_IsRefused()
    {
        await server.AddAccountAsync("forged@acme.test");
        using var browser = server.OpenBrowser();

        using var response = await browser.PostAsync(
            "/account/sign-in", ("_handler", "sign-in"), ("Input.Email", "forged@acme.test"), ("Input.Password", ConsoleServer.Password));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.test/")]
    [InlineData("//evil.test/")]
    [InlineData("/\\evil.test/")]
    public async Task SignIn_ReturnAddressElsewhere_OpensTheHomePage(string returnUrl)
    {
        await AddOnceAsync("redirected@acme.test", isConfirmed: true);
        using var browser = server.OpenBrowser();

        using var response = await browser.SubmitAsync(
            $"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", ("Input.Email", "redirected@acme.test"), ("Input.Password", ConsoleServer.Password));

        Assert.Equal("http://localhost/", response.Headers.Location!.AbsoluteUri);
    }

    private async Task AddOnceAsync(string email, bool isConfirmed)
    {
        await using var db = server.OpenDatabase();
        if (!await db.Users.AnyAsync(user => user.Email == email))
        {
            await server.AddAccountAsync(email, isConfirmed);
        }
    }
}
