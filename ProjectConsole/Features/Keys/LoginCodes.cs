using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace ProjectConsole.Features.Keys;

/// <summary>
/// Writes and reads the codes with which a command line collects the token that its person confirmed. A code is sealed with the keys
/// that all nodes share and nobody else has: it cannot be guessed or changed, and nothing of it is stored. That it counts once, and
/// for how long, is decided by the token's row.
/// </summary>
public sealed class LoginCodes(IDataProtectionProvider protection)
{
    private const int IdLength = 16;
    private const int Longest = 1000;

    private readonly IDataProtector _protector = protection.CreateProtector("ProjectConsole.Features.Keys.LoginCodes");

    /// <summary>The code for a token, good for whoever answers the challenge.</summary>
    public string Write(LoginCode code) => Base64Url.EncodeToString(_protector.Protect(
        [.. code.TokenId.ToByteArray(), .. code.Challenge, .. Encoding.UTF8.GetBytes(string.Join('\n', code.Consoles))]));

    /// <summary>What a code says; null for one that was never written here.</summary>
    public LoginCode? Read(string? code)
    {
        if (code is not { Length: > 0 and <= Longest } || !Base64Url.IsValid(code))
        {
            return null;
        }

        try
        {
            var read = _protector.Unprotect(Base64Url.DecodeFromChars(code));
            var (challengeEnd, id) = (IdLength + SHA256.HashSizeInBytes, new Guid(read.AsSpan(0, IdLength)));
            return new LoginCode(id, read[IdLength..challengeEnd], Encoding.UTF8.GetString(read.AsSpan(challengeEnd)).Split('\n'));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>What a code says.</summary>
/// <param name="TokenId">The token that waits.</param>
/// <param name="Challenge">What the program that asked must answer.</param>
/// <param name="Consoles">By which names the console goes on whose page the person confirmed.</param>
public sealed record LoginCode(Guid TokenId, byte[] Challenge, IReadOnlyList<string> Consoles);
