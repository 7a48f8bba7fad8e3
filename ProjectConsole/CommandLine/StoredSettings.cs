using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine;

/// <summary>What <c>login</c> and <c>project set</c> leave behind. It holds the token, so nobody else may read the file.</summary>
internal sealed record StoredSettings
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The console's address.</summary>
    public string? Server { get; init; }

    /// <summary>The token for that address, and for no other.</summary>
    public string? Token { get; init; }

    /// <summary>The active organization.</summary>
    public string? Organization { get; init; }

    /// <summary>The active project.</summary>
    public string? Project { get; init; }

    /// <summary>Reads the file; nothing is stored where there is none.</summary>
    public static StoredSettings Read(string path)
    {
        if (!File.Exists(path))
        {
            return new();
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0)
        {
            throw new CommandRefusedException(ExitCodes.Refused, $"{path} can be read by others, and a token may stand in it.", $"chmod 600 '{path}', and make another token if others use this machine.");
        }

        var read = JsonFile.Read(path);
        return new()
        {
            Server = JsonFile.Text(read, "server", path),
            Token = JsonFile.Text(read, "token", path),
            Organization = JsonFile.Text(read, "organization", path),
            Project = JsonFile.Text(read, "project", path),
        };
    }

    /// <summary>Writes the file, readable by its owner alone from the first byte on.</summary>
    public void Write(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }

        var text = new JsonObject { ["server"] = Server, ["token"] = Token, ["organization"] = Organization, ["project"] = Project }.ToJsonString(Indented);
        // Written beside and moved: a file that was open to others is replaced and not filled, and who reads meanwhile reads a whole one.
        var beside = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var writer = new StreamWriter(beside, options))
        {
            writer.WriteLine(text);
        }

        File.Move(beside, path, overwrite: true);
    }
}
