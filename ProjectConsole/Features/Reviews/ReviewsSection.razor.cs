using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Reviews;

/// <summary>The access reviews of a project: the running one, or the one that the address names.</summary>
public sealed partial class ReviewsSection
{
    private (AccessVersions Versions, Guid Review, PageRequest Page)? _asked;
    private Error? _problem;
    private DateTime _now;
    private bool _busy;

    /// <summary>The project.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    [SupplyParameterFromQuery(Name = "review")]
    private string? ReviewText { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? NumberText { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? SizeText { get; set; }

    [Inject]
    public required ReviewsService Reviews { get; init; }

    [Inject]
    public required ReviewListService Lists { get; init; }

    [Inject]
    public required PageReads PageReads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private IReadOnlyList<ReviewHead>? Heads { get; set; }

    private ReviewDetail? Shown { get; set; }

    private ReviewHead? Running => Heads?.FirstOrDefault(head => head.IsRunning);

    private bool MayReview => Project.May(Permissions.CollaboratorsChange) && Project.May(Permissions.CollaboratorsRemove);

    private PageRequest Page => new(QueryText.WholeNumber(NumberText), QueryText.WholeNumber(SizeText));

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Project.Versions, QueryText.Id(ReviewText), Page);
        if (_asked != asked)
        {
            _asked = asked;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var actor = await CurrentActor.GetAsync();
        _now = Clock.GetUtcNow().UtcDateTime;
        var listed = await PageReads.TryAsync(() => Lists.ListAsync(actor, Project.Scope));
        (Heads, _problem) = (listed.Succeeded ? listed.Value : null, listed.Error);
        var chosen = Heads?.FirstOrDefault(head => head.Id == QueryText.Id(ReviewText)) ?? Running ?? (Heads is [var latest, ..] ? latest : null);
        var opened = chosen is null ? null : await PageReads.TryAsync(() => Lists.OpenAsync(actor, Project.Scope, chosen.Id, Page));
        (Shown, _problem) = (opened is { Succeeded: true } ? opened.Value : null, opened is null ? _problem : opened.Error);
    }

    private async Task StartAsync() => await OpenAsync<StartReviewDialog>("Start an access review", new() { [nameof(StartReviewDialog.Project)] = Project });

    private async Task DecideAsync(ReviewRow row, ReviewAnswer answer) => await OpenAsync<ReviewAnswerDialog>(
        answer == ReviewAnswer.Remove ? $"Remove {row.Name} from {Project.Project.Name}?" : $"Reduce the role of {row.Name}",
        new()
        {
            [nameof(ReviewAnswerDialog.Project)] = Project,
            [nameof(ReviewAnswerDialog.ReviewId)] = Shown!.Head.Id,
            [nameof(ReviewAnswerDialog.Row)] = row,
            [nameof(ReviewAnswerDialog.Answer)] = answer,
        });

    private async Task KeepAsync(ReviewRow row)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await SayAsync((await Reviews.AnswerAsync(await CurrentActor.GetAsync(), Project.Scope, Shown!.Head.Id, new ReviewDecision(row.PrincipalId, ReviewAnswer.Keep))).Error, null);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task CloseAsync()
    {
        var head = Shown!.Head;
        if (await Dialogs.AskAsync("Close this review?", ReviewWords.Closing(head), "Close review", isDanger: head.Unanswered == UnansweredRows.Remove && head.Rows != head.Answered))
        {
            await SayAsync((await Reviews.CloseAsync(await CurrentActor.GetAsync(), Project.Scope, head.Id)).Error, "The review is closed.");
        }
    }

    private async Task OpenAsync<T>(string title, Dictionary<string, object?> parameters)
        where T : ComponentBase
    {
        if (await Dialogs.OpenAsync<T>(title, parameters, DialogLook.Form()) is string done)
        {
            await SayAsync(null, done);
        }
    }

    private async Task SayAsync(Error? refusal, string? done)
    {
        if ((refusal?.Message ?? done) is { } text)
        {
            Notifications.Notify(refusal is null ? NotificationSeverity.Success : NotificationSeverity.Error, text);
        }

        await LoadAsync();
        StateHasChanged();
    }

    private string Href(Guid review, int number, int size) => ConsoleUrls.WithQuery(
        ConsoleUrls.Reviews(Project.Organization.Slug, Project.Project.Slug),
        ("review", review), ("page", number == 1 ? null : number), ("size", size == PageRequest.Sizes[0] ? null : size));
}
