using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

/// <summary>Pages that a person sees once, or when something went wrong, in both themes and on a phone.</summary>
public sealed partial class RarePagesJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    private const string Password = "several plain words";

    private static readonly int[] Refusals = [400, 403, 405, 500];

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    public Task Newcomer_registers_confirms_and_chooses_another_password(string look) => RunAsync(async _ =>
    {
        await using var own = await ServerProcess.StartAsync();
        var email = $"{look}@newcomer.test";
        await LetRegisterAsync(own);
        var page = await NewPersonAsync(own, Looks.Options(look));
        await page.GotoAsync("/account/register");
        var faults = new List<string>(await page.FaultsAsync(look, "register"));
        await page.GetByLabel("Email address").FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Look into your mail" })).ToBeVisibleAsync();
        faults.AddRange(await page.FaultsAsync(look, "register-sent"));

        await page.GotoAsync(await LinkAsync(own, email, "confirm-email"));
        faults.AddRange(await page.FaultsAsync(look, "confirm-email"));
        await page.GetByLabel("Password").FillAsync("short");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the account" }).ClickAsync();
        await Assertions.Expect(page.GetByText("A password needs")).ToBeVisibleAsync();
        faults.AddRange(await page.FaultsAsync(look, "confirm-email-refused"));
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the account" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Account menu, {email}" })).ToBeVisibleAsync();

        var other = await NewPersonAsync(own, Looks.Options(look));
        await other.GotoAsync("/account/forgot-password");
        await other.GetByLabel("Email address").FillAsync(email);
        await other.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Look into your mail" })).ToBeVisibleAsync();
        var link = await LinkAsync(own, email, "reset-password");
        await other.GotoAsync(link);
        faults.AddRange(await other.FaultsAsync(look, "reset-password"));
        await other.GetByLabel("New password").FillAsync($"{Password} again");
        await other.GetByRole(AriaRole.Button, new() { Name = "Change the password" }).ClickAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Your password is changed" })).ToBeVisibleAsync();
        faults.AddRange(await other.FaultsAsync(look, "reset-password-done"));
        await other.GotoAsync(link);
        faults.AddRange(await other.FaultsAsync(look, "reset-password-over"));
        AssertNone(faults);
    }, $"{nameof(Newcomer_registers_confirms_and_chooses_another_password)}.{look}");

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    public Task Operator_sets_an_empty_installation_up(string look) => RunAsync(async _ =>
    {
        await using var empty = await ServerProcess.StartAsync(new ServerOptions
        {
            HostingEnvironment = "Production",
            Settings = new Dictionary<string, string> { ["Database:MigrateAtStart"] = "true" },
        });
        var page = await NewPersonAsync(empty, Looks.Options(look));
        await page.GotoAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Set up ProjectConsole" })).ToBeVisibleAsync();
        var faults = new List<string>(await page.FaultsAsync(look, "setup"));
        await page.GetByLabel("Setup code").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await Assertions.Expect(page.GetByText("This is not the code")).ToBeVisibleAsync();
        faults.AddRange(await page.FaultsAsync(look, "setup-refused"));
        await page.GetByLabel("Setup code").FillAsync(Code().Match(empty.Output).Value);
        await page.GetByLabel("Organization name").FillAsync("Acme Labs");
        await page.GetByLabel("Email address").FillAsync("owner@acme.test");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/organizations/acme-labs/projects"));
        faults.AddRange(await page.FaultsAsync(look, "setup-done"));
        AssertNone(faults);
    }, $"{nameof(Operator_sets_an_empty_installation_up)}.{look}");

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    public Task Person_is_refused_readably(string look) => RunAsync(async _ =>
    {
        await using var own = await ServerProcess.StartAsync(new ServerOptions { Settings = new Dictionary<string, string> { ["Console:FormsPerMinute"] = "6" } });
        var page = await NewPersonAsync(own, Looks.Options(look));
        var faults = new List<string>();
        foreach (var code in Refusals)
        {
            await page.GotoAsync($"/status/{code}");
            faults.AddRange(await page.FaultsAsync(look, $"status-{code}"));
        }

        await page.GotoAsync("/no-such-page");
        faults.AddRange(await page.FaultsAsync(look, "not-found-stranger"));
        await page.SignInAsync(SampleAccounts.Viewer, "/");
        await page.GotoAsync("/no-such-page");
        faults.AddRange(await page.FaultsAsync(look, "not-found"));
        var refused = await page.GotoAsync("/organizations/acme/projects/vision/settings/audit");
        Assert.Equal(403, refused!.Status);
        faults.AddRange(await page.FaultsAsync(look, "section-refused"));

        var stranger = await NewPersonAsync(own, Looks.Options(look));
        for (var count = 0; count < 2; count++)
        {
            await stranger.GotoAsync("/account/forgot-password");
            await stranger.GetByLabel("Email address").FillAsync("nobody@acme.test");
            await stranger.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
            await Assertions.Expect(stranger.GetByRole(AriaRole.Heading, new() { NameRegex = new("Look into your mail|Too many tries") })).ToBeVisibleAsync();
        }

        await Assertions.Expect(stranger.GetByRole(AriaRole.Heading, new() { Name = "Too many tries" })).ToBeVisibleAsync();
        faults.AddRange(await stranger.FaultsAsync(look, "too-many-tries"));
        AssertNone(faults);
    }, $"{nameof(Person_is_refused_readably)}.{look}");

    [Theory]
    [InlineData("dark")]
    [InlineData("phone")]
    public Task Owner_walks_through_the_stepper(string look) => RunAsync(async _ =>
    {
        var page = await NewPersonAsync(options: Looks.Options(look));
        await page.SignInAsync(SampleAccounts.Owner, "/organizations/acme/projects/new");
        var projects = new ProjectsPage(page);
        await page.GetByLabel("Project Name").FillAsync("Vision");
        await page.GetByLabel("Project Name").BlurAsync();
        // Sample data has a project of this name.
        await Assertions.Expect(page.GetByText("This name looks like that of")).ToBeVisibleAsync();
        var faults = new List<string>(await page.FaultsAsync(look, "stepper-details"));
        await page.GetByLabel("Project ID").FillAsync($"vision-{look}");
        await projects.NextAsync();
        await projects.ShouldBeAtAsync("Settings");
        faults.AddRange(await page.FaultsAsync(look, "stepper-settings"));
        await projects.NextAsync();
        await projects.ShouldBeAtAsync("Review");
        faults.AddRange(await page.FaultsAsync(look, "stepper-review"));
        AssertNone(faults);
    }, $"{nameof(Owner_walks_through_the_stepper)}.{look}");

    private static void AssertNone(List<string> faults) => Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));

    private static async Task<string> LinkAsync(ServerProcess server, string email, string page)
    {
        var folder = Path.Combine(server.DataDirectory, "mail");
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var mails = Directory.Exists(folder) ? Directory.GetFiles(folder).Select(File.ReadAllText) : [];
            var link = mails.Where(mail => mail.Contains($"To: {email}\n", StringComparison.Ordinal)).Select(mail => Link().Match(mail).Value)
                .FirstOrDefault(found => found.Contains(page, StringComparison.Ordinal));
            if (link is not null)
            {
                return link;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(20), "no mail was sent");
            await Task.Yield();
        }
    }

    private async Task LetRegisterAsync(ServerProcess own)
    {
        var owner = await NewPersonAsync(own);
        await owner.SignInAsync(SampleAccounts.Owner, "/installation/settings");
        var open = owner.GetByLabel("Open registration");
        if (!await open.IsCheckedAsync())
        {
            await open.CheckAsync();
            await owner.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
            await Assertions.Expect(owner.GetByText("Settings saved.")).ToBeVisibleAsync();
        }
    }

    [GeneratedRegex(@"http\S+/account/\S+code=\S+")]
    private static partial Regex Link();

    [GeneratedRegex("[A-Z2-9]{4}(-[A-Z2-9]{4}){5}")]
    private static partial Regex Code();
}
