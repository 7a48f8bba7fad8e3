using ProjectConsole.Security;

namespace ProjectConsole.Components.Access;

/// <summary>What happens to an open page when access changes: the decision is asked again, and what must go goes.</summary>
public abstract partial class AccessBoundary<TAccess>
{
    private void OnStayed()
    {
        if (_owedFarewell is { } actor)
        {
            _owedFarewell = null;
            _ = InvokeAsync(() => BidFarewellAsync(actor));
        }
    }

    private async Task AskAgainAsync()
    {
        var address = _address;
        var actor = await CurrentActor.GetAsync();
        var access = await DecideAsync(actor);
        if (_disposed || _address != address)
        {
            return;
        }

        if (access is null)
        {
            await LeaveAsync(actor);
            return;
        }

        Access = access;
        if (_watched is { } watched)
        {
            Update(watched, access);
        }

        Arrange();
        StateHasChanged();
    }

    private async Task LeaveAsync(Actor actor)
    {
        if (Access is null)
        {
            return;
        }

        Clear();
        if (Departure.IsUnderWay)
        {
            // The person's own command speaks and leaves, or ends without having done anything; dialogs live outside of this page.
            _owedFarewell = actor;
            return;
        }

        await BidFarewellAsync(actor);
    }

    // Nobody can say whether the person still has access, so the page goes and is asked for anew, where the server decides.
    private Task LoseAsync()
    {
        if (!_disposed && Access is not null)
        {
            Clear();
            Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
        }

        return Task.CompletedTask;
    }

    // What must go goes first, wherever the page ends up.
    private void Clear()
    {
        Access = null;
        _watched?.Dispose();
        Header.Leave(this);
        StateHasChanged();
    }

    private async Task BidFarewellAsync(Actor actor)
    {
        var address = _address;
        var (message, href) = await FarewellAsync(actor);
        if (!_disposed && _address == address)
        {
            Notifications.Notify(message);
            Navigation.NavigateTo(href, replace: true);
        }
    }
}
