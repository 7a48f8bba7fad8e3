using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

/// <summary>A page looks ready before its circuit is. What somebody does in between is done once it answers.</summary>
public sealed class SlowLineJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    [Fact]
    public Task Viewer_on_a_slow_line_follows_links_before_the_page_answers_and_arrives() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Viewer, "/");
        var line = await SlowLine.OfAsync(page);
        await page.GotoAsync("/organizations/acme/personal-space");

        await page.Locator("a.tile[href$='/personal-space/volumes']").ClickAsync();
        await line.AnswerAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/personal-space/volumes$"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Volumes", Level = 1 })).ToBeVisibleAsync();
        await page.ShouldBeInteractiveAsync();
    });

    [Fact]
    public Task Manager_on_a_slow_line_fills_in_a_form_before_the_page_answers_and_it_is_saved() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Manager, "/");
        var line = await SlowLine.OfAsync(page);
        await page.GotoAsync("/organizations/acme/personal-space/volumes/new");

        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("typed-early");
        await page.GetByLabel("Size", new() { Exact = true }).FillAsync("7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create volume" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-waiting", "");
        await line.AnswerAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "typed-early", Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("html[data-waiting]")).ToHaveCountAsync(0);
        await page.OpenAsync("/organizations/acme/personal-space/volumes");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "typed-early", Exact = true })).ToHaveCountAsync(1);
    });

    [Fact]
    public Task Admin_on_a_slow_line_searches_and_presses_a_button_before_the_page_answers() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.ProjectAdmin, "/");
        var line = await SlowLine.OfAsync(page);
        await page.GotoAsync("/organizations/acme/projects/vision/settings/collaborators");

        await page.Locator("main input[data-search]").PressSequentiallyAsync("viewer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add Collaborator" }).DblClickAsync();
        await line.AnswerAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("viewer@acme.test")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("owner@acme.test")).ToHaveCountAsync(0);
    });

    // Holds back the first answer that a circuit needs, until it is let through.
    private sealed class SlowLine(IPage page)
    {
        private const string Negotiation = "**/_blazor/negotiate**";

        private readonly TaskCompletionSource _answered = new();

        public static async Task<SlowLine> OfAsync(IPage page)
        {
            var line = new SlowLine(page);
            await page.RouteAsync(Negotiation, async route =>
            {
                await line._answered.Task;
                await route.ContinueAsync();
            });
            return line;
        }

        public async Task AnswerAsync()
        {
            await Assertions.Expect(page.Locator("[data-interactive]")).ToHaveCountAsync(0);
            _answered.SetResult();
        }
    }
}
