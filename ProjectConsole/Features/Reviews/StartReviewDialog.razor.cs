using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Reviews;

/// <summary>Starts an access review.</summary>
public sealed partial class StartReviewDialog
{
    private static readonly IReadOnlyList<RadioCard<UnansweredRows>> Cards =
    [
        new(UnansweredRows.Keep, "Keep", "they keep what they have"),
        new(UnansweredRows.Remove, "Remove", "they lose their grant; the last Admin never does"),
    ];

    private DateOnly? _due;
    private UnansweredRows _unanswered;
    private bool _busy;
    private Error? _error;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required ProjectAccess Project { get; set; }

    [Inject]
    public required ReviewsService Reviews { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    protected override void OnInitialized() => _due = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime).AddDays(14);

    private async Task StartAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var due = _due is { } day ? LastDay.End(day) : (DateTime?)null;
            _error = (await Reviews.StartAsync(await CurrentActor.GetAsync(), Project.Scope, new NewReview(due, _unanswered))).Error;
            if (_error is null)
            {
                Dialogs.Close("The review has started.");
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
