namespace ProjectConsole.CommandLine;

/// <summary>How a command ends, for scripts. The README lists them: they stay.</summary>
internal static class ExitCodes
{
    /// <summary>It was done.</summary>
    public const int Done = 0;

    /// <summary>It is not allowed, or the person did not confirm it.</summary>
    public const int Refused = 1;

    /// <summary>The command was typed wrongly, or a value of it is wrong.</summary>
    public const int Usage = 2;

    /// <summary>There is no token, or it opens nothing.</summary>
    public const int NotSignedIn = 3;

    /// <summary>It is not there, or may not be seen.</summary>
    public const int NotFound = 4;

    /// <summary>What is there does not go with it: it exists, is full, or changed meanwhile.</summary>
    public const int Conflict = 5;

    /// <summary>The server does not answer, or fails.</summary>
    public const int Unreachable = 6;

    /// <summary>Too many calls in a minute.</summary>
    public const int TooManyCalls = 7;
}
