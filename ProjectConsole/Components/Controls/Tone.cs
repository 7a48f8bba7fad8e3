namespace ProjectConsole.Components.Controls;

/// <summary>What a colour means. Markup names a tone, the stylesheet knows the colour.</summary>
public enum Tone
{
    Neutral,
    Primary,
    Success,
    Warning,
    Danger,
    Info,

    /// <summary>A thin line around it, as for the sources of a role.</summary>
    Outlined,
}
