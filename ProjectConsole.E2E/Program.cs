namespace ProjectConsole.E2E;

/// <summary>The program beside the journeys: <c>bench &lt;name&gt;</c> runs a benchmark.</summary>
internal static class Program
{
    private static int Main()
    {
        Console.Error.WriteLine("usage: bench <name>");
        return 2;
    }
}
