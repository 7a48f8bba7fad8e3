namespace ProjectConsole.Tests.Infrastructure;

/// <summary>How often races are tried.</summary>
public static class RaceAttempts
{
    /// <summary>
    /// What PROJECTCONSOLE_RACE_ATTEMPTS asks of each pair, or so many without it: two hundred of each pair take many minutes.
    /// </summary>
    public static int Or(int few) => int.TryParse(Environment.GetEnvironmentVariable("PROJECTCONSOLE_RACE_ATTEMPTS"), out var attempts) ? attempts : few;
}
