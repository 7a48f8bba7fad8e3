using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>The resources of all projects that the reader sees: everything that a person sets stands in the address.</summary>
public sealed partial class AllResourcesSection
{
    private AllResourcesQuery _query = new();
    private Error? _failure;
    private bool _loading;
    private bool _busy;
    private string? _status;
    private DateTime _nowUtc;

    /// <summary>The organization as this person may enter it.</summary>
    [CascadingParameter]
    public required OrganizationAccess Organization { get; set; }

    /// <summary>The list that is shown, carried over from the prerendered page.</summary>
    [PersistentState]
    public LoadedAllResources? Loaded { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [SupplyParameterFromQuery]
    private string? Project { get; set; }

    [SupplyParameterFromQuery]
    private string? Label { get; set; }

    [SupplyParameterFromQuery]
    private string? Creator { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? Page { get; set; }

    [SupplyParameterFromQuery]
    private string? Size { get; set; }

    [Inject]
    public required AllResourcesService Resources { get; init; }

    [Inject]
    public required ResourceDialogs Acts { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required SearchNavigation Searches { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private AllResourcesList? List => Loaded?.List;

    private string Slug => Organization.Organization.Slug;

    private string Address => ConsoleUrls.AllResources(Slug);

    private string Here => _query.Href(Address);

    protected override async Task OnParametersSetAsync()
    {
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        _query = new AllResourcesAddress(Text, Kind, State, Project, Label, Creator, Sort, Page, Size).Read();
        if (Loaded?.Address != Here || Loaded.Versions != Organization.Versions)
        {
            _picked.Clear();
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (organization, asked, address) = (Organization, _query, Here);
        _loading = true;
        try
        {
            var actor = await CurrentActor.GetAsync();
            var result = await Reads.TryAsync(() => Resources.ListAsync(actor, organization.Id, asked));
            if (address == Here)
            {
                _failure = result.Error;
                Loaded = result.Succeeded ? new LoadedAllResources(address, organization.Versions, result.Value) : null;
                _picked.IntersectWith(List?.Page.Rows.Select(row => row.Resource.Id) ?? []);
            }
        }
        finally
        {
            _loading = false;
        }
    }

    private async Task BulkAsync(ResourceAction? action)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var picked = Picked;
            if (await Acts.BulkAsync(picked, action, picked.Count == 1 ? "resource" : "resources") is { } done)
            {
                _status = done;
                _picked.Clear();
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }
}

/// <summary>A list over several projects, the address it answers, and the access versions it was read under.</summary>
public sealed record LoadedAllResources(string Address, AccessVersions Versions, AllResourcesList List);
