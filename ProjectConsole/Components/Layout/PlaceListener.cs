using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Layout;

/// <summary>A part of the layout that draws the <see cref="PagePlace" />, again whenever it changes.</summary>
public abstract class PlaceListener : ComponentBase, IDisposable
{
    [Inject]
    public required PagePlace Place { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Place.Changed -= StateHasChanged;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Place.Changed += StateHasChanged;
}
