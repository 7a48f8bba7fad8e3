using System.Text.RegularExpressions;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Projects;

/// <summary>A named value that runs and jobs of a project receive.</summary>
/// <param name="Name">1 to 64 of letters, digits and underscores, not starting with a digit.</param>
/// <param name="Value">At most 1,000 characters. Not for secrets: everybody who sees the project sees it.</param>
public sealed record ConfigurationValue(string Name, string Value);

/// <summary>The details of a project that people edit, checked and cleaned.</summary>
public sealed partial record ProjectDetails
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 100;

    /// <summary>The most characters of a description.</summary>
    public const int LongestDescription = 1000;

    /// <summary>The most characters of a label.</summary>
    public const int LongestLabel = 40;

    /// <summary>The most labels.</summary>
    public const int MostLabels = 20;

    /// <summary>The most configuration values.</summary>
    public const int MostConfigurationValues = 50;

    /// <summary>The most characters of the documentation.</summary>
    public const int LongestDocumentation = 20_000;

    private ProjectDetails(
        string name, string description, string? structure, IReadOnlyList<string> labels, IReadOnlyList<ConfigurationValue> configuration) =>
        (Name, Description, Structure, Labels, Configuration) = (name, description, structure, labels, configuration);

    /// <summary>Display name.</summary>
    public string Name { get; }

    /// <summary>Brief explanation, possibly empty.</summary>
    public string Description { get; }

    /// <summary>Key of a <see cref="ProjectStructure"/>, or null.</summary>
    public string? Structure { get; }

    /// <summary>Distinct labels in the order typed.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Distinct configuration values in the order typed.</summary>
    public IReadOnlyList<ConfigurationValue> Configuration { get; }

    /// <summary>Details that need no check because the program writes them.</summary>
    public static ProjectDetails Named(string name, string description = "", string? structure = null, params IReadOnlyList<string> labels) =>
        new(name, description, structure, labels, []);

    /// <summary>Cleans and checks what a person typed. Field names: Name, Description, Structure, Labels, Configuration.</summary>
    public static Result<ProjectDetails> Check(
        string? name, string? description, string? structure, IEnumerable<string> labels, IEnumerable<ConfigurationValue> configuration)
    {
        var details = new ProjectDetails(
            TextRules.Clean(name),
            TextRules.Clean(description),
            string.IsNullOrEmpty(structure) ? null : structure,
            [.. labels.Select(TextRules.Clean).Where(label => label != "").Distinct()],
            [.. configuration.Select(value => new ConfigurationValue(TextRules.Clean(value.Name), TextRules.Clean(value.Value)))]);
        var errors = details.Errors().ToList();
        return errors.Count == 0 ? details : new Invalid(errors);
    }

    /// <summary>Checks documentation and answers the sentence for what is wrong, or null.</summary>
    public static string? DocumentationError(string markdown) =>
        TextRules.TextError(markdown, "Documentation", LongestDocumentation)
        ?? (MarkdownNesting.IsTooDeep(markdown)
            ? $"Documentation nests too deep: at most {MarkdownNesting.MostContainers} quotes and lists inside each other, and {MarkdownNesting.MostDelimiters} brackets or marks of emphasis."
            : null);

    private IEnumerable<FieldError> Errors()
    {
        if (TextRules.NameError(Name, "Project Name", LongestName) is { } name)
        {
            yield return new(nameof(Name), name);
        }

        if (TextRules.TextError(Description, "Description", LongestDescription) is { } description)
        {
            yield return new(nameof(Description), description);
        }

        if (Structure is not null && ProjectStructure.Find(Structure) is null)
        {
            yield return new(nameof(Structure), "Choose one of the structures offered.");
        }

        if (LabelsError() is { } labels)
        {
            yield return new(nameof(Labels), labels);
        }

        if (ConfigurationError() is { } configuration)
        {
            yield return new(nameof(Configuration), configuration);
        }
    }

    private string? LabelsError() =>
        Labels.Count > MostLabels
            ? $"A project can have at most {MostLabels} labels; these are {Labels.Count}."
            : Labels.Select(label => TextRules.NameError(label, $"The label \"{label}\"", LongestLabel)).FirstOrDefault(error => error is not null);

    private string? ConfigurationError()
    {
        if (Configuration.Count > MostConfigurationValues)
        {
            return $"A project can have at most {MostConfigurationValues} configuration values; these are {Configuration.Count}.";
        }

        if (Configuration.GroupBy(value => value.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return $"The name {twice.Key} stands twice.";
        }

        return Configuration.Select(value =>
            !ConfigurationName().IsMatch(value.Name)
                ? $"\"{value.Name}\" cannot be a name: use 1 to 64 letters, digits and underscores, not starting with a digit."
                : TextRules.TextError(value.Value, $"The value of {value.Name}", 1000)).FirstOrDefault(error => error is not null);
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex ConfigurationName();
}
