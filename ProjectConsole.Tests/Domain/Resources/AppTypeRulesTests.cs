using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Tests.Domain.Resources;

public sealed class AppTypeRulesTests
{
    [Fact]
    public void Organization_ThatNeverChangedTheList_OffersWhatEveryoneBeginsWith()
    {
        var acme = new Organization("acme", "Acme", null, DateTime.UnixEpoch);

        Assert.Null(acme.AppTypeText);
        Assert.Equal(AppTypeRules.BuiltIn, acme.AppTypes);
        Assert.Equal(AppTypeRules.BuiltIn, AppTypeRules.Check(AppTypeRules.BuiltIn).Value);
    }

    [Fact]
    public void Offer_AnotherList_IsReadBackInItsOrderUnderANewEditToken()
    {
        var acme = new Organization("acme", "Acme", null, DateTime.UnixEpoch);
        var before = acme.Version;

        acme.Offer([new("zeppelin", "Zeppelin \"é\" <b>"), new("airflow", "Airflow")]);

        Assert.Equal([new FieldChoice("zeppelin", "Zeppelin \"é\" <b>"), new FieldChoice("airflow", "Airflow")], acme.AppTypes);
        Assert.NotEqual(before, acme.Version);
    }

    [Theory]
    [InlineData("streamlit", "Streamlit", null, null)]
    [InlineData(" streamlit ", " Streamlit\n", null, null)]
    [InlineData("", "Streamlit", "types[1].name", "Name is required.")]
    [InlineData("Streamlit", "Streamlit", "types[1].name", "Use only lower-case letters, numbers, hyphens, underscores and dots.")]
    [InlineData("custom", "Streamlit", "types[1].name", "custom stands twice in the list.")]
    [InlineData("streamlit", "", "types[1].title", null)]
    [InlineData("streamlit", "0123456789012345678901234567890123456789012345678901234567890", "types[1].title", null)]
    [InlineData("streamlit", "Stream\u202Elit", "types[1].title", null)]
    public void Check_SecondEntry_IsTakenOrNamedByItsPlace(string name, string title, string? field, string? sentence)
    {
        var result = AppTypeRules.Check([new("custom", "Another"), new(name, title)]);

        if (field is null)
        {
            Assert.Equal(new FieldChoice("streamlit", "Streamlit"), result.Value[1]);
            return;
        }

        var error = Assert.Single(Assert.IsType<ProjectConsole.Shared.Invalid>(result.Error).Fields);
        Assert.Equal((field, sentence ?? error.Message), (error.Field, error.Message));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(AppTypeRules.Most, true)]
    [InlineData(AppTypeRules.Most + 1, false)]
    public void Check_Count_IsWithinItsBounds(int count, bool isRight)
    {
        var result = AppTypeRules.Check([.. Enumerable.Range(0, count).Select(number => new FieldChoice($"t{number}", "T"))]);

        Assert.Equal(isRight, result.Succeeded);
        Assert.Equal(isRight ? null : $"Keep 1 to 100 app types; these are {count}.", (result.Error as ProjectConsole.Shared.Invalid)?.For("types"));
    }

    [Fact]
    public void Kind_WithTheTypesOfAnOrganization_TakesThoseAndWhatTheResourceHasAlready()
    {
        var app = ResourceKinds.Get("app");
        FieldChoice[] types = [new("airflow", "Airflow")];

        Assert.Equal(["app"], ResourceKinds.All.Concat(ResourceKinds.Catalogue).Where(kind => kind.HasAppTypes).Select(kind => kind.Name));
        Assert.Equal(["airflow"], Names(app.WithAppTypes(types)));
        Assert.Equal(["airflow"], Names(app.WithAppTypes(types, ResourceSpec.Parse("""{"type":"airflow"}"""))));
        Assert.Equal(["airflow", "jupyter"], Names(app.WithAppTypes(types, ResourceSpec.Parse("""{"type":"jupyter"}"""))));
        Assert.Same(app, app.WithAppTypes(null));

        static IEnumerable<string> Names(ResourceKind kind) => kind.Field("type")!.Choices.Select(choice => choice.Name);
    }
}
