using System.Globalization;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Collaborators;

/// <summary>What somebody holds until a date is passed on at most until then.</summary>
/// <param name="UntilUtc">Until when the actor holds it, UTC.</param>
public sealed record OutlivesOwn(DateTime UntilUtc) : RuleError
{
    /// <inheritdoc/>
    public override string Message => string.Create(
        CultureInfo.InvariantCulture, $"You hold this until {UntilUtc:d MMM yyyy HH:mm} UTC yourself, so you can pass it on until then at most.");

    /// <inheritdoc/>
    public override bool IsDenial => true;
}
