using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Keys;

/// <summary>A command line that asks to be signed in, as the link says that it opened: the person reads it, and nothing of it is believed.</summary>
/// <param name="Machine">What it calls its machine.</param>
/// <param name="Challenge">Hash of what only the asking program knows, and of the console that it asks (<see cref="LoginChallenge"/>).</param>
/// <param name="State">By which it knows the answer to its own question.</param>
/// <param name="Port">Where it listens on the machine of the browser; null where the person carries the code over.</param>
public sealed record LoginRequest(string Machine, byte[] Challenge, string State, int? Port)
{
    private const int LongestMachine = 60;
    private const int LongestState = 100;
    private const int FirstPort = 1024;

    /// <summary>Reads the parameters of a link; null where they are none that a command line writes.</summary>
    public static LoginRequest? Read(string? machine, string? challenge, string? state, string? port)
    {
        var (name, hash, number) = (TextRules.Clean(machine), Decoded(challenge), 0);
        var isWhole = hash is { Length: SHA256.HashSizeInBytes } && TextRules.NameError(name, "", LongestMachine) is null
            && state is { Length: >= 20 and <= LongestState } && state.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            && (port is null || (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= FirstPort and <= ushort.MaxValue));
        return isWhole ? new(name, hash!, state!, port is null ? null : number) : null;
    }

    /// <summary>Whether a text is what the challenge was made from, for this console and no other.</summary>
    public static bool Answers(string? verifier, LoginCode code) =>
        verifier is { Length: >= 43 and <= 128 } && code.Consoles.Any(console => CryptographicOperations.FixedTimeEquals(LoginChallenge.Of(verifier, console), code.Challenge));

    private static byte[]? Decoded(string? text)
    {
        // As many characters as the hash has; checked first, because what is no base 64 would be thrown at us.
        return text is { Length: 43 } && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
    }
}
