namespace ProjectConsole.E2E.Benchmarks.Circuits;

/// <summary>The kinds of SignalR messages that a circuit's connection carries; the number is the first entry of each message.</summary>
internal enum HubMessage
{
    Invocation = 1,
    Completion = 3,
    Ping = 6,
    Close = 7,
}
