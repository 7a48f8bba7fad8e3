using System.Buffers.Binary;
using System.Text;

namespace ProjectConsole.E2E.Benchmarks.Circuits;

/// <summary>Reads what <see cref="BlazorPackWriter"/> writes, and what a server writes.</summary>
internal sealed class BlazorPackReader
{
    private readonly byte[] _bytes;
    private int _next;

    private BlazorPackReader(byte[] bytes) => _bytes = bytes;

    /// <summary>The next message of a connection.</summary>
    public static async Task<IReadOnlyList<object?>> ReadAsync(Stream stream, CancellationToken ct)
    {
        var message = new byte[await LengthAsync(stream, ct)];
        await stream.ReadExactlyAsync(message, ct);
        return (IReadOnlyList<object?>)new BlazorPackReader(message).Value()!;
    }

    private static async Task<int> LengthAsync(Stream stream, CancellationToken ct)
    {
        var one = new byte[1];
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            await stream.ReadExactlyAsync(one, ct);
            length |= (one[0] & 0x7f) << shift;
            if (one[0] < 0x80)
            {
                return length;
            }
        }
    }

    private object? Value()
    {
        var head = Take(1)[0];
        return head switch
        {
            < 0x80 => (long)head,
            < 0x90 => Map(head & 0x0f),
            < 0xa0 => List(head & 0x0f),
            < 0xc0 => Text(head & 0x1f),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            0xc4 => Binary((int)Unsigned(1)),
            0xc5 => Binary((int)Unsigned(2)),
            0xc6 => Binary((int)Unsigned(4)),
            >= 0xcc and <= 0xcf => (long)Unsigned(1 << (head - 0xcc)),
            >= 0xd0 and <= 0xd3 => Signed(1 << (head - 0xd0)),
            0xd9 => Text((int)Unsigned(1)),
            0xda => Text((int)Unsigned(2)),
            0xdb => Text((int)Unsigned(4)),
            0xdc => List((int)Unsigned(2)),
            0xdd => List((int)Unsigned(4)),
            >= 0xe0 => (long)(sbyte)head,
            _ => throw new InvalidDataException($"A circuit sends no value that starts with 0x{head:x2}."),
        };
    }

    private object?[] List(int count)
    {
        var list = new object?[count];
        for (var i = 0; i < count; i++)
        {
            list[i] = Value();
        }

        return list;
    }

    // Headers, which a server leaves empty.
    private object? Map(int count)
    {
        for (var i = 0; i < count * 2; i++)
        {
            Value();
        }

        return null;
    }

    private string Text(int length) => Encoding.UTF8.GetString(Take(length));

    private ReadOnlyMemory<byte> Binary(int length)
    {
        _next += length;
        return _bytes.AsMemory(_next - length, length);
    }

    private ulong Unsigned(int width)
    {
        Span<byte> wide = stackalloc byte[8];
        wide.Clear();
        Take(width).CopyTo(wide[(8 - width)..]);
        return BinaryPrimitives.ReadUInt64BigEndian(wide);
    }

    private long Signed(int width)
    {
        var unused = 64 - (width * 8);
        return (long)Unsigned(width) << unused >> unused;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        _next += length;
        return _bytes.AsSpan(_next - length, length);
    }
}
