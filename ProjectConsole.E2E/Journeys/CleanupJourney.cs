using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class CleanupJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Manager_deletes_what_failed_and_what_others_name_stays() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Manager, "/");
        await page.OpenAsync("/organizations/acme/projects/vision/resources");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clean-up" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Clean-up", Level = 1 })).ToBeVisibleAsync();
        await page.OpenAsync("/organizations/acme/projects/vision/resources/clean-up?reason=failed");
        foreach (var name in (string[])["label-street-scenes-77", "tunnel-glare-v2"])
        {
            await page.GetByLabel($"Select {name}").CheckAsync();
        }

        await page.GetByRole(AriaRole.Group, new() { Name = "Selected resources" }).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByText("tunnel-glare-v2: is deleted")).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByText("label-street-scenes-77 is used by Artifact street-scenes-labels")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete 1" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("tunnel-glare-v2: deleted")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "tunnel-glare-v2" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "label-street-scenes-77" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Owner_finds_what_failed_in_all_projects_and_a_member_only_what_is_theirs() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        await page.OpenAsync("/organizations/acme/projects");
        await page.GetByRole(AriaRole.Link, new() { Name = "All resources" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/organizations/acme/resources$"));
        await page.ShouldBeAccessibleAsync();
        await page.OpenAsync("/organizations/acme/resources?state=failed&sort=name");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "gpu-l40-2" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "survey-intake" })).ToBeVisibleAsync();

        var other = await NewPersonAsync();
        await other.SignInAsync(SampleAccounts.Viewer, "/");
        await other.OpenAsync("/organizations/acme/resources?state=failed&sort=name");
        await Assertions.Expect(other.GetByRole(AriaRole.Row).Filter(new() { HasText = "survey-intake" })).ToBeVisibleAsync();
        await Assertions.Expect(other.Locator("main table input, main table button")).ToHaveCountAsync(0);

        // Of no project but the one that everybody has.
        var third = await NewPersonAsync();
        await third.SignInAsync(SampleAccounts.Member, "/");
        await third.OpenAsync("/organizations/acme/resources?sort=name");
        await Assertions.Expect(third.GetByRole(AriaRole.Heading, new() { Name = "All resources", Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(third.Locator("main tbody a[href*='/projects/vision/'], main tbody a[href*='/projects/speech/']")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Owner_shares_a_cluster_for_view_and_it_comes_and_goes_in_the_other_project() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        var speech = new ResourcesPage(page, "speech", "clusters");
        await speech.OpenAsync();
        await speech.ChooseAsync("gpu-l40-2", "Share");
        await Assertions.Expect(speech.Dialog.GetByText("All of its projects.")).ToBeVisibleAsync();
        await speech.FillAsync("Project ID", "vision");
        await speech.Dialog.GetByLabel("May be used there").UncheckAsync();
        await speech.Dialog.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await Assertions.Expect(speech.Dialog).ToHaveCountAsync(0);
        await page.OpenAsync("/organizations/acme/projects/vision/settings/sharing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for gpu-l40-2" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Accept" }).ClickAsync();

        var viewer = await NewPersonAsync();
        await viewer.SignInAsync(SampleAccounts.Viewer, "/");
        var vision = new ResourcesPage(viewer, "vision", "clusters");
        await vision.OpenAsync();
        await Assertions.Expect(vision.Row("gpu-l40-2")).ToContainTextAsync("of Speech");
        await viewer.ShouldBeAccessibleAsync();
        await vision.Row("gpu-l40-2").GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(viewer.GetByText("Shared by Speech")).ToBeVisibleAsync();
        await Assertions.Expect(viewer.Locator(".page-actions").GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await viewer.ShouldBeAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for gpu-l40-2" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "End share" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End share" }).ClickAsync();
        // The open page leaves by itself.
        await Assertions.Expect(viewer).ToHaveURLAsync(new Regex("/resources/clusters$"));
        await Assertions.Expect(vision.Row("gpu-l40-2")).ToHaveCountAsync(0);
    });
}
