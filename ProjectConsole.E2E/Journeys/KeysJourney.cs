using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class KeysJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    private const string Keys = "/organizations/acme/projects/vision/settings/keys";

    private static readonly string[] Asked = ["project.view", "project.delete"];

    [Fact]
    public Task Admin_makes_a_key_a_program_calls_with_it_and_revoking_shuts_the_program_out() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.ProjectAdmin, Keys);
        await page.GetByRole(AriaRole.Link, new() { Name = "Create API key" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create API key" }).ClickAsync();
        await Assertions.Expect(page.Locator(".field-error").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("journey");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create API key" }).ClickAsync();
        var first = await SecretAsync(page);
        await page.ShouldBeAccessibleAsync();
        Assert.Equal(200, await WhoamiAsync(page, first));

        await page.GetByRole(AriaRole.Link, new() { Name = "Done" }).ClickAsync();
        await ChooseAsync(page, "Rotate");
        await page.GetByLabel("The former secret opens").SelectOptionAsync("0");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Rotate" }).ClickAsync();
        var second = await SecretAsync(page);
        await page.ShouldBeAccessibleAsync();
        Assert.Equal((401, 200), (await WhoamiAsync(page, first), await WhoamiAsync(page, second)));

        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await ChooseAsync(page, "Revoke");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke key" }).ClickAsync();
        await Assertions.Expect(Row(page)).ToContainTextAsync("Revoked");
        Assert.Equal(401, await WhoamiAsync(page, second));
        await page.ReloadAsync();
        await Assertions.Expect(Row(page)).ToContainTextAsync("Revoked");
        Assert.DoesNotContain(second, await page.ContentAsync(), StringComparison.Ordinal);
    });

    [Fact]
    public Task Viewer_of_a_project_makes_a_token_and_it_may_no_more_than_they_may() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Viewer, "/account/tokens");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create token" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("script");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "View the project" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Delete and restore the project" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        var token = await SecretAsync(page);

        var answer = await page.APIRequest.PostAsync("/api/v1/access:check", new()
        {
            Headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
            DataObject = new
            {
                questions = Asked.Select(permission => new { organization = "acme", project = "vision", permission }),
            },
        });

        var answers = (await answer.JsonAsync())!.Value.GetProperty("answers").EnumerateArray().Select(row => row.GetProperty("allowed").GetBoolean());
        Assert.Equal([true, false], answers);
        await page.OpenAsync(Keys);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Create API key" })).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Owner_removes_who_made_two_keys_keeps_one_and_undoing_brings_the_other_not_back() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        await new ProjectsPage(page).CreateAsync("Key Drill", "key-drill");
        var collaborators = new CollaboratorsPage(page, "key-drill");
        await collaborators.OpenAsync();
        await collaborators.TryAddAsync(SampleAccounts.Member);
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToContainTextAsync("Developer");
        var maker = await NewPersonAsync();
        await maker.SignInAsync(SampleAccounts.Member, "/");
        var keys = new KeysPage(maker, KeysPage.Of("key-drill"));
        var (robot, keeper) = (await keys.CreateAsync("robot"), await keys.CreateAsync("keeper"));

        await collaborators.ChooseAsync(SampleAccounts.Member, "Remove User");
        ILocator Choice(string key, string what) => collaborators.Dialog.Locator(".key-choices li").Filter(new() { HasText = key }).GetByRole(AriaRole.Radio, new() { Name = what });
        await Assertions.Expect(Choice("robot", "Revoke")).ToBeCheckedAsync();
        await Choice("keeper", "Keep").CheckAsync();
        await page.ShouldBeAccessibleAsync();
        await collaborators.Dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm removal" }).ClickAsync();
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToHaveCountAsync(0);
        Assert.Equal((401, 200), (await WhoamiAsync(page, robot), await WhoamiAsync(page, keeper)));

        // The toast of the adding may still be there: on a fast run it has an Undo of its own.
        await page.Locator(".rz-notification-item").Filter(new() { HasText = "no longer has a grant on Key Drill." }).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(collaborators.Dialog.GetByText("The API key robot was revoked with this and stays revoked.")).ToBeVisibleAsync();
        await collaborators.Dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToContainTextAsync("Developer");
        Assert.Equal((401, 200), (await WhoamiAsync(page, robot), await WhoamiAsync(page, keeper)));
    });

    private static ILocator Row(IPage page) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = "journey" });

    private static async Task<string> SecretAsync(IPage page)
    {
        await Assertions.Expect(page.GetByText("Copy the key now.")).ToBeVisibleAsync();
        return await page.Locator(".code-box code").InnerTextAsync();
    }

    private static async Task ChooseAsync(IPage page, string entry)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for journey" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = entry }).ClickAsync();
    }

    private static async Task<int> WhoamiAsync(IPage page, string secret) => (await page.APIRequest.GetAsync(
        "/api/v1/whoami", new() { Headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {secret}" } })).Status;
}
