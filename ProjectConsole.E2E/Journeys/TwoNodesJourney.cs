using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

public sealed class TwoNodesJourney(BrowserFixture browser, ServerFixture shared) : E2ETest(browser, shared)
{
    [Fact]
    public Task Removed_person_leaves_the_open_page_of_another_node() => RunAsync(async _ =>
    {
        await using var first = await ServerProcess.StartAsync();
        await using var second = await ServerProcess.StartAsync(new ServerOptions { DataDirectory = first.DataDirectory });
        var admin = await NewPersonAsync(first);
        var developer = await NewPersonAsync(second);
        await developer.SignInAsync(SampleAccounts.Developer, "/organizations/acme/projects/vision");
        await Assertions.Expect(developer.GetByRole(AriaRole.Heading, new() { Name = "Vision", Level = 1 })).ToBeVisibleAsync();
        await admin.SignInAsync(SampleAccounts.ProjectAdmin, "/organizations/acme/projects/vision/settings/collaborators");
        var collaborators = new CollaboratorsPage(admin, "vision");
        await collaborators.ChooseAsync(SampleAccounts.Developer, "Remove User");

        await collaborators.Dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm removal" }).ClickAsync();
        await Assertions.Expect(collaborators.Dialog).ToHaveCountAsync(0);

        await Assertions.Expect(developer.GetByText("You no longer have access to that project.")).ToBeVisibleAsync();
        await Assertions.Expect(developer).ToHaveURLAsync(new Regex("/organizations/acme/projects(\\?.*)?$"));
    });
}
