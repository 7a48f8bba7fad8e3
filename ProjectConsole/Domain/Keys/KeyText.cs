using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ProjectConsole.Domain.Keys;

/// <summary>What a key opens, told by its prefix.</summary>
public enum KeyPrefix
{
    /// <summary><c>pck</c>: a key that belongs to a project.</summary>
    ProjectKey,

    /// <summary><c>pct</c>: a token that belongs to a person.</summary>
    PersonalToken,
}

/// <summary>
/// A key as its holder keeps it: <c>pck_&lt;id&gt;_&lt;secret&gt;</c>, hexadecimal, 128 bits of id and 256 of secret with a checksum of
/// 32 behind it. The checksum finds typing errors and keys that a scanner of source code reports, before anything is looked up.
/// </summary>
/// <param name="Prefix">What it opens.</param>
/// <param name="Id">By which it is looked up; no secret.</param>
/// <param name="Secret">64 hexadecimal digits; never stored.</param>
public readonly record struct KeyText(KeyPrefix Prefix, Guid Id, string Secret)
{
    private const int IdLength = 32;
    private const int SecretLength = 64;
    private const int ChecksumLength = 8;
    private const int ShownLength = 8;
    private const int WholeLength = 4 + IdLength + 1 + SecretLength + ChecksumLength;

    /// <summary>Makes the text of a key with a fresh secret.</summary>
    public static KeyText Create(KeyPrefix prefix, Guid id) => new(prefix, id, RandomNumberGenerator.GetHexString(SecretLength, lowercase: true));

    /// <summary>Reads what somebody sent; false for anything that cannot be a key, by its checksum among others.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out KeyText key)
    {
        key = default;
        if (text is not { Length: WholeLength } || text[3] != '_' || text[4 + IdLength] != '_' || Find(text.AsSpan(0, 3)) is not { } prefix
            || !Guid.TryParseExact(text.AsSpan(4, IdLength), "N", out var id))
        {
            return false;
        }

        var read = new KeyText(prefix, id, text.Substring(4 + IdLength + 1, SecretLength));
        if (!string.Equals(read.ToString(), text, StringComparison.Ordinal))
        {
            return false;
        }

        key = read;
        return true;
    }

    /// <summary>What is stored of the secret: the hash of all its bits, which needs no salt because nobody can guess them.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Secret)));

    /// <summary>Compares with a stored hash in a time that tells nothing about where they differ.</summary>
    public static bool Matches(string presented, string? stored) =>
        stored is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(presented), Encoding.ASCII.GetBytes(stored));

    /// <summary>
    /// The end of the id that lists show: enough to find a key, nothing of its secret. The beginning is the time, which keys that are
    /// made together share.
    /// </summary>
    public static string Shown(KeyPrefix prefix, Guid id) => $"{Text(prefix)}_…{id.ToString("N")[^ShownLength..]}";

    /// <inheritdoc/>
    public override string ToString()
    {
        var body = $"{Text(Prefix)}_{Id:N}_{Secret}";
        return body + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(body)).AsSpan(0, ChecksumLength / 2));
    }

    private static string Text(KeyPrefix prefix) => prefix switch
    {
        KeyPrefix.ProjectKey => "pck",
        KeyPrefix.PersonalToken => "pct",
        _ => throw new ArgumentOutOfRangeException(nameof(prefix), prefix, null),
    };

    private static KeyPrefix? Find(ReadOnlySpan<char> text) => text switch
    {
        "pck" => KeyPrefix.ProjectKey,
        "pct" => KeyPrefix.PersonalToken,
        _ => null,
    };
}
