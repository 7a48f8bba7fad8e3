using ProjectConsole.CommandLine;

namespace ProjectConsole.Tests.CommandLine;

public sealed class TypedCommandTests
{
    [Theory]
    [InlineData(true, "project", "list")]
    [InlineData(true, "whoami")]
    [InlineData(true, "no-such-command")]
    [InlineData(true, "--help")]
    [InlineData(true, "--version")]
    [InlineData(false)]
    [InlineData(false, "serve")]
    [InlineData(false, "serve", "--urls", "http://localhost:5081")]
    [InlineData(false, "--urls", "http://localhost:5081")]
    [InlineData(false, "--Console:DataDirectory=/tmp/x")]
    [InlineData(false, "Console:DataDirectory=/tmp/x")]
    [InlineData(false, "/Database:Provider", "Sqlite")]
    [InlineData(false, "admin", "reconcile-usage")]
    public void IsMeant_SettingsOfTheServer_GoOnToIt(bool meant, params string[] args) => Assert.Equal(meant, ClientProgram.IsMeant(args));

    [Fact]
    public void Read_WordsOptionsAndArguments_AreFound()
    {
        var typed = TypedCommand.Read(
            ["project", "create", "--collaborator", "a@x.test=viewer", "churn", "--name=Churn = loss", "--dry-run", "--collaborator=b@x.test", "-o", "json", "--organization", "acme"], AllVerbs.List);

        Assert.Equal("project create", typed.Verb.Name);
        Assert.Equal(("churn", null), (typed.Argument(0), typed.Argument(1)));
        Assert.Equal(("Churn = loss", "acme", "json"), (typed.Value("--name"), typed.Value("--organization"), typed.Value("--output")));
        Assert.Equal(["a@x.test=viewer", "b@x.test"], typed.Values("--collaborator"));
        Assert.True(typed.Has(Option.DryRun));
        Assert.False(typed.Has(Option.Yes));
    }

    [Fact]
    public void Read_BehindTwoDashes_ThereAreNoOptions() =>
        Assert.Equal("--name", TypedCommand.Read(["project", "create", "--", "--name"], AllVerbs.List).Argument(0));

    [Theory]
    [InlineData("There is no command frobnicate.", "frobnicate")]
    [InlineData("project needs one more word.", "project")]
    [InlineData("project needs one more word.", "project", "frobnicate")]
    [InlineData("ID is missing.", "project", "create")]
    [InlineData("It takes ID and nothing more.", "project", "create", "a", "b")]
    [InlineData("It takes nothing but options.", "whoami", "now")]
    [InlineData("There is no option --nmae.", "project", "create", "a", "--nmae", "A")]
    [InlineData("There is no option --dry-run.", "project", "list", "--dry-run")]
    [InlineData("--name needs a value: --name TEXT.", "project", "create", "a", "--name")]
    [InlineData("--name needs a value: --name TEXT.", "project", "create", "a", "--name", "--dry-run")]
    [InlineData("--dry-run takes no value here.", "project", "create", "a", "--dry-run=yes")]
    [InlineData("--name stands there twice.", "project", "create", "a", "--name", "A", "--name", "B")]
    public void Read_TypedWrongly_IsRefusedAsUsage(string message, params string[] args)
    {
        var refusal = Assert.Throws<CommandRefusedException>(() => TypedCommand.Read(args, AllVerbs.List));

        Assert.Equal((ExitCodes.Usage, message), (refusal.Code, refusal.Message));
        Assert.NotNull(refusal.Next);
    }

    [Fact]
    public void Verbs_AllOfThem_AreNamedOnceAndSayWhatTheyDo()
    {
        Assert.Equal(AllVerbs.List.Count, AllVerbs.List.Select(verb => verb.Name).Distinct().Count());
        Assert.All(AllVerbs.List, verb => Assert.Equal(verb.AllOptions.Count(), verb.AllOptions.Select(option => option.Name).Distinct().Count()));
        Assert.All(AllVerbs.List, verb => Assert.Matches("^[A-Z].*[^.]$", verb.Summary));
    }

    [Fact]
    public async Task Help_OfAllAndOfOne_ShowsCommandsAndOptions()
    {
        using var place = new TypedPlace();

        var (all, one) = (await place.TypeAsync("--help"), await place.TypeAsync("project", "create", "--help"));

        Assert.Equal((0, 0, "", ""), (all.Code, one.Code, all.Error, one.Error));
        Assert.All(AllVerbs.List, verb => Assert.Contains(verb.Name, all.Output, StringComparison.Ordinal));
        Assert.All(["project create ID", "--name TEXT", "--dry-run", "--project ID"], text => Assert.Contains(text, one.Output, StringComparison.Ordinal));
    }
}
