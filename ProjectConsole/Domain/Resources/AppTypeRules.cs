using System.Text.Encodings.Web;
using System.Text.Json;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Resources;

/// <summary>The types of app that an organization offers: which it begins with, what it may keep, and how they are stored.</summary>
public static class AppTypeRules
{
    /// <summary>The most types; there is always one.</summary>
    public const int Most = 100;

    /// <summary>Longest title.</summary>
    public const int LongestTitle = 60;

    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Those with which every organization begins.</summary>
    public static IReadOnlyList<FieldChoice> BuiltIn { get; } =
    [
        new("jupyter", "Jupyter"), new("jupyter-lab", "JupyterLab"), new("vscode", "Code editor"), new("pycharm", "PyCharm Community"), new("terminal", "Terminal"),
        new("grafana", "Grafana"), new("mlflow", "MLflow"), new("label-studio", "Label Studio"), new("llm-inference", "LLM inference"), new("text-embeddings", "Text embeddings"),
        new("stable-diffusion", "Stable Diffusion"), new("fooocus", "Fooocus"), new("dify", "Dify"), new("postgresql", "PostgreSQL"), new("weaviate", "Weaviate"),
        new("apolo-deploy", "Apolo Deploy"), new("custom", "Another"),
    ];

    /// <summary>Checks a whole list; every wrong entry is named by its place in it: <c>types[0].name</c>.</summary>
    public static Result<IReadOnlyList<FieldChoice>> Check(IReadOnlyList<FieldChoice> typed)
    {
        var types = typed.Select(type => new FieldChoice(TextRules.Clean(type.Name), TextRules.Clean(type.Title))).ToList();
        if (types.Count is 0 or > Most)
        {
            return new Invalid("types", $"Keep 1 to {Most} app types; these are {types.Count}.");
        }

        var wrong = new List<FieldError>();
        for (var index = 0; index < types.Count; index++)
        {
            var (name, title) = (types[index].Name, types[index].Title);
            var problem = ResourceNames.Problem(name) ?? (types.FindIndex(type => type.Name == name) < index ? $"{name} stands twice in the list." : null);
            wrong.AddRange(problem is null ? [] : [new FieldError($"types[{index}].name", problem)]);
            wrong.AddRange(TextRules.NameError(title, "Title", LongestTitle) is { } badTitle ? [new FieldError($"types[{index}].title", badTitle)] : []);
        }

        return wrong.Count > 0 ? new Invalid(wrong) : types;
    }

    /// <summary>Reads what <see cref="ToText"/> wrote; an organization that never changed its list has no text.</summary>
    public static IReadOnlyList<FieldChoice> Read(string? text) => text is null ? BuiltIn : JsonSerializer.Deserialize<List<FieldChoice>>(text, Written)!;

    /// <summary>As they are stored.</summary>
    public static string ToText(IReadOnlyList<FieldChoice> types) => JsonSerializer.Serialize(types, Written);
}
