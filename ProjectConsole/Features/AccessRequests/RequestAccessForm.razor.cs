using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>
/// Asks for a role: in a project that the person sees, or by a Project ID that may or may not exist, with one and the same answer.
/// </summary>
public sealed partial class RequestAccessForm
{
    /// <summary>The one answer to asking for what one does not see.</summary>
    public const string BlindAnswer = "If this project exists, its Admins will see your request.";

    private string _role = ProjectRole.Developer.Key;
    private string _reason = "";
    private string _projectId = "";
    private int? _hours;
    private bool _busy;
    private Error? _error;
    private string? _sent;

    /// <summary>The organization's slug.</summary>
    [Parameter, EditorRequired]
    public required string Organization { get; set; }

    /// <summary>The Project ID where the person does not see the project; null to ask for it too.</summary>
    [Parameter]
    public string? ProjectId { get; set; }

    /// <summary>The project, where the person sees it.</summary>
    [Parameter]
    public ProjectAccess? Project { get; set; }

    /// <summary>The roles to choose from; the built-in ones where the person does not see the project.</summary>
    [Parameter]
    public IReadOnlyList<ProjectRole> Roles { get; set; } = ProjectRole.All;

    /// <summary>What stands beside the button.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>It was sent.</summary>
    [Parameter]
    public EventCallback<string> OnSent { get; set; }

    [Inject]
    public required AccessRequestsService Requests { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IConfiguration Configuration { get; init; }

    [Inject]
    public required IHostEnvironment Host { get; init; }

    private bool AsksProjectId => Project is null && ProjectId is null;

    private string Help => Project is null
        ? "If the project exists, its Admins see your address and this text. You get the same confirmation either way."
        : "Whoever manages collaborators here sees your address and this text.";

    private Invalid? Errors => _error as Invalid;

    protected override void OnParametersSet()
    {
        if (Roles.Count > 0 && !Roles.Any(role => role.Key == _role))
        {
            _role = Roles[0].Key;
        }
    }

    private async Task AskAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var (actor, typed) = (await CurrentActor.GetAsync(), new NewAccessRequest(_role, _reason, _hours));
            var site = PublicAddress.Of(Configuration, new Uri(Navigation.Uri), Host.IsDevelopment());
            var asked = Project is { } project
                ? await Requests.AskAsync(actor, project.Scope, typed, site)
                : await Requests.AskBlindAsync(actor, Organization, ProjectId ?? _projectId, typed, site);
            _error = asked.Error;
            if (asked.Succeeded)
            {
                _sent = Project is null ? BlindAnswer : $"Whoever manages collaborators of {Project.Project.Name} sees your request.";
                await OnSent.InvokeAsync(_sent);
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
