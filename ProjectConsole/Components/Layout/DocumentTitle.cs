using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace ProjectConsole.Components.Layout;

/// <summary>
/// The title of a page, in the browser's tab. A document comes with it; within a circuit the browser is told. Of one in another, the
/// inner one counts while it is there.
/// </summary>
// An interactive HeadOutlet does the same with eight components more for every open page, each with buffers of its own (15 KB).
public sealed class DocumentTitle : ComponentBase, IAsyncDisposable
{
    /// <summary>The page's name, without the product's.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Inject]
    public required PageTitles Titles { get; init; }

    // There is none within a circuit.
    [CascadingParameter]
    private HttpContext? Request { get; set; }

    private string Title => $"{Text} · ProjectConsole";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Titles.RemoveAsync(this);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Request is null)
        {
            Titles.Set(this, Title);
        }
    }

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
    protected override Task OnAfterRenderAsync(bool firstRender) => Titles.TellAsync();
}
