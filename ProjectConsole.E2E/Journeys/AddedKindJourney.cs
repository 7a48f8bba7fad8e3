using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

/// <summary>One more entry in the catalogue of kinds, and what people and programs find of it. Nothing else of the server was changed.</summary>
public sealed partial class AddedKindJourney(BrowserFixture browser, ServerFixture shared, AddedKindServer added) : E2ETest(browser, shared), IClassFixture<AddedKindServer>
{
    private const string Vision = "/organizations/acme/projects/vision";
    private const string Staging = "/organizations/acme/projects/staging";
    private const string Speech = "/organizations/acme/projects/speech";

    private static readonly string[] Verbs = ["create", "delete", "delete-own", "operate", "share", "update", "view"];

    private static readonly (string Name, string Address)[] OfItsOwn =
    [
        ("kind-list", $"{Speech}/resources/sensors"),
        ("kind-new", $"{Speech}/resources/sensors/new"),
        ("kind-detail", $"{Speech}/resources/sensors/gate-1"),
        ("kind-edit", $"{Speech}/resources/sensors/gate-1/edit"),
    ];

    private static readonly (string Name, string Address)[] WithOthers =
    [
        ("kind-overview", Speech),
        ("kind-resources", $"{Speech}/resources"),
        ("kind-clean-up", $"{Speech}/resources/clean-up?reason=failed&kind=sensors"),
        ("kind-sharing", $"{Speech}/settings/sharing"),
        ("kind-limits", $"{Speech}/settings/limits"),
        ("kind-access", $"{Speech}/access?permission=sensors.delete"),
        ("kind-everywhere", "/organizations/acme/resources?kind=sensors"),
        ("kind-role", "/organizations/acme/roles/developer"),
    ];

    [Fact]
    public Task Developer_makes_and_stops_a_sensor_a_viewer_looks_on_and_an_admin_says_how_many_there_may_be() => RunAsync(async _ =>
    {
        var admin = await SignInAsync(SampleAccounts.ProjectAdmin);
        await admin.OpenAsync($"{Vision}/settings/limits");
        await Assertions.Expect(Limit(admin, "Sensors")).ToContainTextAsync("0 of 5");
        await Assertions.Expect(Limit(admin, "Sensors")).ToContainTextAsync("Built-in default");
        var cores = await UsedAsync(admin, "CPU cores");

        var page = await SignInAsync(SampleAccounts.Developer);
        await page.OpenAsync($"{Vision}/resources");
        var tile = page.GetByRole(AriaRole.Region, new() { Name = "Devices", Exact = true }).Locator("a.tile[href$='/resources/sensors']");
        await Assertions.Expect(tile).ToContainTextAsync(new Regex("Sensors.*None yet"));
        await Assertions.Expect(tile.Locator(".icon")).ToHaveTextAsync(AddedKind.Sensor.Icon);
        await page.GetByRole(AriaRole.Button, new() { Name = "New resource" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sensor", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "New sensor", Level = 1 })).ToBeVisibleAsync();

        var sensors = new ResourcesPage(page, "vision", "sensors");
        await page.ShouldBeInteractiveAsync();
        await Assertions.Expect(Field(page, "Interval")).ToHaveValueAsync("60");
        await Assertions.Expect(page.GetByText("1 to 3,600 seconds. From one measurement to the next.")).ToBeVisibleAsync();
        await Assertions.Expect(Field(page, "Volume")).ToHaveAttributeAsync("placeholder", "Find a volume");
        await sensors.FillAsync("Name", "door-1");
        await sensors.FillAsync("Place", "Hall 3");
        await sensors.FillAsync("Interval", "0");
        await sensors.FillAsync("Volume", "no-such-volume");
        await sensors.PressAsync("Create sensor");
        await Assertions.Expect(page.GetByText("Interval must be between 1 and 3,600 seconds.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Measures is required.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[aria-invalid=true]")).ToHaveCountAsync(3);
        await Assertions.Expect(Field(page, "Volume")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.ShouldBeAccessibleAsync();

        await sensors.FillAsync("Interval", "30");
        await Field(page, "Measures").SelectOptionAsync(new SelectOptionValue { Label = "Noise" });
        await sensors.FillAsync("Volume", "street-scenes-cache");
        await sensors.PressAsync("Create sensor");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "door-1", Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".page-title")).ToContainTextAsync("Measuring");
        await Assertions.Expect(page.Locator(".key-values").First).ToContainTextAsync("30 seconds");
        await Assertions.Expect(page.Locator(".key-values").First.GetByRole(AriaRole.Link, new() { Name = "street-scenes-cache" })).ToBeVisibleAsync();

        await sensors.ChooseAsync("door-1", "Stop");
        await Assertions.Expect(sensors.Dialog.GetByText("What happens until it is started is not measured.")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await sensors.Dialog.GetByRole(AriaRole.Button, new() { Name = "Stop sensor" }).ClickAsync();
        await Assertions.Expect(page.Locator(".page-title")).ToContainTextAsync("Resting");
        await sensors.PressAsync("Start");
        await Assertions.Expect(page.Locator(".page-title")).ToContainTextAsync("Measuring");

        await new ResourcesPage(page, "vision", "volumes").OpenAsync("street-scenes-cache");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "door-1" })).ToBeVisibleAsync();
        await sensors.OpenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Place" })).ToBeVisibleAsync();
        foreach (var shown in (string[])["Hall 3", "Noise", "30 seconds", "Measuring"])
        {
            await Assertions.Expect(sensors.Row("door-1")).ToContainTextAsync(shown);
        }

        await admin.ReloadAsync();
        await admin.ShouldBeInteractiveAsync();
        await Assertions.Expect(Limit(admin, "Sensors")).ToContainTextAsync("1 of 5");
        Assert.Equal(cores + 2, await UsedAsync(admin, "CPU cores"));
        await admin.GetByRole(AriaRole.Button, new() { Name = "Change limit: Sensors", Exact = true }).ClickAsync();
        await admin.GetByRole(AriaRole.Dialog).GetByLabel("Limit", new() { Exact = true }).FillAsync("1");
        await admin.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Save limit" }).ClickAsync();
        await Assertions.Expect(Limit(admin, "Sensors")).ToContainTextAsync("1 of 1");
        await Assertions.Expect(Limit(admin, "Sensors")).ToContainTextAsync("This project");
        await admin.ShouldBeAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "New sensor" }).ClickAsync();
        await sensors.FillAsync("Name", "door-2");
        await sensors.FillAsync("Place", "Hall 3");
        await Field(page, "Measures").SelectOptionAsync(new SelectOptionValue { Label = "Temperature" });
        await sensors.PressAsync("Create sensor");
        await Assertions.Expect(page.GetByText("Sensors: 1 asked for, 1 of 1 used. The limit is the project's own: an Admin of the project can raise it.")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();

        var looking = await SignInAsync(SampleAccounts.Viewer);
        var seen = new ResourcesPage(looking, "vision", "sensors");
        await seen.OpenAsync();
        await Assertions.Expect(seen.Row("door-1")).ToContainTextAsync("Measuring");
        await Assertions.Expect(seen.Row("door-2")).ToHaveCountAsync(0);
        await Assertions.Expect(looking.Locator("main table button, main .page-actions a")).ToHaveCountAsync(0);
        await looking.GotoAsync($"{Vision}/resources/sensors/new");
        await Assertions.Expect(looking.GetByText("A new sensor cannot be made here")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Owner_gives_and_takes_sensors_by_roles_and_a_program_makes_one_as_the_document_says() => RunAsync(async _ =>
    {
        var page = await SignInAsync(SampleAccounts.Owner);
        await page.OpenAsync("/organizations/acme/roles/new?from=developer");
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Devices", Exact = true })).ToBeVisibleAsync();
        foreach (var title in (string[])["View sensors", "Create sensors", "Change sensors", "Operate sensors", "Delete own sensors"])
        {
            await Assertions.Expect(page.GetByLabel(title, new() { Exact = true })).ToBeCheckedAsync();
        }

        foreach (var title in (string[])["Delete sensors", "Share sensors"])
        {
            await Assertions.Expect(page.GetByLabel(title, new() { Exact = true })).Not.ToBeCheckedAsync();
        }

        await page.GetByLabel("Role name").FillAsync("Without New Sensors");
        await page.GetByLabel("Create sensors", new() { Exact = true }).UncheckAsync();
        await Assertions.Expect(page.GetByText("1 fewer than Developer")).ToBeVisibleAsync();
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create role" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Without New Sensors" })).ToBeVisibleAsync();
        await page.OpenAsync("/organizations/acme/roles/restrictions/new");
        await Assertions.Expect(page.Locator("datalist option[value='sensors.*']")).ToHaveCountAsync(1);
        await page.GetByLabel("Restriction name").FillAsync("no-sensors");
        await page.GetByLabel("Rule 1: pattern").FillAsync("sensors.*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create restriction" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "no-sensors" })).ToContainTextAsync("7 permissions");

        var collaborators = new CollaboratorsPage(page, "staging");
        await collaborators.OpenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add Collaborator" }).ClickAsync();
        await collaborators.Role.SelectOptionAsync(new SelectOptionValue { Label = "Without New Sensors" });
        await collaborators.TryAddAsync(SampleAccounts.Member);
        await Assertions.Expect(collaborators.Row(SampleAccounts.Member)).ToBeVisibleAsync();
        var member = await SignInAsync(SampleAccounts.Member);
        await new ResourcesPage(member, "staging", "clusters").OpenAsync();
        await Assertions.Expect(member.GetByRole(AriaRole.Link, new() { Name = "New cluster" })).ToBeVisibleAsync();
        await new ResourcesPage(member, "staging", "sensors").OpenAsync();
        await Assertions.Expect(member.GetByText("No sensors in Staging yet")).ToBeVisibleAsync();
        await Assertions.Expect(member.GetByRole(AriaRole.Link, new() { Name = "New sensor" })).ToHaveCountAsync(0);

        await page.OpenAsync($"{Staging}/settings/limits");
        var cores = await UsedAsync(page, "CPU cores");
        var token = await new KeysPage(page, KeysPage.Tokens).CreateAsync("sensors", "Create sensors");
        await ShouldBeDocumentedAsync(page, token);
        using var without = Server.CreateClient();
        Assert.DoesNotContain("sensor", await without.GetStringAsync("/openapi/v1.json"), StringComparison.OrdinalIgnoreCase);
        await ShouldBeMadeAsync(page, token);
        await page.OpenAsync($"{Staging}/settings/limits");
        await Assertions.Expect(Limit(page, "Sensors")).ToContainTextAsync("1 of 5");
        Assert.Equal(cores + 3, await UsedAsync(page, "CPU cores"));
    });

    [Fact]
    public Task Owner_reports_a_sensor_broken_shares_it_and_every_page_that_shows_it_is_readable() => RunAsync(async _ =>
    {
        var page = await SignInAsync(SampleAccounts.Owner, "dark");
        var sensors = new ResourcesPage(page, "speech", "sensors");
        await page.OpenAsync($"{Speech}/resources/sensors/new");
        await sensors.FillAsync("Name", "gate-1");
        await sensors.FillAsync("Place", "Gate of the yard, left post");
        await Field(page, "Measures").SelectOptionAsync(new SelectOptionValue { Label = "Temperature" });
        await sensors.PressAsync("Create sensor");
        await sensors.ChooseAsync("gate-1", "Stop");
        await sensors.Dialog.GetByRole(AriaRole.Button, new() { Name = "Stop sensor" }).ClickAsync();
        await sensors.PressAsync("Report broken");
        await Assertions.Expect(page.Locator(".page-title")).ToContainTextAsync("Broken");
        await sensors.ChooseAsync("gate-1", "Share");
        await sensors.FillAsync("Project ID", "vision");
        await sensors.Dialog.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await Assertions.Expect(sensors.Dialog).ToHaveCountAsync(0);
        await page.OpenAsync($"{Vision}/settings/sharing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions for gate-1" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Accept" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Received" }).GetByText("gate-1")).ToBeVisibleAsync();
        var received = new ResourcesPage(page, "vision", "sensors");
        await received.OpenAsync();
        await Assertions.Expect(received.Row("gate-1")).ToContainTextAsync("of Speech");

        await page.OpenAsync($"{Speech}/resources/clean-up?reason=failed");
        await Assertions.Expect(page.GetByLabel("Select gate-1")).ToBeVisibleAsync();
        await page.OpenAsync($"{Speech}/access?permission=sensors.delete");
        await page.GetByRole(AriaRole.Button, new() { Name = "Devices 1 kind", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Sensors", Exact = true })).ToBeVisibleAsync();

        var phone = await SignInAsync(SampleAccounts.Owner, "phone");
        string[] faults = [.. await FaultsAsync(page, "dark", [.. OfItsOwn, .. WithOthers]), .. await FaultsAsync(phone, "phone", OfItsOwn)];
        Assert.True(faults.Length == 0, string.Join(Environment.NewLine, faults));
    });

    private static async Task ShouldBeDocumentedAsync(IPage page, string token)
    {
        var document = (await AskAsync(page, token, "GET", "/openapi/v1.json")).Body;
        var spec = document.GetProperty("components").GetProperty("schemas").GetProperty("SensorSpec");
        var interval = spec.GetProperty("properties").GetProperty("interval");
        Assert.Equal(["place", "measures", "interval", "cpu-cores", "volume"], spec.GetProperty("properties").EnumerateObject().Select(field => field.Name));
        Assert.Equal(["cpu-cores", "interval", "measures", "place"], Texts(spec.GetProperty("required")).Order(StringComparer.Ordinal));
        Assert.Equal(["temperature", "noise"], Texts(spec.GetProperty("properties").GetProperty("measures").GetProperty("enum")));
        Assert.Equal((1, 3600), (interval.GetProperty("minimum").GetInt32(), interval.GetProperty("maximum").GetInt32()));
        var create = document.GetProperty("paths").GetProperty("/api/v1/organizations/{organization}/projects/{project}/{kind}").GetProperty("post");
        Assert.Contains("sensors", Texts(create.GetProperty("parameters").EnumerateArray().Single(part => part.GetProperty("name").GetString() == "kind").GetProperty("schema").GetProperty("enum")));
        Assert.Contains("sensors.create", Texts(create.GetProperty("x-permissions")));
        Assert.True(create.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("examples").TryGetProperty("sensors", out var _));

        var permissions = (await AskAsync(page, token, "GET", "/api/v1/permissions")).Body.GetProperty("permissions").EnumerateArray().Select(permission => permission.GetProperty("name").GetString()!);
        Assert.Equal(Verbs.Select(verb => $"sensors.{verb}"), permissions.Where(name => name.StartsWith("sensors.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static async Task ShouldBeMadeAsync(IPage page, string token)
    {
        const string all = $"/api/v1{Staging}/sensors", one = all + "/roof-1";
        var wrong = await AskAsync(
            page, token, "POST", all, """{"name":"roof-1","spec":{"place":7,"measures":"smell","interval":"often","cpu-cores":3,"color":"red"}}""");
        Assert.Equal(400, wrong.Status);
        Assert.Equal(
            ["spec.color", "spec.interval", "spec.measures", "spec.place"], wrong.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal));
        Assert.Equal("Interval must be a number.", wrong.Body.GetProperty("errors").GetProperty("spec.interval").GetString());

        var made = await AskAsync(page, token, "POST", all, """{"name":"roof-1","spec":{"place":"Roof","measures":"noise","interval":5,"cpu-cores":3}}""");
        Assert.Equal((201, "sensor"), (made.Status, made.Body.GetProperty("kind").GetString()));
        Assert.Equal("measuring", (await AskAsync(page, token, "GET", one)).Body.GetProperty("state").GetString());
        // What the token was given is to create them and, with that, to see them.
        Assert.Equal(403, (await AskAsync(page, token, "POST", $"{one}/actions/stop")).Status);
    }

    private static async Task<List<string>> FaultsAsync(IPage page, string look, (string Name, string Address)[] pages)
    {
        var faults = new List<string>();
        foreach (var (name, address) in pages)
        {
            Assert.Equal(200, (await page.GotoAsync(address))!.Status);
            faults.AddRange(await page.FaultsAsync(look, name));
        }

        return faults;
    }

    private static async Task<(int Status, JsonElement Body)> AskAsync(IPage page, string token, string method, string address, string? body = null)
    {
        var headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" };
        if (body is not null)
        {
            headers["Content-Type"] = "application/json";
        }

        var answer = await page.APIRequest.FetchAsync(address, new() { Method = method, Headers = headers, DataString = body });
        return (answer.Status, (await answer.JsonAsync())!.Value);
    }

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(text => text.GetString()!);

    private static ILocator Field(IPage page, string title) => page.GetByLabel(title, new() { Exact = true });

    private static ILocator Limit(IPage page, string title) => page.Locator("main tbody tr").Filter(new() { Has = page.GetByRole(AriaRole.Button, new() { Name = $"Change limit: {title}", Exact = true }) });

    private static async Task<int> UsedAsync(IPage page, string title) =>
        int.Parse(Amount().Match(await Limit(page, title).Locator(".limit-text b").InnerTextAsync()).Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private async Task<IPage> SignInAsync(string email, string look = "light")
    {
        var page = await NewPersonAsync(added.Process, Looks.Options(look));
        await page.SignInAsync(email, "/");
        return page;
    }

    [GeneratedRegex(@"^[\d,]+")]
    private static partial Regex Amount();
}
