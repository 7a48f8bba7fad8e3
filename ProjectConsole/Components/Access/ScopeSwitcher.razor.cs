using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProjectConsole.Components.Controls;
using ProjectConsole.Shared;

namespace ProjectConsole.Components.Access;

/// <summary>
/// A button of the header with a popup that searches and opens something. Nothing is read before it is opened, so that an
/// idle page stays small; moving among the options is the browser's work (console.js).
/// </summary>
public sealed partial class ScopeSwitcher : IDisposable
{
    private readonly string _id = ControlIds.Next("switcher");
    private readonly CancellationTokenSource _closing = new();
    private IReadOnlyList<SwitcherGroup>? _groups;
    private Error? _error;
    private string _text = "";
    private int _opened;
    private int _answer;
    private bool _show;
    private ElementReference _popup;

    /// <summary>What it does: "Switch project".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>What can be searched for: "Name or Project ID".</summary>
    [Parameter, EditorRequired]
    public required string Placeholder { get; set; }

    /// <summary>Answers a search; the empty text stands before one.</summary>
    [Parameter, EditorRequired]
    public required Func<string, CancellationToken, Task<IReadOnlyList<SwitcherGroup>>> Find { get; set; }

    /// <summary>What else can be done, at the end of the foot.</summary>
    [Parameter]
    public RenderFragment? Foot { get; set; }

    /// <summary>Looks like the header's search box, and opens by Ctrl+K.</summary>
    [Parameter]
    public bool IsSearch { get; set; }

    [Inject]
    public required IJSRuntime JS { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    private string? First =>
        _groups?.FirstOrDefault(group => group.Options.Count > 0) is { } group ? IdOf(group, group.Options[0]) : null;

    private int Count => _groups?.Sum(group => group.Total ?? group.Options.Count) ?? 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_show)
        {
            _show = false;
            await JS.InvokeVoidAsync("projectConsole.openMenu", _popup);
        }
    }

    private async Task OpenAsync()
    {
        _opened++;
        await AnswerAsync("");
        _show = true;
    }

    private Task SearchAsync(ChangeEventArgs change) => AnswerAsync((change.Value as string ?? "").Trim());

    private async Task AnswerAsync(string text)
    {
        var asked = ++_answer;
        // It stands outside the page and what keeps a page's failures in it: here one would end the circuit.
        var found = await Reads.TryAsync<SwitcherGroup[]>(async () => (SwitcherGroup[])[.. await Find(text, _closing.Token)]);
        // The answer to an older text comes too late.
        if (asked == _answer)
        {
            (_text, _groups, _error) = (text, found.Succeeded ? found.Value : [], found.Error);
        }
    }

    private string IdOf(SwitcherGroup group, SwitcherOption option) => $"{_id}-{_answer}-{group.Heading.Replace(' ', '-')}-{option.Key}";
}
