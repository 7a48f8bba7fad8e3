namespace ProjectConsole.Shared;

/// <summary>The program cannot start; the message is the one sentence that the operator reads before it ends with exit code 1.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
