using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

/// <summary>A real nginx asks the console whom to let through.</summary>
public sealed class ForwardAuthJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    private static readonly ServerOptions BehindNginx = new() { Settings = new Dictionary<string, string> { ["Console:KnownProxies"] = "127.0.0.1" } };

    [ToolFact("nginx")]
    public Task Nginx_lets_a_key_through_until_it_is_revoked() => RunAsync(async _ =>
    {
        await using var console = await ServerProcess.StartAsync(BehindNginx);
        await using var guarded = await GuardedApplication.StartAsync(console);
        var admin = await NewPersonAsync(console);
        await admin.SignInAsync(SampleAccounts.ProjectAdmin, KeysPage.Of("vision"));
        var keys = new KeysPage(admin, KeysPage.Of("vision"));
        var (operates, looks) = (await keys.CreateAsync("operates", "Operate clusters"), await keys.CreateAsync("looks", "View clusters"));

        var (status, text) = await guarded.AskAsync(operates, ("X-Auth-Request-User", "forged"), ("X-Auth-Request-Email", "forged@acme.test"), ("Cookie", "theme=dark"));

        Assert.Equal(200, status);
        Assert.Contains("X-Auth-Request-Project: acme/vision\n", text, StringComparison.Ordinal);
        Assert.Contains("Cookie: theme=dark\n", text, StringComparison.Ordinal);
        Assert.Contains("X-Auth-Request-User: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("forged", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", text, StringComparison.Ordinal);
        Assert.Equal(403, (await guarded.AskAsync(looks)).Status);
        Assert.Equal(401, (await guarded.AskAsync(null)).Status);
        Assert.Equal(401, (await guarded.AskAsync("nonsense")).Status);

        await keys.RevokeAsync("operates");
        Assert.Equal(401, (await guarded.AskAsync(operates)).Status);
    });

    [ToolFact("nginx")]
    public Task Nginx_lets_a_session_and_a_token_through_until_their_person_is_removed() => RunAsync(async _ =>
    {
        await using var console = await ServerProcess.StartAsync(BehindNginx);
        await using var guarded = await GuardedApplication.StartAsync(console);
        var (developer, viewer, admin) = (await NewPersonAsync(console), await NewPersonAsync(console), await NewPersonAsync(console));
        await developer.SignInAsync(SampleAccounts.Developer, KeysPage.Tokens);
        await viewer.SignInAsync(SampleAccounts.Viewer, "/account");
        await admin.SignInAsync(SampleAccounts.ProjectAdmin, "/account");
        var token = await new KeysPage(developer, KeysPage.Tokens).CreateAsync("script", "Operate clusters");

        var page = await developer.GotoAsync(guarded.Address.ToString());

        var text = await page!.TextAsync();
        Assert.Equal(200, page.Status);
        Assert.Contains($"X-Auth-Request-Email: {SampleAccounts.Developer}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("console-session", text, StringComparison.Ordinal);
        Assert.Equal(200, (await guarded.AskAsync(token)).Status);
        Assert.Equal(403, (await viewer.GotoAsync(guarded.Address.ToString()))!.Status);

        await new CollaboratorsPage(admin, "vision").RemoveAsync(SampleAccounts.Developer);
        Assert.Equal(403, (await guarded.AskAsync(token)).Status);
        Assert.Equal(403, (await developer.GotoAsync(guarded.Address.ToString()))!.Status);
    });

    [ToolFact("nginx")]
    public Task Nginx_keeps_the_session_from_what_it_guards_whatever_the_cookies_look_like() => RunAsync(async _ =>
    {
        await using var console = await ServerProcess.StartAsync(BehindNginx);
        await using var guarded = await GuardedApplication.StartAsync(console);
        var admin = await NewPersonAsync(console);
        await admin.SignInAsync(SampleAccounts.ProjectAdmin, KeysPage.Of("vision"));
        var key = await new KeysPage(admin, KeysPage.Of("vision")).CreateAsync("operates", "Operate clusters");

        foreach (var (sent, left) in new[]
        {
            ("console-session=a", null), ("b=1; console-session=a", "b=1"), ("console-session=a; b=1", "b=1"), ("b=1; console-session=a; c=2", "b=1; c=2"),
            ("my-console-session=1", "my-console-session=1"), ("console-session=a; console-session=b", null), ("b=1; console-session=a; c=2; console-session=b", null),
        })
        {
            var (status, text) = await guarded.AskAsync(key, ("Cookie", sent));
            Assert.Equal((200, left), (status, text.Split('\n').FirstOrDefault(line => line.StartsWith("Cookie: ", StringComparison.Ordinal))?["Cookie: ".Length..]));
        }
    });
}
