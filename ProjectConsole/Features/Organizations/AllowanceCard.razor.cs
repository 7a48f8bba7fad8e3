using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Organizations;

/// <summary>How many projects the organization has and may have, and what became of the latest request for more.</summary>
public sealed partial class AllowanceCard
{
    private OrganizationAccess? _shown;

    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required AllowanceService Allowances { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    /// <summary>What is shown, carried over from prerendering.</summary>
    [PersistentState]
    public AllowanceView? View { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var isCarriedOver = _shown is null && View is not null;
        if (_shown == Access)
        {
            return;
        }

        _shown = Access;
        if (!isCarriedOver)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var result = await Allowances.GetAsync(await CurrentActor.GetAsync(), Access.Id);
        View = result.Succeeded ? result.Value : null;
    }

    private static Tone ToneOf(RequestState state) => state switch
    {
        RequestState.Approved => Tone.Success,
        RequestState.Declined => Tone.Danger,
        _ => Tone.Info,
    };
}
