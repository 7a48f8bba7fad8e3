using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.CommandLine;

/// <summary>A console that listens on a real port of this machine.</summary>
public class ListeningServer : ConsoleServer
{
    public ListeningServer() => UseKestrel(0);

    /// <summary>Where it listens.</summary>
    public string Address
    {
        get
        {
            StartServer();
            return ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority);
        }
    }
}
