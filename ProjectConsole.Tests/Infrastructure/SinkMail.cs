using System.Globalization;
using System.Text;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>A mail as a server took it.</summary>
/// <param name="Sender">Whom MAIL named.</param>
/// <param name="Recipients">Whom RCPT named.</param>
/// <param name="Headers">Its headers, unfolded.</param>
/// <param name="Text">Its text, decoded, with plain line ends.</param>
public sealed record SinkMail(string Sender, IReadOnlyList<string> Recipients, IReadOnlyDictionary<string, string> Headers, string Text)
{
    /// <summary>Reads what DATA carried.</summary>
    public static SinkMail Read(string sender, IReadOnlyList<string> recipients, IReadOnlyList<string> lines)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var name = "";
        foreach (var line in lines.TakeWhile(line => line != ""))
        {
            if (line[0] is ' ' or '\t')
            {
                headers[name] += line;
            }
            else
            {
                name = line[..line.IndexOf(':')];
                headers[name] = line[(name.Length + 1)..].Trim();
            }
        }

        var body = string.Join('\n', lines.SkipWhile(line => line != "").Skip(1));
        return new SinkMail(sender, recipients, headers, Decode(body, headers.GetValueOrDefault("Content-Transfer-Encoding")));
    }

    private static string Decode(string body, string? encoding) => encoding switch
    {
        "quoted-printable" => FromQuotedPrintable(body),
        "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\n", "", StringComparison.Ordinal))).Replace("\r", "", StringComparison.Ordinal),
        _ => body,
    };

    private static string FromQuotedPrintable(string body)
    {
        var bytes = new List<byte>();
        var text = body.Replace("=\n", "", StringComparison.Ordinal);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '=')
            {
                bytes.Add(byte.Parse(text.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                at += 2;
            }
            else
            {
                bytes.Add((byte)text[at]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]).Replace("\r", "", StringComparison.Ordinal);
    }
}
