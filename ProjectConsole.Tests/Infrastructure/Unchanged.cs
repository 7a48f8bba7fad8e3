using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using ProjectConsole.Data;
using Xunit.Sdk;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>Asserts that something left the database as it was.</summary>
public static class Unchanged
{
    /// <summary>
    /// Runs an act and fails unless every row of every table is afterwards what it was before, versions included.
    /// Only entries of denied attempts may come, and a server seals what was written before.
    /// </summary>
    public static Task AssertNothingWrittenAsync(TestDatabase database, Func<Task> act) => AssertNothingWrittenAsync(database.Open, act);

    /// <inheritdoc cref="AssertNothingWrittenAsync(TestDatabase, Func{Task})"/>
    public static Task AssertNothingWrittenAsync(ConsoleServer server, Func<Task> act) => AssertNothingWrittenAsync(server.OpenDatabase, act);

    /// <summary>What acts changed, one line for each row before and after; empty where they changed nothing.</summary>
    public static async Task<IReadOnlyList<string>> ChangesAsync(Func<ConsoleDbContext> open, Func<Task> act)
    {
        var before = await RowsAsync(open);
        await act();
        var after = await RowsAsync(open);
        return [.. before.Except(after).Select(row => "- " + row), .. after.Except(before).Select(row => "+ " + row)];
    }

    private static async Task AssertNothingWrittenAsync(Func<ConsoleDbContext> open, Func<Task> act)
    {
        var differences = await ChangesAsync(open, act);
        if (differences.Count > 0)
        {
            throw new XunitException($"Something was written:\n{string.Join('\n', differences.Take(20))}");
        }
    }

    private static async Task<List<string>> RowsAsync(Func<ConsoleDbContext> open)
    {
        await using var db = open();
        var sql = db.GetService<ISqlGenerationHelper>();
        var rows = new List<string>();
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct().Except(["AuditChains"]))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            var denied = table == "AuditEntries" ? $" WHERE {sql.DelimitIdentifier("Result")} <> 'Denied'" : "";
            command.CommandText = $"SELECT * FROM {sql.DelimitIdentifier(table)}{denied}";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var cells = Enumerable.Range(0, reader.FieldCount).Where(index => reader.GetName(index) is not ("SealNumber" or "SealHash"))
                    .Select(index => string.Create(CultureInfo.InvariantCulture, $"{reader.GetName(index)}={reader.GetValue(index)}"));
                rows.Add($"{table}: {string.Join(", ", cells)}");
            }
        }

        return rows;
    }
}
