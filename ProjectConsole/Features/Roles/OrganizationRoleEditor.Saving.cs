using ProjectConsole.Domain.Access;
using Radzen;

namespace ProjectConsole.Features.Roles;

/// <summary>Saving what was chosen.</summary>
public sealed partial class OrganizationRoleEditor
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
            var (actor, organizationId) = (await CurrentActor.GetAsync(), Place.Owner.OrganizationId);
            var draft = new OrganizationRoleDraft(_name, _description, Names(_rights), _everywhere, _kind == CeilingKind.None ? null : Names(_ceiling));
            var saved = Row is null
                ? new ConfirmedChange((_problem = (await Roles.CreateAsync(actor, organizationId, draft)).Error) is null, _problem)
                : await Previews.ConfirmAsync(
                    actor, new RoleQuestion($"Save {Row.Name}?", "Save role") { MayNameHeir = Place.MayNameHeir },
                    (asked, heir) => Roles.ChangeAsync(asked, organizationId, Row.Key, draft, version, heir));
            await SavedAsync(saved);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task SavedAsync(ConfirmedChange saved)
    {
        _problem = saved.Error;
        if (!saved.IsDone)
        {
            return;
        }

        Notifications.Notify(NotificationSeverity.Success, $"{RoleRules.CleanName(_name)} is saved.");
        if (Row is null)
        {
            Navigation.NavigateTo(Href);
        }
        else
        {
            await LoadAsync();
        }
    }

    private static IReadOnlyList<string> Names(PermissionSet set) => [.. set.Select(permission => permission.Name)];
}
