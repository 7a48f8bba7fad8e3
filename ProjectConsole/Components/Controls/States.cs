namespace ProjectConsole.Components.Controls;

/// <summary>Which mark goes before the word of a state: dot, ring, diamond or square.</summary>
public static class States
{
    private static readonly Dictionary<string, Tone> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Active"] = Tone.Success,
        ["Accepted"] = Tone.Success,
        ["Approved"] = Tone.Success,
        ["Available"] = Tone.Success,
        ["Ready"] = Tone.Success,
        ["Running"] = Tone.Success,
        ["Succeeded"] = Tone.Success,
        ["Delivered"] = Tone.Success,
        ["Creating"] = Tone.Info,
        ["Queued"] = Tone.Info,
        ["Starting"] = Tone.Info,
        ["Stopping"] = Tone.Info,
        ["Pending"] = Tone.Warning,
        ["Expires soon"] = Tone.Warning,
        ["Degraded"] = Tone.Warning,
        ["Deleted"] = Tone.Danger,
        ["Failed"] = Tone.Danger,
        ["Failing"] = Tone.Danger,
        ["Locked"] = Tone.Danger,
    };

    /// <summary>The tone of a state; a state that nobody listed is neutral, a ring (Suspended, Stopped, Revoked, Expired).</summary>
    public static Tone ToneOf(string state) => Known.GetValueOrDefault(state, Tone.Neutral);
}
