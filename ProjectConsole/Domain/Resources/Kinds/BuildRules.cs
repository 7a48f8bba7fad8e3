using System.Globalization;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Resources.Kinds;

/// <summary>What must hold between the fields of what is built, and between a run and its pipeline.</summary>
internal static class BuildRules
{
    // Measures have no range in common: shares end at 1, percents at 100, and a word error rate or a likelihood at neither.
    private const decimal Furthest = 1_000_000;

    // A message names some of a hundred possible configurations.
    private const int MostNamed = 10;

    private static readonly string[] OfInstance = ["snapshot", "image"];
    private static readonly string[] Comparisons = [">=", "<=", ">", "<"];

    /// <summary>Runs name a configuration of a pipeline by its name, so that each has one of its own.</summary>
    public static IEnumerable<FieldError> CheckPipeline(ResourceSpec pipeline)
    {
        var names = new HashSet<string>();
        foreach (var (row, index) in pipeline.Rows("configurations").Select((row, index) => (row, index)))
        {
            if (row.Text("name") is { } name && !names.Add(name))
            {
                yield return new FieldError($"spec.configurations[{index}].name", $"There is a configuration {name} already.");
            }
        }
    }

    /// <summary>A template is of a pipeline, which it names, or of an instance, and has nothing of the other.</summary>
    public static IEnumerable<FieldError> CheckTemplate(ResourceSpec template)
    {
        if (template.Text("of") == "pipeline")
        {
            if (!template.Has("pipeline"))
            {
                yield return new FieldError("spec.pipeline", "A template of a pipeline names its pipeline.");
            }

            foreach (var field in OfInstance.Where(template.Has))
            {
                yield return new FieldError($"spec.{field}", $"A template of a pipeline has no {field}: leave it empty.");
            }
        }
        else if (template.Text("of") == "instance" && template.Has("pipeline"))
        {
            yield return new FieldError("spec.pipeline", "A template of an instance has no pipeline: leave it empty.");
        }
    }

    /// <summary>A run has a configuration that its pipeline has.</summary>
    public static IEnumerable<FieldError> CheckConfiguration(ResourceSpec run, Func<string, ResourceSpec?> named)
    {
        if (run.Text("configuration") is not { } configuration || named("pipeline") is not { } pipeline)
        {
            yield break;
        }

        var names = pipeline.Rows("configurations").Select(row => row.Text("name")).ToList();
        if (!names.Contains(configuration))
        {
            yield return new FieldError("spec.configuration", names.Count == 0
                ? $"{run.Text("pipeline")} has no configurations: leave it empty."
                : $"{run.Text("pipeline")} has no configuration {configuration}. It has {string.Join(", ", names.Take(MostNamed))}{(names.Count > MostNamed ? " and more" : "")}.");
        }
    }

    /// <summary>What is wrong with the score at which an evaluation passes, or null.</summary>
    public static string? ThresholdProblem(string text)
    {
        var comparison = Array.Find(Comparisons, sign => text.StartsWith(sign, StringComparison.Ordinal)) ?? "";
        return decimal.TryParse(text[comparison.Length..].Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= Furthest
            ? null : string.Create(CultureInfo.InvariantCulture, $"Write a number from {-Furthest:N0} to {Furthest:N0}, with >=, <=, > or < before it if need be: >= 0.82.");
    }
}
