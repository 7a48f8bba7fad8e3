using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using Radzen;

namespace ProjectConsole.Features.Undo;

/// <summary>Offers to undo: from the toast of what was just done, and from an entry of the audit log.</summary>
public sealed class UndoDialogs(NotificationService notifications, DialogService dialogs, UndoService undo, CurrentActor currentActor)
{
    private const double ShownFor = 10_000;

    /// <summary>Tells what was done, with a button that undoes exactly that where it is possible.</summary>
    public async Task TellAsync(ProjectAccess project, DoneAct done)
    {
        if (done.EntryId is not { } entryId
            || await undo.OffersAsync(await currentActor.GetAsync(), project.Scope, entryId) is not { Succeeded: true, Value: true })
        {
            notifications.Notify(NotificationSeverity.Success, done.Sentence);
            return;
        }

        notifications.Notify(new NotificationMessage
        {
            Severity = NotificationSeverity.Success,
            Summary = done.Sentence,
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
            title, new() { [nameof(UndoDialog.Project)] = project, [nameof(UndoDialog.EntryId)] = entryId }, DialogLook.Question()) as DoneAct;
        if (done is not null)
        {
            await TellAsync(project, done);
        }

        return done?.Sentence;
    }
}

/// <summary>What a dialog did.</summary>
/// <param name="Sentence">For who did it.</param>
/// <param name="EntryId">The one entry of the audit log that says so; null where there are several, or none.</param>
public sealed record DoneAct(string Sentence, long? EntryId = null);
