using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace ProjectConsole.Tests.Data.Providers;

public sealed class SqliteNativeLibraryTests
{
    [Fact]
    public void Prepare_SystemLibraryPresent_IsTheOneInUse()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();

        var version = Version.Parse(connection.ServerVersion);

        Assert.True(version >= new Version(3, 35), $"SQLite {version} lacks RETURNING, which EF Core uses.");
        if (NativeLibrary.TryLoad("libsqlite3.so.0", out var library))
        {
            var number = Marshal.GetDelegateForFunctionPointer<VersionNumber>(NativeLibrary.GetExport(library, "sqlite3_libversion_number"))();
            Assert.Equal(number, version.Major * 1_000_000 + version.Minor * 1_000 + version.Build);
        }
    }

    private delegate int VersionNumber();
}
