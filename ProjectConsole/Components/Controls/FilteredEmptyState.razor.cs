using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>There are rows, but none matches: repeats the search, offers the nearest repair and a way back to all.</summary>
public sealed partial class FilteredEmptyState
{
    /// <summary>"No project matches “visoin” with these filters"</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>"1,248 projects are in research."</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>The list without search and filters.</summary>
    [Parameter, EditorRequired]
    public required string ClearHref { get; set; }

    /// <summary>A link that would find something.</summary>
    [Parameter]
    public RenderFragment? Repair { get; set; }
}
