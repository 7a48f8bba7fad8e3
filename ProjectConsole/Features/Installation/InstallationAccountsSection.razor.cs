using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Installation;

/// <summary>All accounts: lock, unlock, sign out everywhere.</summary>
public sealed partial class InstallationAccountsSection
{
    private (string?, string?, int?, int?)? _shown;
    private AccountState? _state;
    private Guid _actorId;
    private DateTime _now;
    private string? _refusal;
    private Error? _error;
    private RowMenu? _menu;

    [Inject]
    public required InstallationAccounts Accounts { get; init; }

    [Inject]
    public required AccountLocks Locks { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required SearchNavigation Searches { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [SupplyParameterFromQuery(Name = "search")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? NumberText { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? SizeText { get; set; }

    /// <summary>The page shown, carried over from prerendering.</summary>
    [PersistentState]
    public Page<AccountRow>? List { get; set; }

    private int? Number => QueryText.WholeNumber(NumberText);

    private int? Size => QueryText.WholeNumber(SizeText);

    private IReadOnlyList<FilterOption> StateOptions =>
        [.. Enum.GetValues<AccountState>().Select(state => new FilterOption(state.ToString(), Url(Search, state, 1, Size), _state == state))];

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Search, State, Number, Size);
        if (_shown == asked)
        {
            return;
        }

        var isCarriedOver = _shown is null && List is not null;
        _shown = asked;
        _state = QueryText.Named<AccountState>(State);
        _actorId = (await CurrentActor.GetAsync()).UserId;
        _now = Clock.GetUtcNow().UtcDateTime;
        if (!isCarriedOver)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var asked = _shown;
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Accounts.ListAsync(actor, new AccountQuery(Search, _state, new PageRequest(Number, Size))));
        if (_shown == asked)
        {
            _now = Clock.GetUtcNow().UtcDateTime;
            (List, _error) = (result.Succeeded ? result.Value : List, result.Error);
        }
    }

    private void OpenMenu(AccountRow row) => _menu!.Open(row.Email, [
        new MenuItem("Sign out everywhere", "logout") { OnClick = () => SignOutAsync(row) },
        row.State == AccountState.Locked
            ? new MenuItem("Unlock", "lock_open") { StartsGroup = true, OnClick = () => RunAsync(actor => Locks.UnlockAsync(actor, row.UserId)) }
            : new MenuItem("Lock", "lock")
            {
                StartsGroup = true,
                IsDanger = true,
                DisabledReason = row.UserId == _actorId ? "You cannot lock your own account." : null,
                OnClick = () => LockAsync(row),
            }]);

    private async Task LockAsync(AccountRow row)
    {
        var parameters = new Dictionary<string, object?> { [nameof(LockAccountDialog.Row)] = row };
        if (await Dialogs.OpenAsync<LockAccountDialog>($"Lock {row.Email}?", parameters, DialogLook.Question()) is true)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task SignOutAsync(AccountRow row)
    {
        if (await Dialogs.AskAsync($"Sign {row.Email} out everywhere?", "Every session ends within a minute. The account stays open.", "Sign out everywhere", isDanger: true))
        {
            await RunAsync(actor => Locks.SignOutEverywhereAsync(actor, row.UserId));
        }
    }

    private async Task RunAsync(Func<Actor, Task<Result>> act)
    {
        var result = await act(await CurrentActor.GetAsync());
        await LoadAsync();
        _refusal = result.Error?.Message;
        StateHasChanged();
    }

    private void SearchAsync(string text) => Searches.Go(Url(text, _state, 1, Size));

    private static Tone ToneOf(AccountState state) => state switch
    {
        AccountState.Active => Tone.Success,
        AccountState.Locked => Tone.Danger,
        _ => Tone.Neutral,
    };

    private static string Url(string? search, AccountState? state, int page, int? size) => ConsoleUrls.WithQuery(
        ConsoleUrls.InstallationAccounts, ("search", search), ("state", state), ("page", page == 1 ? null : page), ("size", size));
}
