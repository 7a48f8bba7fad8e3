using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>Where one is among the steps of a long form.</summary>
public sealed partial class Stepper
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Steps { get; set; }

    /// <summary>The step shown, from 1.</summary>
    [Parameter, EditorRequired]
    public int Current { get; set; }
}
