using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Organizations;

/// <summary>An organization always has an active Owner.</summary>
/// <param name="Organizations">Names of the organizations that would have none.</param>
public sealed record LastOwner(IReadOnlyList<string> Organizations) : RuleError
{
    /// <inheritdoc/>
    public override string Message => $"{string.Join(", ", Organizations)} would be left without an Owner. Make somebody else Owner first.";
}
