using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

/// <summary>Every kind of resource through its form, with the least that the form asks for.</summary>
public sealed class EveryKindJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    // Written by hand, as a person would fill the forms; what is named stands before what names it.
    private static readonly Kind[] Kinds =
    [
        new("pipelines", "pipeline"),
        new("runs", "run", ("Pipeline", "a-pipeline")),
        new("templates", "template", ("Template of", "Instance")),
        new("artifacts", "artifact"),
        new("models", "model"),
        new("evaluations", "evaluation", ("Model", "a-model"), ("Measure", "mAP")),
        new("files", "file"),
        new("images", "image", ("Address", "registry.acme.test/drill/train:1")),
        new("secrets", "secret", ("Value", "several plain words")),
        new("clusters", "cluster"),
        new("instances", "instance"),
        new("jobs", "job", ("Command", "python check.py")),
        new("endpoints", "endpoint", ("Model", "a-model")),
        new("apps", "app", ("Type", "Jupyter")),
        new("volumes", "volume"),
        new("disks", "disk"),
        new("snapshots", "snapshot", ("Snapshot of", "volume/a-volume")),
        new("buckets", "bucket"),
        new("networks", "network", ("Range", "10.9.0.0/24")),
        new("ip-addresses", "IP address", ("Address", "203.0.113.77")),
    ];

    [Fact]
    public Task Owner_makes_one_of_every_kind_with_the_least_that_each_form_asks_for() => RunAsync(async page =>
    {
        await page.SignInAsync(SampleAccounts.Owner, "/");
        await new ProjectsPage(page).CreateAsync("Every Kind", "every-kind");
        await OpenResourcesAsync(page);
        await Assertions.Expect(page.Locator("a.tile")).ToHaveCountAsync(Kinds.Length);
        foreach (var kind in Kinds)
        {
            await MakeAsync(page, kind);
        }

        await OpenResourcesAsync(page);
        await Assertions.Expect(page.Locator("a.tile b").Filter(new() { HasTextRegex = new("^1$") })).ToHaveCountAsync(Kinds.Length);
        await page.ShouldBeAccessibleAsync();
    });

    private static async Task MakeAsync(IPage page, Kind kind)
    {
        var name = $"a-{kind.Title.ToLowerInvariant().Replace(' ', '-')}";
        var resources = new ResourcesPage(page, "every-kind", kind.Plural);
        // By its address: twenty times over the tiles takes three times as long.
        await resources.OpenAsync("new");
        await resources.FillAsync("Name", name);
        foreach (var (label, value) in kind.Fields)
        {
            var field = page.GetByLabel(label, new() { Exact = true });
            await (await field.EvaluateAsync<bool>("field => field.matches('select')")
                ? field.SelectOptionAsync(new SelectOptionValue { Label = value })
                : field.FillAsync(value));
        }

        await resources.PressAsync($"Create {kind.Title}");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1, Exact = true })).ToBeVisibleAsync();
        await page.Locator($"main a[href$='/resources/{kind.Plural}']").First.ClickAsync();
        await Assertions.Expect(resources.Row(name)).ToBeVisibleAsync();
    }

    private static Task OpenResourcesAsync(IPage page) => page.GetByRole(AriaRole.Link, new() { Name = "Resources", Exact = true }).First.ClickAsync();

    private sealed record Kind(string Plural, string Title, params (string Label, string Value)[] Fields);
}
