using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>A project as a person typed it, before anything is checked.</summary>
public sealed record ProjectDraft
{
    /// <summary>The field of the Project ID in errors.</summary>
    public const string ProjectId = "ProjectId";

    /// <summary>The field of the workspace in errors.</summary>
    public const string Workspace = "Workspace";

    /// <summary>The most collaborators of a draft; more can be added to the project afterwards.</summary>
    public const int MostCollaborators = 50;

    /// <summary>Display name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Project ID.</summary>
    public string Slug { get; init; } = "";

    /// <summary>Brief explanation.</summary>
    public string Description { get; init; } = "";

    /// <summary>Key of a structure, or null.</summary>
    public string? Structure { get; init; }

    /// <summary>A workspace of the organization; null for the one named default.</summary>
    public Guid? WorkspaceId { get; init; }

    /// <summary>Slug of a workspace, for whoever has no id; null where <see cref="WorkspaceId"/> says it.</summary>
    public string? WorkspaceSlug { get; init; }

    /// <summary>Who is to work in it from the start, besides its creator.</summary>
    public IReadOnlyList<DraftCollaborator> Collaborators { get; init; } = [];

    /// <summary>Named values that runs and jobs receive.</summary>
    public IReadOnlyList<ConfigurationValue> Configuration { get; init; } = [];

    /// <summary>The field of one of the collaborators in errors.</summary>
    public static string CollaboratorField(int index) => $"Collaborators[{index}]";

    /// <summary>Cleans and checks all that needs no database.</summary>
    internal Result<(ProjectDetails Details, string Slug)> Check(string pattern, string hint)
    {
        var slug = Domain.Projects.Slug.Clean(Slug);
        var details = ProjectDetails.Check(Name, Description, Structure, [], Configuration);
        var errors = (details.Error as Invalid)?.Fields.ToList() ?? [];
        if (ProjectIdRules.Error(slug, pattern, hint) is { } wrong)
        {
            errors.Add(new FieldError(ProjectId, wrong));
        }

        if (Collaborators.Count > MostCollaborators)
        {
            // Beside the first that is too many.
            errors.Add(new FieldError(
                CollaboratorField(MostCollaborators),
                $"At most {MostCollaborators} people can be added with a new project; these are {Collaborators.Count}. Add the others afterwards."));
        }

        return errors.Count == 0 ? (details.Value, slug) : new Invalid(errors);
    }
}

/// <summary>Somebody to add while the project is created.</summary>
/// <param name="Email">Typed address.</param>
/// <param name="RoleKey">Stored name of a built-in role.</param>
/// <param name="IsExternal">The person belongs to another organization.</param>
public sealed record DraftCollaborator(string Email, string RoleKey, bool IsExternal)
{
    /// <summary>The role; Developer where the name is none.</summary>
    public ProjectRole Role => ProjectRole.Find(RoleKey) ?? ProjectRole.Developer;
}

/// <summary>A project that was made.</summary>
public sealed record CreatedProject(Guid Id, string Slug, string Name);
