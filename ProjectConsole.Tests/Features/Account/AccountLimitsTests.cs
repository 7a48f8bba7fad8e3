using System.Net;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Account;

/// <summary>How often one network address may post, and whose word is taken for what that address is.</summary>
public sealed class AccountLimitsTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Proxy = "10.0.0.1";
    private const string Client = "203.0.113.7";

    private readonly ProxiedServer _server = new();

    public async Task InitializeAsync()
    {
        _server.Settings["Console:FormsPerMinute"] = "6";
        _server.Settings["Console:KnownProxies"] = $"{Proxy}, 10.1.0.0/16";
        await _server.LetRegisterAsync(true);
        await _server.AddAccountAsync("ann@acme.test");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Theory]
    [InlineData("/account/sign-in", 6)]
    [InlineData("/account/register", 1)]
    [InlineData("/account/forgot-password", 1)]
    [InlineData("/account/reset-password", 6)]
    [InlineData("/account/confirm-email", 6)]
    public async Task Post_MoreThanAllowed_IsRefusedWithAPageThatSaysWhen(string page, int allowed)
    {
        using var browser = Open(Client);
        for (var count = 0; count < allowed; count++)
        {
            using var taken = await PostAsync(browser, page);
            Assert.NotEqual(HttpStatusCode.TooManyRequests, taken.StatusCode);
        }

        using var refused = await PostAsync(browser, page);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("<h1>Too many tries</h1>", await refused.Content.ReadAsStringAsync());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using var read = await browser.OpenAsync(page);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var neighbour = Open("203.0.113.8");
        using var other = await PostAsync(neighbour, page);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, other.StatusCode);
    }

    [Fact]
    public async Task Post_ForwardedAddressesFromNoProxy_AreOneClient()
    {
        for (var count = 0; count < 6; count++)
        {
            using var browser = Open(Client, $"198.51.100.{count}");
            using var taken = await PostAsync(browser, "/account/sign-in");
        }

        using var again = Open(Client, "198.51.100.99");
        using var refused = await PostAsync(again, "/account/sign-in");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Theory]
    [InlineData(Proxy, Client, Client)]
    [InlineData("10.1.2.3", Client, Client)]
    // What the client itself wrote stands before what the proxy added.
    [InlineData(Proxy, $"192.0.2.1, {Client}", Client)]
    [InlineData("10.2.0.1", Client, "10.2.0.1")]
    [InlineData(Client, "192.0.2.1", Client)]
    public async Task SignIn_ForwardedHeaders_CountOnlyFromAKnownProxy(string remote, string forwarded, string expected)
    {
        using var browser = Open(remote, forwarded, scheme: "https");

        using var response = await browser.SubmitAsync("/account/sign-in", ("Input.Email", "ann@acme.test"), ("Input.Password", ConsoleServer.Password));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(expected, Assert.Single(await _server.AuditAsync(AuditActions.AccountSignedIn)).Address);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), value => value.StartsWith("console-session=", StringComparison.Ordinal));
        Assert.Equal(expected == remote, !cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    private static Task<HttpResponseMessage> PostAsync(FormBrowser browser, string page) =>
        browser.SubmitAsync(page, ("Input.Email", "somebody@acme.test"), ("Input.Password", "wrong password"));

    private FormBrowser Open(string remote, string? forwarded = null, string? scheme = null)
    {
        // Cookies of https are kept by a browser of https only.
        var browser = _server.OpenBrowser();
        browser.Client.DefaultRequestHeaders.Add(ProxiedServer.RemoteHeader, remote);
        if (forwarded is not null)
        {
            browser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        }

        if (scheme is not null)
        {
            browser.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        }

        return browser;
    }
}
