using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Collaborators;

/// <summary>
/// Opens the dialogs of the acts on collaborators and tells what was done. Each answers the sentence for those who listen,
/// or null where nothing was done.
/// </summary>
public sealed class CollaboratorDialogs(
    DialogService dialogs, NotificationService notifications, RemovalPreviewService previews, CurrentActor currentActor, NavigationManager navigation,
    OwnDeparture departure)
{
    /// <summary>Adds people.</summary>
    public Task<string?> AddAsync(ProjectAccess project) =>
        OpenAsync<AddCollaboratorDialog>("Add Collaborator", DialogLook.Form(), (nameof(AddCollaboratorDialog.Project), project));

    /// <summary>Gives a collaborator another role.</summary>
    public Task<string?> ChangeRoleAsync(ProjectAccess project, CollaboratorRow row) => OpenAsync<ChangeRoleDialog>(
        $"Change role of {row.Email}", DialogLook.Form(), (nameof(ChangeRoleDialog.Project), project), (nameof(ChangeRoleDialog.Row), row));

    /// <summary>Removes a collaborator after showing what that does.</summary>
    public async Task<string?> RemoveAsync(ProjectAccess project, CollaboratorRow row)
    {
        var preview = await previews.OfRemovalAsync(await currentActor.GetAsync(), project.Scope, row.UserId);
        return preview.Succeeded
            ? await OpenAsync<RemovalDialog>(
                $"Remove {row.Email} from {project.Project.Name}?", DialogLook.Question(),
                (nameof(RemovalDialog.Project), project), (nameof(RemovalDialog.UserId), row.UserId), (nameof(RemovalDialog.Preview), preview.Value))
            : Refuse(preview.Error);
    }

    /// <summary>Leaves a project after showing what that does, and goes where the person still may be.</summary>
    public async Task<string?> LeaveAsync(ProjectAccess project)
    {
        var preview = await previews.OfLeavingAsync(await currentActor.GetAsync(), project.Scope);
        if (!preview.Succeeded)
        {
            return Refuse(preview.Error);
        }

        using var leaving = departure.Begin();
        var left = await OpenAsync<RemovalDialog>(
            $"Leave {project.Project.Name}?", DialogLook.Question(),
            (nameof(RemovalDialog.Project), project), (nameof(RemovalDialog.UserId), null), (nameof(RemovalDialog.Preview), preview.Value));
        var stays = preview.Value.Change?.People.SelectMany(person => person.Projects).Any(change => change.KeepsThrough.Count > 0) ?? false;
        if (left is null || stays)
        {
            return left;
        }

        departure.Go();
        // Somebody from outside may have lost the organization with it.
        navigation.NavigateTo(project.Access.Facts.Membership is null ? ConsoleUrls.Home : ConsoleUrls.Projects(project.Organization.Slug));
        return null;
    }

    // The list may be old; reading it again shows what the refusal is about.
    private string Refuse(Error error)
    {
        notifications.Notify(NotificationSeverity.Error, error.Message);
        return error.Message;
    }

    private async Task<string?> OpenAsync<T>(string title, DialogOptions look, params (string Name, object? Value)[] parameters)
        where T : ComponentBase
    {
        var done = await dialogs.OpenAsync<T>(title, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value), look) as string;
        if (done is not null)
        {
            notifications.Notify(NotificationSeverity.Success, done);
        }

        return done;
    }
}
