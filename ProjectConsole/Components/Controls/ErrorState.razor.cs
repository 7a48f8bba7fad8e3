using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

/// <summary>Loading failed: what failed, what is safe, Try again, and a number that finds it in the log.</summary>
public sealed partial class ErrorState
{
    /// <summary>"The projects could not be loaded"</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>"The database did not answer within 5 seconds. Nothing was changed."</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter]
    public EventCallback OnRetry { get; set; }

    /// <summary>The request id or the number in the log.</summary>
    [Parameter]
    public string? Reference { get; set; }
}
