using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

/// <summary>What a project gives others: to see, to use, and until it takes it back.</summary>
public sealed class SharingJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Manager_shares_one_image_to_see_and_one_to_use_and_takes_the_used_one_back() => RunAsync(async page =>
    {
        var owning = await NewPersonAsync();
        await owning.SignInAsync(SampleAccounts.Owner, "/");
        await new ProjectsPage(owning).CreateAsync("Giving Drill", "giving-drill");
        await LetManagerInAsync(owning, new CollaboratorsPage(owning, "giving-drill"));
        await page.SignInAsync(SampleAccounts.Manager, "/");
        await MakeImageAsync(page, "giving-drill", "shown");
        var giving = new SharingPage(page, "giving-drill");
        await giving.StartAsync("shown", "A project");
        await giving.Dialog.GetByLabel("Project ID").FillAsync("speech");
        await giving.Dialog.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await Assertions.Expect(giving.Dialog.GetByText("There is no project speech that you see.")).ToBeVisibleAsync();
        await giving.Dialog.GetByLabel("Project ID").FillAsync("vision");
        await giving.Dialog.GetByLabel("May be used there").UncheckAsync();
        await page.ShouldBeAccessibleAsync();
        await giving.ShareAsync();
        await MakeImageAsync(page, "giving-drill", "lent");
        await giving.StartAsync("lent", "A project");
        await giving.Dialog.GetByLabel("Project ID").FillAsync("vision");
        await giving.ShareAsync();
        await Assertions.Expect(page.GetByText("Waits")).ToBeVisibleAsync();

        var taking = await NewPersonAsync();
        await taking.SignInAsync(SampleAccounts.ProjectAdmin, "/");
        var images = new ResourcesPage(taking, "vision", "images");
        await images.OpenAsync();
        await Assertions.Expect(images.Row("train-cuda-12")).ToBeVisibleAsync();
        await Assertions.Expect(images.Row("lent")).ToHaveCountAsync(0);
        var received = new SharingPage(taking, "vision");
        await received.OpenAsync();
        await Assertions.Expect(received.Row("Waiting for an answer", "lent")).ToContainTextAsync(SampleAccounts.Manager);
        await Assertions.Expect(received.Row("Waiting for an answer", "lent")).ToContainTextAsync("Giving Drill");
        await taking.ShouldBeAccessibleAsync();
        await received.AcceptAsync("shown");
        await received.AcceptAsync("lent");
        await Assertions.Expect(received.Row("Received", "lent")).ToContainTextAsync("seen and used");
        await Assertions.Expect(received.Row("Received", "shown")).Not.ToContainTextAsync("used");
        await taking.ShouldBeAccessibleAsync();

        await images.OpenAsync();
        await Assertions.Expect(images.Row("shown")).ToContainTextAsync("of Giving Drill");
        await Assertions.Expect(images.Row("lent")).ToContainTextAsync("of Giving Drill");
        var jobs = new ResourcesPage(taking, "vision", "jobs");
        await jobs.OpenAsync("new");
        await jobs.FillAsync("Name", "with-lent-image");
        await jobs.FillAsync("Command", "python check.py");
        await jobs.FillAsync("Image", "giving-drill:shown");
        await jobs.PressAsync("Create job");
        await Assertions.Expect(taking.GetByText("There is no image \"giving-drill:shown\" that you may use here.")).ToBeVisibleAsync();
        await jobs.FillAsync("Image", "giving-drill:lent");
        await jobs.PressAsync("Create job");
        await Assertions.Expect(taking.GetByRole(AriaRole.Heading, new() { Name = "with-lent-image", Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(taking.GetByText("lent of giving-drill", new() { Exact = true })).ToBeVisibleAsync();
        await taking.GetByRole(AriaRole.Link, new() { Name = "lent", Exact = true }).ClickAsync();
        await Assertions.Expect(taking.GetByText("Shared by Giving Drill")).ToBeVisibleAsync();
        await Assertions.Expect(taking.Locator(".page-actions").GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        await taking.ShouldBeAccessibleAsync();

        await giving.OpenAsync();
        await Assertions.Expect(giving.Row("Given", "lent")).ToContainTextAsync("Vision");
        await page.ShouldBeAccessibleAsync();
        await giving.ChooseAsync("lent", "End share");
        await Assertions.Expect(giving.Dialog.GetByText("It is taken from Vision at once.")).ToBeVisibleAsync();
        await giving.Dialog.GetByRole(AriaRole.Button, new() { Name = "End share" }).ClickAsync();
        await Assertions.Expect(giving.Row("Given", "lent")).ToHaveCountAsync(0);
        // The open page of the project leaves by itself.
        await Assertions.Expect(taking).ToHaveURLAsync(new Regex("/resources/images$"));
        await Assertions.Expect(images.Row("shown")).ToBeVisibleAsync();
        await Assertions.Expect(images.Row("lent")).ToHaveCountAsync(0);
        await jobs.OpenAsync("new");
        await jobs.FillAsync("Name", "without-it");
        await jobs.FillAsync("Command", "python check.py");
        await jobs.FillAsync("Image", "giving-drill:lent");
        await jobs.PressAsync("Create job");
        await Assertions.Expect(taking.GetByText("There is no image \"giving-drill:lent\" that you may use here.")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Manager_shares_an_image_with_a_workspace_and_another_with_everybody_but_people_from_outside() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Manager, "/");
        await MakeImageAsync(page, "vision", "for-platform");
        var giving = new SharingPage(page, "vision");
        await giving.StartAsync("for-platform", "A workspace");
        await giving.Dialog.GetByLabel("Workspace", new() { Exact = true }).FillAsync("platform");
        await page.ShouldBeAccessibleAsync();
        await giving.ShareAsync();
        await Assertions.Expect(page.GetByText("every project of the workspace platform")).ToBeVisibleAsync();
        await MakeImageAsync(page, "vision", "for-everybody");
        await giving.StartAsync("for-everybody", "The organization");
        await giving.ShareAsync();
        await Assertions.Expect(page.GetByText("The whole organization")).ToBeVisibleAsync();

        // An Admin of one of its projects does not answer for all of them.
        var one = await NewPersonAsync();
        await one.SignInAsync(SampleAccounts.ProjectAdmin, "/");
        var waiting = new SharingPage(one, "staging");
        await waiting.OpenAsync();
        await Assertions.Expect(waiting.Row("Waiting for an answer", "for-platform")).ToContainTextAsync("Vision");
        await Assertions.Expect(one.GetByRole(AriaRole.Button, new() { Name = "Actions for for-platform" })).ToHaveCountAsync(0);

        var administering = await NewPersonAsync();
        await administering.SignInAsync(SampleAccounts.OrganizationAdmin, "/");
        var staging = new SharingPage(administering, "staging");
        await staging.OpenAsync();
        await staging.AcceptAsync("for-platform");

        var developing = await NewPersonAsync();
        await developing.SignInAsync(SampleAccounts.Developer, "/");
        var images = new ResourcesPage(developing, "staging", "images");
        await images.OpenAsync();
        await Assertions.Expect(images.Row("for-platform")).ToContainTextAsync("of Vision");
        await Assertions.Expect(images.Row("for-everybody")).ToContainTextAsync("of Vision");
        await developing.ShouldBeAccessibleAsync();
        images = new ResourcesPage(developing, "speech", "images");
        await images.OpenAsync();
        await Assertions.Expect(images.Row("for-everybody")).ToContainTextAsync("of Vision");
        await Assertions.Expect(images.Row("for-platform")).ToHaveCountAsync(0);

        var outside = await NewPersonAsync();
        await outside.SignInAsync(SampleAccounts.External, "/");
        images = new ResourcesPage(outside, "speech", "images");
        await images.OpenAsync();
        // What was shared with the project itself is seen; without it an empty list would prove nothing.
        await Assertions.Expect(images.Row("serve-triton")).ToBeVisibleAsync();
        await Assertions.Expect(images.Row("for-everybody")).ToHaveCountAsync(0);
        Assert.Equal(404, (await outside.GotoAsync("/organizations/acme/projects/speech/resources/images/vision:for-everybody"))!.Status);

        await giving.OpenAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Hide for-everybody" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Hide for-everybody" })).ToHaveCountAsync(0);
        Assert.Equal(404, (await developing.GotoAsync("/organizations/acme/projects/speech/resources/images/vision:for-everybody"))!.Status);
    });

    private static async Task LetManagerInAsync(IPage owning, CollaboratorsPage collaborators)
    {
        await collaborators.OpenAsync();
        await owning.GetByRole(AriaRole.Button, new() { Name = "Add Collaborator" }).ClickAsync();
        await collaborators.Role.SelectOptionAsync(new SelectOptionValue { Label = "Manager" });
        await collaborators.TryAddAsync(SampleAccounts.Manager);
        await Assertions.Expect(collaborators.Row(SampleAccounts.Manager)).ToContainTextAsync("Manager");
    }

    private static async Task MakeImageAsync(IPage page, string projectId, string name)
    {
        var images = new ResourcesPage(page, projectId, "images");
        await images.OpenAsync("new");
        await images.FillAsync("Name", name);
        await images.FillAsync("Address", $"registry.acme.test/drill/{name}:1");
        await images.PressAsync("Create image");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
    }
}
