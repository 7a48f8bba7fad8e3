using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Catalogue;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Security;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Catalogue;

/// <summary>The card of app types in the catalogue, and what it does to lists, pages and forms of apps.</summary>
public sealed class AppTypesSectionTests : ConsoleTestContext
{
    private static readonly ResourceKind App = ResourceKinds.Get("app");

    private GivenOrganization? _acme;

    public AppTypesSectionTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddSupplyValueFromQueryProvider();
        Services.AddCatalogueFeature();
        Services.AddResourcesFeature();
        Services.AddResourcePages();
        Services.AddSharingFeature();
        Services.AddAuditFeature();
    }

    private GivenOrganization Acme => _acme ?? throw new InvalidOperationException("Render first.");

    [Fact]
    public async Task Section_Member_ReadsTheListAndEditsNothing()
    {
        var section = await RenderAsync(OrganizationRole.Member);

        Assert.Equal(AppTypeRules.BuiltIn.Select(type => (type.Title, type.Name)), section.FindAll(".app-types li").Select(line => (line.QuerySelector("span")!.TextContent, line.QuerySelector("code")!.TextContent)));
        Assert.Empty(section.FindAll("button, input"));
    }

    [Fact]
    public async Task Section_Admin_RenamesTakesOffAndAdds()
    {
        var section = await RenderAsync(OrganizationRole.Admin);
        await MakeAsync("board", "grafana");

        await Press(section, "Edit app types");
        Labelled(section, "Title of jupyter").Input("Notebooks");
        await Press(section, "Remove grafana");
        Assert.Contains("1 app is of this type: it stays", section.Find(".field-help").TextContent, StringComparison.Ordinal);
        Assert.True(Labelled(section, "Title of grafana").HasAttribute("disabled"));
        await Press(section, "Remove mlflow");
        await Press(section, "Keep mlflow");
        await Press(section, "Add app type");
        Labelled(section, "Name of new app type 1").Input("streamlit");
        Labelled(section, "Title of new app type 1").Input("Streamlit");
        await Press(section, "Save app types");

        Assert.Equal(
            [.. AppTypeRules.BuiltIn.Where(type => type.Name != "grafana").Select(type => type.Name == "jupyter" ? type with { Title = "Notebooks" } : type), new FieldChoice("streamlit", "Streamlit")],
            await TypesAsync());
        Assert.Contains(section.FindAll(".app-types li"), line => line.TextContent == "Streamlitstreamlit");
        Assert.Empty(section.FindAll("input"));
    }

    [Fact]
    public async Task Section_WrongEntry_IsNamedWhereItStandsAndNothingIsSaved()
    {
        var section = await RenderAsync(OrganizationRole.Admin);

        await Press(section, "Edit app types");
        await Press(section, "Remove vscode");
        await Press(section, "Add app type");
        Labelled(section, "Name of new app type 1").Input("jupyter");
        await Press(section, "Save app types");

        var wrong = section.Find(".field-error");
        Assert.Contains("jupyter stands twice in the list.", wrong.TextContent, StringComparison.Ordinal);
        Assert.Contains("Title is required.", wrong.TextContent, StringComparison.Ordinal);
        Assert.Equal(("true", wrong.Id), (Labelled(section, "Name of new app type 1").GetAttribute("aria-invalid"), Labelled(section, "Name of new app type 1").GetAttribute("aria-describedby")));
        Assert.Equal(AppTypeRules.BuiltIn, await TypesAsync());

        await Press(section, "Remove new app type 1");
        Assert.Empty(section.FindAll(".field-error"));
        await Press(section, "Cancel");
        Assert.Equal(AppTypeRules.BuiltIn.Count, section.FindAll(".app-types li").Count);
    }

    [Theory]
    [InlineData(AppTypeRules.Most - 1, true)]
    [InlineData(AppTypeRules.Most, false)]
    public async Task Section_AsManyAsThereMayBe_TakesNoMore(int count, bool takesMore)
    {
        var section = await RenderAsync(OrganizationRole.Admin);
        await ReplaceAsync([.. Enumerable.Range(0, count).Select(number => new FieldChoice($"t{number}", "T"))]);
        await Press(section, "Edit app types");
        await Press(section, "Cancel");
        await Press(section, "Edit app types");

        Assert.Equal(takesMore, !section.FindAll("button").Single(button => button.TextContent.EndsWith("Add app type", StringComparison.Ordinal)).HasAttribute("disabled"));
    }

    [Theory]
    [InlineData("Save mine over it", "Mine")]
    [InlineData("Reload theirs", "Theirs")]
    public async Task Section_ChangedMeanwhile_IsAChoice(string choice, string title)
    {
        var section = await RenderAsync(OrganizationRole.Admin);
        await Press(section, "Edit app types");
        Labelled(section, "Title of custom").Input("Mine");
        await ReplaceAsync([new("custom", "Theirs")]);

        await Press(section, "Save app types");
        Assert.Contains("Somebody changed the organization while you were editing.", section.Markup, StringComparison.Ordinal);
        Assert.Equal([new FieldChoice("custom", "Theirs")], await TypesAsync());
        await Press(section, choice);

        Assert.Equal(title, (await TypesAsync()).Single(type => type.Name == "custom").Title);
        if (choice == "Reload theirs")
        {
            Assert.Equal("Theirs", Labelled(section, "Title of custom").GetAttribute("value"));
        }
    }

    [Fact]
    public async Task Form_NewApp_OffersTheTypesOfTheOrganizationAndMakesOne()
    {
        var place = await InVisionAsync();
        await ReplaceAsync([new("streamlit", "Streamlit"), new("dash", "Dash")]);

        var form = Render<ResourceFormSection>(section => section.Add(s => s.Place, place).Add(s => s.Kind, App));

        var type = Labelled(form, "Type");
        Assert.Equal([("", "Choose"), ("streamlit", "Streamlit"), ("dash", "Dash")], type.QuerySelectorAll("option").Select(option => (option.GetAttribute("value"), option.TextContent)));
        Labelled(form, "Name").Input("board");
        type.Change("dash");
        await Press(form, "Create app");
        Assert.Equal("dash", (await Database.ReadAsync(db => Task.FromResult(db.Resources.Single()))).Spec.Text("type"));
    }

    [Fact]
    public async Task App_OfATypeThatWasTakenOff_IsEditedAndShownByItsName()
    {
        var place = await InVisionAsync();
        await MakeAsync("old", "grafana");
        await MakeAsync("recent", "jupyter");
        await ReplaceAsync([new("jupyter", "Notebooks")]);

        var list = Render<ResourceListSection>(section => section.Add(s => s.Place, place).Add(s => s.Kind, App));
        Assert.Equal(["grafana", "Notebooks"], list.FindAll("tbody tr").Select(row => row.QuerySelectorAll("td").First(cell => cell.TextContent is "Notebooks" or "grafana").TextContent));
        Assert.Equal("Notebooks", TypeOf(place, "recent"));
        Assert.Equal("grafana", TypeOf(place, "old"));

        var form = Render<ResourceFormSection>(section => section.Add(s => s.Place, place).Add(s => s.Kind, App).Add(s => s.Name, "old"));
        Assert.Equal(["", "jupyter", "grafana"], Labelled(form, "Type").QuerySelectorAll("option").Select(option => option.GetAttribute("value")));
        Labelled(form, "Memory").Input("9");
        await Press(form, "Save changes");
        Assert.Equal(9m, (await Database.ReadAsync(db => Task.FromResult(db.Resources.Single(row => row.Name == "old")))).Spec.Number("memory"));
    }

    private string TypeOf(ResourcePlace place, string name)
    {
        var page = Render<ResourceSection>(section => section.Add(s => s.Place, place).Add(s => s.Kind, App).Add(s => s.Name, name));
        return page.FindAll("dt").Zip(page.FindAll("dd")).First(pair => pair.First.TextContent == "Type").Second.TextContent.Trim();
    }

    private async Task<IRenderedComponent<AppTypesSection>> RenderAsync(OrganizationRole role)
    {
        _acme = await Given.OrganizationAsync(Database);
        var person = await Acme.MemberAsync("ann", role);
        SignIn(person);
        var access = await Database.Get<AccessControl>().OpenOrganizationAsync(Actors.Of(person), "acme");
        var page = Render<CascadingValue<OrganizationAccess>>(value => value.Add(cascade => cascade.Value, access).AddChildContent<AppTypesSection>());
        return page.FindComponent<AppTypesSection>();
    }

    private async Task<ResourcePlace> InVisionAsync()
    {
        _acme = await Given.OrganizationAsync(Database);
        await Acme.ProjectAsync("vision");
        SignIn(Acme.Owner);
        return ResourcePlace.Of((await Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(Acme.Owner), "acme", "vision"))!);
    }

    private async Task MakeAsync(string name, string type)
    {
        var owner = await Database.ReadAsync(db => Task.FromResult(db.Projects.FirstOrDefault(project => project.Slug == "vision"))) is { } vision
            ? ResourceOwner.Of(Acme.Scope(vision)) : ResourceOwner.OfPersonalSpace(Acme.Id, Acme.Owner.Id);
        var draft = ResourceWorld.Draft(name, $"{{'type':'{type}','cpu-cores':1,'memory':1}}");
        Assert.Null((await Service<ResourcesService>().CreateAsync(Actors.Of(Acme.Owner), owner, App, draft)).Error);
    }

    private async Task ReplaceAsync(IReadOnlyList<FieldChoice> types) =>
        Assert.Null((await Service<AppTypesService>().ReplaceAsync(Actors.Of(Acme.Owner), Acme.Id, types, null)).Error);

    private async Task<IReadOnlyList<FieldChoice>> TypesAsync() => (await Service<AppTypesService>().GetAsync(Actors.Of(Acme.Owner), Acme.Id)).Value.Types;

    private static IElement Labelled(IRenderedComponent<IComponent> page, string label) =>
        page.FindAll("input, select, textarea").FirstOrDefault(input => input.GetAttribute("aria-label") == label)
        ?? page.Find($"#{page.FindAll("label.field-label").First(found => found.QuerySelector("span")!.TextContent == label).GetAttribute("for")}");

    private static Task Press(IRenderedComponent<IComponent> page, string button) => page.FindAll("button")
        .First(found => found.GetAttribute("aria-label") == button || (!found.HasAttribute("aria-label") && found.TextContent.Trim().EndsWith(button, StringComparison.Ordinal))).ClickAsync(new());
}
