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

    internal Surroundings Around => new(Variables.GetValueOrDefault, Folder, new TestClock());

    /// <summary>Types a command where nobody is asked.</summary>
    public Task<Typed> TypeAsync(params string[] args) => PipeAsync("", args);

    /// <summary>Types a command and pipes something into it.</summary>
    public Task<Typed> PipeAsync(string input, params string[] args) => RunAsync(new StringReader(input), canAsk: false, args);

    /// <summary>Types a command and answers what is asked.</summary>
    public Task<Typed> AnswerAsync(string answer, params string[] args) => RunAsync(new StringReader(answer), canAsk: true, args);

    /// <summary>Types a command and does something before answering what is asked.</summary>
    public Task<Typed> AnswerAsync(Func<string> answer, params string[] args) => RunAsync(new Hesitating(answer), canAsk: true, args);

    public void Dispose() => _home.Delete(recursive: true);

    private async Task<Typed> RunAsync(TextReader reader, bool canAsk, string[] args)
    {
        using var input = reader;
        await using var output = new StringWriter();
        await using var error = new StringWriter();
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
