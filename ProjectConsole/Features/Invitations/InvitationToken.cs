using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ProjectConsole.Features.Invitations;

/// <summary>The secret in a link: 128 random bits. Only its hash is stored, and it is looked up by that, so no comparison tells how much of a guess was right.</summary>
internal static class InvitationToken
{
    private const int Bytes = 16;
    private const int Longest = 100;
    private const string Copied = "copied:";

    /// <summary>A new one, as it stands in the link.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of one that went out by mail alone.</summary>
    public static string Hash(string? token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token is { Length: <= Longest } ? token : "")));

    /// <summary>
    /// What is stored of one that was shown to whoever invited, as long as the other. The mark is no hexadecimal, so no token whatever
    /// makes one into the other.
    /// </summary>
    public static string HashOfCopied(string? token) => Copied + Hash(token)[Copied.Length..];

    /// <summary>Whether the stored token went out by mail alone: only then does holding it prove whose the address is.</summary>
    public static bool ProvesAddress(string tokenHash) => !tokenHash.StartsWith(Copied, StringComparison.Ordinal);
}
