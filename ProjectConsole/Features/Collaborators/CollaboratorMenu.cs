using ProjectConsole.Components.Controls;

namespace ProjectConsole.Features.Collaborators;

/// <summary>The entries of a row's menu.</summary>
internal static class CollaboratorMenu
{
    public static IReadOnlyList<MenuItem> Of(CollaboratorActs acts, Func<Task> change, Func<Task> remove, Func<Task> leave)
    {
        var items = new List<MenuItem>();
        if (acts.ShowsChange)
        {
            items.Add(new MenuItem("Change role", "swap_horiz") { OnClick = change, DisabledReason = acts.WhyNotChange });
        }

        if (acts.ShowsRemove)
        {
            items.Add(new MenuItem("Remove User", "person_remove") { OnClick = remove, DisabledReason = acts.WhyNotRemove, IsDanger = true, StartsGroup = items.Count > 0 });
        }

        if (acts.MayLeave)
        {
            items.Add(new MenuItem("Leave project", "logout") { OnClick = leave, IsDanger = true, StartsGroup = items.Count > 0 });
        }

        return items;
    }
}
