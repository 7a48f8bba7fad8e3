using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using Radzen;

namespace ProjectConsole.Features.Undo;

/// <summary>Offers to undo: from the toast of what was just done, and from an entry of the audit log.</summary>
public sealed class UndoDialogs(NotificationService notifications, DialogService dialogs, UndoService undo, OrganizationUndoService inOrganization, CurrentActor currentActor)
{
    private const double ShownFor = 10_000;

    /// <summary>What an entry tells of a collaborator of a project.</summary>
    public UndoableAct ActIn(ProjectAccess project, long entryId) => new(
        actor => undo.UndoAsync(actor, project.Scope, entryId), actor => undo.OffersAsync(actor, project.Scope, entryId),
        entry => ActIn(project, entry), NamesProjects: false);

    /// <summary>The end of a collaborator's grant, of which only the grant is given again.</summary>
    public UndoableAct EndIn(ProjectAccess project, long entryId) => ActIn(project, entryId) with { RunAsync = actor => undo.ReinstateAsync(actor, project.Scope, entryId) };

    /// <summary>What an entry tells of a team or of a role on a workspace of an organization.</summary>
    public UndoableAct ActIn(OrganizationAccess organization, long entryId) => new(
        actor => inOrganization.UndoAsync(actor, organization.Id, entryId), actor => inOrganization.OffersAsync(actor, organization.Id, entryId),
        entry => ActIn(organization, entry), NamesProjects: true);

    /// <summary>The act that an entry of a log tells of, the project's or the organization's; null where it has no way back there.</summary>
    public UndoableAct? WayBack(ProjectAccess? project, OrganizationAccess? organization, string action, long entryId) =>
        project is not null ? UndoService.CanUndo(action) ? ActIn(project, entryId) : null
        : organization is not null && OrganizationUndoService.CanUndo(organization, action) ? ActIn(organization, entryId)
        : null;

    /// <summary>Tells what was done in a project, with a button that undoes exactly that where it is possible.</summary>
    public Task TellAsync(ProjectAccess project, DoneAct done) => TellAsync(done.Sentence, done.EntryId is { } entryId ? ActIn(project, entryId) : null);

    /// <summary>Tells what was done to a team or on a workspace, with such a button.</summary>
    public Task TellAsync(OrganizationAccess organization, DoneAct done) =>
        TellAsync(done.Sentence, done.EntryId is { } entryId ? ActIn(organization, entryId) : null);

    /// <summary>Undoes an act after showing what that changes; answers the sentence for those who listen, or null.</summary>
    public async Task<string?> UndoAsync(UndoableAct act, string title)
    {
        var done = await dialogs.OpenAsync<UndoDialog>(title, new() { [nameof(UndoDialog.Act)] = act }, DialogLook.Question()) as DoneAct;
        if (done is not null)
        {
            await TellAsync(done.Sentence, done.EntryId is { } entryId ? act.Next(entryId) : null);
        }

        return done?.Sentence;
    }

    private async Task TellAsync(string sentence, UndoableAct? act)
    {
        if (act is null || await act.OffersAsync(await currentActor.GetAsync()) is not { Succeeded: true, Value: true })
        {
            notifications.Notify(NotificationSeverity.Success, sentence);
            return;
        }

        notifications.Notify(new NotificationMessage
        {
            Severity = NotificationSeverity.Success,
            Summary = sentence,
            Duration = ShownFor,
            DetailContent = service => builder =>
            {
                builder.OpenComponent<UndoButton>(0);
                builder.AddComponentParameter(1, nameof(UndoButton.Act), act);
                builder.CloseComponent();
            },
        });
    }
}

/// <summary>What a dialog did.</summary>
/// <param name="Sentence">For who did it.</param>
/// <param name="EntryId">The one entry of the audit log that says so; null where there are several, or none.</param>
public sealed record DoneAct(string Sentence, long? EntryId = null);
