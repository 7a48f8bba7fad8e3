using Radzen;

namespace ProjectConsole.Components.Access;

/// <summary>What a person reads after an open page had to go. It names nothing: the name is no longer theirs to know.</summary>
public static class LostAccess
{
    // Long enough to be read by somebody who was looking elsewhere.
    private const double Milliseconds = 20_000;

    /// <summary>A project was left.</summary>
    public static NotificationMessage ToProject => Message("You no longer have access to that project.");

    /// <summary>An organization was left.</summary>
    public static NotificationMessage ToOrganization => Message("You no longer have access to that organization.");

    private static NotificationMessage Message(string sentence) => new()
    {
        Severity = NotificationSeverity.Warning,
        Summary = sentence,
        Duration = Milliseconds,
    };
}
