using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>The entries inside an element with role=menu.</summary>
public sealed partial class MenuItemList
{
    private readonly string _id = ControlIds.Next("menu-item");

    [Parameter, EditorRequired]
    public required IReadOnlyList<MenuItem> Items { get; set; }

    private static string ClassOf(MenuItem item) => item.IsDanger ? "menu-item menu-item-danger" : "menu-item";

    private static Task ChooseAsync(MenuItem item) => item.OnClick?.Invoke() ?? Task.CompletedTask;

    private string ReasonId(MenuItem item) => $"{_id}-{item.Label.Replace(' ', '-').ToLowerInvariant()}";
}
