namespace ProjectConsole.Components.Access;

/// <summary>One thing to switch to.</summary>
/// <param name="Key">Unique in the list.</param>
/// <param name="Name">Its name.</param>
/// <param name="Identifier">Its identifier; null for none.</param>
/// <param name="Note">What stands at the end: the role, the organization.</param>
/// <param name="Href">Where it is.</param>
public sealed record SwitcherOption(string Key, string Name, string? Identifier, string? Note, string Href);

/// <summary>Options under a heading.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Options">The options.</param>
/// <param name="Total">How many there are in all; null where the options are all.</param>
public sealed record SwitcherGroup(string Heading, IReadOnlyList<SwitcherOption> Options, int? Total = null)
{
    /// <summary>How many are not shown.</summary>
    public int More => Math.Max(0, (Total ?? 0) - Options.Count);
}
