namespace ProjectConsole.Components.Controls;

/// <summary>A link of a tab row, of the settings navigation or of a breadcrumb.</summary>
public sealed record NavigationItem(string Label, string Href, bool IsCurrent = false, int? Count = null)
{
    /// <summary>The danger zone: below a line, in the danger colour.</summary>
    public bool IsDanger { get; init; }
}

/// <summary>Links under a heading (Project, Organization).</summary>
public sealed record NavigationGroup(string Heading, IReadOnlyList<NavigationItem> Items);
