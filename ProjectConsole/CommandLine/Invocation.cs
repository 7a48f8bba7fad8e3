using System.Globalization;
using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine;

/// <summary>One command that runs: what was typed, where, and the server that it is about.</summary>
internal sealed class Invocation(TypedCommand typed, Terminal terminal, Surroundings around)
{
    private const int UsualLimit = 1000;

    private readonly Lazy<StoredSettings> _stored = new(() => StoredSettings.Read(around.SettingsPath));

    /// <summary>What was typed.</summary>
    public TypedCommand Typed { get; } = typed;

    /// <summary>Where is written and read.</summary>
    public Terminal Terminal { get; } = terminal;

    /// <summary>What there is beside the arguments.</summary>
    public Surroundings Around { get; } = around;

    /// <summary>What was left by earlier commands.</summary>
    public StoredSettings Stored => _stored.Value;

    /// <summary>Whether nothing is to be changed.</summary>
    public bool IsTried => Typed.Has(Option.DryRun);

    /// <summary>How the result is written.</summary>
    public Report Report => new(Terminal, IsJson(Typed));

    /// <summary>The console.</summary>
    public Uri Server => ServerAddress.Find(Typed.Value(Option.Server.Name), Around, Stored);

    /// <summary>Where organization and project can come from.</summary>
    public ScopeSources Scope => Sources(Typed.Value(Option.Project.Name));

    /// <summary>Whether programs read the output.</summary>
    public static bool IsJson(TypedCommand typed) => typed.Value(Option.Output.Name) switch
    {
        null or "table" => false,
        "json" => true,
        _ => throw CommandRefusedException.Usage("--output is table or json."),
    };

    /// <summary>A client for the console.</summary>
    public ApiClient Open() => new(Server, ServerAddress.FindToken(Server, Around, Stored));

    /// <summary>The address of the organization.</summary>
    public string OrganizationPath() => $"/api/v1/organizations/{Uri.EscapeDataString(Scope.Organization())}";

    /// <summary>The address of the project: of the one that stands at a place behind the words, else of the one that is meant.</summary>
    public string ProjectPath(int? argument = null)
    {
        var scope = Sources((argument is { } index ? Typed.Argument(index) : null) ?? Typed.Value(Option.Project.Name));
        var project = scope.Project();
        return $"/api/v1/organizations/{Uri.EscapeDataString(scope.Organization())}/projects/{Uri.EscapeDataString(project)}";
    }

    /// <summary>Calls to change something, or to try it.</summary>
    public async Task<JsonNode?> ChangeAsync(HttpMethod method, string path, JsonNode? body = null, string? version = null)
    {
        using var client = Open();
        return await client.SendAsync(method, Tried(path), body, version);
    }

    /// <summary>Changes something, or tries it, and says so.</summary>
    public async Task<int> ChangeAndSayAsync(HttpMethod method, string path, JsonNode? body, string sentence, string? version = null)
    {
        Report.WriteChange(await ChangeAsync(method, path, body, version), IsTried, sentence);
        return ExitCodes.Done;
    }

    /// <summary>Lists something.</summary>
    public async Task<int> ListAsync(string path, string query, string nothing, params Column[] columns)
    {
        using var client = Open();
        var (rows, hasMore) = await client.ListAsync(path, query, Limit());
        Report.WriteList(rows, hasMore, nothing, columns);
        return ExitCodes.Done;
    }

    /// <summary>The options that narrow a list, as its address has them.</summary>
    public string Query(params string[] names) => string.Concat(names.SelectMany(name => Typed.Values($"--{name}").Select(value => (Name: name, Value: value)))
        .Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}&"));

    /// <summary>Asks the person, where one is there; otherwise <c>--yes</c> must have been typed.</summary>
    public void Confirm(string question, string expected)
    {
        if (IsTried || Typed.Has(Option.Yes))
        {
            return;
        }

        if (!Terminal.CanAsk)
        {
            throw CommandRefusedException.Usage("Nobody is there to confirm it.", "Add --yes to do it without asking, or --dry-run to see what would happen.");
        }

        if (!Terminal.Confirms(question, expected))
        {
            throw new CommandRefusedException(ExitCodes.Refused, "Nothing was changed.");
        }
    }

    private string Tried(string path) => !IsTried ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}dryRun=true";

    private int Limit() => Typed.Value(Option.Limit.Name) is not { } text ? UsualLimit
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit
        : throw CommandRefusedException.Usage("--limit is a number above 0.");

    private ScopeSources Sources(string? project)
    {
        var file = ProjectFile.Find(Around.Folder);
        return new(
            new("the command", Typed.Value(Option.Organization.Name), project),
            new("the environment", Around.Find(ScopeSources.OrganizationVariable), Around.Find(ScopeSources.ProjectVariable)),
            new(file?.Path ?? ProjectFile.Name, file?.Organization, file?.Project),
            new("the active project", Stored.Organization, Stored.Project));
    }
}
