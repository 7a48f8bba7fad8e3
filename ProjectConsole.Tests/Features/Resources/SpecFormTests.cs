using AngleSharp.Dom;
using Bunit;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Tests.Features.Resources;

/// <summary>What is made from a kind that nobody wrote a page for.</summary>
public sealed class SpecFormTests : BunitContext
{
    private readonly ReferenceChoices _choices = new((field, text) => Task.FromResult<IReadOnlyList<ReferenceChoice>>(
        [new($"{field.Kinds[0]}-1", "Running") { Offers = field.Offers is null ? [] : ["nightly", "full"] }, new($"{field.Kinds[0]}-2", text)]));

    [Fact]
    public async Task Form_EveryType_HasItsInputWithHelpAndDefault()
    {
        var form = await RenderAsync(SpecDraft.New(Kettle.Kind.Fields));

        Assert.Equal("text-input", Input(form, "Maker").ClassName);
        Assert.Equal("TEXTAREA", Input(form, "Manual").TagName);
        Assert.Equal("2", Input(form, "Volume").GetAttribute("value"));
        Assert.Equal("numeric", Input(form, "Volume").GetAttribute("inputmode"));
        Assert.Contains("1 to 1,000 liters.", Description(form, "Volume"), StringComparison.Ordinal);
        Assert.Equal(["Choose", "Red", "Blue"], Input(form, "Color").QuerySelectorAll("option").Select(option => option.TextContent));
        Assert.Equal(["cluster-1", "cluster-2"], form.Find($"datalist#{Input(form, "Stove").GetAttribute("list")}").QuerySelectorAll("option").Select(option => option.GetAttribute("value")));
        Assert.Equal("password", Input(form, "Code").GetAttribute("type"));
        Assert.Contains("not set", form.Markup, StringComparison.Ordinal);
        Assert.Equal(["Warnings", "Settings", "Cups"], form.FindAll("legend").Select(legend => legend.TextContent.Replace(" optional", "", StringComparison.Ordinal)));
        Assert.Contains(form.FindAll("label.check"), label => label.TextContent.StartsWith("Whistles", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Form_RowsAndValues_AreAddedAndRemoved()
    {
        var draft = SpecDraft.New(Kettle.Kind.Fields);
        var form = await RenderAsync(draft);

        await form.Find("button[aria-label='Add a row to Cups']").ClickAsync(new());
        await form.Find("button[aria-label='Add a row to Cups']").ClickAsync(new());
        await form.Find("button[aria-label='Add a value to Warnings']").ClickAsync(new());
        form.Find("input[aria-label='Value 1 of Warnings']").Input("hot");
        form.Find("[role=group][aria-label='Cups 2'] input").Input("blue cup");
        await form.Find("button[aria-label='Remove Cups 1']").ClickAsync(new());

        Assert.Equal("""["hot"]""", draft.ToJson()["warnings"]!.ToJsonString());
        Assert.Equal("blue cup", draft.ToJson()["cups"]![0]!["name"]!.GetValue<string>());
        Assert.Single(form.FindAll("[role=group]"));
    }

    [Fact]
    public async Task Form_Errors_StandBesideTheirFieldsAlsoInRows()
    {
        var errors = new Invalid([new("spec.liters", "Too many."), new("spec.cups[1].size", "Too large."), new("spec.settings", "Twice.")]);

        var form = await RenderAsync(SpecDraft.Of(Kettle.Kind.Fields, ResourceSpec.Parse(Kettle.Full), []), errors);

        Assert.Equal("true", Input(form, "Volume").GetAttribute("aria-invalid"));
        Assert.Contains("Too many.", Description(form, "Volume"), StringComparison.Ordinal);
        Assert.Contains("Too large.", form.Find("[aria-label='Cups 2']").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Too large.", form.Find("[aria-label='Cups 1']").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, form.FindAll(".field-error").Count);
    }

    [Fact]
    public async Task Form_Change_KeepsFixedFieldsAndShowsNoSecret()
    {
        var form = await RenderAsync(SpecDraft.Of(Kettle.Kind.Fields, ResourceSpec.Parse(Kettle.Full), ["code"]), isChange: true);

        Assert.True(Input(form, "Color").HasAttribute("disabled"));
        Assert.False(Input(form, "Maker").HasAttribute("disabled"));
        Assert.Equal("", Input(form, "Code").GetAttribute("value") ?? "");
        Assert.Equal("Kept as it is", Input(form, "Code").GetAttribute("placeholder"));
        Assert.True(form.Find("label.check input").HasAttribute("checked"));
    }

    [Fact]
    public void Table_Kind_HasItsColumnsAndOffersWhatTheReaderMay()
    {
        var table = RenderTable(new ResourceActs(MayUpdate: true, MayOperate: true, MayDelete: false, MayShare: false));

        Assert.Equal(["Name", "Maker", "Volume", "Color", "State", "Created by", "Created", "Last used", "Actions"], Heads(table));
        var cells = table.FindAll("tbody td").Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Equal(["Acme", "3 liters", "Red", "Running"], cells[2..6]);
        Assert.NotNull(table.Find("button[aria-label='Actions for kettle-1']"));
        Assert.NotNull(table.Find("input[aria-label='Select kettle-1']"));
    }

    [Fact]
    public void Table_Reader_IsOfferedNothingToDo()
    {
        var table = RenderTable(ResourceActs.None);

        Assert.Empty(table.FindAll("button, input"));
        Assert.DoesNotContain("Actions", Heads(table));
    }

    [Fact]
    public void View_Kind_ShowsEveryFieldAndNoSecret()
    {
        var view = Render<SpecView>(parameters => parameters
            .Add(v => v.Kind, Kettle.Kind).Add(v => v.Spec, ResourceSpec.Parse(Kettle.Full)).Add(v => v.FilledSecrets, ["code"])
            .Add(v => v.HrefOf, related => $"/{related.Kind}/{related.Name}"));

        var values = view.FindAll("dt").Zip(view.FindAll("dd")).ToDictionary(pair => pair.First.TextContent, pair => pair.Second.TextContent.Trim());
        Assert.Equal(
            ("Acme", "3 liters", "Yes", "Red", "Set, never shown"), (values["Maker"], values["Volume"], values["Whistles"], values["Color"], values["Code"]));
        Assert.Contains("Boil it.", values["Manual"], StringComparison.Ordinal);
        Assert.Equal(["hot", "heavy"], view.FindAll("dd .plain-lines")[0].Children.Select(line => line.TextContent));
        Assert.Equal(["/cluster/stove-1", "/volume/shelf-1"], view.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal(["Cup", "Size", "For", "Shelf"], view.FindAll("th").Select(head => head.TextContent));
        Assert.Equal(2, view.FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task Form_ResourceThatOffersValues_OffersThemOnceItIsNamed()
    {
        var fields = ResourceKinds.Get("run").Fields;
        var draft = SpecDraft.New(fields);
        var form = await RenderAsync(draft, fields: fields);
        Assert.False(Input(form, "Configuration").HasAttribute("list"));

        Input(form, "Pipeline").Input(" pipeline-1 ");

        Assert.Equal(
            ["nightly", "full"], form.Find($"datalist#{Input(form, "Configuration").GetAttribute("list")}").QuerySelectorAll("option").Select(option => option.GetAttribute("value")));
        Input(form, "Pipeline").Input("pipeline");
        Assert.False(Input(form, "Configuration").HasAttribute("list"));
    }

    [Fact]
    public async Task Form_SeveralNames_HaveAPickerEach()
    {
        var fields = ResourceKinds.Get("network").Fields;
        var draft = SpecDraft.New(fields);
        var form = await RenderAsync(draft, new Invalid([new("spec.load-balancing[0].members", "There is none.")]), fields: fields);

        await form.Find("button[aria-label='Add a row to Load balancing']").ClickAsync(new());
        form.Find("[role=group][aria-label='Load balancing 1'] input[aria-label='Instances 1']").Input("instance-1");
        await form.Find("button[aria-label='Add a name to Instances']").ClickAsync(new());
        form.Find("input[aria-label='Instances 2']").Input("instance-2");
        await form.Find("button[aria-label='Add a name to Instances']").ClickAsync(new());

        Assert.Equal("instance-1, instance-2", draft.ToJson()["load-balancing"]![0]!["members"]!.GetValue<string>());
        var input = form.Find("input[aria-label='Instances 1']");
        Assert.Equal(["instance-1", "instance-2"], form.Find($"datalist#{input.GetAttribute("list")}").QuerySelectorAll("option").Select(option => option.GetAttribute("value")));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("There is none.", form.Find($"#{input.Closest("fieldset")!.GetAttribute("aria-describedby")} span:last-child").TextContent);
        Assert.Equal("Instances", input.Closest("fieldset")!.QuerySelector("legend")!.TextContent);
        await form.Find("button[aria-label='Remove Instances 1']").ClickAsync(new());
        Assert.Equal("instance-2", draft.ToJson()["load-balancing"]![0]!["members"]!.GetValue<string>());
        Assert.Equal("instance-2", SpecDraft.Of(fields, ResourceSpec.Parse(draft.ToJson().ToJsonString()), []).ToJson()["load-balancing"]![0]!["members"]!.GetValue<string>());
        form.Find("input[aria-label='Instances 1']").Input(" ");
        draft.Tidy();
        Assert.Empty(draft.ToJson()["load-balancing"]!.AsArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Form_WhatRunsReports_IsNotAskedFor(bool isChange)
    {
        var fields = ResourceKinds.Get("job").Fields;

        var form = await RenderAsync(isChange ? SpecDraft.Of(fields, ResourceSpec.Parse("""{"command":"go","exit-code":3}"""), []) : SpecDraft.New(fields), isChange: isChange, fields: fields);

        Assert.DoesNotContain("Exit code", form.Markup, StringComparison.Ordinal);
        Assert.NotNull(Input(form, "Command"));
    }

    [Fact]
    public async Task Form_ReferencesOfTheSameKindThatTakeSome_HaveTheirOwnList()
    {
        ResourceField[] fields = [ResourceField.Reference("any", "Any", "volume"), ResourceField.Reference("shared", "Shared", "volume").Only("a shared volume", (_, _) => true)];

        var form = await RenderAsync(SpecDraft.New(fields), fields: fields);

        Assert.NotEqual(Input(form, "Any").GetAttribute("list"), Input(form, "Shared").GetAttribute("list"));
        Assert.Equal(2, form.FindAll("datalist").Count);
    }

    [Fact]
    public async Task Form_ReferenceThatSaysAnother_HoldsItWhileItIsFilledIn()
    {
        var fields = ResourceKinds.Get("run").Fields;
        var draft = SpecDraft.New(fields);
        var form = await RenderAsync(draft, fields: fields);
        Input(form, "Pipeline").Input("pipeline-1");

        Input(form, "Template").Input("template-1");
        Assert.True(Input(form, "Pipeline").HasAttribute("disabled"));
        Assert.Contains("Template says it.", Description(form, "Pipeline"), StringComparison.Ordinal);
        Assert.False(draft.ToJson().ContainsKey("pipeline"));

        Input(form, "Template").Input("");
        Assert.Equal("pipeline-1", draft.ToJson()["pipeline"]!.GetValue<string>());
    }

    [Fact]
    public void View_SeveralNames_AreLinkedWhereThereIsAPage()
    {
        const string Balanced = """{"load-balancing":[{"address":"front","port":443,"members":"web-1, web-2","instance-port":8443,"algorithm":"source"}]}""";

        var view = Render<SpecView>(parameters => parameters
            .Add(v => v.Kind, ResourceKinds.Get("network")).Add(v => v.Spec, ResourceSpec.Parse(Balanced))
            .Add(v => v.HrefOf, related => related.Name == "web-2" ? null : $"/{related.Kind}/{related.Name}"));

        Assert.Equal(["/ip-address/front", "/instance/web-1"], view.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal(["web-1", "web-2"], view.FindAll("td li").Select(line => line.TextContent));
    }

    private async Task<IRenderedComponent<SpecForm>> RenderAsync(SpecDraft draft, Invalid? errors = null, bool isChange = false, IReadOnlyList<ResourceField>? fields = null)
    {
        await _choices.LoadAsync(fields ?? Kettle.Kind.Fields);
        return Render<SpecForm>(parameters => parameters
            .Add(form => form.Draft, draft).Add(form => form.Choices, _choices).Add(form => form.Errors, errors).Add(form => form.IsChange, isChange));
    }

    private IRenderedComponent<ResourceTable> RenderTable(ResourceActs acts)
    {
        var now = new DateTime(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);
        var row = new ResourceRow(Guid.CreateVersion7(), "kettle", "kettle-1", "running", now, ["hot"], Guid.NewGuid(), "ann@acme.test", now, now, Kettle.Full, Guid.NewGuid()) { Acts = acts };
        return Render<ResourceTable>(parameters => parameters
            .Add(table => table.Kind, Kettle.Kind).Add(table => table.List, new ResourceList(new Page<ResourceRow>([row], 1, 1, 25), [], [], [], false))
            .Add(table => table.Query, new ResourceQuery()).Add(table => table.Href, query => $"?{query.Sort}").Add(table => table.RowHref, shown => $"/{shown.Name}").Add(table => table.NowUtc, now));
    }

    private static IEnumerable<string> Heads(IRenderedComponent<ResourceTable> table) =>
        table.FindAll("thead th:not(.pick-cell)").Select(head => head.TextContent.Replace("arrow_upward", "", StringComparison.Ordinal).Replace("arrow_downward", "", StringComparison.Ordinal).Trim());

    private static IElement Input(IRenderedComponent<SpecForm> form, string label) =>
        form.Find($"#{form.FindAll("label.field-label").First(found => found.QuerySelector("span")!.TextContent == label).GetAttribute("for")}");

    private static string Description(IRenderedComponent<SpecForm> form, string label) =>
        string.Join(' ', Input(form, label).GetAttribute("aria-describedby")!.Split(' ').Select(id => form.Find($"#{id}").TextContent));
}
