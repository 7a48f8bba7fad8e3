using System.Text;
using System.Text.RegularExpressions;
using ProjectConsole.Shared;

namespace ProjectConsole.CommandLine;

/// <summary>What a command writes to and reads from.</summary>
/// <param name="output">What was asked for, and nothing else.</param>
/// <param name="error">Everything else.</param>
/// <param name="input">What is piped in or typed.</param>
internal sealed partial class Terminal(TextWriter output, TextWriter error, TextReader input)
{
    /// <summary>Whether a person can be asked.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Whether headings of the output are set off.</summary>
    public bool HasColours { get; init; }

    /// <summary>That of this process. A pipe gets no colours, and nobody who set NO_COLOR.</summary>
    public static Terminal OfProcess() => new(Console.Out, Console.Error, Console.In)
    {
        CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
        HasColours = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb",
    };

    /// <summary>Writes a line of what was asked for.</summary>
    public void Write(string line) => output.WriteLine(line);

    /// <summary>Writes a heading of it.</summary>
    public void WriteHeading(string line) => output.WriteLine(HasColours ? $"\e[1m{line}\e[0m" : line);

    /// <summary>Says something beside it. A token never appears here, whatever was typed where.</summary>
    public void Say(string line) => error.WriteLine(Secrets().Replace(line, "$1_..."));

    /// <summary>What others typed, without the signs by which it could move the cursor or read as something else.</summary>
    public static string Plain(string text)
    {
        if (!TextRules.HidesSomething(text))
        {
            return text;
        }

        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            shown.Append(rune.Value is '\n' or '\r' or '\t' ? " " : TextRules.HidesSomething(rune.ToString()) ? "\uFFFD" : rune.ToString());
        }

        return shown.ToString();
    }

    /// <summary>Reads a line; null at the end.</summary>
    public string? ReadLine() => input.ReadLine();

    /// <summary>Reads everything that is piped in.</summary>
    public string ReadAll() => input.ReadToEnd();

    /// <summary>Whether a person types what is expected.</summary>
    public bool Confirms(string question, string expected)
    {
        error.Write(Plain(question) + " ");
        return string.Equals(ReadLine()?.Trim(), expected, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads what must not be seen: from a person without showing it, else the first line that is piped in.</summary>
    public string ReadHidden(string question)
    {
        if (!CanAsk)
        {
            return ReadLine() ?? "";
        }

        error.Write(question + " ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key != ConsoleKey.Backspace)
            {
                typed.Append(key.KeyChar);
            }
            else if (typed.Length > 0)
            {
                typed.Length--;
            }
        }

        error.WriteLine();
        return typed.ToString();
    }

    [GeneratedRegex(@"\b(pc[kt])_[0-9A-Za-z_\-]{6,}")]
    private static partial Regex Secrets();
}
