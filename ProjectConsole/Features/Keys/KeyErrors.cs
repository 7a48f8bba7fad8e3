using ProjectConsole.Shared;

namespace ProjectConsole.Features.Keys;

/// <summary>A key that was ended stays so.</summary>
/// <param name="Name">The key.</param>
public sealed record KeyIsOver(string Name) : RuleError
{
    /// <inheritdoc/>
    public override string Message => $"{Name} is revoked or its time is over. Create another one.";
}

/// <summary>A code of a login opens nothing, whatever the reason.</summary>
public sealed record LoginIsOver : RuleError
{
    /// <inheritdoc/>
    public override string Message => "This code is too old, was used already, or is for another login. Run projectconsole login again.";
}

/// <summary>There are as many as one may have.</summary>
/// <param name="What">Of what, in the plural.</param>
/// <param name="Most">How many.</param>
public sealed record TooMany(string What, int Most) : RuleError
{
    /// <inheritdoc/>
    public override string Message => $"There are {Most:N0} {What} already, which is the most. End one that is not used any more.";
}
