using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.CommandLine;
using ProjectConsole.Tests.Api;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.CommandLine;

/// <summary>Signing in through a browser: the command, the page and what passes between them.</summary>
public sealed partial class BrowserLoginTests(ListeningServer server) : IClassFixture<ListeningServer>, IDisposable
{
    private readonly TypedPlace _place = new();

    [Fact]
    public async Task Login_ConfirmedInTheBrowser_IsStoredAndUsed()
    {
        var world = await ApiWorld.CreateAsync(server);

        var typed = await LoginAsync(page => VisitAsync(world, page));

        Assert.True(typed.Code == 0, typed.Error);
        Assert.Contains(world.User("developer").Email!, typed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("pct_", typed.Output + typed.Error, StringComparison.Ordinal);
        Assert.Equal("Command line on build-box", (string?)(await _place.TypeAsync("whoami", "-o", "json")).Json["token"]);
        await using var db = server.OpenDatabase();
        var id = world.User("developer").Id;
        var token = await db.PersonalTokens.SingleAsync(row => row.UserId == id);
        Assert.Equal(7, Math.Round((token.ExpiresUtc!.Value - token.CreatedUtc).TotalDays));
    }

    [Fact]
    public async Task Login_RefusedInTheBrowser_StoresNothing()
    {
        var world = await ApiWorld.CreateAsync(server);

        var typed = await LoginAsync(page => RefuseAsync(world, page));

        Assert.Equal((ExitCodes.Refused, ""), (typed.Code, typed.Output));
        Assert.False(File.Exists(_place.SettingsPath));
        await using var db = server.OpenDatabase();
        var id = world.User("developer").Id;
        Assert.False(await db.PersonalTokens.AnyAsync(row => row.UserId == id));
    }

    [Fact]
    public async Task Login_WithACodeThatIsCarriedOver_IsStored()
    {
        var world = await ApiWorld.CreateAsync(server);
        _place.Browser = _ => throw new InvalidOperationException("No browser is opened.");

        var typed = await _place.PipeAsync(said => Code(world, said), "login", "--no-browser", "--server", server.Address);

        Assert.True(typed.Code == 0, typed.Error);
        Assert.Equal(0, (await _place.TypeAsync("whoami")).Code);
    }

    [Fact]
    public async Task Login_WithTheCodeOfAnotherLogin_StoresNothing()
    {
        var world = await ApiWorld.CreateAsync(server);
        var theirs = "";
        await _place.PipeAsync(said => (theirs = Code(world, said)) + "cut", "login", "--no-browser", "--server", server.Address);

        var other = await _place.PipeAsync(theirs, "login", "--no-browser", "--server", server.Address);
        var none = await _place.TypeAsync("login", "--server", server.Address);
        var both = await _place.TypeAsync("login", "--token", "--no-browser", "--server", server.Address);

        Assert.NotEqual("", theirs);
        Assert.Equal((ExitCodes.NotSignedIn, ExitCodes.Usage, ExitCodes.Usage), (other.Code, none.Code, both.Code));
        Assert.False(File.Exists(_place.SettingsPath));
    }

    public void Dispose() => _place.Dispose();

    private static async Task<HttpStatusCode> BringAsync(string address)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(address);
        return answer.StatusCode;
    }

    // A visit that fails ends the test: the command would wait on.
    private async Task<Typed> LoginAsync(Func<Uri, Task> visitAsync)
    {
        var visiting = new TaskCompletionSource<Task>();
        _place.Browser = page =>
        {
            visiting.SetResult(visitAsync(page));
            return true;
        };
        var typing = _place.TypeAsync("login", "--server", server.Address);
        await (await visiting.Task);
        return await typing;
    }

    // What some other program or page of this machine sends is passed over.
    private async Task VisitAsync(ApiWorld world, Uri page)
    {
        var html = await ConfirmAsync(world, page);
        var answer = WebUtility.HtmlDecode(Refresh().Match(html).Groups["address"].Value);
        Assert.Equal(HttpStatusCode.NotFound, await BringAsync(OtherState().Replace(answer, "state=other")));
        Assert.Equal(HttpStatusCode.NotFound, await BringAsync(new Uri(new Uri(answer), "/favicon.ico").AbsoluteUri));
        Assert.Equal(HttpStatusCode.OK, await BringAsync(answer));
    }

    private async Task RefuseAsync(ApiWorld world, Uri page)
    {
        using var browser = await SignedInAsync(world);
        Assert.Equal(HttpStatusCode.OK, await BringAsync(Refusing().Match(await browser.ReadAsync(page.PathAndQuery)).Groups["address"].Value));
    }

    private string Code(ApiWorld world, string said) =>
        Shown().Match(Task.Run(() => ConfirmAsync(world, new Uri(Link().Match(said).Value))).GetAwaiter().GetResult()).Groups["code"].Value;

    private async Task<string> ConfirmAsync(ApiWorld world, Uri page)
    {
        using var browser = await SignedInAsync(world);
        using var confirmed = await browser.SubmitAsync(page.PathAndQuery, ("Input.Days", "7"));
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        return await confirmed.Content.ReadAsStringAsync();
    }

    private async Task<FormBrowser> SignedInAsync(ApiWorld world)
    {
        var browser = new FormBrowser(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address) });
        await browser.SignInAsync(world.User("developer").Email!);
        return browser;
    }

    [GeneratedRegex("content=\"0;url=(?<address>[^\"]+)\"")]
    private static partial Regex Refresh();

    [GeneratedRegex("state=[^&]+")]
    private static partial Regex OtherState();

    [GeneratedRegex("href=\"(?<address>http://127[^\"]+error=[^\"]+)\"")]
    private static partial Regex Refusing();

    [GeneratedRegex("<code class=\"breakable\">(?<code>[^<]+)</code>")]
    private static partial Regex Shown();

    [GeneratedRegex(@"http://\S+/account/command-line\S+")]
    private static partial Regex Link();
}
