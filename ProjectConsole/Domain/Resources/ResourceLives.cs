namespace ProjectConsole.Domain.Resources;

/// <summary>The lives that kinds share.</summary>
public static class ResourceLives
{
    /// <summary>States in which a resource is offered nowhere and nothing new may name it.</summary>
    public static IReadOnlyList<string> PutAway { get; } = ["archived", "terminated"];

    /// <summary>Is there, or is not.</summary>
    public static ResourceLife Ready { get; } = new([new("ready", "Ready", StateTone.Good)], []);

    /// <summary>Is there, and can be put out of use and back.</summary>
    public static ResourceLife Kept { get; } = new(
        [new("ready", "Ready", StateTone.Good), new("archived", "Archived", StateTone.Neutral)],
        [
            new("archive", "Archive", "archive", ["ready"], "archived", "It stays, and is offered nowhere until it is brought back."),
            new("unarchive", "Bring back", "unarchive", ["archived"], "ready", "It is offered again."),
        ]);

    /// <summary>A model and where it is served.</summary>
    public static ResourceLife Staged { get; } = new(
        [
            new("development", "Development", StateTone.Neutral), new("staging", "Staging", StateTone.Busy),
            new("production", "Production", StateTone.Good), new("archived", "Archived", StateTone.Neutral),
        ],
        [
            new("stage", "Move to staging", "science", ["development", "production"], "staging", "It is tried before it serves."),
            new("promote", "Promote to production", "rocket_launch", ["development", "staging"], "production", "It is the one that serves."),
            new("archive", "Archive", "archive", ["development", "staging", "production"], "archived", "It stays for its lineage and serves nothing."),
            new("unarchive", "Bring back", "unarchive", ["archived"], "development", "It is worked on again."),
        ]);

    /// <summary>A machine that is started and stopped.</summary>
    public static ResourceLife Machine { get; } = new(
        [
            new("running", "Running", StateTone.Good) { IsRunning = true }, new("stopped", "Stopped", StateTone.Neutral),
            new("failed", "Failed", StateTone.Bad), new("terminated", "Terminated", StateTone.Neutral) { IsEnded = true },
        ],
        [
            new("start", "Start", "play_arrow", ["stopped", "failed"], "running", "It runs again, with what it held."),
            new("stop", "Stop", "stop", ["running"], "stopped", "It stops and keeps what it holds.") { Stops = true },
            new("restart", "Restart", "restart_alt", ["running"], "running", "It stops and starts; what runs on it is interrupted.") { IsDestructive = true },
            new("terminate", "Terminate", "power_settings_new", ["running", "stopped", "failed"], "terminated", "It ends for good. What is on its own disks is lost.") { IsDestructive = true },
        ]);

    /// <summary>Work that starts when it is made and ends by itself.</summary>
    public static ResourceLife Work { get; } = new(
        [
            new("running", "Running", StateTone.Busy) { IsRunning = true }, new("succeeded", "Succeeded", StateTone.Good) { IsEnded = true },
            new("failed", "Failed", StateTone.Bad) { IsEnded = true }, new("cancelled", "Cancelled", StateTone.Neutral) { IsEnded = true },
        ],
        [new("cancel", "Cancel", "cancel", ["running"], "cancelled", "It ends now. What it has not written yet is lost.") { IsDestructive = true, Stops = true }]);

    /// <summary>A measurement that is passed or not.</summary>
    public static ResourceLife Measured { get; } = new(
        [
            new("running", "Running", StateTone.Busy) { IsRunning = true }, new("passed", "Passed", StateTone.Good) { IsEnded = true },
            new("failed", "Failed", StateTone.Bad) { IsEnded = true }, new("cancelled", "Cancelled", StateTone.Neutral) { IsEnded = true },
        ],
        [new("cancel", "Cancel", "cancel", ["running"], "cancelled", "It ends without a result.") { IsDestructive = true, Stops = true }]);

    /// <summary>Something that answers requests.</summary>
    public static ResourceLife Served { get; } = new(
        [
            new("healthy", "Healthy", StateTone.Good) { IsRunning = true }, new("degraded", "Degraded", StateTone.Warning) { IsRunning = true },
            new("stopped", "Stopped", StateTone.Neutral), new("failed", "Failed", StateTone.Bad),
        ],
        [
            new("start", "Start", "play_arrow", ["stopped", "failed"], "healthy", "It answers requests again."),
            new("stop", "Stop", "stop", ["healthy", "degraded"], "stopped", "It answers no requests until it is started.") { IsDestructive = true, Stops = true },
            new("restart", "Restart", "restart_alt", ["healthy", "degraded"], "healthy", "Requests fail for a moment.") { IsDestructive = true },
        ]);

    /// <summary>Something that is held for a project.</summary>
    public static ResourceLife Allocated { get; } = new([new("allocated", "Allocated", StateTone.Good)], []);
}
