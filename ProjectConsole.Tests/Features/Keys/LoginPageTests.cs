using System.Net;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Features.Keys;
using ProjectConsole.Tests.Api;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Keys;

/// <summary>The page that confirms a command line, and the call that collects its token.</summary>
public sealed class LoginPageTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string State = "abcdefghijklmnopqrstuvwxyz";

    [Fact]
    public async Task Page_OfSomebodyNotSignedIn_AsksThemToSignInAndComesBack()
    {
        using var browser = server.OpenBrowser();

        using var page = await browser.OpenAsync(Address());

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Contains(Uri.EscapeDataString(Challenge), Uri.UnescapeDataString(page.Headers.Location!.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAWholeLink_SaysWhatAsks()
    {
        using var browser = await SignedInAsync();

        var byHand = await browser.ReadAsync(Address());
        var local = await browser.ReadAsync(Address(port: "43121"));

        Assert.All([byHand, local], html => Assert.Contains("build-box", html, StringComparison.Ordinal));
        Assert.Contains("a code that you paste", byHand, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1, port 43121", local, StringComparison.Ordinal);
        Assert.Contains($"http://127.0.0.1:43121/?error=access_denied&state={State}", local, StringComparison.Ordinal);
        Assert.DoesNotContain("http://127.0.0.1", byHand, StringComparison.Ordinal);
        Assert.Matches("""<option value="30" selected""", local);
    }

    [Theory]
    [InlineData("build-box", "short", State, null)]
    [InlineData("build-box", null, State, null)]
    [InlineData("build-box", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM", State, null)]
    [InlineData("build-box", Challenge, "short", null)]
    [InlineData("build-box", Challenge, "\"><script>alert(1)</script>", null)]
    [InlineData("build-box", Challenge, State, "80")]
    [InlineData("build-box", Challenge, State, "65536")]
    [InlineData("build-box", Challenge, State, "43121@evil.test")]
    [InlineData("", Challenge, State, null)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890", Challenge, State, null)]
    [InlineData("a\u202Eb", Challenge, State, null)]
    public async Task Page_OfAnotherLink_OffersNothing(string machine, string? challenge, string state, string? port)
    {
        using var browser = await SignedInAsync();
        var address = $"/account/command-line?machine={Uri.EscapeDataString(machine)}&state={Uri.EscapeDataString(state)}"
            + (challenge is null ? "" : $"&challenge={Uri.EscapeDataString(challenge)}") + (port is null ? "" : $"&port={Uri.EscapeDataString(port)}");

        var html = await browser.ReadAsync(address);

        Assert.Contains("not the whole link", html, StringComparison.Ordinal);
        Assert.DoesNotContain("command-line\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithWhatIsNoCode_IsRefusedAndThenBarred()
    {
        var world = await ApiWorld.CreateAsync(server);

        Assert.Equal(400, (await world.SendAsync(null, "POST", "/api/v1/login", new { code = "x", verifier = "y", more = 1 })).Status);
        Assert.Equal(404, (await world.SendAsync(null, "GET", "/api/v1/login")).Status);
        await Unchanged.AssertNothingWrittenAsync(server, async () =>
        {
            for (var tries = 0; tries < 30; tries++)
            {
                var refused = await world.SendAsync(null, "POST", "/api/v1/login", new { code = $"guess{tries}", verifier = "y" });
                Assert.Equal((401, "unauthorized"), (refused.Status, refused.Problem));
            }

            Assert.Equal(429, (await world.SendAsync(null, "POST", "/api/v1/login", new { code = "guess", verifier = "y" })).Status);
        });
        // Keys of the same address are counted apart.
        Assert.Equal(200, (await world.CallAsync(await world.TokenAsync("viewer", "project.view"), HttpMethod.Get, "/api/v1/whoami")).Status);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(401, (await world.SendAsync(null, "POST", "/api/v1/login", new { code = "guess", verifier = "y" })).Status);
    }

    [Fact]
    public async Task Confirm_MoreTokensThanOneMayHave_SaysWhy()
    {
        var person = await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test");
        await using (var db = server.OpenDatabase())
        {
            var terms = KeyTerms.Check("t", ["project.view"], TokensService.Holdable, null, null, server.Clock.UtcNow).Value;
            db.AddRange(Enumerable.Range(0, TokensService.Most).Select(_ => new PersonalToken(person.Id, terms, server.Clock.UtcNow)));
            await db.SaveChangesAsync();
        }

        using var browser = server.OpenBrowser();
        await browser.SignInAsync(person.Email!);
        using var answer = await browser.SubmitAsync(Address(), ("Input.Days", "7"));

        Assert.Contains("personal tokens", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirm_WithTheFormOfSomebodyElse_MakesNothing()
    {
        using var theirs = await SignedInAsync();
        using var own = await SignedInAsync();
        var fields = await theirs.HiddenFieldsAsync(Address());

        using var answer = await own.PostAsync(Address(), [.. fields, ("Input.Days", "7")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static string Address(string? port = null) => $"/account/command-line?machine=build-box&challenge={Challenge}&state={State}{(port is null ? "" : $"&port={port}")}";

    private async Task<FormBrowser> SignedInAsync()
    {
        var person = await server.AddAccountAsync($"p{Guid.NewGuid():N}@acme.test");
        var browser = server.OpenBrowser();
        await browser.SignInAsync(person.Email!);
        return browser;
    }
}
