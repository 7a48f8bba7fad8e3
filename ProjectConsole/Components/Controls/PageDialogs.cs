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
    private readonly NavigationManager _navigation;
    private readonly SearchNavigation _searches;
    private bool _isSideOpen;

    /// <summary>Follows the address of the circuit.</summary>
    public PageDialogs(NavigationManager navigation, SearchNavigation searches, IJSRuntime scripts, IServiceProvider services)
        : base(null, scripts, services)
    {
        (_navigation, _searches) = (navigation, searches);
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
        if (_searches.HasArrived(change.HistoryEntryState))
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
