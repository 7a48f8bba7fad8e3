using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Installation;

/// <summary>All organizations and their allowances.</summary>
public sealed partial class InstallationOrganizationsSection
{
    private (string?, int?, int?)? _shown;
    private Error? _error;
    private RowMenu? _menu;

    [Inject]
    public required InstallationOrganizations Organizations { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required SearchNavigation Searches { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [SupplyParameterFromQuery(Name = "search")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? NumberText { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? SizeText { get; set; }

    /// <summary>The page shown, carried over from prerendering.</summary>
    [PersistentState]
    public Page<InstallationOrganization>? List { get; set; }

    private int? Number => QueryText.WholeNumber(NumberText);

    private int? Size => QueryText.WholeNumber(SizeText);

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Search, Number, Size);
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
        var result = await Reads.TryAsync(() => Organizations.ListAsync(actor, Search, new PageRequest(Number, Size)));
        if (_shown == asked)
        {
            (List, _error) = (result.Succeeded ? result.Value : null, result.Error);
        }
    }

    private static string OwnersText(InstallationOrganization row) => row.OwnerCount > 1 ? $"{row.Owners[0]} and {row.OwnerCount - 1} more" : string.Join(", ", row.Owners);

    private void OpenMenu(InstallationOrganization row) =>
        _menu!.Open(row.Name, [new MenuItem("Set allowance", "tune") { OnClick = () => SetAllowanceAsync(row) }]);

    private async Task SetAllowanceAsync(InstallationOrganization row)
    {
        var parameters = new Dictionary<string, object?> { [nameof(AllowanceDialog.Row)] = row };
        if (await Dialogs.OpenAsync<AllowanceDialog>($"Set the allowance of {row.Name}", parameters, DialogLook.Form()) is true)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private void SearchAsync(string text) => Searches.Go(Url(text, 1, Size));

    private static string Url(string? search, int page, int? size) => ConsoleUrls.WithQuery(
        ConsoleUrls.InstallationOrganizations, ("search", search), ("page", page == 1 ? null : page), ("size", size));
}
