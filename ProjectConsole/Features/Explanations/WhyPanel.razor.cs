using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Explanations;

/// <summary>Explains the access of one person or team. Each question is answered from the database anew.</summary>
public sealed partial class WhyPanel
{
    private AccessExplanation? _explained;
    private Permission? _chosen;
    private string? _problem;

    /// <summary>Where.</summary>
    [Parameter, EditorRequired]
    public required ProjectScope Project { get; set; }

    /// <summary>The person; empty where a team is explained.</summary>
    [Parameter]
    public Guid UserId { get; set; }

    /// <summary>The team; empty where a person is explained.</summary>
    [Parameter]
    public Guid TeamId { get; set; }

    /// <summary>What to begin with.</summary>
    [Parameter]
    public Permission? First { get; set; }

    [Inject]
    public required ExplanationService Explanations { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    protected override Task OnInitializedAsync()
    {
        _chosen = First;
        return LoadAsync();
    }

    private async Task ChooseAsync(Permission permission)
    {
        _chosen = permission;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var actor = await CurrentActor.GetAsync();
        var result = TeamId == Guid.Empty
            ? await Explanations.OfPersonAsync(actor, Project, UserId)
            : await Explanations.OfTeamAsync(actor, Project, TeamId);
        (_explained, _problem) = (result.Succeeded ? result.Value : null, result.Error?.Message);
        _chosen ??= _explained?.Foremost;
    }
}
