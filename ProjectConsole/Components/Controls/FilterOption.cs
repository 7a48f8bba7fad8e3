namespace ProjectConsole.Components.Controls;

/// <summary>One choice of a filter: the address of the list with this choice made or taken back.</summary>
public sealed record FilterOption(string Label, string Href, bool IsSelected = false, int? Count = null);
