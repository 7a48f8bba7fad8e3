using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine;

/// <summary>Reads the small files of the command line and says which one is wrong.</summary>
internal static class JsonFile
{
    /// <summary>The object in a file.</summary>
    public static JsonObject Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw Wrong(path);
        }
        catch (JsonException)
        {
            throw Wrong(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandRefusedException(ExitCodes.Refused, $"{path} cannot be read by this account.");
        }
    }

    /// <summary>A text in it; null where there is none.</summary>
    public static string? Text(JsonObject read, string name, string path) => read[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text.Length == 0 ? null : text,
        _ => throw Wrong(path),
    };

    private static CommandRefusedException Wrong(string path) =>
        CommandRefusedException.Usage($"{path} is not the JSON object that is expected there.", "Mend it, or delete it and make it again.");
}
