using System.Buffers.Binary;
using System.Text;

namespace ProjectConsole.E2E.Benchmarks.Circuits;

/// <summary>
/// Writes messages of a circuit's connection: SignalR's binary framing (a length, then an array) in the part of MessagePack
/// that circuits use. A package for the whole format would be a dependency of one benchmark.
/// </summary>
internal sealed class BlazorPackWriter
{
    private readonly List<byte> _body = [];

    private BlazorPackWriter()
    {
    }

    /// <summary>"I am here": the server ends a connection that is silent for 30 seconds.</summary>
    public static byte[] Ping { get; } = Message(writer => writer.Array(1).Integer((int)HubMessage.Ping));

    /// <summary>A call of a method of the hub; with an id when the answer matters.</summary>
    public static byte[] Invocation(string? id, string method, params object?[] arguments) => Message(writer =>
    {
        writer.Array(6).Integer((int)HubMessage.Invocation).NoHeaders().Value(id).Value(method).Array(arguments.Length);
        foreach (var argument in arguments)
        {
            writer.Value(argument);
        }

        writer.Array(0);
    });

    private static byte[] Message(Action<BlazorPackWriter> write)
    {
        var writer = new BlazorPackWriter();
        write(writer);
        var length = new List<byte>();
        for (var rest = (uint)writer._body.Count; ; rest >>= 7)
        {
            length.Add((byte)(rest > 0x7f ? rest | 0x80 : rest));
            if (rest <= 0x7f)
            {
                return [.. length, .. writer._body];
            }
        }
    }

    private BlazorPackWriter Value(object? value) => value switch
    {
        null => Bytes(0xc0),
        bool flag => Bytes(flag ? (byte)0xc3 : (byte)0xc2),
        int number => Integer(number),
        long number => Integer(number),
        string text => Text(text),
        _ => throw new NotSupportedException($"A circuit takes no {value.GetType().Name}."),
    };

    private BlazorPackWriter Integer(long number)
    {
        if (number is >= 0 and < 0x80)
        {
            return Bytes((byte)number);
        }

        var wide = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(wide, number);
        return Bytes([0xd3, .. wide]);
    }

    private BlazorPackWriter Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, utf8.Length);
        return Bytes([0xdb, .. length]).Bytes(utf8);
    }

    // Lists of this benchmark have fewer than 16 entries.
    private BlazorPackWriter Array(int count) => Bytes((byte)(0x90 | count));

    private BlazorPackWriter NoHeaders() => Bytes(0x80);

    private BlazorPackWriter Bytes(params byte[] bytes)
    {
        _body.AddRange(bytes);
        return this;
    }
}
