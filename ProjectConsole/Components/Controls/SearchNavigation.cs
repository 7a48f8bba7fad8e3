using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>How a search comes into the address of its page.</summary>
public static class SearchNavigation
{
    private const string Mark = "search ";

    /// <summary>Shows what was searched for. It takes the place of the search before it: going back leads to the page before, not through every pause of typing.</summary>
    public static void NavigateToSearch(this NavigationManager navigation, string href) =>
        // Each has a mark of its own, so that it is told from the same entry when somebody goes back to it.
        navigation.NavigateTo(href, new NavigationOptions { ReplaceHistoryEntry = true, HistoryEntryState = $"{Mark}{Guid.NewGuid():N}" });

    /// <summary>Whether the state of a history entry is that of a search.</summary>
    public static bool IsSearch(string? historyEntryState) => historyEntryState?.StartsWith(Mark, StringComparison.Ordinal) is true;
}
