using Microsoft.JSInterop;

namespace ProjectConsole.Components.Layout;

/// <summary>The titles of the page that is open, the innermost last: that one stands in the browser's tab.</summary>
public sealed class PageTitles(IJSRuntime browser)
{
    private readonly List<(object Owner, string Title)> _titles = [];
    private string? _told;

    /// <summary>Notes a title; <see cref="TellAsync"/> tells it.</summary>
    public void Set(object owner, string title)
    {
        var place = _titles.FindIndex(row => ReferenceEquals(row.Owner, owner));
        if (place < 0)
        {
            _titles.Add((owner, title));
        }
        else
        {
            _titles[place] = (owner, title);
        }
    }

    /// <summary>Takes a title back, and tells the one around it.</summary>
    public Task RemoveAsync(object owner) => _titles.RemoveAll(row => ReferenceEquals(row.Owner, owner)) > 0 ? TellAsync() : Task.CompletedTask;

    /// <summary>Tells the browser the innermost title, if it does not stand there yet.</summary>
    public async Task TellAsync()
    {
        if (_titles is not [.., (_, var title)] || title == _told)
        {
            return;
        }

        _told = title;
        try
        {
            await browser.InvokeVoidAsync("projectConsole.setTitle", title);
        }
        catch (Exception reason) when (reason is JSDisconnectedException or JSException)
        {
            // Nobody reads it any more, or the document is older than this server and cannot. A title is not worth the page.
        }
    }
}
