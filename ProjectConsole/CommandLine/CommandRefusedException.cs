using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine;

/// <summary>A command that ends without being carried out.</summary>
/// <param name="code">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">What is wrong.</param>
/// <param name="next">What to do about it; null where the message says it.</param>
internal sealed class CommandRefusedException(int code, string message, string? next = null) : Exception(message)
{
    /// <summary>How the program ends.</summary>
    public int Code { get; } = code;

    /// <summary>What to do about it.</summary>
    public string? Next { get; } = next;

    /// <summary>What the server answered; null where it was not asked.</summary>
    public JsonObject? Problem { get; init; }

    /// <summary>A command that was typed wrongly.</summary>
    public static CommandRefusedException Usage(string message, string? next = null) => new(ExitCodes.Usage, message, next);
}
