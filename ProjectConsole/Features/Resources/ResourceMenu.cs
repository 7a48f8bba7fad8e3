using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>What the reader may do to one resource now, as a menu.</summary>
public static class ResourceMenu
{
    /// <summary>The entries of a row.</summary>
    /// <param name="place">Whose resource.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="row">The resource.</param>
    /// <param name="run">Runs an act; answers what was done, for those who listen.</param>
    public static IReadOnlyList<MenuItem> Of(ResourcePlace place, ResourceKind kind, ResourceRow row, Func<Func<ResourceDialogs, Task<string?>>, Task> run) =>
    [
        new MenuItem("Open", "open_in_new") { Href = place.Href(kind, row.Name) },
        .. Actions(kind, row).Select((action, index) => new MenuItem(action.Title, action.Icon)
        {
            OnClick = () => run(dialogs => dialogs.ActAsync(place, kind, row, action)),
            StartsGroup = index == 0,
        }),
        .. Changes(place, kind, row, run),
    ];

    /// <summary>Edit, share, move and delete, where the reader may.</summary>
    public static IEnumerable<MenuItem> Changes(ResourcePlace place, ResourceKind kind, ResourceRow row, Func<Func<ResourceDialogs, Task<string?>>, Task> run)
    {
        if (row.Acts.MayUpdate)
        {
            yield return new MenuItem("Edit", "edit") { Href = place.EditHref(kind, row.Name), StartsGroup = true };
        }

        if (row.Acts.MayShare)
        {
            yield return new MenuItem("Share", "share") { OnClick = () => run(dialogs => dialogs.ShareAsync(place, kind, row)) };
        }

        if (row.Acts.MayMove)
        {
            yield return new MenuItem("Move", "drive_file_move") { OnClick = () => run(dialogs => dialogs.MoveAsync(place.Owner, [row])) };
        }

        if (row.Acts.MayDelete)
        {
            yield return new MenuItem("Delete", "delete")
            {
                IsDanger = true,
                StartsGroup = true,
                OnClick = () => run(dialogs => dialogs.DeleteAsync(place, kind, row)),
                DisabledReason = kind.Life.Of(row.State) is { IsRunning: true } running ? $"It is {running.Title}. Stop it before you delete it." : null,
            };
        }
    }

    /// <summary>The actions of its state that the reader may do.</summary>
    public static IEnumerable<ResourceAction> Actions(ResourceKind kind, ResourceRow row) => row.Acts.MayOperate ? kind.Life.In(row.State) : [];
}
