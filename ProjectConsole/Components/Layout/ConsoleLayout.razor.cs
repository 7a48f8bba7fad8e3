using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Layout;

/// <summary>
/// The frame of every page after sign-in. What the header shows depends on where one is, so pages (or layouts inside this one)
/// fill its places with SectionContent.
/// </summary>
public sealed partial class ConsoleLayout
{
    /// <summary>Organization / workspace / project: a <see cref="ScopePath" />.</summary>
    public const string ScopeSection = "scope";

    /// <summary>The tabs under the header: a <see cref="SectionTabs" />.</summary>
    public const string TabsSection = "tabs";

    private ConsoleErrorBoundary? _boundary;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    // With <base href="/"> a bare "#main" would lead to the start page.
    private string SkipHref => $"{Navigation.Uri.Split('#')[0]}#main";

    // Another page is shown: what broke the last one is over.
    protected override void OnParametersSet() => _boundary?.Recover();
}
