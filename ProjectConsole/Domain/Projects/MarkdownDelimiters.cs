using System.Runtime.InteropServices;

namespace ProjectConsole.Domain.Projects;

/// <summary>The emphasis and the brackets of one block of Markdown, matched as CommonMark 0.31 section 6.2 does.</summary>
internal sealed class MarkdownDelimiters
{
    private const string Emphasis = "*_~";
    private const string Delimiters = Emphasis + "[(!";

    private readonly List<Opener> _openers = [];
    private int _openBrackets;
    private int _deepest;

    /// <summary>Reads the next line of the block, and answers whether it is still shallow enough.</summary>
    public bool Read(ReadOnlySpan<char> line)
    {
        var inARow = 0;
        for (var at = 0; at < line.Length; at++)
        {
            var character = line[at];
            inARow = Delimiters.Contains(character, StringComparison.Ordinal) ? inARow + 1 : 0;
            if (character == '\\')
            {
                at++;
            }
            else if (Emphasis.Contains(character, StringComparison.Ordinal))
            {
                var run = RunAt(line, at);
                Match(character, run, Flank(line, at, run));
                inARow += run - 1;
                at += run - 1;
            }
            else if (character is '[' or ']')
            {
                _openBrackets = Math.Max(0, _openBrackets + (character == '[' ? 1 : -1));
            }

            if (Math.Max(Math.Max(inARow, _openBrackets), _deepest) > MarkdownNesting.MostDelimiters)
            {
                return false;
            }
        }

        return true;
    }

    private static int RunAt(ReadOnlySpan<char> line, int at)
    {
        var end = line[at..].IndexOfAnyExcept(line[at]);
        return end < 0 ? line.Length - at : end;
    }

    private static (bool Opens, bool Closes) Flank(ReadOnlySpan<char> line, int at, int run)
    {
        var (before, after) = (at == 0 ? ' ' : line[at - 1], at + run == line.Length ? ' ' : line[at + run]);
        var (isMarkBefore, isMarkAfter) = (IsMark(before), IsMark(after));
        var left = !char.IsWhiteSpace(after) && (!isMarkAfter || isMarkBefore || char.IsWhiteSpace(before));
        var right = !char.IsWhiteSpace(before) && (!isMarkBefore || isMarkAfter || char.IsWhiteSpace(after));
        return line[at] == '_' ? (left && (!right || isMarkBefore), right && (!left || isMarkAfter)) : (left, right);
    }

    private static bool IsMark(char character) => char.IsPunctuation(character) || char.IsSymbol(character);

    private void Match(char character, int run, (bool Opens, bool Closes) flank)
    {
        while (flank.Closes && run > 0 && _openers.FindLastIndex(opener => opener.Character == character) is var found and >= 0)
        {
            var opener = _openers[found];
            var used = Math.Min(opener.Length, run);
            var depth = used;
            foreach (var inside in CollectionsMarshal.AsSpan(_openers)[found..])
            {
                depth = Math.Max(depth, inside.Depth + used);
            }

            (run, _deepest) = (run - used, Math.Max(_deepest, depth));
            _openers.RemoveRange(found, _openers.Count - found);
            if (opener.Length > used)
            {
                _openers.Add(new Opener(character, opener.Length - used, depth));
            }
            else if (found > 0)
            {
                _openers[found - 1] = _openers[found - 1] with { Depth = Math.Max(_openers[found - 1].Depth, depth) };
            }
        }

        if (flank.Opens && run > 0)
        {
            _openers.Add(new Opener(character, run, 0));
        }
    }

    // Depth: of what was closed after it.
    private readonly record struct Opener(char Character, int Length, int Depth);
}
