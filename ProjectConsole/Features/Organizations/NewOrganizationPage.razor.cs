using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>Creates an organization. Its id follows the name while the person has not typed one.</summary>
public sealed partial class NewOrganizationPage
{
    private readonly IReadOnlyList<NavigationItem> _crumbs = [new("Organizations", ConsoleUrls.Organizations)];
    private string _name = "";
    private string _slug = "";
    private bool _slugIsTyped;
    private string? _slugError;
    private string? _slugGood;
    private bool _busy;
    private Error? _error;

    [Inject]
    public required OrganizationsService Organizations { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>Whether the person may create organizations, carried over from prerendering.</summary>
    [PersistentState]
    public bool? MayCreate { get; set; }

    private Invalid? Errors => _error as Invalid;

    protected override async Task OnInitializedAsync()
    {
        MayCreate ??= await Organizations.MayCreateAsync(await CurrentActor.GetAsync());
        if (MayCreate is not true)
        {
            Navigation.NotFound();
        }
    }

    private async Task NameAsync()
    {
        if (!_slugIsTyped)
        {
            await CheckAsync(Slug.Derive(_name));
        }
    }

    private async Task SlugAsync()
    {
        _slugIsTyped = _slug != "";
        await CheckAsync(_slug);
    }

    private async Task CheckAsync(string typed)
    {
        (_slug, _error, _slugError, _slugGood) = (typed, null, null, null);
        if (typed == "")
        {
            return;
        }

        var problem = await Organizations.SlugErrorAsync(await CurrentActor.GetAsync(), typed);
        if (_slug == typed)
        {
            _slugError = problem;
            _slugGood = problem is not null ? null : Slug.Clean(typed) == typed ? "Free" : $"Free, as {Slug.Clean(typed)}";
        }
    }

    private async Task CreateAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Organizations.CreateAsync(await CurrentActor.GetAsync(), new NewOrganization(_name, _slug));
            (_error, _slugError, _slugGood) = (result.Error, null, null);
            if (result.Succeeded)
            {
                Navigation.NavigateTo(ConsoleUrls.Projects(result.Value));
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
