using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Components.Layout;

/// <summary>Tabs that are links. One that the person may not open is not in the list.</summary>
public sealed partial class SectionTabs
{
    /// <summary>The name of tabs that have no other.</summary>
    public const string DefaultLabel = "Sections";

    [Parameter, EditorRequired]
    public required IReadOnlyList<NavigationItem> Tabs { get; set; }

    [Parameter]
    public string Label { get; set; } = DefaultLabel;
}
