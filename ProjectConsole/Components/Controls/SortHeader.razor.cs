using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>A column head that sorts: a link to the list in the other order.</summary>
public sealed partial class SortHeader
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The list sorted by this column, or turned round when it already is.</summary>
    [Parameter, EditorRequired]
    public required string Href { get; set; }

    /// <summary>How the list is sorted by this column now.</summary>
    [Parameter]
    public SortDirection Direction { get; set; }

    [Parameter]
    public bool IsNumeric { get; set; }

    // Only the sorted column says so: "none" on all others would be read out in every cell.
    private string? AriaSort => Direction switch
    {
        SortDirection.Ascending => "ascending",
        SortDirection.Descending => "descending",
        _ => null,
    };
}
