using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace ProjectConsole.Components;

/// <summary>The document. Every page is interactive, except those that say [ExcludeFromInteractiveRouting] to set cookies.</summary>
public sealed partial class App
{
    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    private IComponentRenderMode? PageRenderMode => HttpContext.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
}
