using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>The foot of a list that is read by time (audit, logs): it has no page numbers, only a way back and forth.</summary>
public sealed partial class KeysetPager
{
    /// <summary>What is shown: "50 of 1,000+ entries".</summary>
    [Parameter]
    public string? Summary { get; set; }

    [Parameter]
    public string? NewerHref { get; set; }

    [Parameter]
    public string? OlderHref { get; set; }
}
