using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProjectConsole.Components.Controls;
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
}
