using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>What people edit of a project, as read or as typed.</summary>
/// <param name="Version">The edit token under which it was read.</param>
public sealed record ProjectSettings(Guid Version)
{
    /// <summary>Display name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Brief explanation.</summary>
    public string Description { get; init; } = "";

    /// <summary>Key of a structure, or null.</summary>
    public string? Structure { get; init; }

    /// <summary>Free labels.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Named values that runs and jobs receive.</summary>
    public IReadOnlyList<ConfigurationValue> Configuration { get; init; } = [];

    /// <summary>Markdown.</summary>
    public string Documentation { get; init; } = "";

    /// <summary>The settings of a project.</summary>
    internal static ProjectSettings Of(Project project) => new(project.Version)
    {
        Name = project.Name,
        Description = project.Description,
        Structure = project.Structure,
        Labels = project.Labels,
        Configuration = project.Configuration,
        Documentation = project.Documentation,
    };

    /// <summary>Line ends as they are stored; browsers may send both kinds.</summary>
    internal static string Lines(string text) => text.ReplaceLineEndings("\n");

    /// <summary>Cleans and checks everything, and answers all that is wrong at once.</summary>
    internal Result<ProjectDetails> Check()
    {
        var details = ProjectDetails.Check(Name, Description, Structure, Labels, Configuration);
        if (ProjectDetails.DocumentationError(Lines(Documentation)) is not { } wrong)
        {
            return details;
        }

        return new Invalid([.. (details.Error as Invalid)?.Fields ?? [], new FieldError(nameof(Documentation), wrong)]);
    }
}
