using System.Reflection;
using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine.Verbs;

/// <summary>The program itself.</summary>
internal static class ProgramVerbs
{
    /// <summary>The commands.</summary>
    public static IReadOnlyList<Verb> List { get; } =
    [
        new("completion", "Write the completion for a shell", CompleteAsync) { Arguments = ["bash|zsh"], IsLocal = true },
        new("version", "Say which version this is", VersionAsync) { IsLocal = true, Options = [Option.Output] },
    ];

    private static Task<int> CompleteAsync(Invocation run)
    {
        run.Terminal.Write(run.Typed.Argument(0) switch
        {
            "bash" => Completion.Bash(AllVerbs.List),
            "zsh" => Completion.Zsh(AllVerbs.List),
            _ => throw CommandRefusedException.Usage("There is completion for bash and for zsh.", "source <(projectconsole completion bash)"),
        });
        return Task.FromResult(ExitCodes.Done);
    }

    private static Task<int> VersionAsync(Invocation run)
    {
        var version = typeof(ProgramVerbs).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        if (run.Report.IsJson)
        {
            run.Report.WriteJson(new JsonObject { ["version"] = version });
        }
        else
        {
            run.Terminal.Write($"ProjectConsole {version}");
        }

        return Task.FromResult(ExitCodes.Done);
    }
}
