using System.Buffers;

namespace ProjectConsole.Shared;

/// <summary>Lines of CSV for spreadsheets.</summary>
public static class CsvText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\r\n\t'");

    /// <summary>One line. A cell that a spreadsheet would run as a formula begins with an apostrophe.</summary>
    public static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string? text)
    {
        var safe = text?.TrimStart(' ', '\u00A0') is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? $"'{text}" : text ?? "";
        return safe.AsSpan().IndexOfAny(Quoted) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
