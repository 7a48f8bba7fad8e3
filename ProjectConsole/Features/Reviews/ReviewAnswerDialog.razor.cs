using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Security;
using Radzen;

namespace ProjectConsole.Features.Reviews;

/// <summary>Reduces or removes a collaborator in a review, after showing what that changes.</summary>
public sealed partial class ReviewAnswerDialog
{
    private string _role = "";
    private string? _error;
    private bool _busy;
    private AccessChange? _preview;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required ProjectAccess Project { get; set; }

    /// <summary>The review.</summary>
    [Parameter, EditorRequired]
    public required Guid ReviewId { get; set; }

    /// <summary>The collaborator.</summary>
    [Parameter, EditorRequired]
    public required ReviewRow Row { get; set; }

    /// <summary>Reduce or Remove.</summary>
    [Parameter, EditorRequired]
    public required ReviewAnswer Answer { get; set; }

    [Inject]
    public required ReviewsService Reviews { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    // A custom role's size is not known here: the service refuses what is not smaller.
    private IEnumerable<ProjectRole> Smaller => ProjectRole.Find(Row.RoleKey) is { } now ? ProjectRole.All.Where(role => role.Rank < now.Rank) : ProjectRole.All;

    private ReviewDecision Decision => new(Row.PrincipalId, Answer, Answer == ReviewAnswer.Reduce ? _role : null);

    protected override Task OnInitializedAsync() => Answer == ReviewAnswer.Remove ? PreviewAsync() : Task.CompletedTask;

    private async Task PreviewAsync()
    {
        (_preview, _error) = (null, null);
        if (Answer == ReviewAnswer.Reduce && _role == "")
        {
            return;
        }

        var asked = Decision;
        var result = await Reviews.AnswerAsync(await CurrentActor.GetAsync() with { DryRun = true }, Project.Scope, ReviewId, asked);
        if (asked == Decision)
        {
            (_preview, _error) = (result.Succeeded ? result.Value : null, result.Error?.Message);
        }
    }

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Reviews.AnswerAsync(await CurrentActor.GetAsync(), Project.Scope, ReviewId, Decision);
            _error = result.Error?.Message;
            if (result.Succeeded)
            {
                Dialogs.Close(Answer == ReviewAnswer.Remove ? $"{Row.Name} was removed." : $"The role of {Row.Name} was reduced.");
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
