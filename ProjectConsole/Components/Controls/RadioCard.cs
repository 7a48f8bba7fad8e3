namespace ProjectConsole.Components.Controls;

/// <summary>One of a few choices that need a word of explanation.</summary>
public sealed record RadioCard<TValue>(TValue Value, string Title, string? Text = null)
{
    /// <summary>Why it cannot be chosen; shown in place of the text.</summary>
    public string? DisabledReason { get; init; }
}
