using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Keys;

/// <summary>A public key as OpenSSH writes it, read and checked.</summary>
/// <param name="Text">Type and key in base 64; nothing else of what was pasted is kept, options least of all.</param>
/// <param name="Fingerprint"><c>SHA256:</c> and the hash in base 64 without padding, as <c>ssh-keygen -l</c> writes it.</param>
/// <param name="Comment">What stood behind the key; a name is proposed from it.</param>
public sealed record SshPublicKey(string Text, string Fingerprint, string Comment)
{
    /// <summary>The most characters that are read.</summary>
    public const int Longest = 4000;

    private const int ShortestRsa = 2048;

    // An ssh-dss key is not accepted by any sshd of today.
    private static readonly string[] Types =
    [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    /// <summary>Reads what a person pasted.</summary>
    /// <param name="pasted">One line: type, key and perhaps a comment.</param>
    /// <param name="field">The field that a wrong key is told beside.</param>
    public static Result<SshPublicKey> Parse(string? pasted, string field)
    {
        var line = (pasted ?? "").Trim();
        if (line.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return new Invalid(field, "This is a private key: keep it to yourself, and paste the line of the file that ends in .pub.");
        }

        if (line.Length is 0 or > Longest || line.Any(char.IsControl))
        {
            return new Invalid(field, "Paste one public key: the single line of a file that ends in .pub.");
        }

        var parts = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length < 2 || !Types.Contains(parts[0]))
        {
            return new Invalid(field, $"A public key begins with its type: {string.Join(", ", Types[..5])}. Options in front of it are not accepted.");
        }

        var blob = new byte[parts[1].Length];
        if (!Convert.TryFromBase64String(parts[1], blob, out var length) || !IsWhole(blob.AsSpan(0, length), parts[0]))
        {
            return new Invalid(field, "This key is cut off or changed: copy the whole line again.");
        }

        if (parts[0] == "ssh-rsa" && RsaBits(blob.AsSpan(0, length)) < ShortestRsa)
        {
            return new Invalid(field, $"An RSA key needs at least {ShortestRsa:N0} bits.");
        }

        var hash = Convert.ToBase64String(SHA256.HashData(blob.AsSpan(0, length))).TrimEnd('=');
        return new SshPublicKey($"{parts[0]} {Convert.ToBase64String(blob.AsSpan(0, length))}", $"SHA256:{hash}", TextRules.Clean(parts.ElementAtOrDefault(2)));
    }

    // A blob is fields, each with its length before it; the first repeats the type, and they end where the blob ends (RFC 4253, 6.6).
    private static bool IsWhole(ReadOnlySpan<byte> blob, string type)
    {
        var fields = 0;
        while (!blob.IsEmpty)
        {
            if (!TryTake(ref blob, out var field) || (fields == 0 && Encoding.ASCII.GetString(field) != type))
            {
                return false;
            }

            fields++;
        }

        return fields >= 2;
    }

    private static int RsaBits(ReadOnlySpan<byte> blob)
    {
        if (!TryTake(ref blob, out _) || !TryTake(ref blob, out _) || !TryTake(ref blob, out var modulus))
        {
            return 0;
        }

        var digits = modulus.TrimStart((byte)0);
        return digits.IsEmpty ? 0 : (digits.Length * 8) - (System.Numerics.BitOperations.LeadingZeroCount((uint)digits[0]) - 24);
    }

    private static bool TryTake(ref ReadOnlySpan<byte> blob, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (blob.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(blob) is var length && length > blob.Length - 4)
        {
            return false;
        }

        field = blob.Slice(4, (int)length);
        blob = blob[(4 + (int)length)..];
        return true;
    }
}
