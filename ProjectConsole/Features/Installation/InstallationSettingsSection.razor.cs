using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Installation;

/// <summary>Registration, and who creates organizations.</summary>
public sealed partial class InstallationSettingsSection
{
    private bool _registrationIsOpen;
    private bool _everybodyCreates;
    private bool _busy;
    private Error? _error;

    [Inject]
    public required InstallationSettingsService Settings { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    /// <summary>The settings as they were read, carried over from prerendering.</summary>
    [PersistentState]
    public InstallationView? View { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (View is null)
        {
            await LoadAsync();
        }
        else
        {
            Show(View);
        }
    }

    private async Task LoadAsync()
    {
        var result = await Settings.GetAsync(await CurrentActor.GetAsync());
        _error = result.Error;
        if (result.Succeeded)
        {
            Show(result.Value);
        }
    }

    private void Show(InstallationView view) => (View, _registrationIsOpen, _everybodyCreates) = (view, view.RegistrationIsOpen, view.EverybodyCreatesOrganizations);

    private async Task SaveAsync(Guid? version)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Settings.ChangeAsync(await CurrentActor.GetAsync(), _registrationIsOpen, _everybodyCreates, version);
            _error = result.Error;
            if (result.Succeeded)
            {
                Show(result.Value);
                Notifications.Notify(NotificationSeverity.Success, "Settings saved.");
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
