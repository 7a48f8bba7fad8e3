using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Features.Explanations;

/// <summary>The whole explanation: one permission's answer, the paths, what is taken, and everything that is left.</summary>
public sealed partial class ExplanationView
{
    private Explanation _reason = null!;

    /// <summary>What is explained.</summary>
    [Parameter, EditorRequired]
    public required AccessExplanation Explained { get; set; }

    /// <summary>The permission asked about.</summary>
    [Parameter, EditorRequired]
    public required Permission Chosen { get; set; }

    /// <summary>Another permission was asked about.</summary>
    [Parameter]
    public EventCallback<Permission> ChosenChanged { get; set; }

    // Paths that give the permission or would, had a restriction not taken it.
    private IReadOnlyList<ExplainedPath> Shown => [.. Explained.Paths.Where(path => path.Source.Before.Contains(Chosen))];

    private IReadOnlyList<ExplainedPath> Others => [.. Explained.Paths.Where(path => !path.Source.Before.Contains(Chosen))];

    private string PathHeading => Shown.Count == 1 ? "The path" : "The paths";

    protected override void OnParametersSet() => _reason = Explained.Of(Chosen);
}
