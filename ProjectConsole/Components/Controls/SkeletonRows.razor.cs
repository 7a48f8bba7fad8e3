using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>The body of a table while it loads; it shows after 300 ms. Put aria-busy="true" on the table.</summary>
public sealed partial class SkeletonRows
{
    [Parameter, EditorRequired]
    public int Columns { get; set; }

    [Parameter]
    public int Rows { get; set; } = 8;
}
