using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>A search field over a list. It reports when typing has paused (console.js), on Enter and on leaving.</summary>
public sealed partial class SearchBox
{
    private readonly string _id = ControlIds.Next("search");
    private string _text = "";
    private string _shown = "";
    private int _generation;
    private bool _focus;
    private ElementReference _input;

    /// <summary>What can be searched for: "Name or Project ID". Shown in the empty field and read out.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The text in force, from the address.</summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary>The person searches for another text.</summary>
    [Parameter]
    public EventCallback<string> OnSearch { get; set; }

    protected override void OnParametersSet()
    {
        var value = Value ?? "";
        if (value != _text)
        {
            Show(value);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus)
        {
            _focus = false;
            await _input.FocusAsync();
        }
    }

    // The value is written only when it comes from outside, into a new input: writing back what the person
    // typed a moment ago would swallow the letters typed since.
    private void Show(string value)
    {
        _text = _shown = value;
        _generation++;
    }

    private async Task ChangedAsync(ChangeEventArgs change)
    {
        var text = (change.Value as string ?? "").Trim();
        if (text == _text)
        {
            return;
        }
        _text = text;
        await OnSearch.InvokeAsync(text);
    }

    private async Task ClearAsync()
    {
        Show("");
        _focus = true;
        await OnSearch.InvokeAsync("");
    }
}
