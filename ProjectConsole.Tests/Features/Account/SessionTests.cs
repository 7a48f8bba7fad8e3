using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Account;

public sealed class SessionTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task SignOut_Posted_EndsTheSessionOnTheServerToo()
    {
        var (browser, user) = await SignedInAsync();
        using var _ = browser;

        using var response = await browser.PostAsync("/account/sign-out", await TokenAsync(browser));

        Assert.Equal("/account/sign-in", response.Headers.Location!.OriginalString);
        Assert.False(await IsInAsync(browser));
        await using var db = server.OpenDatabase();
        Assert.NotNull((await db.UserSessions.SingleAsync(session => session.UserId == user.Id)).EndedUtc);
        Assert.Single(await server.AuditAsync(AuditActions.AccountSignedOut), entry => entry.ActorId == user.Id);
    }

    [Fact]
    public async Task SignOut_WithoutTokenOrByLink_ChangesNothing()
    {
        var (browser, _) = await SignedInAsync();
        using var __ = browser;

        using var forged = await browser.PostAsync("/account/sign-out");
        using var link = await browser.OpenAsync("/account/sign-out");

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Contains("This form is out of date", await forged.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, link.StatusCode);
        Assert.True(await IsInAsync(browser));
    }

    [Fact]
    public async Task Session_EndedElsewhere_IsOverWithTheNextRequest()
    {
        var (browser, user) = await SignedInAsync();
        using var _ = browser;
        await using (var db = server.OpenDatabase())
        {
            (await db.UserSessions.SingleAsync(session => session.UserId == user.Id)).End(server.Clock.UtcNow);
            await db.SaveChangesAsync();
        }

        Assert.False(await IsInAsync(browser));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Session_AccountLockedOrStampChanged_IsOverWithTheNextRequest(bool locked)
    {
        var (browser, user) = await SignedInAsync();
        using var _ = browser;

        await server.ChangeAsync(user, row =>
        {
            row.LockedUtc = locked ? server.Clock.UtcNow : null;
            row.SecurityStamp = locked ? row.SecurityStamp : "another";
        });

        Assert.False(await IsInAsync(browser));
    }

    [Fact]
    public async Task Session_OnlyTheConnectionOfAnOpenPage_EndsAsIdle()
    {
        var (browser, user) = await SignedInAsync();
        using var _ = browser;
        await JoinAsync(user, idleMinutes: 30);
        await JoinAsync(user, idleMinutes: 10);
        for (var minute = 0; minute < 9; minute++)
        {
            server.Clock.Advance(TimeSpan.FromMinutes(1));
            // What an open page sends by itself.
            using var negotiate = await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1");
            Assert.Equal(HttpStatusCode.OK, negotiate.StatusCode);
        }

        server.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(await IsInAsync(browser));
    }

    [Fact]
    public async Task Session_FourteenDaysAfterSignIn_IsOverWhateverThePersonDoes()
    {
        var (browser, user) = await SignedInAsync();
        using var _ = browser;
        var almost = server.Clock.UtcNow - Sessions.Longest + TimeSpan.FromMinutes(1);
        await using var db = server.OpenDatabase();
        await db.UserSessions.Where(session => session.UserId == user.Id).ExecuteUpdateAsync(set => set.SetProperty(session => session.StartedUtc, almost));
        var id = await db.UserSessions.Where(session => session.UserId == user.Id).Select(session => session.Id).SingleAsync();
        var (sessions, circuit) = (server.Services.GetRequiredService<Sessions>(), ConsolePrincipal.Of(user, id));
        Assert.True(await sessions.LivesAsync(circuit));
        Assert.True(await IsInAsync(browser));

        server.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(await sessions.LivesAsync(circuit));
        Assert.False(await IsInAsync(browser));
    }

    [Theory]
    [InlineData("/account/reset-password?account=0&code=x")]
    [InlineData("/account/confirm-email?account=x&code=x")]
    public async Task Link_NonsenseInTheAddress_IsOver(string address)
    {
        using var browser = server.OpenBrowser();

        using var response = await browser.OpenAsync(address);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Session_PersonActs_GoesOn()
    {
        var (browser, user) = await SignedInAsync();
        using var _ = browser;
        await JoinAsync(user, idleMinutes: 10);
        var token = await TokenAsync(browser);
        for (var round = 0; round < 3; round++)
        {
            server.Clock.Advance(TimeSpan.FromMinutes(9));
            using var act = await browser.PostAsync("/account/act", token);
            Assert.Equal(HttpStatusCode.NoContent, act.StatusCode);
        }

        Assert.True(await IsInAsync(browser));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("?1", true)]
    [InlineData("?0", false)]
    public async Task Session_PageOpened_CountsAsAnActUnlessItReloadedByItself(string? user, bool counts)
    {
        var (browser, person) = await SignedInAsync();
        using var _ = browser;
        server.Clock.Advance(TimeSpan.FromMinutes(3));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/profile");
        request.Headers.Accept.ParseAdd("text/html");
        if (user is not null)
        {
            request.Headers.Add("Sec-Fetch-Mode", "navigate");
            request.Headers.Add("Sec-Fetch-User", user);
        }

        using var response = await browser.Client.SendAsync(request);

        await using var db = server.OpenDatabase();
        var session = await db.UserSessions.SingleAsync(session => session.UserId == person.Id);
        Assert.Equal(counts, session.LastActUtc == server.Clock.UtcNow);
    }

    [Fact]
    public async Task Act_WithoutToken_ChangesNothing()
    {
        var (browser, user) = await SignedInAsync();
        using var _ = browser;
        server.Clock.Advance(TimeSpan.FromMinutes(3));

        using var act = await browser.PostAsync("/account/act");

        Assert.Equal(HttpStatusCode.BadRequest, act.StatusCode);
        await using var db = server.OpenDatabase();
        Assert.NotEqual(server.Clock.UtcNow, (await db.UserSessions.SingleAsync(session => session.UserId == user.Id)).LastActUtc);
    }

    [Theory]
    [InlineData("https://evil.test", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:81", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost", HttpStatusCode.OK)]
    public async Task Circuit_Origin_MustBeTheConsolesOwn(string origin, HttpStatusCode expected)
    {
        var (browser, _) = await SignedInAsync();
        using var __ = browser;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", origin);
        using var response = await browser.Client.SendAsync(request);

        using var socket = new HttpRequestMessage(HttpMethod.Get, "/_blazor");
        socket.Headers.Add("Origin", origin);
        using var opened = await browser.Client.SendAsync(socket);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Forbidden, opened.StatusCode == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Circuit_OfAStranger_IsRefused()
    {
        using var browser = server.OpenBrowser();

        using var response = await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1");

        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Form_PostedFromAnotherSite_IsRefused()
    {
        using var browser = server.OpenBrowser();
        browser.Client.DefaultRequestHeaders.Add("Origin", "https://evil.test");

        using var response = await browser.SubmitAsync("/account/sign-in", ("Input.Email", "a@acme.test"), ("Input.Password", "x"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("/account/sign-in", "same-origin")]
    [InlineData("/account/reset-password?account=0&code=x", "no-referrer")]
    [InlineData("/account/confirm-email?code=x", "no-referrer")]
    [InlineData("/no-such-page", "same-origin")]
    public async Task Headers_OfEveryPage_ForbidScriptsFramesAndGuessing(string address, string referrer)
    {
        await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test");
        using var browser = server.OpenBrowser();

        using var response = await browser.OpenAsync(address);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(referrer, Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.DoesNotContain("<script>", await response.Content.ReadAsStringAsync());
    }

    private static async Task<bool> IsInAsync(FormBrowser browser)
    {
        using var response = await browser.OpenAsync("/account/profile");
        return response.StatusCode == HttpStatusCode.OK;
    }

    private static async Task<(string, string)> TokenAsync(FormBrowser browser) => (await browser.HiddenFieldsAsync("/account/profile")).First(field => field.Name == "__RequestVerificationToken");

    private async Task<(FormBrowser Browser, User User)> SignedInAsync()
    {
        var user = await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test");
        var browser = server.OpenBrowser();
        await browser.SignInAsync(user.Email!);
        return (browser, user);
    }

    private async Task JoinAsync(User user, int idleMinutes)
    {
        var organization = new Organization($"o{Guid.NewGuid():N}", "Acme", null, server.Clock.UtcNow);
        organization.Change(new OrganizationSettings { Name = "Acme", IdleSignOutMinutes = idleMinutes });
        await using var db = server.OpenDatabase();
        db.Add(organization);
        db.Add(new Member(organization.Id, user.Id, OrganizationRole.Member, server.Clock.UtcNow));
        await db.SaveChangesAsync();
    }
}
