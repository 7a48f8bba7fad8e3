namespace ProjectConsole.Features.Account;

/// <summary>What a password must be. Length is what counts; nothing about kinds of characters (NIST SP 800-63B).</summary>
public static class PasswordRules
{
    /// <summary>The fewest characters.</summary>
    public const int Shortest = 12;

    /// <summary>The most characters: hashing takes longer with each.</summary>
    public const int Longest = 256;

    /// <summary>What is expected, for the help below the field.</summary>
    public static string Help => $"{Shortest} characters or more. Several words make a good one.";

    /// <summary>The sentence for what is wrong with a password, or null.</summary>
    public static string? Error(string? password, string email) => password switch
    {
        null or "" => "Password is required.",
        { Length: < Shortest } => $"A password needs {Shortest} characters or more; this has {password.Length}.",
        { Length: > Longest } => $"A password can have at most {Longest} characters.",
        _ when password.Equals(email, StringComparison.OrdinalIgnoreCase) => "The password must not be the e-mail address.",
        _ when password.Distinct().Count() < 4 => "This is easy to guess: use more different characters.",
        _ => null,
    };
}
