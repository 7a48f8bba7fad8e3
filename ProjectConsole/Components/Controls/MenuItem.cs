namespace ProjectConsole.Components.Controls;

/// <summary>One entry of a menu. It leads somewhere (Href) or does something (OnClick).</summary>
public sealed record MenuItem(string Label, string Icon)
{
    public string? Href { get; init; }

    public Func<Task>? OnClick { get; init; }

    /// <summary>Removal and the like; drawn in the danger colour.</summary>
    public bool IsDanger { get; init; }

    /// <summary>A line is drawn above it.</summary>
    public bool StartsGroup { get; init; }

    /// <summary>Why it cannot be used now. The entry stays in reach of the keyboard, so that the reason can be read.</summary>
    public string? DisabledReason { get; init; }
}
