using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Components.Controls;

// The one place that makes markup of text: a page holds dozens of icons, and as elements each would be five frames of it (200 bytes).
public sealed partial class Marks
{
    private static readonly ConcurrentDictionary<string, MarkupString> Icons = new();

    /// <summary>An icon beside text. Alone it needs a name: give its button or link an aria-label.</summary>
    /// <param name="name">Its name in the font, from the code: the markup is kept for good, once for all pages.</param>
    /// <exception cref="ArgumentException">It is not a name of the font: small letters, digits and underscores.</exception>
    public static MarkupString Icon(string name) => Icons.GetOrAdd(name, Markup);

    private static MarkupString Markup(string name) => name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_')
        ? new MarkupString($"<span class=\"icon\" translate=\"no\" aria-hidden=\"true\">{name}</span>")
        : throw new ArgumentException("Icons have names of small letters, digits and underscores.", nameof(name));
}
