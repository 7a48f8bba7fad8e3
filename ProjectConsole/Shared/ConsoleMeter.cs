using System.Diagnostics.Metrics;

namespace ProjectConsole.Shared;

/// <summary>What the console counts of itself, beside what the framework and the runtime count.</summary>
public static class ConsoleMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "ProjectConsole";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Decisions = Meter.CreateCounter<long>(
        "projectconsole.access.decisions", "{decision}", "Decisions on what somebody may do, by where.");

    private static readonly Counter<long> Denied = Meter.CreateCounter<long>(
        "projectconsole.access.denied", "{attempt}", "Denied attempts, by what was tried.");

    private static readonly Counter<long> Mails = Meter.CreateCounter<long>(
        "projectconsole.mails.tried", "{mail}", "Tries to send a mail, by how they ended.");

    private static readonly Counter<long> Passes = Meter.CreateCounter<long>(
        "projectconsole.background.passes", "{pass}", "Passes of background work, by work and by how they ended.");

    /// <summary>Counts a decision.</summary>
    /// <param name="place">Where: <c>project</c>, <c>organization</c> or <c>installation</c>.</param>
    public static void Decided(string place) => Decisions.Add(1, KeyValuePair.Create<string, object?>("place", place));

    /// <summary>Counts a denied attempt.</summary>
    /// <param name="action">What was tried, as the audit log names it.</param>
    public static void WasDenied(string action) => Denied.Add(1, KeyValuePair.Create<string, object?>("action", action));

    /// <summary>Counts a try to send a mail.</summary>
    /// <param name="outcome">How it ended.</param>
    public static void TriedMail(string outcome) => Mails.Add(1, KeyValuePair.Create<string, object?>("outcome", outcome));

    /// <summary>Counts a pass of background work.</summary>
    /// <param name="work">Whose.</param>
    /// <param name="succeeded">Whether the database took it.</param>
    public static void Passed(Type work, bool succeeded) =>
        Passes.Add(1, KeyValuePair.Create<string, object?>("work", work.Name), KeyValuePair.Create<string, object?>("outcome", succeeded ? "done" : "failed"));
}
