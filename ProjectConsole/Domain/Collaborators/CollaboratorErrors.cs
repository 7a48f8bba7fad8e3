using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Collaborators;

#pragma warning disable CS1591 // One record per rule; the sentence says what it is.

/// <summary>Nobody gives or takes what they do not hold.</summary>
public sealed record ExceedsOwn(IReadOnlyList<string> Missing) : RuleError
{
    private const int Shown = 5;

    public ExceedsOwn(PermissionSet missing)
        : this([.. missing.Select(permission => permission.Title)])
    {
    }

    public override string Message =>
        $"This goes beyond what you hold yourself: {string.Join(", ", Missing.Take(Shown))}{(Missing.Count > Shown ? $" and {Missing.Count - Shown} more" : "")}.";

    public override bool IsDenial => true;
}

/// <summary>Every project but the Default one keeps an Admin.</summary>
public sealed record LastAdmin(IReadOnlyList<string> Projects) : RuleError
{
    private const int Shown = 5;

    public override string Message => Projects.Count == 1
        ? $"{Projects[0]} would be left without an Admin. Make somebody else Admin first."
        : $"{string.Join(", ", Projects.Take(Shown))}{(Projects.Count > Shown ? $" and {Projects.Count - Shown} more projects" : "")} would be left without an Admin. Make somebody else Admin first.";
}
