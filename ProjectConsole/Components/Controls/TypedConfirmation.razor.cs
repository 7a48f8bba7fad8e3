using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>A field in which an identifier must be typed before something irreversible can be confirmed.</summary>
public sealed partial class TypedConfirmation
{
    [Parameter, EditorRequired]
    public required string Expected { get; set; }

    /// <summary>Whether what is typed is exactly what is expected.</summary>
    [Parameter]
    public bool IsConfirmed { get; set; }

    [Parameter]
    public EventCallback<bool> IsConfirmedChanged { get; set; }

    private Task TypedAsync(ChangeEventArgs change)
    {
        var isConfirmed = string.Equals((change.Value as string)?.Trim(), Expected, StringComparison.Ordinal);
        return isConfirmed == IsConfirmed ? Task.CompletedTask : IsConfirmedChanged.InvokeAsync(isConfirmed);
    }
}
