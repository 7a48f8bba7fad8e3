using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine;

/// <summary>The command line: calls the API of a running console. Neither web host nor database is touched.</summary>
internal static class ClientProgram
{
    /// <summary>What starts the server; it is the default.</summary>
    public const string Serve = "serve";

    /// <summary>
    /// Whether these arguments are a command. Options and <c>Name=value</c> at the start are settings of the server, so that
    /// <c>--urls</c> and the like go on to it.
    /// </summary>
    public static bool IsMeant(IReadOnlyList<string> args) =>
        args is ["--help" or "-h" or "--version", ..]
        || (args is [{ Length: > 0 } first, ..] && first is not (Serve or "admin") && first[0] is not ('-' or '/') && !first.Contains('=', StringComparison.Ordinal));

    /// <summary>Carries a command out and answers the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, Surroundings around)
    {
        var isJson = args.Contains("--output=json") || args.Zip(args.Skip(1)).Any(pair => pair is ("--output" or "-o", "json"));
        try
        {
            if (args is ["--help" or "-h" or "help", ..])
            {
                HelpText.WriteAll(terminal, AllVerbs.List);
                return ExitCodes.Done;
            }

            var typed = TypedCommand.Read(args is ["--version"] ? ["version"] : args, AllVerbs.List);
            if (typed.Has(Option.Help))
            {
                HelpText.Write(terminal, typed.Verb);
                return ExitCodes.Done;
            }

            return await typed.Verb.RunAsync(new Invocation(typed, terminal, around));
        }
        catch (CommandRefusedException refusal)
        {
            Say(terminal, refusal, isJson);
            return refusal.Code;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Files of this person: the message names them.
            Say(terminal, new CommandRefusedException(ExitCodes.Refused, failure.Message), isJson);
            return ExitCodes.Refused;
        }
    }

    private static void Say(Terminal terminal, CommandRefusedException refusal, bool isJson)
    {
        if (isJson)
        {
            var told = new JsonObject { ["error"] = refusal.Message, ["next"] = refusal.Next, ["exitCode"] = refusal.Code, ["problem"] = refusal.Problem?.DeepClone() };
            terminal.Say(told.ToJsonString(JsonSerializerOptions.Default));
            return;
        }

        terminal.Say(refusal.Message);
        if (refusal.Next is { } next)
        {
            terminal.Say($"Next: {next}");
        }
    }
}
