using System.Globalization;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>The general settings as typed, so that a wrong number stays in its field.</summary>
internal sealed class GeneralSettingsForm
{
    public static IReadOnlyList<RadioCard<ProjectCreation>> CreationCards { get; } =
    [
        new(ProjectCreation.Everyone, "Everyone", "Every member but Auditors."),
        new(ProjectCreation.TickedMembers, "Ticked members", "Members that are ticked on the Members tab."),
        new(ProjectCreation.Admins, "Admins", "Owners and Admins only."),
    ];

    public static IReadOnlyList<RadioCard<Joining>> JoiningCards { get; } =
    [
        new(Joining.DirectAdd, "Direct add", "Whoever may add people adds them; it takes effect at once."),
        new(Joining.Invitation, "Invitation", "People get a link by mail and accept by themselves."),
    ];

    public string Name { get; set; } = "";

    public Joining Joining { get; set; }

    public bool AllowsGrantsBesideTeams { get; set; }

    public ProjectCreation ProjectCreation { get; set; }

    public string ProjectsPerPerson { get; set; } = "";

    public string ProjectIdPattern { get; set; } = "";

    public string ProjectIdHint { get; set; } = "";

    public bool AllowsExternalCollaborators { get; set; }

    public string IdleSignOutMinutes { get; set; } = "";

    /// <summary>As typed.</summary>
    public string LongestKeyLifeDays { get; set; } = "";

    /// <summary>A Project ID to try the pattern on.</summary>
    public string Try { get; set; } = "";

    public string? PatternError => (OrganizationSettings.Check(new OrganizationSettings { Name = "x", ProjectIdPattern = ProjectIdPattern }).Error as Invalid)
        ?.For(nameof(OrganizationSettings.ProjectIdPattern));

    public string? TryError => Try == "" ? null : Slug.Error(Slug.Clean(Try)) ?? (Matches ? null : "Does not match the pattern.");

    public string? TryGood => Try != "" && TryError is null ? "Matches" : null;

    private bool Matches => PatternError is null && OrganizationSettings.Matches(TextRules.Clean(ProjectIdPattern), Slug.Clean(Try));

    public static GeneralSettingsForm Of(OrganizationSettings settings) => new()
    {
        Name = settings.Name,
        ProjectCreation = settings.ProjectCreation,
        ProjectsPerPerson = Text(settings.ProjectsPerPerson),
        ProjectIdPattern = settings.ProjectIdPattern,
        ProjectIdHint = settings.ProjectIdHint,
        AllowsExternalCollaborators = settings.AllowsExternalCollaborators,
        Joining = settings.Joining,
        AllowsGrantsBesideTeams = settings.AllowsGrantsBesideTeams,
        IdleSignOutMinutes = Text(settings.IdleSignOutMinutes),
        LongestKeyLifeDays = Text(settings.LongestKeyLifeDays),
    };

    public Result<OrganizationSettings> ToSettings()
    {
        var errors = new List<FieldError>();
        var settings = new OrganizationSettings
        {
            Name = Name,
            ProjectCreation = ProjectCreation,
            ProjectsPerPerson = WholeNumber.Read(ProjectsPerPerson, nameof(ProjectsPerPerson), errors),
            ProjectIdPattern = ProjectIdPattern,
            ProjectIdHint = ProjectIdHint,
            AllowsExternalCollaborators = AllowsExternalCollaborators,
            Joining = Joining,
            AllowsGrantsBesideTeams = AllowsGrantsBesideTeams,
            IdleSignOutMinutes = WholeNumber.Read(IdleSignOutMinutes, nameof(IdleSignOutMinutes), errors),
            LongestKeyLifeDays = WholeNumber.Read(LongestKeyLifeDays, nameof(LongestKeyLifeDays), errors),
        };
        return errors.Count == 0 ? settings : new Invalid(errors);
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
