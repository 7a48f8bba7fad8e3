using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Features.Explanations;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Collaborators;

/// <summary>
/// Opens the dialogs of the acts on collaborators and tells what was done. Each answers the sentence for those who listen,
/// or null where nothing was done.
/// </summary>
public sealed class CollaboratorDialogs(
    DialogService dialogs, NotificationService notifications, RemovalPreviewService previews, CollaboratorChoiceService choices, CurrentActor currentActor, NavigationManager navigation,
    OwnDeparture departure, ExplanationDialogs explanations, UndoDialogs undo)
{
    /// <summary>Adds people and teams.</summary>
    public Task<string?> AddAsync(ProjectAccess project) => WithChoicesAsync(project, offered => OpenAsync<AddCollaboratorDialog>(
        "Add Collaborator", DialogLook.Form(), (nameof(AddCollaboratorDialog.Project), project), (nameof(AddCollaboratorDialog.Choices), offered)));

    /// <summary>Gives a collaborator another role.</summary>
    public Task<string?> ChangeRoleAsync(ProjectAccess project, CollaboratorRow row) => OpenAsync<ChangeRoleDialog>($"Change role of {row.Name}", project, row);

    /// <summary>Sets when a collaborator's grant ends.</summary>
    public Task<string?> SetExpiryAsync(ProjectAccess project, CollaboratorRow row) => OpenAsync<SetExpiryDialog>($"Set expiry of {row.Name}", project, row);

    /// <summary>Hangs a restriction on a collaborator's grant.</summary>
    public Task<string?> RestrictAsync(ProjectAccess project, CollaboratorRow row) => OpenAsync<RestrictDialog>($"Restrict {row.Name}", project, row);

    /// <summary>Gives a temporary role.</summary>
    public Task<string?> RaiseAsync(ProjectAccess project, CollaboratorRow row) => OpenAsync<RaiseDialog>($"Raise {row.Name} for a while", project, row);

    /// <summary>Ends a temporary role before its time.</summary>
    public Task<string?> EndRaiseAsync(ProjectAccess project, CollaboratorRow row) => OpenAsync<EndRaiseDialog>($"End the temporary role of {row.Name}?", project, row);

    /// <summary>Does one act on several.</summary>
    public Task<string?> BulkAsync(ProjectAccess project, BulkKind kind, IReadOnlyList<Guid> principals) => WithChoicesAsync(project, offered => OpenAsync<BulkDialog>(
        $"{(kind == BulkKind.Role ? "Change role of" : kind == BulkKind.Expiry ? "Set expiry of" : "Remove")} {principals.Count} {(principals.Count == 1 ? "collaborator" : "collaborators")}",
        DialogLook.Form(), (nameof(BulkDialog.Project), project), (nameof(BulkDialog.Kind), kind), (nameof(BulkDialog.Principals), principals), (nameof(BulkDialog.Choices), offered)));

    /// <summary>Takes over the collaborators of another project.</summary>
    public Task<string?> CopyAsync(ProjectAccess project) => WithChoicesAsync(project, offered => OpenAsync<BulkDialog>(
        "Copy collaborators from another project", DialogLook.Form(), (nameof(BulkDialog.Project), project), (nameof(BulkDialog.Kind), BulkKind.Copy),
        (nameof(BulkDialog.Choices), offered)));

    /// <summary>Explains why a person can do what they can, or what a team gives.</summary>
    public async Task<string?> WhyAsync(ProjectAccess project, CollaboratorRow row)
    {
        await (row.IsTeam ? explanations.OpenTeamAsync(project, row.PrincipalId, row.Name) : explanations.OpenAsync(project, row.PrincipalId, row.Name));
        return null;
    }

    /// <summary>Removes a collaborator after showing what that does.</summary>
    public async Task<string?> RemoveAsync(ProjectAccess project, CollaboratorRow row)
    {
        var preview = await previews.OfRemovalAsync(await currentActor.GetAsync(), project.Scope, row.PrincipalId);
        return preview.Succeeded
            ? await OpenAsync<RemovalDialog>(
                $"Remove {row.Name} from {project.Project.Name}?", DialogLook.Question(),
                (nameof(RemovalDialog.Project), project), (nameof(RemovalDialog.PrincipalId), row.PrincipalId), (nameof(RemovalDialog.Preview), preview.Value))
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
            (nameof(RemovalDialog.Project), project), (nameof(RemovalDialog.PrincipalId), null), (nameof(RemovalDialog.Preview), preview.Value));
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

    private Task<string?> OpenAsync<T>(string title, ProjectAccess project, CollaboratorRow row)
        where T : GrantDialog => WithChoicesAsync(project, offered => OpenAsync<T>(
            title, DialogLook.Form(), (nameof(GrantDialog.Project), project), (nameof(GrantDialog.Row), row), (nameof(GrantDialog.Choices), offered)));

    private async Task<string?> WithChoicesAsync(ProjectAccess project, Func<CollaboratorChoices, Task<string?>> open)
    {
        var offered = await choices.OfAsync(await currentActor.GetAsync(), project.Scope);
        return offered.Succeeded ? await open(offered.Value) : Refuse(offered.Error);
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
        var done = await dialogs.OpenAsync<T>(title, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value), look) switch
        {
            DoneAct act => act,
            string sentence => new DoneAct(sentence),
            _ => null,
        };
        if (done is not null)
        {
            await undo.TellAsync(parameters.Select(parameter => parameter.Value).OfType<ProjectAccess>().First(), done);
        }

        return done?.Sentence;
    }
}
