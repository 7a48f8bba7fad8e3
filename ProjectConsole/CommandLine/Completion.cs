namespace ProjectConsole.CommandLine;

/// <summary>Completion of the words and options, from the same list that is run.</summary>
internal static class Completion
{
    private static readonly string[] OfTheHost = ["serve", "admin"];

    /// <summary>For bash.</summary>
    public static string Bash(IReadOnlyList<Verb> verbs) => $$"""
        _projectconsole() {
          local current=${COMP_WORDS[COMP_CWORD]} typed="${COMP_WORDS[*]:1:COMP_CWORD-1}" words
          case "$typed" in
        {{Cases(verbs)}}
          esac
          COMPREPLY=($(compgen -W "$words" -- "$current"))
        }
        complete -F _projectconsole projectconsole ProjectConsole
        """;

    /// <summary>For zsh.</summary>
    public static string Zsh(IReadOnlyList<Verb> verbs) => $$"""
        #compdef projectconsole ProjectConsole
        _projectconsole() {
          local typed="${(j: :)words[2,CURRENT-1]}" words
          case "$typed" in
        {{Cases(verbs)}}
          esac
          compadd -- ${=words}
        }
        compdef _projectconsole projectconsole ProjectConsole
        """;

    // The longer words first: the first pattern that fits counts.
    private static string Cases(IReadOnlyList<Verb> verbs)
    {
        var groups = verbs.Select(verb => verb.Name.Split(' ')).Where(words => words.Length > 1).ToLookup(words => words[0], words => words[1]);
        var first = verbs.Select(verb => verb.Name.Split(' ')[0]).Concat(OfTheHost).Distinct();
        return string.Join('\n',
        [
            .. verbs.OrderByDescending(verb => verb.Name.Length).Select(verb =>
                $"    \"{verb.Name}\" | \"{verb.Name} \"*) words=\"{string.Join(' ', verb.AllOptions.Select(option => option.Name))}\" ;;"),
            .. groups.Select(group => $"    \"{group.Key}\") words=\"{string.Join(' ', group)}\" ;;"),
            $"    \"\") words=\"{string.Join(' ', first)}\" ;;",
        ]);
    }
}
