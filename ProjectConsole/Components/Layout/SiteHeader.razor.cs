using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Layout;

/// <summary>The header of every page: mark, scope, search, theme, account.</summary>
public sealed partial class SiteHeader
{
    [Parameter]
    public string HomeHref { get; set; } = "/";

    [Parameter]
    public RenderFragment? Scope { get; set; }

    [Parameter]
    public RenderFragment? Search { get; set; }

    [Parameter]
    public RenderFragment? Account { get; set; }
}
