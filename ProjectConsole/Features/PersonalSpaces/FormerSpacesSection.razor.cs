using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.PersonalSpaces;

/// <summary>The people who left and what they had outside every project.</summary>
public sealed partial class FormerSpacesSection
{
    private Error? _error;
    private DateTime _nowUtc;

    /// <summary>The organization as this person may enter it.</summary>
    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    /// <summary>The spaces, carried over from the prerendered page.</summary>
    [PersistentState]
    public LoadedFormerSpaces? Loaded { get; set; }

    [Inject]
    public required FormerSpacesService Spaces { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        if (Loaded?.Versions != Access.Versions)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (access, actor) = (Access, await CurrentActor.GetAsync());
        var result = await Reads.TryAsync(() => Spaces.ListAsync(actor, access.Id));
        _error = result.Error;
        Loaded = result.Succeeded ? new LoadedFormerSpaces(access.Versions, result.Value) : null;
    }
}

/// <summary>The spaces, and the access versions they were read under.</summary>
public sealed record LoadedFormerSpaces(AccessVersions Versions, IReadOnlyList<FormerSpaceRow> Rows);
