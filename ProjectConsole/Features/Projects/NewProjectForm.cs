using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Features.Projects;

/// <summary>What a person has typed into Add a New Project; kept in the browser, so that it survives a reload and a restart of the server.</summary>
public sealed class NewProjectForm
{
    /// <summary>The step that is shown, from 1.</summary>
    public int Step { get; set; } = 1;

    /// <summary>Sent along with the creation, so that sending it twice makes one project.</summary>
    public Guid Key { get; set; } = Guid.NewGuid();

    /// <summary>Project Name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Project ID.</summary>
    public string Slug { get; set; } = "";

    /// <summary>The person typed the Project ID, so it no longer follows the name.</summary>
    public bool IsSlugTyped { get; set; }

    /// <summary>Description.</summary>
    public string Description { get; set; } = "";

    /// <summary>Key of a structure.</summary>
    public string? Structure { get; set; }

    /// <summary>Chosen workspace.</summary>
    public Guid? WorkspaceId { get; set; }

    /// <summary>Rows for collaborators; empty ones do not count.</summary>
    public List<NewCollaboratorRow> Collaborators { get; set; } = [new()];

    /// <summary>Rows for configuration values; empty ones do not count.</summary>
    public List<ConfigurationRow> Configuration { get; set; } = [];

    /// <summary>The rows with an address.</summary>
    internal IEnumerable<NewCollaboratorRow> Added => Collaborators.Where(row => !string.IsNullOrWhiteSpace(row.Email));

    /// <summary>The same within the bounds of the form: what comes from a browser may hold anything.</summary>
    internal NewProjectForm Clamped()
    {
        Step = Math.Clamp(Step, 1, 3);
        (Name, Slug, Description) = (Name ?? "", Slug ?? "", Description ?? "");
        Collaborators = [.. (Collaborators ?? []).Where(row => row is { Email: not null, Role: not null }).Take(ProjectDraft.MostCollaborators)];
        Configuration = [.. (Configuration ?? []).Where(row => row is { Name: not null, Value: not null }).Take(ProjectDetails.MostConfigurationValues)];
        return this;
    }

    /// <summary>The Project ID proposed for the name, unless the person typed one.</summary>
    internal void FollowName()
    {
        if (!IsSlugTyped)
        {
            Slug = Domain.Projects.Slug.Derive(Name);
        }
    }

    /// <summary>Takes a typed Project ID; an emptied field follows the name again.</summary>
    internal void TypeSlug(string typed)
    {
        Slug = typed;
        IsSlugTyped = typed.Trim() != "";
    }

    /// <summary>The draft to check or create; the first step is checked without the second.</summary>
    internal ProjectDraft ToDraft(bool withSettings) => new()
    {
        Name = Name,
        Slug = Slug,
        Description = Description,
        Structure = Structure,
        WorkspaceId = WorkspaceId,
        Collaborators = withSettings ? [.. Added.Select(row => new DraftCollaborator(row.Email, row.Role, row.IsExternal))] : [],
        Configuration = withSettings ? ConfigurationRow.Values(Configuration) : [],
    };
}

/// <summary>A row for somebody to add.</summary>
public sealed class NewCollaboratorRow
{
    /// <summary>Typed address.</summary>
    public string Email { get; set; } = "";

    /// <summary>Stored name of the role.</summary>
    public string Role { get; set; } = ProjectRole.Developer.Key;

    /// <summary>The person belongs to another organization.</summary>
    public bool IsExternal { get; set; }
}

/// <summary>A row for a configuration value.</summary>
public sealed class ConfigurationRow
{
    /// <summary>Typed name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Typed value.</summary>
    public string Value { get; set; } = "";

    /// <summary>The rows of values as they are.</summary>
    internal static List<ConfigurationRow> Rows(IEnumerable<ConfigurationValue> values) =>
        [.. values.Select(value => new ConfigurationRow { Name = value.Name, Value = value.Value })];

    /// <summary>The rows that hold something.</summary>
    internal static IReadOnlyList<ConfigurationValue> Values(IEnumerable<ConfigurationRow> rows) =>
        [.. rows.Where(row => row.Name.Trim() != "" || row.Value.Trim() != "").Select(row => new ConfigurationValue(row.Name, row.Value))];
}
