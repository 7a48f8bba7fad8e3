using ProjectConsole.Shared;

namespace ProjectConsole.Security;

/// <summary>Two people did the same at the same moment, and a unique key let one through.</summary>
public sealed record AlreadyDone : RuleError
{
    /// <inheritdoc/>
    public override string Message => "Somebody did the same at the same moment. Nothing was saved: look at the list and try again.";
}

/// <summary>The key or token through which was acted was ended meanwhile.</summary>
public sealed record CredentialEnded : RuleError
{
    /// <inheritdoc/>
    public override string Message => "This key or token is revoked or its time is over. Nothing was saved.";

    /// <inheritdoc/>
    public override bool IsDenial => true;
}

/// <summary>What a person does with the own account, and what is accepted in somebody's name, is done in the console alone.</summary>
/// <param name="Reason">Why, and what to do instead.</param>
public sealed record NotThroughCredential(string Reason = "This cannot be done with a key or token: sign in to the console for it.") : RuleError
{
    /// <inheritdoc/>
    public override string Message => Reason;

    /// <inheritdoc/>
    public override bool IsDenial => true;
}

/// <summary>The person may do it, and the personal token through which was asked does not hold it.</summary>
/// <param name="Missing">Title of the missing permission.</param>
public sealed record TokenLacks(string Missing) : RuleError
{
    /// <inheritdoc/>
    public override string Message => $"This token does not hold \"{Missing}\". Make one that does, under Personal tokens.";

    /// <inheritdoc/>
    public override bool IsDenial => true;
}

/// <summary>At the same moment somebody deleted what this names, or named what this deletes.</summary>
public sealed record ReferenceGone : RuleError
{
    /// <inheritdoc/>
    public override string Message =>
        "Somebody deleted something that this refers to, or began to use it, at the same moment. Nothing was saved: look at it and try again.";
}
