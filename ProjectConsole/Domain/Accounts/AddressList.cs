using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Accounts;

/// <summary>Several addresses typed into one field.</summary>
public static class AddressList
{
    /// <summary>The most that are added at once.</summary>
    public const int Most = 50;

    private static readonly char[] Separators = [',', ';', ' ', '\t', '\r', '\n'];

    /// <summary>The addresses, each once, whatever its case.</summary>
    /// <param name="typed">Separated by commas, semicolons, blanks or line ends.</param>
    public static IReadOnlyList<string> Split(string? typed) =>
        [.. TextRules.Clean(typed).Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).DistinctBy(EmailAddress.Normalize)];

    /// <summary>The sentence for a list that is empty or too long, or null.</summary>
    public static string? Problem(IReadOnlyList<string> addresses) => addresses.Count switch
    {
        0 => "Email address is required.",
        > Most => $"At most {Most} addresses can be added at once; these are {addresses.Count}.",
        _ => null,
    };
}
