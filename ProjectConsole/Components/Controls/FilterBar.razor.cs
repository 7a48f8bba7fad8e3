using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>The filter chips of a toolbar; on a phone they go behind one button.</summary>
public sealed partial class FilterBar
{
    private readonly string _id = ControlIds.Next("filters");

    /// <summary>How many filters are set.</summary>
    [Parameter]
    public int Count { get; set; }

    /// <summary>The list without any filter.</summary>
    [Parameter]
    public string? ClearHref { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
