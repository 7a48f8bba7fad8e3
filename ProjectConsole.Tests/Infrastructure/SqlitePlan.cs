using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>What SQLite would read for a statement.</summary>
internal static partial class SqlitePlan
{
    /// <summary>The steps that read one of these tables whole, or all that an organization has of it.</summary>
    public static async Task<IReadOnlyList<string>> WideStepsAsync(TestDatabase database, string statement, params string[] tables)
    {
        var names = Alias().Matches(statement).ToLookup(match => match.Groups[2].Value, match => match.Groups[1].Value);
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + statement;
        foreach (var parameter in Parameter().Matches(statement).Select(match => match.Value).Distinct())
        {
            command.Parameters.AddWithValue(parameter, DBNull.Value);
        }

        var steps = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var step = reader.GetString(3);
            if (Reading().Match(step) is { Success: true } read && names[read.Groups[2].Value].Any(tables.Contains)
                && (read.Groups[1].Value == "SCAN" || step.Contains("AUTOMATIC", StringComparison.Ordinal) || OfOrganization().IsMatch(step)))
            {
                steps.Add(step);
            }
        }

        return steps;
    }

    [GeneratedRegex(@"""(\w+)"" AS ""(\w+)""")]
    private static partial Regex Alias();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();

    // A state or a role narrows little: most projects are active, most grants are of one role.
    [GeneratedRegex(@"\(OrganizationId=\?( AND (State|RoleKey)=\?)?\)")]
    private static partial Regex OfOrganization();

    [GeneratedRegex(@"^(SCAN|SEARCH) (\w+)")]
    private static partial Regex Reading();
}
