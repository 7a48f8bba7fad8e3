namespace ProjectConsole.E2E.Infrastructure;

/// <summary>Finds the folders of the build that this assembly belongs to: &lt;root&gt;/ProjectConsole.E2E/bin/&lt;configuration&gt;/net10.0.</summary>
internal static class BuildOutput
{
    private static readonly DirectoryInfo Own = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private static readonly string Project = Own.Parent!.Parent!.Parent!.FullName;

    /// <summary>The web application, built in the same configuration.</summary>
    public static string ConsoleAssembly { get; } =
        Path.Combine(Path.GetDirectoryName(Project)!, "ProjectConsole", "bin", Own.Parent!.Name, Own.Name, "ProjectConsole.dll");

    /// <summary>The README, whose files the journeys run.</summary>
    public static string Readme { get; } = Path.Combine(Path.GetDirectoryName(Project)!, "README.md");

    /// <summary>Where a failed journey leaves its pictures and traces.</summary>
    public static string TestResults { get; } = Path.Combine(Project, "TestResults");
}
