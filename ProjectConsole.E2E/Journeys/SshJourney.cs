using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

/// <summary>A real sshd asks the console who may sign in to a cluster.</summary>
public sealed class SshJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [ToolFact("sshd", "ssh", "ssh-keygen", "curl", "useradd", NeedsRoot = "sshd signs people in to accounts of the system.")]
    public Task Removed_collaborator_is_refused_at_the_next_login_and_loses_the_open_session() => RunAsync(async _ =>
    {
        await using var console = await ServerProcess.StartAsync();
        var (admin, developer) = (await NewPersonAsync(console), await NewPersonAsync(console));
        await admin.SignInAsync(SampleAccounts.ProjectAdmin, KeysPage.Of("vision"));
        await using var host = await ClusterHost.StartAsync(console, await new KeysPage(admin, KeysPage.Of("vision")).CreateAsync("host", "View clusters"));
        Assert.Equal(255, (await host.RunAsync("true")).Code);

        await developer.SignInAsync(SampleAccounts.Developer, "/organizations/acme/projects");
        await AddKeyAsync(developer, host.PublicKey);
        var (code, output) = await host.RunAsync("echo in as $(id -un)");
        Assert.True(code == 0 && output.Contains("in as projectconsole-e2e", StringComparison.Ordinal), $"{code}: {output}\n{host.Log}");

        await using var session = await host.StayAsync();
        await using var watch = await host.WatchAsync();
        await new CollaboratorsPage(admin, "vision").RemoveAsync(SampleAccounts.Developer);

        Assert.Equal(255, (await host.RunAsync("true")).Code);
        await session.Ended.WaitAsync(Patience);
        Assert.Equal(255, session.ExitCode);
    });

    [ToolFact("sshd", "ssh", "ssh-keygen", "curl", "useradd", NeedsRoot = "sshd signs people in to accounts of the system.")]
    public Task Open_session_outlives_the_console_and_a_login_does_not() => RunAsync(async _ =>
    {
        await using var console = await ServerProcess.StartAsync();
        var (admin, developer) = (await NewPersonAsync(console), await NewPersonAsync(console));
        await admin.SignInAsync(SampleAccounts.ProjectAdmin, KeysPage.Of("vision"));
        await using var host = await ClusterHost.StartAsync(console, await new KeysPage(admin, KeysPage.Of("vision")).CreateAsync("host", "View clusters"));
        await developer.SignInAsync(SampleAccounts.Developer, "/organizations/acme/projects");
        await AddKeyAsync(developer, host.PublicKey);
        await using var session = await host.StayAsync();

        await console.KillAsync();
        Assert.Equal("", await host.EndSessionsAsync());
        Assert.Equal(255, (await host.RunAsync("true")).Code);
        Assert.False(session.Ended.IsCompleted);

        await console.StartAgainAsync();
        Assert.Equal(0, (await host.RunAsync("true")).Code);
        await host.EndSessionsAsync();
        Assert.False(session.Ended.IsCompleted);
    });

    private static async Task AddKeyAsync(IPage page, string publicKey)
    {
        await page.GotoAsync("/account/ssh-keys");
        await page.GetByLabel("Public key").FillAsync(publicKey);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add key" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "journey" })).ToBeVisibleAsync();
    }
}
