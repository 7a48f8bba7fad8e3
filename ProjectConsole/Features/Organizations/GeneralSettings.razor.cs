using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>The general settings of an organization; a change that somebody else made meanwhile is a choice.</summary>
public sealed partial class GeneralSettings
{
    private GeneralSettingsForm _form = new();
    private Guid _organization;
    private bool _busy;
    private Error? _error;

    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required OrganizationSettingsService Settings { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    /// <summary>The settings as they were read, carried over from prerendering.</summary>
    [PersistentState]
    public SettingsView? Loaded { get; set; }

    private bool MayUpdate => Access.May(Permissions.OrganizationUpdate);

    private Invalid? Errors => _error as Invalid;

    // What a person types stays when access changes meanwhile; only another organization is read anew.
    protected override async Task OnParametersSetAsync()
    {
        if (_organization == Access.Id)
        {
            return;
        }

        var isCarriedOver = _organization == Guid.Empty && Loaded is not null;
        _organization = Access.Id;
        if (isCarriedOver)
        {
            _form = GeneralSettingsForm.Of(Loaded!.Settings);
        }
        else
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var result = await Settings.GetAsync(await CurrentActor.GetAsync(), Access.Id);
        _error = result.Error;
        if (result.Succeeded)
        {
            Loaded = result.Value;
            _form = GeneralSettingsForm.Of(Loaded.Settings);
        }
    }

    private async Task SaveAsync(Guid? version)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var typed = _form.ToSettings();
            if (!typed.Succeeded)
            {
                _error = typed.Error;
                return;
            }

            if (!await IsConfirmedAsync(typed.Value))
            {
                return;
            }

            var result = await Settings.ChangeAsync(await CurrentActor.GetAsync(), Access.Id, typed.Value, version);
            _error = result.Error;
            if (result.Succeeded)
            {
                await LoadAsync();
                Notifications.Notify(NotificationSeverity.Success, "Settings saved.");
            }
        }
        finally
        {
            _busy = false;
        }
    }

    // Whoever loses access, or gets it back, is shown before it happens.
    private async Task<bool> IsConfirmedAsync(OrganizationSettings typed)
    {
        var isOn = typed.AllowsExternalCollaborators;
        if (Loaded is null || Loaded.Settings.AllowsExternalCollaborators == isOn)
        {
            return true;
        }

        var preview = await Settings.PreviewAsync(await CurrentActor.GetAsync(), Access.Id, typed);
        if (!preview.Succeeded)
        {
            _error = preview.Error;
            return false;
        }

        return preview.Value.People.Count == 0 || await Dialogs.OpenAsync<ExternalsDialog>(
            $"Switch external collaborators {(isOn ? "on" : "off")}?",
            new() { [nameof(ExternalsDialog.Change)] = preview.Value, [nameof(ExternalsDialog.IsOn)] = isOn }, DialogLook.Question()) is true;
    }
}
