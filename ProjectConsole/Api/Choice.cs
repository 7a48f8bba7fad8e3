using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ProjectConsole.Api;

#pragma warning disable CA1000 // The framework calls these by the type of a handler's parameter.

/// <summary>One of a few words in an address, as bodies have them: <c>default-project</c>. Called by the framework for a handler's parameter.</summary>
/// <param name="Value">What the word stands for.</param>
public readonly record struct Choice<T>(T Value) : IParsable<Choice<T>>
    where T : struct, Enum
{
    private static readonly string[] InOrder = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>The words.</summary>
    public static IReadOnlyList<string> Words => InOrder;

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Choice<T> result)
    {
        var index = Array.IndexOf(InOrder, s);
        result = index < 0 ? default : new Choice<T>(Enum.GetValues<T>()[index]);
        return index >= 0;
    }

    /// <inheritdoc/>
    public static Choice<T> Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var choice) ? choice : throw new FormatException($"{s} is none of {string.Join(", ", Words)}.");
}
