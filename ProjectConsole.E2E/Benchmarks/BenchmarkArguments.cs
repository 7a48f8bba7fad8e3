using System.Globalization;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>What stands behind the name of a benchmark on the command line.</summary>
internal static class BenchmarkArguments
{
    /// <summary>The share of the full data, from <c>--scale 0.01</c>; 1 without it.</summary>
    public static double Scale(string[] arguments) => Value(arguments, "--scale") is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : 1;

    /// <summary>The databases to measure: <c>--database Sqlite</c> or <c>PostgreSql</c>; both without it, PostgreSQL where a server is named.</summary>
    public static IEnumerable<string> Databases(string[] arguments)
    {
        if (Value(arguments, "--database") is { } only)
        {
            return [only];
        }

        if (BenchmarkDatabase.PostgresServer is not null)
        {
            return ["Sqlite", "PostgreSql"];
        }

        Console.WriteLine("PostgreSql is left out: PROJECTCONSOLE_TEST_POSTGRES names no server.");
        return ["Sqlite"];
    }

    /// <summary>The folder from <c>--keep</c>, whose SQLite database is made when it is not there and measured again when it is; null without it.</summary>
    public static string? Keep(string[] arguments) => Value(arguments, "--keep");

    /// <summary>A part of the names of what to measure, from <c>--only "removal"</c>; empty for all of it.</summary>
    public static string Only(string[] arguments) => Value(arguments, "--only") ?? "";

    private static string? Value(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is var index and >= 0 && index + 1 < arguments.Length ? arguments[index + 1] : null;
}
