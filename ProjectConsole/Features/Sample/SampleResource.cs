using System.Text.Json.Nodes;

namespace ProjectConsole.Features.Sample;

/// <summary>One resource of the sample.</summary>
/// <param name="Kind">Name of its kind.</param>
/// <param name="State">Its state.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Labels">Its labels, separated by spaces.</param>
/// <param name="Spec">Its fields as JSON; secrets with a text that stands for them.</param>
internal sealed record SampleResource(string Kind, string State, string Name, string Description, string Labels, string Spec)
{
    /// <summary>Its fields.</summary>
    public JsonObject Fields => (JsonObject)JsonNode.Parse(Spec)!;

    /// <summary>Several that differ in their number.</summary>
    public static IEnumerable<SampleResource> Numbered(string kind, string state, string name, int first, int last, string description, string labels, string spec) =>
        Enumerable.Range(first, last - first + 1).Select(number => new SampleResource(kind, state, $"{name}-{number}", description, labels, spec));
}
