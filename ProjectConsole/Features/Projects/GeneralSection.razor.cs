using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Projects;

/// <summary>Settings &gt; General: what was typed is kept whatever happens, and a conflict is a choice.</summary>
public sealed partial class GeneralSection
{
    private GeneralForm? _form;
    private Guid _projectId;
    private Invalid _errors = new([]);
    private string? _problem;
    private bool _isStale;
    private bool _busy;

    /// <summary>The project as this person may open it.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    /// <summary>The settings as they were read, carried over from the prerendered page.</summary>
    [PersistentState]
    public LoadedSettings? Loaded { get; set; }

    [Inject]
    public required ProjectSettingsService Settings { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    private bool IsReadOnly => !Project.May(Permissions.ProjectUpdate);

    private string? BestFor => ProjectStructure.Find(_form?.Structure) is { } structure ? $"Best for: {structure.BestFor}" : null;

    protected override async Task OnParametersSetAsync()
    {
        // Another decision about the same project must not throw away what is being typed.
        if (_projectId == Project.Project.Id)
        {
            return;
        }

        _projectId = Project.Project.Id;
        if (Loaded?.ProjectId == _projectId)
        {
            _form = new GeneralForm(Loaded.Settings);
        }
        else
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var result = await Settings.GetAsync(await CurrentActor.GetAsync(), Project.Scope);
        (_errors, _isStale, _problem) = (new Invalid([]), false, result.Error?.Message);
        if (result.Succeeded)
        {
            Loaded = new LoadedSettings(Project.Project.Id, result.Value);
            _form = new GeneralForm(result.Value);
        }
    }

    private Task ReloadTheirsAsync() => OnceAsync(LoadAsync);

    private Task SaveAsync() => OnceAsync(SaveTypedAsync);

    private Task SaveOverAsync() => OnceAsync(async () =>
    {
        var theirs = await Settings.GetAsync(await CurrentActor.GetAsync(), Project.Scope);
        if (theirs.Succeeded)
        {
            _form!.Version = theirs.Value.Version;
            await SaveTypedAsync();
        }
        else
        {
            _problem = theirs.Error.Message;
        }
    });

    private async Task SaveTypedAsync()
    {
        var result = await Settings.SaveAsync(await CurrentActor.GetAsync(), Project.Scope, _form!.Typed);
        _errors = result.Error as Invalid ?? new Invalid([]);
        _isStale = result.Error is Stale;
        _problem = result.Error is null or Invalid or Stale ? null : result.Error.Message;
        if (result.Succeeded)
        {
            await LoadAsync();
            Notifications.Notify(NotificationSeverity.Success, "The settings are saved.");
        }
    }

    private async Task OnceAsync(Func<Task> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await act();
        }
        finally
        {
            _busy = false;
        }
    }
}

/// <summary>Settings, and of which project they are.</summary>
public sealed record LoadedSettings(Guid ProjectId, ProjectSettings Settings);
