using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Accounts;

/// <summary>What an address that somebody types must look like before it is looked up.</summary>
public static class EmailAddress
{
    /// <summary>The most characters of an address (RFC 5321 section 4.5.3.1.3).</summary>
    public const int Longest = 254;

    private const int LongestLocalPart = 64;

    /// <summary>The sentence for what is wrong with a cleaned address, or null.</summary>
    public static string? Problem(string cleaned) => cleaned switch
    {
        "" => "Email address is required.",
        { Length: > Longest } => $"An e-mail address can have at most {Longest} characters; this has {cleaned.Length}.",
        _ when !HasItsShape(cleaned) => "This is not an e-mail address. It looks like name@example.org.",
        _ => null,
    };

    /// <summary>The form in which Identity stores addresses for look-ups: composed and in upper case.</summary>
    public static string Normalize(string cleaned) => cleaned.Normalize().ToUpperInvariant();

    // The shape alone: whether an address can receive anything, only a confirmed account proves.
    private static bool HasItsShape(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 1 || at > LongestLocalPart || TextRules.HidesSomething(address) || address.Any(char.IsWhiteSpace))
        {
            return false;
        }

        var (name, host) = (address[..at], address[(at + 1)..]);
        return !name.Contains('@', StringComparison.Ordinal)
            && name.IndexOfAny(['<', '>', '(', ')', '"', ',', ';', ':', '\\']) < 0
            && host.Split('.') is { Length: > 1 } labels
            && labels.All(label => label is not ("" or ['-', ..] or [.., '-']) && label.All(letter => char.IsLetterOrDigit(letter) || letter == '-'));
    }
}
