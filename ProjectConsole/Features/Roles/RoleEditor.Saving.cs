using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Roles;

/// <summary>Saving what was chosen.</summary>
public sealed partial class RoleEditor
{
    private async Task SaveAsync(Guid? version)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var (actor, draft) = (await CurrentActor.GetAsync(), new RoleDraft(_name, _description, _base.Key, [.. _set.Select(permission => permission.Name)]));
            if (Row is null)
            {
                var created = await Roles.CreateAsync(actor, Place.Owner, draft);
                Told(created.Error, created.Succeeded ? created.Value : null);
            }
            else
            {
                var saved = await Previews.ConfirmAsync(
                    actor, new RoleQuestion($"Save {Row.Name}?", "Save role") { MayNameHeir = Place.MayNameHeir },
                    (asked, heir) => Roles.ChangeAsync(asked, Place.Owner, Row.Key, draft, version, heir));
                await SavedAsync(saved);
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private void Told(Error? error, string? key)
    {
        _problem = error;
        if (key is not null)
        {
            Notifications.Notify(NotificationSeverity.Success, $"{RoleRules.CleanName(_name)} can be given now.");
            Navigation.NavigateTo(Place.RolesHref);
        }
    }

    private async Task SavedAsync(ConfirmedChange saved)
    {
        _problem = saved.Error;
        if (saved.IsDone)
        {
            await LoadAsync();
            Notifications.Notify(NotificationSeverity.Success, $"{_name} is saved.");
        }
    }
}
