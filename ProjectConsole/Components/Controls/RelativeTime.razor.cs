using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>One relative time outside a list; rows use <see cref="Times" />.</summary>
public sealed partial class RelativeTime
{
    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public DateTime? Utc { get; set; }
}
