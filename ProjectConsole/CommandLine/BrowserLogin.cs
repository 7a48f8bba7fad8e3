using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ProjectConsole.Shared;

namespace ProjectConsole.CommandLine;

/// <summary>
/// Gets a token by a person who confirms in a browser. The code that comes back is worth nothing without the verifier, which never
/// leaves this process but to the console itself (RFC 7636); so it may pass through the browser, or through a person's hands.
/// </summary>
internal sealed class BrowserLogin(Uri server, Terminal terminal, Surroundings around)
{
    // As long as the console keeps a code.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string _verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
    private readonly string _state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The token.</summary>
    /// <param name="opensBrowser">Whether a browser of this machine is opened; else the person pastes a code.</param>
    public async Task<string> AskAsync(bool opensBrowser)
    {
        var code = (opensBrowser ? await ThroughBrowserAsync() : null) ?? ByHand();
        using var client = new ApiClient(server, null);
        var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/login", new JsonObject { ["code"] = code, ["verifier"] = _verifier });
        return (string?)answer?["token"] ?? throw new CommandRefusedException(ExitCodes.Unreachable, $"{ServerAddress.Show(server)} does not answer as a console does.");
    }

    // Null where no browser could be opened here.
    private async Task<string?> ThroughBrowserAsync()
    {
        using var listener = new LoopbackListener(_state);
        var page = Page(listener.Port);
        if (!around.OpenBrowser(page))
        {
            return null;
        }

        terminal.Say($"Confirm the login in the browser that opens. If none does: {page}");
        try
        {
            return await listener.AnswerAsync().WaitAsync(Patience)
                ?? throw new CommandRefusedException(ExitCodes.Refused, "The login was refused in the browser.");
        }
        catch (TimeoutException)
        {
            throw new CommandRefusedException(ExitCodes.NotSignedIn, "Nobody confirmed the login in time.", "Run it again; with --no-browser where the browser is on another machine.");
        }
    }

    private string ByHand()
    {
        terminal.Say($"Open this address in a browser, confirm, and paste the code that is shown: {Page(null)}");
        return terminal.ReadHidden("Code:").Trim() is { Length: > 0 } code ? code
            : throw CommandRefusedException.Usage("No code was given.", "Run it again, or pipe a token into projectconsole login --token.");
    }

    private Uri Page(int? port)
    {
        var challenge = Base64Url.EncodeToString(LoginChallenge.Of(_verifier, LoginChallenge.Console(server)));
        return new Uri(server, ConsoleUrls.CommandLineLogin(around.Machine, challenge, _state, port));
    }
}
