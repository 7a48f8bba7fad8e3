using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class UndoJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Owner_undoes_a_removal_from_the_toast_and_the_undoing_from_the_log() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        await new ProjectsPage(page).CreateAsync("Undo Drill", "undo-drill");
        var collaborators = new CollaboratorsPage(page, "undo-drill");
        await collaborators.OpenAsync();
        await collaborators.TryAddAsync(SampleAccounts.Member);
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToContainTextAsync("Developer");

        await collaborators.ChooseAsync(SampleAccounts.Member, "Remove User");
        await collaborators.Dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm removal" }).ClickAsync();
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToHaveCountAsync(0);
        await UndoFromToastAsync(page, $"{SampleAccounts.Member} no longer has a grant on Undo Drill.", "Becomes Developer");
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToContainTextAsync("Developer");

        await page.OpenAsync("/organizations/acme/projects/undo-drill/settings/audit");
        await UndoFromLogAsync(page, "added", SampleAccounts.Member, "Loses Developer");
        await collaborators.OpenAsync();
        await Assertions.Expect(collaborators.Row(SampleAccounts.Owner)).ToBeVisibleAsync();
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Owner_takes_a_person_out_of_a_team_undoes_it_and_undoes_that_from_the_log() => RunAsync(async page =>
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.SignInAsync(SampleAccounts.Owner, "/organizations/acme/teams");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create team" }).ClickAsync();
        await dialog.GetByLabel("Team name").FillAsync("Undo crew");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create team" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add people" }).ClickAsync();
        await dialog.GetByLabel("Email addresses").FillAsync(SampleAccounts.Member);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add to team" }).ClickAsync();
        var person = page.GetByRole(AriaRole.Row).Filter(new() { HasText = SampleAccounts.Member });
        await Assertions.Expect(person).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = $"Actions for {SampleAccounts.Member}" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Take out of the team" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take out", Exact = true }).ClickAsync();
        await Assertions.Expect(person).ToHaveCountAsync(0);
        await UndoFromToastAsync(page, $"{SampleAccounts.Member} is not in Undo crew any more.", "Nothing changes");
        await Assertions.Expect(person).ToBeVisibleAsync();

        await page.OpenAsync("/organizations/acme/audit");
        await UndoFromLogAsync(page, "added people to the team", "Undo crew", "Nothing changes");
        await page.OpenAsync("/organizations/acme/teams/undo-crew");
        await Assertions.Expect(page.GetByText("Nobody is in this team yet")).ToBeVisibleAsync();
    });

    private static async Task UndoFromToastAsync(IPage page, string sentence, string shown)
    {
        var toast = page.Locator(".rz-notification-item").Filter(new() { HasText = sentence });
        await Assertions.Expect(toast).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await toast.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await ConfirmAsync(page, shown);
    }

    private static async Task UndoFromLogAsync(IPage page, string verb, string name, string shown)
    {
        var entry = page.GetByRole(AriaRole.Row).Filter(new() { HasText = verb }).Filter(new() { HasText = name }).First;
        await entry.GetByRole(AriaRole.Button, new() { Name = "Details of entry" }).ClickAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Table, new() { Name = "Audit log" }).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await ConfirmAsync(page, shown);
    }

    private static async Task ConfirmAsync(IPage page, string shown)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByText(shown).First).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("It was undone.")).ToBeVisibleAsync();
    }
}
