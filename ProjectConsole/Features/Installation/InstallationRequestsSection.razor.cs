using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Installation;

/// <summary>Requests for more projects: those that wait, and those that were answered.</summary>
public sealed partial class InstallationRequestsSection
{
    private const string Answered = "answered";

    private (string?, int?)? _shown;
    private Error? _error;

    [Inject]
    public required AllowanceRequests Requests { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [SupplyParameterFromQuery(Name = "show")]
    private string? Show { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? NumberText { get; set; }

    /// <summary>The page shown, carried over from prerendering.</summary>
    [PersistentState]
    public AllowanceRequestList? List { get; set; }

    private int? Number => QueryText.WholeNumber(NumberText);

    private bool IsAnswered => QueryText.Key(Show) == Answered;

    private IReadOnlyList<NavigationItem> Tabs =>
    [
        new("Pending", Url(isAnswered: false, 1), !IsAnswered, List?.Pending),
        new("Answered", Url(isAnswered: true, 1), IsAnswered, List?.Answered),
    ];

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Show, Number);
        if (_shown == asked)
        {
            return;
        }

        var isCarriedOver = _shown is null && List is not null;
        _shown = asked;
        if (!isCarriedOver)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var asked = _shown;
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Requests.ListAsync(actor, !IsAnswered, new PageRequest(Number, null)));
        if (_shown == asked)
        {
            (List, _error) = (result.Succeeded ? result.Value : null, result.Error);
        }
    }

    private async Task AnswerAsync(RequestRow row)
    {
        var parameters = new Dictionary<string, object?> { [nameof(AnswerRequestDialog.Row)] = row };
        if (await Dialogs.OpenAsync<AnswerRequestDialog>($"Answer {row.Name}", parameters, DialogLook.Form()) is true)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private static string NowText(RequestRow row) => row.Allowance is { } allowance
        ? $"{Numbers.Whole(row.Used)} of {Numbers.Whole(allowance)}"
        : $"{Numbers.Whole(row.Used)}, no limit";

    private static string Url(bool isAnswered, int page) => ConsoleUrls.WithQuery(
        ConsoleUrls.InstallationRequests, ("show", isAnswered ? Answered : null), ("page", page == 1 ? null : page));
}
