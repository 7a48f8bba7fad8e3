using ProjectConsole.Shared;

namespace ProjectConsole.Features.Undo;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

/// <summary>What was done is not how things stand any more.</summary>
public sealed record MovedOn(string Name, string Now) : RuleError
{
    public override string Message => $"This cannot be undone any more: {Name} {Now}. Nothing was changed.";
}

public sealed record NotUndoable : RuleError
{
    public override string Message => "This has no way back by itself.";
}
