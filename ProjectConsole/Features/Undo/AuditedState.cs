using System.Text.Json;

namespace ProjectConsole.Features.Undo;

/// <summary>Reads the states that entries of the audit log keep.</summary>
internal static class AuditedState
{
    /// <summary>The state; null where there is none, it is of another form, or it was cut to its size: nothing could be set back to that.</summary>
    public static T? Read<T>(string? text)
        where T : class
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
