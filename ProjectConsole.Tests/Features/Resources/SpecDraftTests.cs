using System.Text.Json.Nodes;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;

namespace ProjectConsole.Tests.Features.Resources;

public sealed class SpecDraftTests
{
    [Fact]
    public void ToJson_EveryType_ComesBackAsItWas()
    {
        var before = ResourceSpec.Parse(Kettle.Full);

        var (after, wrong) = SpecRules.Check(Kettle.Kind.Fields, SpecDraft.Of(Kettle.Kind.Fields, before, []).ToJson());

        Assert.Empty(wrong);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Kettle.Full), JsonNode.Parse(after.ToText())), after.ToText());
    }

    [Theory]
    [InlineData(FieldType.Text, "Acme", "maker", "\"Acme\"")]
    [InlineData(FieldType.LongText, "one\ntwo", "manual", "\"one\\ntwo\"")]
    [InlineData(FieldType.Number, " 42 ", "liters", "42")]
    [InlineData(FieldType.Choice, "blue", "color", "\"blue\"")]
    [InlineData(FieldType.Reference, "stove-1", "stove", "\"stove-1\"")]
    [InlineData(FieldType.Secret, " as typed ", "code", "\" as typed \"")]
    public void ToJson_TypedText_IsReadByTheRules(FieldType type, string typed, string name, string stored)
    {
        var draft = SpecDraft.New(Kettle.Kind.Fields);
        var field = draft.Fields.Single(field => field.Field.Name == name);
        Assert.Equal(type, field.Field.Type);
        field.Text = typed;

        var (spec, _) = SpecRules.Check(Kettle.Kind.Fields, draft.ToJson());

        Assert.Equal(stored, spec.ToJson()[name]!.ToJsonString());
    }

    [Fact]
    public void New_Kind_BeginsWithItsDefaults()
    {
        var draft = SpecDraft.New(Kettle.Kind.Fields);

        Assert.Equal("2", draft.Fields.Single(field => field.Field.Name == "liters").Text);
        Assert.Equal(["maker", "color"], SpecRules.Check(Kettle.Kind.Fields, draft.ToJson()).Wrong.Select(error => error.Field[5..]));
    }

    [Fact]
    public void ToJson_WrongNumber_IsNamedBesideItsField()
    {
        var draft = SpecDraft.Of(Kettle.Kind.Fields, ResourceSpec.Parse(Kettle.Full), []);
        var field = draft.Fields.Single(field => field.Field.Name == "liters");
        field.Text = "many";

        var error = Assert.Single(SpecRules.Check(Kettle.Kind.Fields, draft.ToJson()).Wrong);

        Assert.Equal(("spec.liters", "Volume must be a number."), (error.Field, error.Message));
        Assert.Equal("many", field.Text);
    }

    [Fact]
    public void ToJson_NameTwice_IsRefusedAndNotLost()
    {
        var draft = SpecDraft.Of(Kettle.Kind.Fields, ResourceSpec.Parse(Kettle.Full), []);
        draft.Fields.Single(field => field.Field.Name == "settings").Entries.Add(new EntryDraft { Name = "tea", Value = "70" });

        var error = Assert.Single(SpecRules.Check(Kettle.Kind.Fields, draft.ToJson()).Wrong);

        Assert.Equal(("spec.settings", "tea stands twice in Settings."), (error.Field, error.Message));
    }

    [Fact]
    public void Tidy_EmptyRowBeforeAWrongOne_LetsTheErrorNameTheRowThatIsLeft()
    {
        var draft = SpecDraft.Of(Kettle.Kind.Fields, ResourceSpec.Parse("""{"maker":"Acme","liters":1,"color":"red"}"""), []);
        var cups = draft.Fields.Single(field => field.Field.Name == "cups");
        cups.Add();
        cups.Add();
        cups.Rows[1].Fields.Single(field => field.Field.Name == "size").Text = "10";

        draft.Tidy();

        Assert.Equal(
            ["spec.cups[0].name", "spec.cups[0].size"],
            SpecRules.Check(Kettle.Kind.Fields, draft.ToJson()).Wrong.Select(error => error.Field).Order(StringComparer.Ordinal));
        Assert.Single(cups.Rows);
    }

    [Fact]
    public void SaidBy_Template_SaysWhatItMustHaveAndLeavesTheRestToType()
    {
        var (run, instance) = (ResourceKinds.Get("run"), ResourceKinds.Get("instance"));
        var (ofRun, ofInstance) = (SpecDraft.New(run.Fields), SpecDraft.New(instance.Fields));
        ofRun.Fields.Single(field => field.Field.Name == "template").Text = "baseline";
        ofInstance.Fields.Single(field => field.Field.Name == "template").Text = "organization-template/base";
        ofInstance.Fields.Single(field => field.Field.Name == "image").Text = "other";

        Assert.Equal("template", ofRun.SaidBy(run.Field("pipeline")!)!.Field.Name);
        Assert.Null(ofRun.SaidBy(run.Field("values")!));
        Assert.Equal("other", ofInstance.ToJson()["image"]!.GetValue<string>());
    }

    [Fact]
    public void SaidBy_OfferingOfSomethingNew_SaysItsSizes()
    {
        var instance = ResourceKinds.Get("instance");
        var (made, kept) = (SpecDraft.New(instance.Fields), SpecDraft.Of(instance.Fields, ResourceSpec.Parse("""{"offering":"small","cpu-cores":2,"memory":4}"""), []));
        made.Fields.Single(field => field.Field.Name == "offering").Text = "small";

        Assert.Equal("offering", made.SaidBy(instance.Field("memory")!)!.Field.Name);
        Assert.False(made.ToJson().ContainsKey("memory"));
        Assert.Null(kept.SaidBy(instance.Field("memory")!));
        Assert.True(kept.ToJson().ContainsKey("memory"));
    }

    // As the rules read it: what they take as nothing says nothing.
    [Theory]
    [InlineData("small ", true)]
    [InlineData("small\u00a0", true)]
    [InlineData("\u00a0", false)]
    [InlineData(" \0", false)]
    public void SaidBy_TypedOffering_IsReadByTheRules(string typed, bool isSaid)
    {
        var instance = ResourceKinds.Get("instance");
        var draft = SpecDraft.New(instance.Fields);
        draft.Fields.Single(field => field.Field.Name == "offering").Text = typed;

        Assert.Equal(isSaid, draft.SaidBy(instance.Field("memory")!) is not null);
        Assert.Equal(isSaid, SpecRules.Check(instance.Fields, draft.ToJson()).Spec.Has("offering"));
    }
}
