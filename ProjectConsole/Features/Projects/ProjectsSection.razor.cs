using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>The Projects tab: everything that a person sets stands in the address, so that it can be shared and gone back to.</summary>
public sealed partial class ProjectsSection
{
    private ProjectQuery _query = new();
    private RowMenu? _menu;
    private Error? _failure;
    private bool _loading;
    private DateTime _nowUtc;

    /// <summary>The organization as this person may enter it.</summary>
    [CascadingParameter]
    public required OrganizationAccess Organization { get; set; }

    /// <summary>The list that is shown, carried over from the prerendered page.</summary>
    [PersistentState]
    public LoadedProjects? Loaded { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [SupplyParameterFromQuery]
    private string? Role { get; set; }

    [SupplyParameterFromQuery]
    private string? Mine { get; set; }

    [SupplyParameterFromQuery]
    private string? Workspace { get; set; }

    [SupplyParameterFromQuery]
    private string? Structure { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? Page { get; set; }

    [SupplyParameterFromQuery]
    private string? Size { get; set; }

    [Inject]
    public required ProjectListService Projects { get; init; }

    [Inject]
    public required ProjectRowMenu Menu { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required SearchNavigation Searches { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private string Slug => Organization.Organization.Slug;

    private ProjectList? List => Loaded?.List;

    protected override async Task OnParametersSetAsync()
    {
        _nowUtc = Clock.GetUtcNow().UtcDateTime;
        _query = new ProjectAddress(Text, State, Role, Mine, Workspace, Structure, Sort, Page, Size).Read();
        // Raised versions mean that a row may have gone or come.
        if (Loaded is null || Loaded.Address != Here || Loaded.Versions != Organization.Versions)
        {
            await LoadAsync();
        }
    }

    private string Here => Href(_query, keepPage: true);

    private async Task LoadAsync()
    {
        var (asked, address) = (_query, Here);
        _loading = true;
        try
        {
            var actor = await CurrentActor.GetAsync();
            var result = await Reads.TryAsync(() => Projects.ListAsync(actor, Organization.Id, asked));
            if (address == Here)
            {
                _failure = result.Error;
                Loaded = result.Succeeded ? new LoadedProjects(address, Organization.Versions, result.Value) : null;
            }
        }
        finally
        {
            _loading = false;
        }
    }

    private void Search(string text) => Searches.Go(Href(_query with { Search = text }));

    private void OpenMenu(ProjectRow row) => _menu!.Open(row.Name, Menu.For(Organization, row, ReloadAsync));

    private async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    // Any other filter or order begins at the first page.
    private string Href(ProjectQuery query) => Href(query, keepPage: false);

    private string Href(ProjectQuery query, bool keepPage) =>
        ProjectAddress.Href(Slug, keepPage ? query : query with { Page = new PageRequest(1, query.Page.Size) });
}

/// <summary>A list, the address it answers, and the access versions it was read under.</summary>
public sealed record LoadedProjects(string Address, AccessVersions Versions, ProjectList List);
