using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Setup;

/// <summary>First start of an installation; afterwards there is no such page.</summary>
public sealed partial class SetupPage
{
    [Inject]
    public required SetupService Service { get; init; }

    [Inject]
    public required SignInService SignIn { get; init; }

    [SupplyParameterFromForm]
    private SetupInput Input { get; set; } = default!;

    protected override void OnInitialized() => Input ??= new();

    private async Task RunAsync()
    {
        var slug = string.IsNullOrWhiteSpace(Input.Slug) ? Slug.Derive(Input.Name) : Input.Slug;
        var result = await Service.RunAsync(
            Actor, new NewInstallation(Input.Code, Input.Name, slug, Input.Email, Input.Password, Input.RegistrationIsOpen), Aborted);
        Show(result.Error);
        if (result.Succeeded && await SignIn.SignInAsync(Actor, Input.Email, Input.Password, Device, Aborted) is { Succeeded: true, Value: var person })
        {
            await HttpContext.SignInAsync(ConsolePrincipal.Scheme, person);
            Navigation.NavigateTo(ConsoleUrls.Home);
        }
    }

    private sealed class SetupInput
    {
        public string? Code { get; set; }

        public string? Name { get; set; }

        public string? Slug { get; set; }

        public string? Email { get; set; }

        public string? Password { get; set; }

        public bool RegistrationIsOpen { get; set; }
    }
}
