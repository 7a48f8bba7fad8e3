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

    /// <summary>A cursor to a place in a list: behind so many rows, or behind the row of that number.</summary>
    public string Write(long place, string list)
    {
        var bytes = new byte[sizeof(long) + HashLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, place);
        SHA256.HashData(Encoding.UTF8.GetBytes(list), bytes.AsSpan(sizeof(long)));
        return Base64Url.EncodeToString(_protector.Protect(bytes));
    }

    /// <summary>Behind what the list goes on; null for a cursor that is not of this list.</summary>
    public long? Read(string cursor, string list)
    {
        try
        {
            var bytes = _protector.Unprotect(Base64Url.DecodeFromChars(cursor));
            var isOfList = bytes.Length == sizeof(long) + HashLength && bytes.AsSpan(sizeof(long)).SequenceEqual(SHA256.HashData(Encoding.UTF8.GetBytes(list)));
            return isOfList ? BinaryPrimitives.ReadInt64BigEndian(bytes) : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
