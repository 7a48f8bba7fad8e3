using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Explanations;

/// <summary>Asks in which project, and then explains what a person may do there.</summary>
public sealed partial class WhyWherePanel
{
    private Found<ProjectAccess>? _found;
    private ProjectScope? _chosen;
    private Error? _problem;
    private string _search = "";

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required Guid OrganizationId { get; set; }

    /// <summary>The person.</summary>
    [Parameter, EditorRequired]
    public required Guid UserId { get; set; }

    [Inject]
    public required ProjectFinder Projects { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var (actor, search) = (await CurrentActor.GetAsync(), _search);
        var result = await Reads.TryAsync(async () => (Result<FoundProjects>)await Projects.InOrganizationAsync(actor, OrganizationId, search));
        if (_search == search)
        {
            (_found, _problem) = (result.Succeeded ? result.Value.All : null, result.Error);
        }
    }
}
