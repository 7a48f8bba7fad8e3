using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using ProjectConsole.Security;

namespace ProjectConsole.Components;

/// <summary>
/// The document. Every page is interactive, except those that say [ExcludeFromInteractiveRouting] to set cookies, and whatever
/// somebody sees who is not signed in: a stranger gets no circuit.
/// </summary>
public sealed partial class App
{
    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    private bool IsSignedIn => HttpContext.User.UserId() is not null;

    private IComponentRenderMode? PageRenderMode => IsSignedIn && HttpContext.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
}
