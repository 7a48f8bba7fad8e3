using Microsoft.AspNetCore.Components;

namespace ProjectConsole.Features.Account;

/// <summary>The own profile.</summary>
public sealed partial class ProfilePage
{
    private Profile _profile = new("", "");
    private bool _isSaved;

    [Inject]
    public required ProfileService Service { get; init; }

    [SupplyParameterFromForm]
    private ProfileInput Input { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _profile = await Service.GetAsync(Actor, Aborted);
        Input ??= new() { DisplayName = _profile.DisplayName };
    }

    private async Task SaveAsync()
    {
        var result = await Service.SaveAsync(Actor, Input.DisplayName, Aborted);
        Show(result.Error);
        _isSaved = result.Succeeded;
    }

    private sealed class ProfileInput
    {
        public string? DisplayName { get; set; }
    }
}
