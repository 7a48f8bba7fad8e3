namespace ProjectConsole.Tests.Architecture;

/// <summary>The text of every source file.</summary>
internal static class Sources
{
    private static readonly string Root = FindRoot();

    /// <summary>Of the console, migrations left out.</summary>
    public static IReadOnlyList<Source> Product { get; } = Read("ProjectConsole");

    /// <summary>Of its tests.</summary>
    public static IReadOnlyList<Source> Tests { get; } = [.. Read("ProjectConsole.Tests"), .. Read("ProjectConsole.E2E")];

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
}

/// <summary>One file.</summary>
/// <param name="Path">From the top level, with slashes.</param>
/// <param name="Text">What is in it.</param>
internal sealed record Source(string Path, string Text)
{
    /// <summary>How many lines.</summary>
    public int Lines { get; } = Text.Count(character => character == '\n');
}
