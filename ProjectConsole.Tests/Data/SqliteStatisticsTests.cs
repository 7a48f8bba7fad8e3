using Microsoft.Data.Sqlite;
using ProjectConsole.Data.Providers;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Data;

/// <summary>What SQLite is told about sizes fits the schema, and comes back when a table or an index is made anew.</summary>
public sealed class SqliteStatisticsTests
{
    [Fact]
    public async Task All_EveryRow_IsOfAnIndexAndHasAFigureForEachOfItsColumns()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);

        foreach (var (table, index, rows) in SqliteStatistics.All)
        {
            var columns = await ScalarAsync(database, $"SELECT COUNT(*) FROM pragma_index_info('{index}') WHERE '{table}' = (SELECT tbl_name FROM sqlite_master WHERE name = '{index}')");
            Assert.True(columns + 1 == rows.Split(' ').Length, $"{index} of {table} has {columns} columns, and is described by \"{rows}\".");
        }
    }

    [Fact]
    public async Task All_EveryIndexOfALargeTable_IsThere()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var tables = string.Join(", ", SqliteStatistics.All.Select(row => $"'{row.Table}'").Distinct());

        // A planner that knows one index and not the next takes the one that it knows nothing of for the better one.
        Assert.Equal(
            await ScalarAsync(database, $"SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND tbl_name IN ({tables})"), SqliteStatistics.All.Length);
    }

    [Fact]
    public async Task WriteAsync_AfterAnIndexWasMadeAnew_DescribesItAgain()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var db = database.Open();
        var sql = await TextAsync(database, "SELECT sql FROM sqlite_master WHERE name = 'IX_Grants_OrganizationId_PrincipalId'");
        await ScalarAsync(database, "DROP INDEX IX_Grants_OrganizationId_PrincipalId");
        await ScalarAsync(database, sql);
        Assert.Equal(SqliteStatistics.All.Length - 1, await ScalarAsync(database, "SELECT COUNT(*) FROM sqlite_stat1"));

        await SqliteStatistics.WriteAsync(db, default);

        Assert.Equal("1000000 10000 1000", await TextAsync(database, "SELECT stat FROM sqlite_stat1 WHERE idx = 'IX_Grants_OrganizationId_PrincipalId'"));
    }

    private static async Task<long> ScalarAsync(TestDatabase database, string sql) => await ReadAsync(database, sql) is long number ? number : 0;

    private static async Task<string> TextAsync(TestDatabase database, string sql) => Assert.IsType<string>(await ReadAsync(database, sql));

    private static async Task<object?> ReadAsync(TestDatabase database, string sql)
    {
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
