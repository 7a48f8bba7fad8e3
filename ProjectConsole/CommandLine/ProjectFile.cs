using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine;

/// <summary>The file that <c>init</c> writes: it says for a folder, and all below it, which project is meant.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Organization">The organization; null where it names none.</param>
/// <param name="Project">The Project ID; null where it names none.</param>
internal sealed record ProjectFile(string Path, string? Organization, string? Project)
{
    /// <summary>Its name.</summary>
    public const string Name = ".projectconsole";

    /// <summary>The nearest one in a folder or above; null where there is none. It names no server: a folder that somebody else made must not say where the token goes.</summary>
    public static ProjectFile? Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var path = System.IO.Path.Combine(at.FullName, Name);
            if (File.Exists(path))
            {
                var read = JsonFile.Read(path);
                return new(path, JsonFile.Text(read, "organization", path), JsonFile.Text(read, "project", path));
            }
        }

        return null;
    }

    /// <summary>Writes one.</summary>
    public static void Write(string path, string organization, string project) =>
        File.WriteAllText(path, new JsonObject { ["organization"] = organization, ["project"] = project }.ToJsonString() + "\n");
}
