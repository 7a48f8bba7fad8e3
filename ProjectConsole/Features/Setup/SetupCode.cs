using System.Security.Cryptography;
using System.Text;

namespace ProjectConsole.Features.Setup;

/// <summary>
/// The one-time code that guards setting up: whoever reads it in the log runs the server. New with each start.
/// </summary>
public sealed class SetupCode
{
    private readonly string _code = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 24);

    /// <summary>As it stands in the log, in groups of four.</summary>
    public string Text => string.Join('-', _code.Chunk(4).Select(group => new string(group)));

    /// <summary>Whether somebody typed it; case, spaces and hyphens do not matter.</summary>
    public bool Is(string? typed)
    {
        var cleaned = string.Concat((typed ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(cleaned), Encoding.ASCII.GetBytes(_code));
    }
}
