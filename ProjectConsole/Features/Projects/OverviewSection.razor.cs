using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>The home page of a project: state, resources by kind, people, activity, documentation.</summary>
public sealed partial class OverviewSection
{
    private Error? _error;
    private DateTime _nowUtc;

    /// <summary>The project as this person may open it.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    /// <summary>What is shown, carried over from the prerendered page.</summary>
    [PersistentState]
    public LoadedOverview? Loaded { get; set; }

    [Inject]
    public required ProjectOverviewService Overviews { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private ProjectOverview? Overview => Loaded?.ProjectId == Project.Project.Id ? Loaded.Overview : null;

    private string SettingsHref => ConsoleUrls.ProjectSettings(Project.Organization.Slug, Project.Project.Slug);

    private string? PeopleHref =>
        Project.May(Permissions.CollaboratorsView) ? ConsoleUrls.Collaborators(Project.Organization.Slug, Project.Project.Slug) : null;

    protected override async Task OnParametersSetAsync()
    {
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        if (Loaded is { } loaded && loaded.ProjectId == Project.Project.Id && loaded.Versions == Project.Versions)
        {
            return;
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var (project, versions) = (Project.Scope, Project.Versions);
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Overviews.GetAsync(actor, project));
        _error = result.Error;
        Loaded = result.Succeeded ? new LoadedOverview(project.ProjectId, versions, result.Value) : null;
    }
}

/// <summary>An overview, of which project it is, and the access versions it was read under.</summary>
public sealed record LoadedOverview(Guid ProjectId, AccessVersions Versions, ProjectOverview Overview);
