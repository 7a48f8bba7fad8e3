using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Restrictions;

/// <summary>One rule while it is written.</summary>
public sealed class RuleEntry
{
    /// <summary>Whether it allows; otherwise it denies.</summary>
    public bool Allows { get; set; }

    /// <summary>What it is about, as typed.</summary>
    public string Pattern { get; set; } = "";

    /// <summary>The rule.</summary>
    public RestrictionRule Rule => new(Allows, TextRules.Clean(Pattern));

    /// <summary>Its buttons, where the focus stays when it moves.</summary>
    public ElementReference Up { get; set; }

    /// <summary>The other one.</summary>
    public ElementReference Down { get; set; }
}
