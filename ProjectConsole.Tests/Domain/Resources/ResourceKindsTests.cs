using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Tests.Domain.Resources;

public sealed class ResourceKindsTests
{
    public static TheoryData<string> Names => [.. ResourceKinds.All.Concat(ResourceKinds.Catalogue).Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Kind_IsWholeInItself(string name)
    {
        var kind = ResourceKinds.Get(name);
        var states = kind.Life.States.Select(state => state.Name).ToHashSet();

        Assert.EndsWith(".", kind.Purpose, StringComparison.Ordinal);
        Assert.Equal(kind.Fields.Count, kind.Fields.Select(field => field.Name).Distinct().Count());
        Assert.All(kind.Fields.SelectMany(field => field.Columns.Prepend(field)), field =>
        {
            Assert.Matches("^[a-z][a-z0-9-]*$", field.Name);
            Assert.All(field.Kinds, other => Assert.NotNull(ResourceKinds.Find(other)));
            Assert.Equal(field.Type == FieldType.Choice, field.Choices.Count > 0);
            Assert.True(field.Kinds.Count > 0 ? field.Type is FieldType.Reference or FieldType.Text : field.Type != FieldType.Reference);
            Assert.Equal(field.Type == FieldType.Number, field.Least is not null && field.Most is not null);
            // Nobody could fill it in, and nothing could report it.
            Assert.False(field.IsReported && (field.IsRequired || field.IsFixed || field.Default is not null));
            Assert.True(field.Target is null || field.Type == FieldType.Reference);
            Assert.True(field.Offers is not { } offer || (kind.Field(offer.Field) is { Type: FieldType.Text }
                && field.Kinds.All(other => ResourceKinds.Get(other).Field(offer.Table)?.Columns.Any(column => column.Name == offer.Column && column.IsRequired) is true)));
        });
        // Nothing is wrong with what is not there.
        Assert.Empty(kind.Rule?.Invoke(ResourceSpec.Empty) ?? []);
        Assert.Empty(kind.NamedRule?.Invoke(ResourceSpec.Empty, _ => null) ?? []);
        Assert.All(kind.Life.Actions, action => Assert.All(action.From.Append(action.To), state => Assert.Contains(state, states)));
        // What runs can be stopped: a suspended project must be able to.
        Assert.All(kind.Life.States.Where(state => state.IsRunning), state => Assert.Contains(kind.Life.In(state.Name), action => action.Stops && !kind.Life.Of(action.To).IsRunning));
        Assert.All(kind.Uses, use => Assert.Contains(use.Metric, Metrics.All));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Defaults_OfEveryKind_AreValidByThemselves(string name)
    {
        foreach (var field in ResourceKinds.Get(name).Fields.Where(field => field.Default is not null))
        {
            var (_, wrong) = SpecRules.Check([field], new() { [field.Name] = field.Default });
            Assert.Empty(wrong);
        }
    }

    [Fact]
    public void Kinds_AreThoseOfTheDesign()
    {
        Assert.Equal(
            "pipeline run template evaluation artifact model file image secret cluster instance job endpoint app volume disk snapshot bucket network ip-address",
            string.Join(' ', ResourceKinds.All.Select(kind => kind.Name)));
        Assert.Equal("service-offering disk-offering organization-template", string.Join(' ', ResourceKinds.Catalogue.Select(kind => kind.Name)));
        Assert.All(ResourceKinds.All, kind => Assert.Equal($"{kind.Plural}.share", Permissions.Of(kind, "share").Name));
        Assert.All(ResourceKinds.Catalogue, kind => Assert.Equal(("catalogue.view", "catalogue.manage"), (Permissions.Of(kind, "view").Name, Permissions.Of(kind, "create").Name)));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a.b_c-1", true)]
    [InlineData("new", false)]
    [InlineData("A", false)]
    [InlineData("-a", false)]
    [InlineData("a..b", false)]
    [InlineData("a/b", false)]
    [InlineData("ä", false)]
    [InlineData("a b", false)]
    public void Name_IsCheckedAsWritten(string name, bool isRight) => Assert.Equal(isRight, ResourceNames.Problem(name) is null);
}
