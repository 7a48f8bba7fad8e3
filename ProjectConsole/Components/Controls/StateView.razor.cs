using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>The shape that empty, filtered empty, error and no access share. Pages use those four.</summary>
public sealed partial class StateView
{
    [Parameter, EditorRequired]
    public required string Icon { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter]
    public RenderFragment? Actions { get; set; }

    [Parameter]
    public RenderFragment? Foot { get; set; }

    /// <summary>It is the whole page, so its title is the h1.</summary>
    [Parameter]
    public bool IsPage { get; set; }

    [Parameter]
    public string? Role { get; set; }
}
