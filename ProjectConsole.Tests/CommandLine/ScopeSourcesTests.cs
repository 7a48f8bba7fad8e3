using ProjectConsole.CommandLine;

namespace ProjectConsole.Tests.CommandLine;

public sealed class ScopeSourcesTests
{
    // Each place as organization/project; what is meant, and who says so.
    [Theory]
    [InlineData("o1/p1", "o2/p2", "o3/p3", "o4/p4", "o1/p1", "option")]
    [InlineData("/", "o2/p2", "o3/p3", "o4/p4", "o2/p2", "variable")]
    [InlineData("/", "/", "o3/p3", "o4/p4", "o3/p3", "file")]
    [InlineData("/", "/", "/", "o4/p4", "o4/p4", "stored")]
    // One place names the project, another one the organization.
    [InlineData("/p1", "/", "o3/p3", "o4/p4", "o3/p1", "option")]
    [InlineData("/p1", "o2/", "o3/p3", "o4/p4", "o2/p1", "option")]
    [InlineData("/", "/p2", "o3/p3", "/", "o3/p2", "variable")]
    [InlineData("o1/", "/p2", "o3/p3", "/", "o1/p2", "variable")]
    [InlineData("/", "/", "/p3", "o4/p4", "o4/p3", "file")]
    [InlineData("o1/", "/", "o1/p3", "/", "o1/p3", "file")]
    // The project beside an organization is that one's: with another organization it is not meant.
    [InlineData("o1/", "/", "o3/p3", "/", "o1/-", "")]
    [InlineData("o1/", "/", "o3/p3", "o1/p4", "o1/p4", "stored")]
    [InlineData("/", "o2/", "/", "o4/p4", "o2/-", "")]
    // Nothing says it.
    [InlineData("/", "/", "/", "/", "-/-", "")]
    [InlineData("/", "/", "o3/", "/", "o3/-", "")]
    [InlineData("/p1", "/", "/", "/", "-/p1", "option")]
    public void Find_EveryPrecedence_IsTheFirstThatSaysIt(string option, string variable, string file, string stored, string expected, string where)
    {
        var sources = new ScopeSources(At("option", option), At("variable", variable), At("file", file), At("stored", stored));

        Assert.Equal(expected, $"{sources.FindOrganization()?.Organization ?? "-"}/{sources.FindProject()?.Project ?? "-"}");
        Assert.Equal(where, sources.FindProject()?.Where ?? "");
    }

    [Fact]
    public void OrganizationAndProject_NothingSaysThem_AreRefusedWithEveryRemedy()
    {
        var nothing = new ScopeSource("", null, null);
        var sources = new ScopeSources(nothing, nothing, nothing, nothing);

        var organization = Assert.Throws<CommandRefusedException>(sources.Organization);
        var project = Assert.Throws<CommandRefusedException>(sources.Project);

        Assert.Equal((ExitCodes.Usage, ExitCodes.Usage), (organization.Code, project.Code));
        Assert.All(["--organization", "PROJECTCONSOLE_ORGANIZATION", "init", "project set"], remedy => Assert.Contains(remedy, organization.Next, StringComparison.Ordinal));
        Assert.All(["--project", "PROJECTCONSOLE_PROJECT", "init", "project set"], remedy => Assert.Contains(remedy, project.Next, StringComparison.Ordinal));
    }

    [Fact]
    public void File_InTheNearestFolderAbove_IsTheOne()
    {
        using var place = new TypedPlace();
        var below = Directory.CreateDirectory(Path.Combine(place.Folder, "a", "b")).FullName;
        Assert.Null(ProjectFile.Find(below));

        ProjectFile.Write(Path.Combine(place.Folder, ProjectFile.Name), "far", "one");
        Assert.Equal(("far", "one"), (ProjectFile.Find(below)!.Organization, ProjectFile.Find(below)!.Project));
        File.WriteAllText(Path.Combine(place.Folder, "a", ProjectFile.Name), """{"organization":"near"}""");

        Assert.Equal(("near", null), (ProjectFile.Find(below)!.Organization, ProjectFile.Find(below)!.Project));
    }

    [Theory]
    [InlineData("vision")]
    [InlineData("[]")]
    [InlineData("{\"project\":5}")]
    public void File_ThatIsNoSuchFile_IsNamed(string text)
    {
        using var place = new TypedPlace();
        File.WriteAllText(Path.Combine(place.Folder, ProjectFile.Name), text);

        var refusal = Assert.Throws<CommandRefusedException>(() => ProjectFile.Find(place.Folder));

        Assert.Equal(ExitCodes.Usage, refusal.Code);
        Assert.Contains(Path.Combine(place.Folder, ProjectFile.Name), refusal.Message, StringComparison.Ordinal);
    }

    private static ScopeSource At(string name, string text) =>
        text.Split('/') is [var organization, var project] ? new(name, organization.Length == 0 ? null : organization, project.Length == 0 ? null : project) : throw new ArgumentException(text);
}
