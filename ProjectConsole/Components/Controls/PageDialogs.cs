using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Radzen;

namespace ProjectConsole.Components.Controls;

/// <summary>
/// Dialogs that stay until their page is left or a link is followed. Radzen's own close with every change of the address, and a
/// search changes it a moment after the person has typed: the dialog that the next click opened was closed under their hands.
/// </summary>
public sealed class PageDialogs : DialogService, IDisposable
{
    private readonly NavigationManager _navigation;
    private string _page;
    private bool _isSideOpen;

    /// <summary>Follows the address of the circuit.</summary>
    public PageDialogs(NavigationManager navigation, IJSRuntime scripts, IServiceProvider services)
        : base(null, scripts, services)
    {
        _navigation = navigation;
        _page = PageOf(navigation.Uri);
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

    private static string PageOf(string uri) => new Uri(uri).AbsolutePath;

    private void OnMoved(object? sender, LocationChangedEventArgs change)
    {
        var page = PageOf(change.Location);
        if (page == _page && !change.IsNavigationIntercepted)
        {
            return;
        }

        _page = page;
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
