using Microsoft.AspNetCore.Components;
using ProjectConsole.Shared;

namespace ProjectConsole.Components;

/// <summary>Leads to the sign-in page and back here.</summary>
public sealed class SignInRedirect : ComponentBase
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized() =>
        Navigation.NavigateTo(ConsoleUrls.SignInThen($"/{Navigation.ToBaseRelativePath(Navigation.Uri)}"), forceLoad: true);
}
