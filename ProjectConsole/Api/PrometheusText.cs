using System.Globalization;
using System.Text;

namespace ProjectConsole.Api;

/// <summary>Writes measurements as Prometheus reads them (text format 0.0.4).</summary>
public static class PrometheusText
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>An instrument's name with its unit, as OpenTelemetry turns it into one of Prometheus.</summary>
    public static string Name(string name, string? unit, bool isCounter)
    {
        var suffix = unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
        var plain = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return $"{plain}{(plain.EndsWith(suffix, StringComparison.Ordinal) ? "" : suffix)}{(isCounter ? "_total" : "")}";
    }

    /// <summary>The labels of a series, without braces; the empty text for none.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(Name(name, null, isCounter: false)).Append("=\"");
            foreach (var letter in Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
            {
                _ = letter switch { '\\' => text.Append(@"\\"), '"' => text.Append("\\\""), '\n' => text.Append(@"\n"), _ => text.Append(letter) };
            }

            text.Append('"');
        }

        return text.ToString();
    }

    /// <summary>Appends an instrument with all its series.</summary>
    public static void Write(StringBuilder text, MeasuredInstrument measured)
    {
        Head(text, measured.Name, measured.Type, measured.Description);
        foreach (var (labels, series) in measured.Series)
        {
            var (sum, buckets) = series.Read();
            if (buckets.Count == 0)
            {
                Line(text, measured.Name, labels, sum);
                continue;
            }

            foreach (var (bound, count) in buckets)
            {
                Line(text, $"{measured.Name}_bucket", $"{labels}{(labels == "" ? "" : ",")}le=\"{Number(bound)}\"", count);
            }

            Line(text, $"{measured.Name}_sum", labels, sum);
            Line(text, $"{measured.Name}_count", labels, buckets[^1].Count);
        }
    }

    /// <summary>Appends one number that was looked up just now.</summary>
    public static void Write(StringBuilder text, string name, string description, double value)
    {
        Head(text, name, "gauge", description);
        Line(text, name, "", value);
    }

    private static void Head(StringBuilder text, string name, string type, string description) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {description.ReplaceLineEndings(" ").Replace(@"\", @"\\", StringComparison.Ordinal)}\n# TYPE {name} {type}\n");

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels == "" ? "" : $"{{{labels}}}").Append(' ').Append(Number(value)).Append('\n');

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
