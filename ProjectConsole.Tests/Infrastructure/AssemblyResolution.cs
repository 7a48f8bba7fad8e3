using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using ProjectConsole.Data.Providers;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>Runs before any test: what the application does at its start, and the same for bUnit's older need.</summary>
internal static class AssemblyResolution
{
    [ModuleInitializer]
    internal static void Prepare()
    {
        SqliteNativeLibrary.Prepare();
        AssemblyLoadContext.Default.Resolving += LoadOlderAngleSharpDiffing;
    }

    // A sparse package feed has an older AngleSharp.Diffing than bUnit asks for; see ProjectConsole/Build/Feed.props.
    private static Assembly? LoadOlderAngleSharpDiffing(AssemblyLoadContext context, AssemblyName name)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll");
        return name.Name == "AngleSharp.Diffing" && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}
