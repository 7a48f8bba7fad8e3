namespace ProjectConsole.Domain.Projects;

/// <summary>
/// How deep Markdown nests. The parser and the renderer call themselves for every level, and a stack that overflows
/// ends the process, so depth is measured without calling anything again. Code is measured like text: whether something is
/// code depends on everything around it, and a wrong guess would let the rest through.
/// </summary>
public static class MarkdownNesting
{
    /// <summary>The most quotes, lists and steps of indentation before the text of a line.</summary>
    public const int MostContainers = 20;

    /// <summary>The most levels of emphasis, the most open brackets, and the most delimiters in a row.</summary>
    public const int MostDelimiters = 50;

    // A list needs two columns for a level, so no more than twice the levels fit into what is counted.
    private const int ColumnsOfAStep = 4;

    /// <summary>Whether the text nests deeper than people write.</summary>
    public static bool IsTooDeep(string markdown)
    {
        var block = new MarkdownDelimiters();
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            if (Containers(line) > MostContainers)
            {
                return true;
            }

            if (line.IsWhiteSpace())
            {
                block = new MarkdownDelimiters();
            }
            else if (!block.Read(line))
            {
                return true;
            }
        }

        return false;
    }

    private static int Containers(ReadOnlySpan<char> line)
    {
        var (containers, columns, at) = (0, 0, 0);
        while (at < line.Length)
        {
            if (line[at] is ' ' or '\t')
            {
                columns += line[at] == '\t' ? ColumnsOfAStep : 1;
                at++;
            }
            else if (line[at] == '>')
            {
                containers++;
                at++;
            }
            else if (ListMarker(line[at..]) is var marker and > 0)
            {
                containers++;
                at += marker;
            }
            else
            {
                break;
            }
        }

        return containers + (columns / ColumnsOfAStep);
    }

    // The length of "-", "*", "+", "1." or "1)" with a blank or the end after it; 0 where there is none.
    private static int ListMarker(ReadOnlySpan<char> text)
    {
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        var isMarker = digits == 0 ? text[0] is '-' or '*' or '+' : digits < text.Length && text[digits] is ('.' or ')');
        return isMarker && (digits + 1 == text.Length || text[digits + 1] is (' ' or '\t')) ? digits + 1 : 0;
    }
}
