using ProjectConsole.Components.Controls;

namespace ProjectConsole.Components.Layout;

/// <summary>
/// What header and tabs show of the page that is open. A boundary around the page says it and takes it back when it goes.
/// </summary>
// The framework's sections do the same with five components more for every open page, each with buffers of its own (13 KB).
public sealed class PagePlace
{
    private object? _boundary;

    /// <summary>Raised when something else is to be shown.</summary>
    public event Action? Changed;

    /// <summary>Organization / workspace / project.</summary>
    public IReadOnlyList<ScopeLevel> Levels { get; private set; } = [];

    /// <summary>The tabs under the header.</summary>
    public IReadOnlyList<NavigationItem> Tabs { get; private set; } = [];

    /// <summary>The name of the tabs.</summary>
    public string TabsLabel { get; private set; } = SectionTabs.DefaultLabel;

    /// <summary>Shows where a page is.</summary>
    public void Show(object boundary, IReadOnlyList<ScopeLevel> levels, IReadOnlyList<NavigationItem> tabs, string tabsLabel = SectionTabs.DefaultLabel)
    {
        (_boundary, Levels, Tabs, TabsLabel) = (boundary, levels, tabs, tabsLabel);
        Changed?.Invoke();
    }

    /// <summary>Shows nothing any more, unless another page has come before this one went.</summary>
    public void Leave(object boundary)
    {
        if (ReferenceEquals(_boundary, boundary))
        {
            (_boundary, Levels, Tabs) = (null, [], []);
            Changed?.Invoke();
        }
    }
}
