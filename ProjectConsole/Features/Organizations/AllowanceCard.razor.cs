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
    public LoadedAllowance? Loaded { get; set; }

    private AllowanceView? View => Loaded?.View;

    protected override async Task OnParametersSetAsync()
    {
        var isCarriedOver = _shown is null && Loaded?.Versions == Access.Versions;
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
        var versions = Access.Versions;
        var result = await Allowances.GetAsync(await CurrentActor.GetAsync(), Access.Id);
        Loaded = result.Succeeded ? new LoadedAllowance(versions, result.Value) : null;
    }

    private static Tone ToneOf(RequestState state) => state switch
    {
        RequestState.Approved => Tone.Success,
        RequestState.Declined => Tone.Danger,
        _ => Tone.Info,
    };
}

/// <summary>The allowance, and the access versions it was read under.</summary>
public sealed record LoadedAllowance(AccessVersions Versions, AllowanceView View);
