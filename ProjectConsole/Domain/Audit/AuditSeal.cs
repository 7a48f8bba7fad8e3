using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProjectConsole.Domain.Audit;

/// <summary>
/// The hash under which an entry stands in its chain: SHA-256 in lower-case hexadecimal digits over the name of this format, the
/// number in the chain, the hash of the entry before it (empty for the first) and every stored field of the entry, in the order
/// written here. Each is a text in UTF-8 behind its length in four bytes, the highest first; what is not there is the length
/// FFFFFFFF alone. Numbers are decimal digits, ids have the form 00000000-0000-0000-0000-000000000000, kinds are their stored names,
/// and a time is the whole number of its microseconds since 1970-01-01 UTC, which every database keeps. So whoever has the rows can
/// repeat it, on any database and without this program.
/// </summary>
public static class AuditSeal
{
    private const string Format = "projectconsole-audit-1";

    /// <summary>The hash of an entry with this number behind the entry with that hash.</summary>
    public static string Of(AuditEntry entry, long number, string previousHash)
    {
        var fields = new Fields();
        fields.Add(Format);
        fields.Add(number);
        fields.Add(previousHash);
        fields.Add(entry.Id);
        fields.Add(entry.OrganizationId);
        fields.Add(entry.ProjectId);
        fields.Add((entry.WhenUtc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        fields.Add(entry.ActorKind.ToString());
        fields.Add(entry.ActorId);
        fields.Add(entry.ActorName);
        fields.Add(entry.ActorThrough);
        fields.Add(entry.Action);
        fields.Add(entry.ObjectKind);
        fields.Add(entry.ObjectId);
        fields.Add(entry.ObjectName);
        fields.Add(entry.Result.ToString());
        fields.Add(entry.Reason);
        fields.Add(entry.Before);
        fields.Add(entry.After);
        fields.Add(entry.Address);
        fields.Add(entry.RequestId);
        fields.Add(entry.Count);
        return fields.Hash();
    }

    private sealed class Fields
    {
        private const int Absent = -1;

        private readonly ArrayBufferWriter<byte> _bytes = new(1024);

        public void Add(long number) => Add(number.ToString(CultureInfo.InvariantCulture));

        public void Add(Guid? id) => Add(id?.ToString("D"));

        public void Add(string? text)
        {
            Length(text is null ? Absent : Encoding.UTF8.GetByteCount(text));
            Encoding.UTF8.GetBytes(text ?? "", _bytes);
        }

        public string Hash() => Convert.ToHexStringLower(SHA256.HashData(_bytes.WrittenSpan));

        private void Length(int length)
        {
            BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), length);
            _bytes.Advance(sizeof(int));
        }
    }
}
