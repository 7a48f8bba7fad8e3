using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;

namespace ProjectConsole.Components.Layout;

/// <summary>The side list of the settings pages, headed Project or Organization; on a phone one selector.</summary>
public sealed partial class SettingsNavigation
{
    private readonly string _id = ControlIds.Next("settings");

    [Parameter, EditorRequired]
    public required IReadOnlyList<NavigationGroup> Groups { get; set; }

    [Parameter]
    public string Label { get; set; } = "Settings";

    private string? Current => Groups.SelectMany(group => group.Items).FirstOrDefault(item => item.IsCurrent)?.Label;
}
