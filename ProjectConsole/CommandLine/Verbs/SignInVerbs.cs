using ProjectConsole.Shared;

namespace ProjectConsole.CommandLine.Verbs;

/// <summary>Who calls, which console is asked, and which project is meant.</summary>
internal static class SignInVerbs
{
    private static readonly Option Token = new("--token", null, "Read a token from what is piped in, or ask for it without showing it, instead of asking in the browser");
    private static readonly Option NoBrowser = new("--no-browser", null, "Open none here: show an address for a browser anywhere, and ask for the code that it shows");

    /// <summary>The commands.</summary>
    public static IReadOnlyList<Verb> List { get; } =
    [
        new("login", "Sign in to a console: the browser opens, and you confirm there", LoginAsync) { Options = [NoBrowser, Token] },
        new("logout", "Revoke the stored token, and forget it", LogoutAsync) { IsLocal = true },
        new("whoami", "Say who calls, and which project is meant", WhoamiAsync),
        new("init", "Say for this folder which project is meant: writes .projectconsole", InitAsync) { IsConfirmed = true },
    ];

    private static async Task<int> LoginAsync(Invocation run)
    {
        var server = run.Server;
        var shown = ServerAddress.Show(server);
        if (run.Typed.Has(Token) && run.Typed.Has(NoBrowser))
        {
            throw CommandRefusedException.Usage($"{Token.Name} asks no browser.", $"Leave {NoBrowser.Name} out.");
        }

        if (ServerAddress.IsOpenToOthers(server))
        {
            run.Terminal.Say($"{shown} is reached without encryption: the token can be read on the way.");
        }

        var token = run.Typed.Has(Token) ? ReadToken(run, server) : await new BrowserLogin(server, run.Terminal, run.Around).AskAsync(!run.Typed.Has(NoBrowser));
        using var client = new ApiClient(server, token);
        var who = await client.GetAsync("/api/v1/whoami");
        // What was active on another console means nothing on this one; a key has its own project.
        var kept = run.Stored.Server == shown ? run.Stored : new StoredSettings();
        kept = (string?)who["project"] is { } project ? kept with { Organization = (string?)who["organization"], Project = project } : kept;
        (kept with { Server = shown, Token = token }).Write(run.Around.SettingsPath);
        run.Report.WriteChange(who, isTried: false, $"Signed in to {shown} as {Terminal.Plain((string?)who["name"] ?? "")}.");
        if (run.Around.Find(ServerAddress.TokenVariable) is not null)
        {
            run.Terminal.Say($"{ServerAddress.TokenVariable} is set and is used instead.");
        }

        return ExitCodes.Done;
    }

    private static string ReadToken(Invocation run, Uri server) => run.Terminal.ReadHidden("Token:").Trim() is { Length: > 0 } token ? token
        : throw CommandRefusedException.Usage("No token was given.", $"Make one on {new Uri(server, ConsoleUrls.NewToken)} and pipe it into projectconsole login --token.");

    private static async Task<int> LogoutAsync(Invocation run)
    {
        if (run.Stored is not { Token: { } token, Server: { } known })
        {
            run.Terminal.Say("No token is stored.");
            return ExitCodes.Done;
        }

        (run.Stored with { Token = null }).Write(run.Around.SettingsPath);
        if (await EndAsync(new Uri(known), token))
        {
            run.Terminal.Write("The token is revoked, and forgotten here.");
            return ExitCodes.Done;
        }

        run.Terminal.Write("The token is forgotten here.");
        run.Terminal.Say($"It may open on until it is revoked: {new Uri(new Uri(known), ConsoleUrls.Tokens)}");
        return ExitCodes.Done;
    }

    // A project's key is others' too, and a console that does not answer keeps nobody signed in here.
    private static async Task<bool> EndAsync(Uri server, string token)
    {
        try
        {
            using var client = new ApiClient(server, token);
            await client.SendAsync(HttpMethod.Delete, "/api/v1/account/token");
            return true;
        }
        catch (CommandRefusedException)
        {
            return false;
        }
    }

    private static async Task<int> WhoamiAsync(Invocation run)
    {
        using var client = run.Open();
        var who = await client.GetAsync("/api/v1/whoami");
        var (organization, project) = (run.Scope.FindOrganization(), run.Scope.FindProject());
        run.Report.WriteOne(
            who,
            ("server", ServerAddress.Show(run.Server)),
            ("name", (string?)who["name"]),
            ("kind", (string?)who["kind"]),
            ("token", (string?)who["token"]),
            ("key of", (string?)who["project"] is { } own ? $"{who["organization"]}/{own}" : null),
            ("organization", organization is { } named ? $"{named.Organization}  (from {named.Where})" : "none"),
            ("project", project is { } meant ? $"{meant.Project}  (from {meant.Where})" : "none"),
            ("permissions", Report.Names(who["permissions"])));
        return ExitCodes.Done;
    }

    private static async Task<int> InitAsync(Invocation run)
    {
        var (organization, project) = (run.Scope.Organization(), run.Scope.Project());
        using (var client = run.Open())
        {
            _ = await client.GetAsync(run.ProjectPath());
        }

        var path = Path.Combine(run.Around.Folder, ProjectFile.Name);
        if (File.Exists(path))
        {
            run.Confirm($"{path} exists. Replace it? (yes)", "yes");
        }

        ProjectFile.Write(path, organization, project);
        run.Report.WriteChange(null, isTried: false, $"{path} names {organization}/{project}.");
        return ExitCodes.Done;
    }
}
