namespace ProjectConsole.E2E.Infrastructure;

/// <summary>What the README shows: the journeys run it as it stands there.</summary>
internal static class Readme
{
    private const string Fence = "```";

    /// <summary>The text of the fenced block that names itself by a line such as <c># /etc/nginx/conf.d/guarded.conf</c>.</summary>
    public static string File(string path)
    {
        var lines = System.IO.File.ReadAllLines(BuildOutput.Readme);
        var named = Array.IndexOf(lines, $"# {path}");
        if (named < 0)
        {
            throw new InvalidOperationException($"The README shows no file that begins with # {path}.");
        }

        var from = Array.FindLastIndex(lines, named, IsFence) + 1;
        var to = Array.FindIndex(lines, named, IsFence);
        return string.Concat(lines[from..to].Select(line => $"{line}\n"));
    }

    /// <summary>That text with other ports and paths; each must stand in it.</summary>
    public static string File(string path, params (string Shown, string Here)[] changes) => changes.Aggregate(File(path), (text, change) =>
        text.Contains(change.Shown, StringComparison.Ordinal)
            ? text.Replace(change.Shown, change.Here, StringComparison.Ordinal)
            : throw new InvalidOperationException($"{path} of the README does not hold {change.Shown}."));

    private static bool IsFence(string line) => line.StartsWith(Fence, StringComparison.Ordinal);
}
