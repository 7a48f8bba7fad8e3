using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Projects;

/// <summary>A project that something is about to be done with.</summary>
public sealed record ProjectTarget(ProjectScope Scope, string Slug, string Name);

/// <summary>Asks before a project is suspended, activated, deleted or restored, does it, and says what came of it.</summary>
public sealed class ProjectLifeDialogs(DialogService dialogs, NotificationService notifications, ProjectLifeService life, ProjectInventoryService inventories, CurrentActor currentActor)
{
    private bool _busy;

    /// <summary>Shows who loses what, asks and suspends; true when it was done.</summary>
    public Task<bool> SuspendAsync(ProjectTarget project) => OnceAsync(async () =>
    {
        var running = await inventories.ListRunningAsync(await currentActor.GetAsync(), project.Scope);
        return running.Succeeded
            ? await ConfirmAsync(
                $"Suspend {project.Name}?", "Suspend", "While suspended", await life.PreviewSuspendAsync(await currentActor.GetAsync(), project.Scope),
                "Everybody keeps looking at it. Nothing in it can be created, changed or started until somebody activates it.", running.Value)
                && Tell(await life.SuspendAsync(await currentActor.GetAsync(), project.Scope), $"{project.Name} is suspended.")
            : Tell(running.Error, "");
    });

    /// <summary>Asks and makes a project Admin's suspension the organization's own; true when it was done.</summary>
    public Task<bool> SuspendForOrganizationAsync(ProjectTarget project) => OnceAsync(async () =>
        await dialogs.AskAsync(
            $"Suspend {project.Name} for the organization?", "From then on only an Owner or Admin of the organization can activate it.", "Suspend for the organization")
        && Tell(await life.SuspendAsync(await currentActor.GetAsync(), project.Scope), $"{project.Name} is suspended by the organization."));

    /// <summary>Shows who gains what, asks and activates; true when it was done.</summary>
    public Task<bool> ActivateAsync(ProjectTarget project) => OnceAsync(async () =>
        await ConfirmAsync(
            $"Activate {project.Name}?", "Activate", "Once active", await life.PreviewActivateAsync(await currentActor.GetAsync(), project.Scope),
            "Everybody can work in it again, each with the own role.")
        && Tell(await life.ActivateAsync(await currentActor.GetAsync(), project.Scope), $"{project.Name} is active."));

    /// <summary>Shows what is inside, asks for the Project ID, and deletes; true when it was done.</summary>
    public Task<bool> DeleteAsync(ProjectTarget project) => OnceAsync(async () =>
    {
        var inventory = await inventories.InventoryAsync(await currentActor.GetAsync(), project.Scope);
        if (!inventory.Succeeded)
        {
            return Tell(inventory.Error, "");
        }

        var parameters = new Dictionary<string, object?>
        {
            [nameof(DeleteProjectDialog.Project)] = project,
            [nameof(DeleteProjectDialog.Inventory)] = inventory.Value,
        };
        var deleted = await dialogs.OpenAsync<DeleteProjectDialog>($"Delete {project.Name}?", parameters, DialogLook.Question()) is true;
        return deleted && Tell(Result.Ok, $"{project.Name} is deleted. It can be restored until {TimeText.Date(inventory.Value.RestorableUntilUtc)}.");
    });

    /// <summary>Restores; true when it was done.</summary>
    public Task<bool> RestoreAsync(ProjectTarget project) => OnceAsync(async () =>
    {
        var result = await life.RestoreAsync(await currentActor.GetAsync(), project.Scope);
        return result.Succeeded
            ? Tell(Result.Ok, result.Value.BecameAdmin ? $"{project.Name} is restored. Nobody was left as Admin, so you are Admin of it now." : $"{project.Name} is restored.")
            : Tell(result.Error, "");
    });

    private async Task<bool> ConfirmAsync(string title, string confirm, string afterLabel, Result<AccessChange> preview, string description, IReadOnlyList<RunningKind>? running = null)
    {
        if (!preview.Succeeded)
        {
            return Tell(preview.Error, "");
        }

        var parameters = new Dictionary<string, object?>
        {
            [nameof(ProjectStateDialog.Change)] = preview.Value,
            [nameof(ProjectStateDialog.Description)] = description,
            [nameof(ProjectStateDialog.AfterLabel)] = afterLabel,
            [nameof(ProjectStateDialog.Confirm)] = confirm,
            [nameof(ProjectStateDialog.Running)] = running ?? [],
        };
        return await dialogs.OpenAsync<ProjectStateDialog>(title, parameters, DialogLook.Question()) is true;
    }

    private bool Tell(Result result, string done)
    {
        if (result.Succeeded)
        {
            notifications.Notify(NotificationSeverity.Success, done);
        }
        else
        {
            notifications.Notify(NotificationSeverity.Error, result.Error.Message);
        }

        return result.Succeeded;
    }

    // A second click while the first one is still being asked about does nothing.
    private async Task<bool> OnceAsync(Func<Task<bool>> act)
    {
        if (_busy)
        {
            return false;
        }

        _busy = true;
        try
        {
            return await act();
        }
        finally
        {
            _busy = false;
        }
    }
}
