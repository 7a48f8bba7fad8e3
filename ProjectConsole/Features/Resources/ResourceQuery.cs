using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>By what a list of resources is ordered.</summary>
public enum ResourceSort
{
    /// <summary>By name.</summary>
    Name,

    /// <summary>By state, then name.</summary>
    State,

    /// <summary>Newest first.</summary>
    Created,

    /// <summary>Last used first.</summary>
    LastUsed,
}

/// <summary>What a list of resources shows.</summary>
public sealed record ResourceQuery
{
    /// <summary>Part of a name.</summary>
    public string Search { get; init; } = "";

    /// <summary>A state of the kind; null for all.</summary>
    public string? State { get; init; }

    /// <summary>A label; null for all.</summary>
    public string? Label { get; init; }

    /// <summary>Who made them; null for all.</summary>
    public Guid? CreatedBy { get; init; }

    /// <summary>By what it is ordered.</summary>
    public ResourceSort Sort { get; init; }

    /// <summary>Against the order's own direction.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Which page.</summary>
    public PageRequest Page { get; init; } = new(null, null);

    /// <summary>What is left out.</summary>
    internal ResourceFilter Filter => new(Search, State, Label, CreatedBy);
}
