using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using Radzen;

namespace ProjectConsole.Features.Undo;

/// <summary>Offers to undo: from the toast of what was just done, and from an entry of the audit log.</summary>
public sealed class UndoDialogs(NotificationService notifications, DialogService dialogs, UndoService undo, CurrentActor currentActor)
{
    private const double ShownFor = 10_000;

    /// <summary>Tells what was done, with a button that undoes it where that is possible.</summary>
    public async Task TellAsync(ProjectAccess project, string done)
    {
        var latest = await undo.LatestAsync(await currentActor.GetAsync(), project.Scope);
        if (!latest.Succeeded || latest.Value is not { } entryId)
        {
            notifications.Notify(NotificationSeverity.Success, done);
            return;
        }

        notifications.Notify(new NotificationMessage
        {
            Severity = NotificationSeverity.Success,
            Summary = done,
            Duration = ShownFor,
            DetailContent = service => builder =>
            {
                builder.OpenComponent<UndoButton>(0);
                builder.AddComponentParameter(1, nameof(UndoButton.Project), project);
                builder.AddComponentParameter(2, nameof(UndoButton.EntryId), entryId);
                builder.CloseComponent();
            },
        });
    }

    /// <summary>Undoes an entry after showing what that changes; answers the sentence for those who listen, or null.</summary>
    public async Task<string?> UndoAsync(ProjectAccess project, long entryId, string title)
    {
        var done = await dialogs.OpenAsync<UndoDialog>(
            title, new() { [nameof(UndoDialog.Project)] = project, [nameof(UndoDialog.EntryId)] = entryId }, DialogLook.Question()) as string;
        if (done is not null)
        {
            await TellAsync(project, done);
        }

        return done;
    }
}
