namespace ProjectConsole.Domain.Access;

/// <summary>One rule of a restriction.</summary>
/// <param name="Allows">Whether what matches passes; otherwise it is taken.</param>
/// <param name="Pattern"><c>subject.verb</c>, either of them or both as <c>*</c>; <c>*</c> alone is everything.</param>
public sealed record RestrictionRule(bool Allows, string Pattern)
{
    /// <summary>Whether the pattern names the permission.</summary>
    public bool Matches(Permission permission) => Pattern == "*"
        || Pattern.Split('.') is [var subject, var verb] && (subject == "*" || subject == permission.Subject) && (verb == "*" || verb == permission.Verb);

    /// <inheritdoc/>
    public override string ToString() => $"{(Allows ? "allow" : "deny")} {Pattern}";
}
