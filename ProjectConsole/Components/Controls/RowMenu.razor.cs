using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ProjectConsole.Components.Controls;

/// <summary>
/// The one menu of a list. Rows hold plain buttons (<see cref="Marks.Actions" />); this menu is filled for the row and opened.
/// Arrows, Escape and the way back of the focus are in console.js: a key press must not wait for the server.
/// </summary>
public sealed partial class RowMenu
{
    private readonly string _id = ControlIds.Next("row-menu");
    private string _name = "";
    private IReadOnlyList<MenuItem> _items = [];
    private ElementReference _element;
    private bool _opening;

    [Inject]
    public required IJSRuntime Browser { get; init; }

    /// <summary>Fills the menu for one row and opens it at the button that was pressed.</summary>
    public void Open(string name, IReadOnlyList<MenuItem> items)
    {
        _name = name;
        _items = items;
        _opening = true;
        StateHasChanged();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_opening)
        {
            _opening = false;
            await Browser.InvokeVoidAsync("projectConsole.openMenu", _element);
        }
    }
}
