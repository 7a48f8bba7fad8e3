using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;

namespace ProjectConsole.Components.Layout;

/// <summary>
/// The frame of every page after sign-in. What the header shows depends on where one is: <see cref="PagePlace" />.
/// </summary>
public sealed partial class ConsoleLayout
{
    private ConsoleErrorBoundary? _boundary;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The request of a page without a circuit.</summary>
    [CascadingParameter]
    public HttpContext? Request { get; set; }

    // With <base href="/"> a bare "#main" would lead to the start page.
    private string SkipHref => $"{Address}#main";

    // A refusal is answered by a page under another address than the one that the browser shows.
    private string Address => Request?.Features.Get<IStatusCodeReExecuteFeature>() is { } refused
        ? $"{refused.OriginalPath}{refused.OriginalQueryString}"
        : Navigation.Uri.Split('#')[0];

    // Another page is shown: what broke the last one is over.
    protected override void OnParametersSet() => _boundary?.Recover();
}
