using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Projects;

/// <summary>Add a New Project, in three steps. Nothing is created before the last one.</summary>
public sealed partial class NewProjectSection
{
    private static readonly string[] Steps = ["Details", "Settings", "Review"];

    private NewProjectForm _form = new();
    private Invalid _errors = new([]);
    private ElementReference _element;
    private string? _problem;
    private string _creator = "";
    private bool _busy;
    private bool _focus;

    /// <summary>The organization as this person may enter it.</summary>
    [CascadingParameter]
    public required OrganizationAccess Organization { get; set; }

    /// <summary>What the form must know, carried over from the prerendered page.</summary>
    [PersistentState]
    public StartedProject? Start { get; set; }

    [Inject]
    public required ProjectStartService Starts { get; init; }

    [Inject]
    public required ProjectCreationService Creation { get; init; }

    [Inject]
    public required NewProjectDrafts Drafts { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    private string Slug => Organization.Organization.Slug;

    private IReadOnlyList<NavigationItem> Crumbs => [new("Projects", ConsoleUrls.Projects(Slug))];

    protected override async Task OnParametersSetAsync()
    {
        var actor = await CurrentActor.GetAsync();
        _creator = actor.Name;
        if (Start is null || Start.Versions != Organization.Versions)
        {
            var result = await Starts.StartAsync(actor, Organization.Id);
            Start = new StartedProject(
                Organization.Versions, result.Succeeded ? result.Value : null, result.Succeeded ? result.Value.Allowance.Refusal?.Message : result.Error.Message);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await Drafts.ReadAsync(Slug) is { } kept)
        {
            _form = kept;
            StateHasChanged();
        }
        else if (_focus)
        {
            _focus = false;
            await Browser.InvokeVoidAsync("projectConsole.focusIn", _element);
        }
    }

    // What was wrong with a field says nothing about what stands in it now.
    private Task TypedAsync(string field)
    {
        var followed = field == nameof(NewProjectForm.Name) && !_form.IsSlugTyped;
        _errors = new Invalid([.. _errors.Fields.Where(wrong => wrong.Field != field && !(followed && wrong.Field == ProjectDraft.ProjectId))]);
        return KeepAsync();
    }

    private Task KeepAsync() => Drafts.WriteAsync(Slug, _form);

    private async Task GoToAsync(int step)
    {
        (_form.Step, _errors, _problem, _focus) = (step, new Invalid([]), null, true);
        await KeepAsync();
    }

    // A dry run is the creation itself, rolled back: the steps know no rule of their own.
    private Task NextAsync() => OnceAsync(async () =>
    {
        var actor = await CurrentActor.GetAsync() with { DryRun = true };
        var result = await Creation.CreateAsync(actor, Organization.Id, _form.ToDraft(withSettings: _form.Step > 1));
        if (result.Succeeded)
        {
            await GoToAsync(_form.Step + 1);
        }
        else
        {
            await ShowAsync(result.Error);
        }
    });

    private Task CreateAsync() => OnceAsync(async () =>
    {
        var actor = await CurrentActor.GetAsync() with { IdempotencyKey = _form.Key };
        var result = await Creation.CreateAsync(actor, Organization.Id, _form.ToDraft(withSettings: true));
        if (!result.Succeeded)
        {
            await ShowAsync(result.Error);
            return;
        }

        await Drafts.RemoveAsync(Slug);
        Notifications.Notify(NotificationSeverity.Success, $"{result.Value.Name} is created. You are its Admin.");
        Navigation.NavigateTo(ConsoleUrls.Project(Slug, result.Value.Slug));
    });

    private async Task CancelAsync()
    {
        await Drafts.RemoveAsync(Slug);
        Navigation.NavigateTo(ConsoleUrls.Projects(Slug));
    }

    private async Task ShowAsync(Error error)
    {
        var errors = error as Invalid ?? (error is SlugTaken ? new Invalid(ProjectDraft.ProjectId, error.Message) : new Invalid([]));
        // Somebody may have taken the ID since the first step: the error is shown where its field is.
        var step = errors.Fields.Count == 0 ? _form.Step : errors.Fields.Any(field => NewProjectSettings.Holds(field.Field)) ? 2 : 1;
        if (step != _form.Step)
        {
            await GoToAsync(step);
        }

        (_errors, _problem) = (errors, errors.Fields.Count == 0 ? error.Message : null);
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

/// <summary>What the form must know, and the access versions it was read under.</summary>
/// <param name="Versions">The versions.</param>
/// <param name="Facts">The facts; null where the person may not create projects.</param>
/// <param name="Refusal">Why no project can be created now; null where one can.</param>
public sealed record StartedProject(AccessVersions Versions, ProjectStart? Facts, string? Refusal);
