using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Components.Access;

/// <summary>Leads to the projects of the organization that the person was in last, or to the list of organizations.</summary>
public sealed partial class HomePage
{
    [Inject]
    public required ProjectFinder Finder { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var home = await Finder.HomeAsync(await CurrentActor.GetAsync());
        Navigation.NavigateTo(home is null ? ConsoleUrls.Organizations : ConsoleUrls.Projects(home), replace: true);
    }
}
