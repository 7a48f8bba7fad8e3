using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>Two people did the same at the same moment, and a unique key let one through.</summary>
public sealed record AlreadyDone : RuleError
{
    /// <inheritdoc/>
    public override string Message => "Somebody did the same at the same moment. Nothing was saved: look at the list and try again.";
}

/// <summary>At the same moment somebody deleted what this names, or named what this deletes.</summary>
public sealed record ReferenceGone : RuleError
{
    /// <inheritdoc/>
    public override string Message =>
        "Somebody deleted something that this refers to, or began to use it, at the same moment. Nothing was saved: look at it and try again.";
}
