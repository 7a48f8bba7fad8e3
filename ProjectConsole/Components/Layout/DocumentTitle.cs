using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace ProjectConsole.Components.Layout;

/// <summary>
/// The title of a page, in the browser's tab. The document comes with it; where the page changes within a circuit, the browser is told.
/// </summary>
// An interactive HeadOutlet does the same with eight components more for every open page, each with buffers of its own (15 KB).
public sealed class DocumentTitle : ComponentBase
{
    private string? _told;

    /// <summary>The page's name, without the product's.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    // There is none within a circuit.
    [CascadingParameter]
    private HttpContext? Request { get; set; }

    private string Title => $"{Text} · ProjectConsole";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (Request is null)
        {
            return;
        }

        builder.OpenComponent<PageTitle>(0);
        builder.AddComponentParameter(1, nameof(PageTitle.ChildContent), (RenderFragment)(content => content.AddContent(0, Title)));
        builder.CloseComponent();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_told == Title)
        {
            return;
        }

        _told = Title;
        try
        {
            await Browser.InvokeVoidAsync("projectConsole.setTitle", _told);
        }
        catch (JSDisconnectedException)
        {
            // Nobody reads it any more.
        }
    }
}
