using ProjectConsole.Components.Controls;

namespace ProjectConsole.Features.Collaborators;

/// <summary>The entries of a row's menu.</summary>
internal static class CollaboratorMenu
{
    public static IReadOnlyList<MenuItem> Of(CollaboratorRow row, Func<Func<CollaboratorDialogs, Task<string?>>, Task> act, Security.ProjectAccess project)
    {
        var (items, acts) = (new List<MenuItem>(), row.Acts);
        if (acts.ShowsChange)
        {
            items.Add(new MenuItem("Change role", "swap_horiz") { OnClick = () => act(dialogs => dialogs.ChangeRoleAsync(project, row)), DisabledReason = acts.WhyNotChange });
            items.Add(new MenuItem("Set expiry", "event") { OnClick = () => act(dialogs => dialogs.SetExpiryAsync(project, row)), DisabledReason = acts.WhyNotChange });
            items.Add(new MenuItem("Restrict", "policy") { OnClick = () => act(dialogs => dialogs.RestrictAsync(project, row)), DisabledReason = acts.WhyNotChange });
        }

        if (acts.ShowsRaise)
        {
            items.Add(new MenuItem("Raise for a while", "timer_arrow_up") { OnClick = () => act(dialogs => dialogs.RaiseAsync(project, row)), DisabledReason = acts.WhyNotRaise });
        }

        if (acts.ShowsEndRaise)
        {
            items.Add(new MenuItem("End temporary role", "timer_off") { OnClick = () => act(dialogs => dialogs.EndRaiseAsync(project, row)), DisabledReason = acts.WhyNotEndRaise });
        }

        items.Add(new MenuItem("Why?", "help") { OnClick = () => act(dialogs => dialogs.WhyAsync(project, row)) });
        if (acts.ShowsRemove)
        {
            items.Add(new MenuItem(row.IsTeam ? "Remove team" : "Remove User", row.IsTeam ? "group_remove" : "person_remove")
            {
                OnClick = () => act(dialogs => dialogs.RemoveAsync(project, row)),
                DisabledReason = acts.WhyNotRemove,
                IsDanger = true,
                StartsGroup = items.Count > 0,
            });
        }

        if (acts.MayLeave)
        {
            items.Add(new MenuItem("Leave project", "logout") { OnClick = () => act(dialogs => dialogs.LeaveAsync(project)), IsDanger = true, StartsGroup = items.Count > 0 });
        }

        return items;
    }
}
