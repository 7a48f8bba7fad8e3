using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace ProjectConsole.Api;

/// <summary>
/// Makes and reads the cursors of lists. A cursor says where a list goes on and nothing more: whoever sends it is asked for the
/// permission again, and with another list, other filters or another caller it is refused (AIP-158).
/// </summary>
public sealed class Cursors(IDataProtectionProvider protection)
{
    private const int HashLength = 32;

    private readonly IDataProtector _protector = protection.CreateProtector("ProjectConsole.Api.Cursors");

    /// <summary>A cursor to the row after so many.</summary>
    public string Write(int skip, string list)
    {
        var bytes = new byte[sizeof(int) + HashLength];
        BinaryPrimitives.WriteInt32BigEndian(bytes, skip);
        SHA256.HashData(Encoding.UTF8.GetBytes(list), bytes.AsSpan(sizeof(int)));
        return Base64Url.EncodeToString(_protector.Protect(bytes));
    }

    /// <summary>After how many rows the list goes on; null for a cursor that is not of this list.</summary>
    public int? Read(string cursor, string list)
    {
        try
        {
            var bytes = _protector.Unprotect(Base64Url.DecodeFromChars(cursor));
            var isOfList = bytes.Length == sizeof(int) + HashLength && bytes.AsSpan(sizeof(int)).SequenceEqual(SHA256.HashData(Encoding.UTF8.GetBytes(list)));
            return isOfList ? BinaryPrimitives.ReadInt32BigEndian(bytes) : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
