using ProjectConsole.E2E.Benchmarks.Circuits;
using ProjectConsole.E2E.Infrastructure;

// The runtime looks for exactly this name, outside any namespace, in an assembly that DOTNET_STARTUP_HOOKS names.
#pragma warning disable CA1050
/// <summary>
/// Runs inside a server that <see cref="ServerOptions.Hooked" /> started, before the server's own code, and does only what its
/// variable asks for.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(HeapAnswers.Variable) is { Length: > 0 } pipe)
        {
            HeapAnswers.Start(pipe);
        }

        if (Environment.GetEnvironmentVariable(AddedKind.Variable) is { Length: > 0 })
        {
            AddedKind.Add();
        }
    }
}
#pragma warning restore CA1050
