using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>Nothing is there yet: what this is for, what one may do, one act; without the right, whom to ask.</summary>
public sealed partial class EmptyState
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter]
    public string Icon { get; set; } = "inbox";

    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>A small line at the end: "You may create 3 more projects in acme."</summary>
    [Parameter]
    public string? Note { get; set; }
}
