using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProjectConsole.Features.Resources;

/// <summary>A resource as JSON, to be read and copied. Secrets are not in it.</summary>
public static class ResourceJson
{
    private static readonly JsonSerializerOptions Shown = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The resource.</summary>
    public static string Of(ResourceDetail detail) => new JsonObject
    {
        ["kind"] = detail.Row.Kind,
        ["name"] = detail.Row.Name,
        ["description"] = detail.Description,
        ["labels"] = new JsonArray([.. detail.Row.Labels.Select(label => JsonValue.Create(label))]),
        ["state"] = detail.Row.State,
        ["spec"] = detail.Row.ReadSpec().ToJson(),
        ["createdBy"] = detail.Row.CreatedByName,
        ["created"] = detail.Row.CreatedUtc,
        ["changed"] = detail.ChangedUtc,
    }.ToJsonString(Shown);
}
