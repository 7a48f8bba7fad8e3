using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

/// <summary>A person signs the command line in through the browser.</summary>
public sealed class LoginJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server), IDisposable
{
    private readonly DirectoryInfo _settings = Directory.CreateTempSubdirectory("projectconsole-login-");

    private string Console => Server.BaseAddress.GetLeftPart(UriPartial.Authority);

    [Fact]
    public Task Developer_confirms_in_the_browser_and_the_waiting_terminal_goes_on() => RunAsync(async page =>
    {
        using var login = CommandLineProcess.Start(_settings.FullName, "login", "--server", Console);
        await page.GotoAsync(await login.AddressAsync());
        await page.GetByLabel("Email address").FillAsync(SampleAccounts.Developer);
        await page.GetByLabel("Password").FillAsync(SampleSignIn.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "A command line asks to act as you" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("dl.key-values")).ToContainTextAsync(SampleAccounts.Developer);
        await Assertions.Expect(page.GetByLabel("Ends")).ToHaveValueAsync("30");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Confirmed. Go back to the terminal." })).ToBeVisibleAsync();
        var (code, output) = await login.EndAsync();
        Assert.Equal((0, true), (code, output.Contains(SampleAccounts.Developer, StringComparison.Ordinal)));
        using var whoami = CommandLineProcess.Start(_settings.FullName, "whoami");
        Assert.Contains(SampleAccounts.Developer, (await whoami.EndAsync()).Output, StringComparison.Ordinal);
        await page.GotoAsync($"{Console}/account/tokens");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Command line on" }).First).ToBeVisibleAsync();
    });

    [Fact]
    public Task Viewer_carries_the_code_from_another_machine_and_revoking_the_token_signs_it_out() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Viewer, "/");
        using var login = CommandLineProcess.Start(_settings.FullName, "login", "--no-browser", "--server", Console);
        await page.GotoAsync(await login.AddressAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Paste this code into the terminal")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await login.TypeAsync(await page.Locator(".code-box code").InnerTextAsync());
        Assert.Equal(0, (await login.EndAsync()).Code);
        using var signedIn = CommandLineProcess.Start(_settings.FullName, "whoami");
        Assert.Equal(0, (await signedIn.EndAsync()).Code);

        await page.OpenAsync("/account/tokens");
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Command line on" }).First.GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Revoke" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke token" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Command line on" }).First).ToContainTextAsync("Revoked");
        using var signedOut = CommandLineProcess.Start(_settings.FullName, "whoami");
        Assert.Equal(3, (await signedOut.EndAsync()).Code);
    });

    [Fact]
    public Task Viewer_refuses_and_the_terminal_says_so() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Viewer, "/");
        using var login = CommandLineProcess.Start(_settings.FullName, "login", "--server", Console);
        await page.GotoAsync(await login.AddressAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Refuse" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Refused. The terminal knows it." })).ToBeVisibleAsync();
        Assert.Equal(1, (await login.EndAsync()).Code);
    });

    public void Dispose() => _settings.Delete(recursive: true);
}
