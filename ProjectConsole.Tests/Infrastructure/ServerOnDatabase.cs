namespace ProjectConsole.Tests.Infrastructure;

/// <summary>The console on a migrated, empty database of any kind that is its own.</summary>
public sealed class ServerOnDatabase : ConsoleServer
{
    private readonly DatabaseKind _kind;
    private readonly string _connectionString;

    private ServerOnDatabase(DatabaseKind kind, string connectionString)
    {
        (_kind, _connectionString) = (kind, connectionString);
        Settings["Database:Provider"] = kind.ToString();
        Settings["ConnectionStrings:Console"] = connectionString;
    }

    /// <summary>Makes one. Close it with <c>await using</c>.</summary>
    public static async Task<ServerOnDatabase> CreateAsync(DatabaseKind kind) => new(kind, await DatabaseTemplate.CopyAsync(kind));

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await DatabaseTemplate.DropAsync(_kind, _connectionString);
    }
}
