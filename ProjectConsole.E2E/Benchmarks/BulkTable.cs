using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>Writes rows as fast as the database takes them: COPY on PostgreSQL, one prepared statement in one transaction on SQLite.</summary>
internal abstract class BulkTable : IAsyncDisposable
{
    /// <summary>Opens a table; the columns that are not named keep their defaults.</summary>
    public static async Task<BulkTable> OpenAsync(DbConnection connection, string table, params string[] columns) => connection switch
    {
        NpgsqlConnection postgres => new PostgresTable(await postgres.BeginBinaryImportAsync(
            $"COPY \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) FROM STDIN (FORMAT BINARY)")),
        _ => new SqliteTable((SqliteConnection)connection, table, columns),
    };

    public abstract Task AddAsync(params object?[] row);

    public abstract ValueTask DisposeAsync();

    private sealed class PostgresTable(NpgsqlBinaryImporter importer) : BulkTable
    {
        public override async Task AddAsync(params object?[] row)
        {
            await importer.StartRowAsync();
            foreach (var value in row)
            {
                if (value is null)
                {
                    await importer.WriteNullAsync();
                }
                else
                {
                    await importer.WriteAsync(value, TypeOf(value));
                }
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await importer.CompleteAsync();
            await importer.DisposeAsync();
        }

        private static NpgsqlDbType TypeOf(object value) => value switch
        {
            Guid => NpgsqlDbType.Uuid,
            DateTime => NpgsqlDbType.TimestampTz,
            bool => NpgsqlDbType.Boolean,
            int => NpgsqlDbType.Integer,
            long => NpgsqlDbType.Bigint,
            _ => NpgsqlDbType.Text,
        };
    }

    private sealed class SqliteTable : BulkTable
    {
        private readonly SqliteTransaction _transaction;
        private readonly SqliteCommand _command;

        public SqliteTable(SqliteConnection connection, string table, string[] columns)
        {
            _transaction = connection.BeginTransaction();
            _command = connection.CreateCommand();
            _command.Transaction = _transaction;
            _command.CommandText = $"""
                INSERT INTO "{table}" ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
                VALUES ({string.Join(", ", columns.Select((_, index) => $"$p{index}"))})
                """;
            for (var index = 0; index < columns.Length; index++)
            {
                _command.Parameters.Add(new SqliteParameter($"$p{index}", null));
            }
        }

        public override Task AddAsync(params object?[] row)
        {
            for (var index = 0; index < row.Length; index++)
            {
                _command.Parameters[index].Value = row[index] ?? DBNull.Value;
            }

            _command.ExecuteNonQuery();
            return Task.CompletedTask;
        }

        public override async ValueTask DisposeAsync()
        {
            await _transaction.CommitAsync();
            await _command.DisposeAsync();
            await _transaction.DisposeAsync();
        }
    }
}
