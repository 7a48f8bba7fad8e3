using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Finds the project whose collaborators are taken over, among all that the person sees.</summary>
public sealed partial class CopySourceField
{
    private readonly Dictionary<Guid, ProjectAccess> _chosen = [];
    private string _search = "";
    private Found<ProjectAccess>? _found;
    private Error? _problem;

    /// <summary>The project that takes them over.</summary>
    [Parameter, EditorRequired]
    public required ProjectScope Project { get; set; }

    /// <summary>The project that was chosen; null for none.</summary>
    [Parameter]
    public Guid? Value { get; set; }

    /// <summary>Another was chosen.</summary>
    [Parameter]
    public EventCallback<Guid?> ValueChanged { get; set; }

    [Inject]
    public required ProjectFinder Projects { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    // What was chosen stays to be seen while something else is searched.
    private IReadOnlyList<ProjectAccess> Offered =>
        [.. (Value is { } id && _chosen.TryGetValue(id, out var chosen) ? [chosen] : Array.Empty<ProjectAccess>())
            .Concat(_found?.Rows ?? []).Where(project => project.Project.Id != Project.ProjectId).DistinctBy(project => project.Project.Id)];

    private string? More => _found is { More: > 0 and var more } ? $"{Numbers.Whole(more)} more match; type more of the name to narrow them." : null;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var (actor, search) = (await CurrentActor.GetAsync(), _search);
        var result = await Reads.TryAsync(async () => (Result<FoundProjects>)await Projects.InOrganizationAsync(actor, Project.OrganizationId, search));
        if (_search == search)
        {
            (_found, _problem) = (result.Succeeded ? result.Value.All : null, result.Error);
        }
    }

    private Task ChooseAsync(ChangeEventArgs change)
    {
        var chosen = Offered.FirstOrDefault(project => project.Project.Id.ToString() == change.Value as string);
        if (chosen is not null)
        {
            _chosen[chosen.Project.Id] = chosen;
        }

        return ValueChanged.InvokeAsync(chosen?.Project.Id);
    }
}
