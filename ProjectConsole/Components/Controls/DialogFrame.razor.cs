using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ProjectConsole.Components.Controls;

/// <summary>
/// The inside of a dialog or side panel: description under the title, body that scrolls, buttons at the right.
/// The title is the one given to DialogService. The focus starts on the element marked data-initial-focus, else on the first field.
/// </summary>
public sealed partial class DialogFrame
{
    private ElementReference _element;

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Parameter]
    public string? Description { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    /// <summary>The buttons: Cancel first, the act last.</summary>
    [Parameter]
    public RenderFragment? Footer { get; set; }

    /// <summary>Something at the left end of the buttons' line, such as a check box.</summary>
    [Parameter]
    public RenderFragment? FooterStart { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Browser.InvokeVoidAsync("projectConsole.focusIn", _element);
        }
    }
}
