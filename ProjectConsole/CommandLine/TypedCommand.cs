namespace ProjectConsole.CommandLine;

/// <summary>What was typed, read against what the command takes.</summary>
internal sealed class TypedCommand
{
    private readonly Dictionary<string, List<string>> _options = [];
    private readonly List<string> _arguments = [];

    private TypedCommand(Verb verb) => Verb = verb;

    /// <summary>The command.</summary>
    public Verb Verb { get; }

    /// <summary>Reads arguments that begin with a command's words.</summary>
    /// <exception cref="CommandRefusedException">They are no command, or not as it takes them.</exception>
    public static TypedCommand Read(IReadOnlyList<string> args, IReadOnlyList<Verb> verbs)
    {
        var verb = verbs.Where(verb => verb.Name.Split(' ') is var words && args.Count >= words.Length && words.SequenceEqual(args.Take(words.Length)))
            .MaxBy(verb => verb.Name.Length) ?? throw Unknown(args, verbs);
        var typed = new TypedCommand(verb);
        typed.ReadRest(new Queue<string>(args.Skip(verb.Name.Split(' ').Length)));
        return typed;
    }

    /// <summary>Whether an option was given.</summary>
    public bool Has(Option option) => _options.ContainsKey(option.Name);

    /// <summary>The value of an option; null where it was not given.</summary>
    public string? Value(string name) => _options.TryGetValue(name, out var values) ? values[0] : null;

    /// <summary>Every value of an option that may stand there several times.</summary>
    public IReadOnlyList<string> Values(string name) => _options.GetValueOrDefault(name) ?? [];

    /// <summary>What stands at a place behind the words; null where nothing does.</summary>
    public string? Argument(int index) => index < _arguments.Count ? _arguments[index] : null;

    private static CommandRefusedException Unknown(IReadOnlyList<string> args, IReadOnlyList<Verb> verbs)
    {
        var below = verbs.Where(verb => verb.Name.StartsWith(args[0] + " ", StringComparison.Ordinal)).Select(verb => verb.Name).ToList();
        return below.Count > 0
            ? CommandRefusedException.Usage($"{args[0]} needs one more word.", $"One of: {string.Join(", ", below)}.")
            : CommandRefusedException.Usage($"There is no command {Terminal.Plain(args[0])}.", "projectconsole --help shows which there are.");
    }

    private void ReadRest(Queue<string> rest)
    {
        var onlyArguments = false;
        while (rest.TryDequeue(out var word))
        {
            if (!onlyArguments && word == "--")
            {
                onlyArguments = true;
            }
            else if (!onlyArguments && word is ['-', not (>= '0' and <= '9'), ..])
            {
                ReadOption(word, rest);
            }
            else
            {
                _arguments.Add(word);
            }
        }

        if (Has(Option.Help))
        {
            return;
        }

        var needed = Verb.Arguments.Count(argument => argument[0] != '[');
        if (_arguments.Count < needed)
        {
            throw Wrong($"{Verb.Arguments[_arguments.Count]} is missing.");
        }

        if (_arguments.Count > Verb.Arguments.Count)
        {
            throw Wrong(Verb.Arguments.Count == 0 ? "It takes nothing but options." : $"It takes {string.Join(' ', Verb.Arguments)} and nothing more.");
        }
    }

    private void ReadOption(string word, Queue<string> rest)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = (equals < 0 ? word : word[..equals]) switch { "-o" => Option.Output.Name, "-y" => Option.Yes.Name, "-h" => Option.Help.Name, var other => other };
        var option = Verb.AllOptions.FirstOrDefault(option => option.Name == name) ?? throw Wrong($"There is no option {Terminal.Plain(name)}.");
        var value = equals < 0 ? null : word[(equals + 1)..];
        if (option.Value is null && value is not null)
        {
            throw Wrong($"{name} takes no value here.");
        }

        // A word with dashes is the next option, and this one was left without its value.
        if (option.Value is not null && value is null && (!rest.TryPeek(out var next) || next.StartsWith("--", StringComparison.Ordinal) || !rest.TryDequeue(out value)))
        {
            throw Wrong($"{name} needs a value: {name} {option.Value}.");
        }

        if (_options.TryGetValue(name, out var values) && !option.IsRepeated)
        {
            throw Wrong($"{name} stands there twice.");
        }

        (values ?? (_options[name] = [])).Add(value ?? "");
    }

    private CommandRefusedException Wrong(string message) => CommandRefusedException.Usage(message, $"{Verb.Usage}; projectconsole {Verb.Name} --help shows the options.");
}
