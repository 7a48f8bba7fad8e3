using System.Text.Json.Nodes;
using ProjectConsole.CommandLine;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.CommandLine;

/// <summary>A folder, an environment and settings of their own in which commands are typed.</summary>
public sealed class TypedPlace : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("projectconsole-typed-");

    public TypedPlace() => (Folder, Variables["XDG_CONFIG_HOME"]) = (_home.CreateSubdirectory("work").FullName, Path.Combine(_home.FullName, "config"));

    /// <summary>The environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The working folder.</summary>
    public string Folder { get; set; }

    /// <summary>Where settings are stored.</summary>
    public string SettingsPath => Around.SettingsPath;

    /// <summary>What a browser does with an address; false where none is opened.</summary>
    public Func<Uri, bool> Browser { get; set; } = _ => false;

    internal Surroundings Around => new(Variables.GetValueOrDefault, Folder, new TestClock()) { OpenBrowser = page => Browser(page), Machine = "build-box" };

    /// <summary>Types a command where nobody is asked.</summary>
    public Task<Typed> TypeAsync(params string[] args) => PipeAsync("", args);

    /// <summary>Types a command and pipes something into it.</summary>
    public Task<Typed> PipeAsync(string input, params string[] args) => RunAsync(_ => new StringReader(input), canAsk: false, args);

    /// <summary>Types a command and pipes something into it that depends on what it says.</summary>
    public Task<Typed> PipeAsync(Func<string, string> input, params string[] args) => RunAsync(said => new Hesitating(() => input(said.ToString())), canAsk: false, args);

    /// <summary>Types a command and answers what is asked.</summary>
    public Task<Typed> AnswerAsync(string answer, params string[] args) => RunAsync(_ => new StringReader(answer), canAsk: true, args);

    /// <summary>Types a command and does something before answering what is asked.</summary>
    public Task<Typed> AnswerAsync(Func<string> answer, params string[] args) => RunAsync(_ => new Hesitating(answer), canAsk: true, args);

    public void Dispose() => _home.Delete(recursive: true);

    private async Task<Typed> RunAsync(Func<StringWriter, TextReader> reading, bool canAsk, string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        using var input = reading(error);
        var code = await ClientProgram.RunAsync(args, new Terminal(output, error, input) { CanAsk = canAsk }, Around);
        return new Typed(code, output.ToString(), error.ToString());
    }

    private sealed class Hesitating(Func<string> answer) : TextReader
    {
        public override string? ReadLine() => answer();
    }
}

/// <summary>How a command ended.</summary>
public sealed record Typed(int Code, string Output, string Error)
{
    /// <summary>The output as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;

    /// <summary>The output line by line.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
