using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProjectConsole.E2E.Benchmarks.Circuits;

/// <summary>What a prerendered page says about its circuit: the root components, as markers, and the state they left for it.</summary>
internal sealed partial record InteractivePage(Uri Address, string Operations, string State)
{
    /// <summary>Finds both in the comments of the document.</summary>
    public static InteractivePage Read(Uri address, string html)
    {
        var operations = new JsonArray();
        foreach (Match comment in Marker().Matches(html))
        {
            var marker = JsonNode.Parse(comment.Groups["marker"].Value)!;
            // The closing one of a pair has no type.
            if (marker["type"] is not null)
            {
                operations.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = operations.Count + 1, ["marker"] = marker });
            }
        }

        if (operations.Count == 0)
        {
            throw new InvalidDataException($"{address} holds no interactive component.");
        }

        var batch = new JsonObject { ["batchId"] = 1, ["operations"] = operations };
        return new InteractivePage(address, batch.ToJsonString(JsonSerializerOptions.Web), PersistedState().Match(html).Groups["state"].Value);
    }

    [GeneratedRegex(@"<!--Blazor:(?<marker>\{.*?\})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^>]*)-->")]
    private static partial Regex PersistedState();
}
