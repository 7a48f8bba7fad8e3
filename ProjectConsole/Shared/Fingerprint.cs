using System.Security.Cryptography;
using System.Text;

namespace ProjectConsole.Shared;

/// <summary>Tells two texts apart where the texts themselves are too long, or not for everybody who reads.</summary>
public static class Fingerprint
{
    /// <summary>How many characters it has.</summary>
    public const int Length = 16;

    /// <summary>The first 16 hexadecimal digits of the text's SHA-256.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Length];
}
