using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed partial class JoiningJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Invited_without_an_account_she_registers_from_the_mail_and_is_in_the_project() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/organizations/acme/projects/staging/settings/collaborators/invitations");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Email address").FillAsync("invited@partner.test");
        await page.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "invited@partner.test" })).ToContainTextAsync("Pending");
        await page.ShouldBeAccessibleAsync();

        var she = await NewPersonAsync();
        await she.GotoAsync(await LinkAsync("invited@partner.test"));
        await Assertions.Expect(she.GetByRole(AriaRole.Heading, new() { Name = "Join Staging" })).ToBeVisibleAsync();
        await she.ShouldBeAccessibleAsync();
        await she.GetByLabel("Your name").FillAsync("Invited");
        await she.GetByLabel("Password").FillAsync("several plain words");
        await she.GetByRole(AriaRole.Button, new() { Name = "Create the account and accept" }).ClickAsync();
        await Assertions.Expect(she.GetByRole(AriaRole.Heading, new() { Name = "Staging", Level = 1 })).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "invited@partner.test" })).ToContainTextAsync("Accepted");
    });

    [Fact]
    public Task A_member_asks_and_a_manager_answers() => RunAsync(async page =>
    {
        await using var server = await ServerProcess.StartAsync();
        var member = await NewPersonAsync(server);
        await member.SignInAsync(SampleAccounts.Member, "/");
        var refused = await member.GotoAsync("/organizations/acme/projects/speech");
        Assert.Equal(404, refused!.Status);
        await AskAsync(member);
        await member.ShouldBeAccessibleAsync();
        await member.GotoAsync("/organizations/acme/projects/no-such-project");
        await AskAsync(member);

        var admin = await NewPersonAsync(server);
        await admin.SignInAsync(SampleAccounts.ProjectAdmin, "/organizations/acme/projects/speech/settings/collaborators");
        await admin.GetByRole(AriaRole.Link, new() { Name = "Requests 1" }).ClickAsync();
        await Assertions.Expect(admin.GetByRole(AriaRole.Row).Filter(new() { HasText = SampleAccounts.Member })).ToContainTextAsync("I label the calls.");
        await admin.ShouldBeAccessibleAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = $"Answer {SampleAccounts.Member}" }).ClickAsync();
        await admin.GetByRole(AriaRole.Dialog).GetByLabel("Role to give").SelectOptionAsync(new SelectOptionValue { Label = "Viewer" });
        await admin.ShouldBeAccessibleAsync();
        await admin.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Grant", Exact = true }).ClickAsync();
        await Assertions.Expect(admin.GetByRole(AriaRole.Row).Filter(new() { HasText = SampleAccounts.Member })).ToContainTextAsync("Granted");

        await member.GotoAsync("/organizations/acme/projects/speech");
        await Assertions.Expect(member.GetByRole(AriaRole.Heading, new() { Name = "Speech", Level = 1 })).ToBeVisibleAsync();
    });

    [GeneratedRegex(@"http\S+/invitations/\S+")]
    private static partial Regex Link();

    private static async Task AskAsync(IPage page)
    {
        await page.GetByLabel("Ask for access").FillAsync("I label the calls.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Request access" }).ClickAsync();
        await Assertions.Expect(page.GetByText("If this project exists, its Admins will see your request.")).ToBeVisibleAsync();
    }

    private async Task<string> LinkAsync(string email)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Server.DataDirectory, "mail"));
        using var written = new FileSystemWatcher(folder.FullName) { EnableRaisingEvents = true };
        for (var tries = 0; tries < 60; tries++)
        {
            var mail = folder.GetFiles().Select(file => File.ReadAllText(file.FullName)).FirstOrDefault(text => text.Contains($"To: {email}\n", StringComparison.Ordinal) && Link().IsMatch(text));
            if (mail is not null)
            {
                return new Uri(Link().Match(mail).Value).AbsolutePath;
            }

            written.WaitForChanged(WatcherChangeTypes.All, 500);
        }

        throw new TimeoutException($"No mail to {email} was written.");
    }
}
