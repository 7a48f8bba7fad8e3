using System.Text;

namespace ProjectConsole.Api;

/// <summary>Text as a header can carry it.</summary>
public static class HeaderText
{
    /// <summary>
    /// The text with everything percent-encoded that is no visible ASCII; the percent sign too, so that no two texts look alike.
    /// </summary>
    public static string Of(string text)
    {
        var written = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            written.Append(rune.Value is > ' ' and < 0x7F and not '%' ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        }

        return written.ToString();
    }
}
