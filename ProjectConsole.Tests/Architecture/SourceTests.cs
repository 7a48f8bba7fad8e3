using System.Text.RegularExpressions;

namespace ProjectConsole.Tests.Architecture;

/// <summary>Rules that only the text of the sources shows.</summary>
public sealed class SourceTests
{
    private const int LongestService = 300;
    private const int LongestComponent = 180;

    private static readonly string Root = FindRoot();
    private static readonly List<Source> Product = Read("ProjectConsole");
    private static readonly List<Source> Tests = [.. Read("ProjectConsole.Tests"), .. Read("ProjectConsole.E2E")];

    [Theory]
    [InlineData(@"\bDateTime(Offset)?\.(Utc)?Now\b", "the time comes from TimeProvider")]
    [InlineData(@"\bIHttpContextAccessor\b", "a circuit has no request")]
    [InlineData(@"\bMarkupString\b|\bAddMarkupContent\((?!\d+, "")", "what people typed would run")]
    [InlineData(@"\bTask\.Delay\(|\bThread\.Sleep\(", "waiting hides a race")]
    [InlineData(@"catch \(Exception( \w+)?\)\s*(?!when)\{", "it hides what nobody thought of")]
    [InlineData(@"\bTODO\b|\bFIXME\b|#region", "it is done or it is not")]
    [InlineData(@"RadzenDataGrid", "a circuit pays for each cell")]
    public void Product_NoFile_Has(string pattern, string because) => AssertNowhere(Product, pattern, because);

    [Theory]
    [InlineData(@"\bTask\.Delay\(|\bThread\.Sleep\(", "waiting hides a race")]
    [InlineData(@"\bTODO\b|\bFIXME\b|#region", "it is done or it is not")]
    public void Tests_NoFile_Has(string pattern, string because) => AssertNowhere(Tests.Where(file => !file.Path.EndsWith("SourceTests.cs", StringComparison.Ordinal)), pattern, because);

    [Fact]
    public void Features_NoFile_SavesPastTheWriteMethod() => AssertNowhere(
        Product.Where(file => file.Path.StartsWith("ProjectConsole/Features/", StringComparison.Ordinal)),
        @"\.SaveChanges(Async)?\(|BeginTransaction|\.ExecuteDelete(Async)?\(|ExecuteSql",
        "only the write method saves, with decision and audit",
        // Whoever signs in is nobody yet, so there is nothing to decide.
        "ProjectConsole/Features/Account/AccountWriter.cs",
        // Written into an empty database by the program.
        "ProjectConsole/Features/Sample/SampleHistory.cs", "ProjectConsole/Features/Sample/SampleInstallation.cs", "ProjectConsole/Features/Sample/SampleProjects.cs");

    [Fact]
    public void Lists_NoQuery_PagesByGuid() => AssertNowhere(
        Product.Where(file => file.Path.StartsWith("ProjectConsole/Features/", StringComparison.Ordinal)),
        @"OrderBy(Descending)?\((?!entry\b)(\w+) => \2\.Id\)|\.Id\.CompareTo\(",
        "SQL Server sorts a uniqueidentifier by its last bytes");

    [Fact]
    public void Services_AllOfThem_AreShort() => Assert.Empty(
        Product.Where(file => file.Path.EndsWith("Service.cs", StringComparison.Ordinal) && file.Lines > LongestService).Select(file => $"{file.Path}: {file.Lines}"));

    [Fact]
    public void Components_AllOfThem_AreShort() => Assert.Empty(
        Product.Where(file => file.Path.EndsWith(".razor", StringComparison.Ordinal) && file.Lines > LongestComponent).Select(file => $"{file.Path}: {file.Lines}"));

    [Fact]
    public void Sources_OfBothKinds_AreFound()
    {
        Assert.True(Product.Count > 50);
        Assert.True(Tests.Count > 20);
    }

    private static void AssertNowhere(IEnumerable<Source> files, string pattern, string because, params string[] except)
    {
        var expression = new Regex(pattern, RegexOptions.CultureInvariant);
        var found = files.Where(file => !except.Contains(file.Path)).SelectMany(file => expression.Matches(file.Text).Select(match =>
            $"{file.Path}:{file.Text.AsSpan(0, match.Index).Count('\n') + 1}: {match.Value}")).ToList();
        Assert.True(found.Count == 0, $"{because}:\n{string.Join('\n', found)}");
    }

    private static List<Source> Read(string folder) => [.. Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
        .Where(path => Path.GetExtension(path) is ".cs" or ".razor")
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/Migrations/", StringComparison.Ordinal))
        .Select(path => new Source(path, File.ReadAllText(Path.Combine(Root, path))))];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ProjectConsole.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The sources are not above the test's folder.");
        }

        return folder.FullName;
    }

    private sealed record Source(string Path, string Text)
    {
        public int Lines { get; } = Text.Count(character => character == '\n');
    }
}
