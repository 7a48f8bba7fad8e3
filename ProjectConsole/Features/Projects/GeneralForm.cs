namespace ProjectConsole.Features.Projects;

/// <summary>The settings of a project as they are being typed.</summary>
public sealed class GeneralForm
{
    /// <summary>Begins with settings as they are.</summary>
    public GeneralForm(ProjectSettings settings)
    {
        Version = settings.Version;
        Name = settings.Name;
        Description = settings.Description;
        Structure = settings.Structure;
        Labels = string.Join(", ", settings.Labels);
        Configuration = ConfigurationRow.Rows(settings.Configuration);
        Documentation = settings.Documentation;
    }

    /// <summary>The edit token under which the settings were read.</summary>
    public Guid Version { get; set; }

    /// <summary>Project Name.</summary>
    public string Name { get; set; }

    /// <summary>Description.</summary>
    public string Description { get; set; }

    /// <summary>Key of a structure.</summary>
    public string? Structure { get; set; }

    /// <summary>Labels, separated by commas.</summary>
    public string Labels { get; set; }

    /// <summary>Rows of configuration values.</summary>
    public List<ConfigurationRow> Configuration { get; }

    /// <summary>Markdown.</summary>
    public string Documentation { get; set; }

    /// <summary>What was typed.</summary>
    internal ProjectSettings Typed => new(Version)
    {
        Name = Name,
        Description = Description,
        Structure = Structure,
        Labels = Labels.Split(','),
        Configuration = ConfigurationRow.Values(Configuration),
        Documentation = Documentation,
    };
}
