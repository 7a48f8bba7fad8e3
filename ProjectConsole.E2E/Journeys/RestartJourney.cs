using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;

namespace ProjectConsole.E2E.Journeys;

public sealed class RestartJourney(BrowserFixture browser, ServerFixture shared) : E2ETest(browser, shared)
{
    [Fact]
    public Task Open_page_works_again_after_the_server_was_killed_and_restarted() => RunAsync(async _ =>
    {
        await using var server = await ServerProcess.StartAsync();
        var page = await NewPersonAsync(server);
        await page.SignInAsync("owner@acme.test", "/organizations/acme/audit");
        var modal = page.GetByRole(AriaRole.Dialog, new() { Name = "Connection lost" });

        await server.KillAsync();
        await Assertions.Expect(modal).ToBeVisibleAsync();
        await server.StartAgainAsync();

        await Assertions.Expect(modal).ToBeHiddenAsync();
        await page.ShouldBeInteractiveAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Details of entry" }).First.ClickAsync();
        await Assertions.Expect(page.GetByText("Request", new() { Exact = true })).ToBeVisibleAsync();
    });

    [Fact]
    public async Task Server_that_is_asked_to_stop_ends_by_itself()
    {
        await using var server = await ServerProcess.StartAsync();

        Assert.Equal(0, await server.StopAsync());
    }
}
