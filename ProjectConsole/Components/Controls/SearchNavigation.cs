using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>Brings what somebody searches for into the address of the page, so that it can be sent to others and gone back to.</summary>
public sealed class SearchNavigation(NavigationManager navigation)
{
    private const string Mark = "search ";

    private readonly HashSet<string> _underWay = [];

    /// <summary>Shows what was searched for. It takes the place of the search before it, so that going back leads through no pauses of typing.</summary>
    public void Go(string href)
    {
        // The browser keeps the mark with the entry, and a circuit after this one meets it there: only what is under way is a search just made.
        var mark = $"{Mark}{Guid.NewGuid():N}";
        _underWay.Add(mark);
        navigation.NavigateTo(href, new NavigationOptions
        {
            ReplaceHistoryEntry = navigation.HistoryEntryState?.StartsWith(Mark, StringComparison.Ordinal) is true,
            HistoryEntryState = mark,
        });
    }

    /// <summary>Whether an entry of the history is that of a search which was just made; once for each.</summary>
    public bool HasArrived(string? historyEntryState) => historyEntryState is not null && _underWay.Remove(historyEntryState);
}
