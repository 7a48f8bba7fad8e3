using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Radzen;

namespace ProjectConsole.Components.Controls;

/// <summary>
/// Dialogs that close when the person goes somewhere: by a link, back or forward, or to another page. Radzen's own close with every
/// change of the address, and a search changes it a moment after it was typed: the dialog that the next click opened was closed
/// under the person's hands.
/// </summary>
public sealed class PageDialogs : DialogService, IDisposable
{
    private readonly HashSet<string> _searches = [];
    private readonly NavigationManager _navigation;
    private bool _isSideOpen;

    /// <summary>Follows the address of the circuit.</summary>
    public PageDialogs(NavigationManager navigation, IJSRuntime scripts, IServiceProvider services)
        : base(null, scripts, services)
    {
        _navigation = navigation;
        _navigation.LocationChanged += OnMoved;
        OnSideOpen += (_, _, _) => _isSideOpen = true;
        OnSideClose += _ => _isSideOpen = false;
    }

    /// <summary>Follows the address no more.</summary>
    public new void Dispose()
    {
        _navigation.LocationChanged -= OnMoved;
        base.Dispose();
    }

    private void OnMoved(object? sender, LocationChangedEventArgs change)
    {
        // A search that was seen before is its entry in the history, to which somebody goes back.
        if (SearchNavigation.IsSearch(change.HistoryEntryState) && _searches.Add(change.HistoryEntryState!))
        {
            return;
        }

        while (dialogs.Count > 0)
        {
            Close();
        }

        if (_isSideOpen)
        {
            CloseSide();
        }
    }
}
