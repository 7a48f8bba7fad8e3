namespace ProjectConsole.Tests.Infrastructure;

/// <summary>The databases that a test can run on; the names are those of the setting <c>Database:Provider</c>.</summary>
public enum DatabaseKind
{
    /// <summary>Always there.</summary>
    Sqlite,

    /// <summary>There when PROJECTCONSOLE_TEST_POSTGRES holds a connection string.</summary>
    PostgreSql,

    /// <summary>There when PROJECTCONSOLE_TEST_SQLSERVER holds a connection string.</summary>
    SqlServer,
}

/// <summary>Which of the databases this run has.</summary>
public static class DatabaseKinds
{
    /// <summary>All of them, there or not.</summary>
    public static IReadOnlyList<DatabaseKind> All { get; } = Enum.GetValues<DatabaseKind>();

    /// <summary>The connection string of the server, which names a database that one may connect to; null where it is missing.</summary>
    public static string? ServerOf(DatabaseKind kind) => kind switch
    {
        DatabaseKind.PostgreSql => Setting("PROJECTCONSOLE_TEST_POSTGRES"),
        DatabaseKind.SqlServer => Setting("PROJECTCONSOLE_TEST_SQLSERVER"),
        _ => null,
    };

    /// <summary>Why tests on that database are skipped; null where they run.</summary>
    public static string? SkipReason(DatabaseKind kind) => kind switch
    {
        DatabaseKind.PostgreSql when ServerOf(kind) is null => "PostgreSql: PROJECTCONSOLE_TEST_POSTGRES names no server.",
        DatabaseKind.SqlServer when ServerOf(kind) is null => "SqlServer: PROJECTCONSOLE_TEST_SQLSERVER names no server.",
        _ => null,
    };

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
