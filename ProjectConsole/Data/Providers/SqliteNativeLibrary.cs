using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ProjectConsole.Data.Providers;

/// <summary>Chooses the SQLite that the process uses. Call <see cref="Prepare"/> before anything touches EF Core.</summary>
public static class SqliteNativeLibrary
{
    private static int _prepared;

    /// <summary>Installs the resolvers; further calls do nothing.</summary>
    public static void Prepare()
    {
        if (Interlocked.Exchange(ref _prepared, 1) == 1)
        {
            return;
        }

        AssemblyLoadContext.Default.Resolving += LoadOlderManagedAssembly;
        PreferTheSystemLibrary();
    }

    // A sparse package feed has SQLitePCLRaw 2.0 where EF Core asks for 2.1; the loader refuses a lower version unless it is
    // handed the file. See Build/Feed.props.
    private static Assembly? LoadOlderManagedAssembly(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name?.StartsWith("SQLitePCLRaw", StringComparison.Ordinal) is not true)
        {
            return null;
        }

        var file = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }

    // The system's SQLite gets security updates with the system; the one inside the package does not.
    private static void PreferTheSystemLibrary()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libsqlite3.so.0", out var handle))
        {
            return;
        }

        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) =>
        {
            if (loaded.LoadedAssembly.GetName().Name == "SQLitePCLRaw.provider.e_sqlite3")
            {
                NativeLibrary.SetDllImportResolver(loaded.LoadedAssembly, (library, _, _) => library == "e_sqlite3" ? handle : IntPtr.Zero);
            }
        };
    }
}
