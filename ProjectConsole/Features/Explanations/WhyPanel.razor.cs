using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Explanations;

/// <summary>
/// Explains the access of one person or team. Each question is answered from the database anew, and while it is open it follows what
/// changes, to its own loss too.
/// </summary>
public sealed partial class WhyPanel : IDisposable
{
    private AccessExplanation? _explained;
    private Permission? _chosen;
    private string? _problem;
    private AccessSubscription? _watched;
    private bool _disposed;

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

    [Inject]
    public required AccessWatch Watch { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _watched?.Dispose();
    }

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
        Follow();
    }

    // What can be explained no longer is not watched any more; trying again begins anew.
    private void Follow()
    {
        if (_explained is null || _disposed)
        {
            _watched?.Dispose();
            _watched = null;
        }
        else if (_watched is null)
        {
            _watched = Watch.Watch(_explained.Subject, () => InvokeAsync(FollowAsync));
        }
        else
        {
            _watched.Update(_explained.Subject);
        }
    }

    private async Task FollowAsync()
    {
        if (!_disposed)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }
}
