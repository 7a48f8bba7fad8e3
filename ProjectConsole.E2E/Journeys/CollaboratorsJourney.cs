using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class CollaboratorsJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Admin_adds_promotes_and_removes_a_collaborator_and_the_other_browser_leaves() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        await new ProjectsPage(page).CreateAsync("Removal Drill", "removal-drill");
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Collaborators" }).First.ClickAsync();
        var collaborators = new CollaboratorsPage(page, "removal-drill");

        await collaborators.TryAddAsync("nobody@acme.test");
        await Assertions.Expect(collaborators.Dialog.GetByText("There is no account with this address in this organization.")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        await collaborators.TryAddAsync(SampleAccounts.Member);
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToContainTextAsync("Developer");
        await page.ShouldBeAccessibleAsync();

        await collaborators.ChooseAsync(SampleAccounts.Member, "Change role");
        await page.ShouldBeAccessibleAsync();
        await collaborators.ChangeRoleAsync("Manager");
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToContainTextAsync("Manager");

        var other = await NewPersonAsync();
        await other.SignInAsync(SampleAccounts.Member, "/");
        await other.OpenAsync("/organizations/acme/projects/removal-drill");
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Removal Drill", Level = 1 })).ToBeVisibleAsync();

        await collaborators.ChooseAsync(SampleAccounts.Member, "Remove User");
        await Assertions.Expect(collaborators.Dialog.GetByText($"Remove {SampleAccounts.Member} from Removal Drill?")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await collaborators.Dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm removal" }).ClickAsync();

        await Assertions.Expect(other.GetByText("You no longer have access to that project.")).ToBeVisibleAsync();
        await Assertions.Expect(other).ToHaveURLAsync(new Regex("/organizations/acme/projects(\\?.*)?$"));
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToHaveCountAsync(0);
        var refused = await other.GotoAsync("/organizations/acme/projects/removal-drill");
        Assert.Equal(404, refused!.Status);
    });

    [Fact]
    public Task A_project_admin_raises_a_developer_to_Admin_for_two_hours() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        await new ProjectsPage(page).CreateAsync("Raise Drill", "raise-drill");
        var collaborators = new CollaboratorsPage(page, "raise-drill");
        await collaborators.OpenAsync();
        await collaborators.TryAddAsync(SampleAccounts.Member);
        await collaborators.ChooseAsync(SampleAccounts.Member, "Raise for a while");
        await collaborators.Role.SelectOptionAsync(new SelectOptionValue { Label = "Admin" });
        await Assertions.Expect(collaborators.Dialog.GetByText("Becomes Admin")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await collaborators.Dialog.GetByRole(AriaRole.Button, new() { Name = "Raise", Exact = true }).ClickAsync();
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToContainTextAsync("Admin");
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToContainTextAsync("until");
        await page.ShouldBeAccessibleAsync();

        await collaborators.ChooseAsync(SampleAccounts.Member, "End temporary role");
        await collaborators.Dialog.GetByRole(AriaRole.Button, new() { Name = "End temporary role" }).ClickAsync();
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToContainTextAsync("Developer");
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).Not.ToContainTextAsync("until");
    });

    [Fact]
    public Task Owner_picks_people_on_a_phone() => RunAsync(async page =>
    {
        await page.SetViewportSizeAsync(390, 844);
        await page.SignInAsync(SampleAccounts.Owner, "/organizations/acme/projects/vision/settings/collaborators");
        await page.GetByLabel($"Select {SampleAccounts.Developer}").CheckAsync();
        await page.GetByLabel($"Select {SampleAccounts.Viewer}").CheckAsync();
        var selected = page.GetByRole(AriaRole.Group, new() { Name = "Selected collaborators" });
        await Assertions.Expect(selected).ToContainTextAsync("2 selected");
        await page.ShouldBeAccessibleAsync();
        await selected.GetByRole(AriaRole.Button, new() { Name = "Change role" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByText("Change role of 2 collaborators")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
    });

    [Fact]
    public Task Owner_removes_three_people_at_once_and_exports_the_rest() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        await new ProjectsPage(page).CreateAsync("Bulk Drill", "bulk-drill");
        var collaborators = new CollaboratorsPage(page, "bulk-drill");
        await collaborators.OpenAsync();
        string[] people = ["developer@acme.test", "contributor@acme.test", "viewer@acme.test"];
        await collaborators.TryAddAsync(string.Join(", ", people));
        foreach (var person in people)
        {
            await page.GetByLabel($"Select {person}").CheckAsync();
        }

        await page.GetByRole(AriaRole.Group, new() { Name = "Selected collaborators" }).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(collaborators.Dialog.GetByText("3 people lose something.")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await collaborators.Dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm removal" }).ClickAsync();
        await Assertions.Expect(collaborators.Row(people[0])).ToHaveCountAsync(0);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Contains("owner@acme.test", text, StringComparison.Ordinal);
        Assert.DoesNotContain(people[0], text, StringComparison.Ordinal);
        await page.OpenAsync("/organizations/acme/projects/bulk-drill/settings/audit");
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "exported the collaborators of" })).ToBeVisibleAsync();
    });
}
