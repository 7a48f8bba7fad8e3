using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Moving;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Resources;

/// <summary>
/// Acts on resources, with a question first where something is lost. Each answers the sentence for those who listen, or null
/// where nothing was done.
/// </summary>
public sealed class ResourceDialogs(
    ResourcesService resources, SharingService shares, CurrentActor currentActor, DialogService dialogs, NotificationService notifications)
{
    /// <summary>Does an action of the state.</summary>
    public async Task<string?> ActAsync(ResourcePlace place, ResourceKind kind, ResourceRow row, ResourceAction action)
    {
        // With the kind: beside the button that closes the question, an action called Cancel would read the same.
        if (action.IsDestructive && !await dialogs.AskAsync($"{action.Title} {row.Name}?", action.Effect, $"{action.Title} {kind.InSentence()}", isDanger: true))
        {
            return null;
        }

        var result = await resources.ActAsync(await currentActor.GetAsync(), place.Owner, kind, row.Id, action.Name, version: null);
        return Said(result, $"{row.Name}: {kind.Life.Of(action.To).Title}.");
    }

    /// <summary>Offers a resource to others.</summary>
    public async Task<string?> ShareAsync(ResourcePlace place, ResourceKind kind, ResourceRow row)
    {
        var parameters = new Dictionary<string, object?>
        {
            [nameof(ShareDialog.Owner)] = place.Owner,
            [nameof(ShareDialog.Kind)] = kind,
            [nameof(ShareDialog.ResourceId)] = row.Id,
            [nameof(ShareDialog.Name)] = row.Name,
        };
        if (await dialogs.OpenAsync<ShareDialog>($"Share {row.Name}", parameters, DialogLook.Form()) is not true)
        {
            return null;
        }

        var done = $"{row.Name} is shared. {(place.Owner.IsPersonal ? "Its page" : "Sharing in the settings")} says with whom.";
        notifications.Notify(NotificationSeverity.Success, done);
        return done;
    }

    /// <summary>Takes a resource back from one that it is shared with, after a question.</summary>
    public async Task<string?> EndShareAsync(ResourcePlace place, ResourceKind kind, ShareRow share) => await dialogs.AskToEndAsync(share, isGiven: true)
        ? Said(await shares.EndAsync(await currentActor.GetAsync(), place.Owner, kind, share.Id), $"The share of {share.Name} is ended.")
        : null;

    /// <summary>Lets the organization see a resource no more. Nothing is asked: whoever may do it shows it again as quickly.</summary>
    public async Task<string?> HideAsync(ResourcePlace place, ResourceKind kind, ResourceRow row) => Said(
        await shares.ShowToOrganizationAsync(await currentActor.GetAsync(), new ProjectScope(place.Owner.OrganizationId, place.Owner.Id), kind, row.Id, isVisible: false), $"{row.Name} is hidden from the organization.");

    /// <summary>Gives resources to another project.</summary>
    public Task<string?> MoveAsync(ResourceOwner from, IReadOnlyList<ResourceRow> rows) => OpenAsync<MoveDialog>(
        rows is [var only] ? $"Move {only.Name}" : $"Move {Numbers.Whole(rows.Count)} resources", (nameof(MoveDialog.From), from), (nameof(MoveDialog.Rows), rows));

    /// <summary>Deletes a resource, after naming what depends on it.</summary>
    public Task<string?> DeleteAsync(ResourcePlace place, ResourceKind kind, ResourceRow row) => OpenAsync<DeleteResourceDialog>(
        $"Delete {row.Name}?",
        (nameof(DeleteResourceDialog.Place), place), (nameof(DeleteResourceDialog.Kind), kind), (nameof(DeleteResourceDialog.Row), row));

    /// <summary>Does one action to several of a kind, or deletes them, with a line for each.</summary>
    public Task<string?> BulkAsync(ResourcePlace place, ResourceKind kind, IReadOnlyList<ResourceRow> rows, ResourceAction? action) =>
        BulkAsync([.. rows.Select(row => new PickedResource(place.Owner, row))], action, kind.InSentence(isPlural: rows.Count != 1));

    /// <summary>The same for resources of several kinds and projects.</summary>
    public async Task<string?> BulkAsync(IReadOnlyList<PickedResource> picked, ResourceAction? action, string what)
    {
        var run = new BulkRun();
        var done = await OpenAsync<BulkResourcesDialog>(
            $"{action?.Title ?? "Delete"} {Numbers.Whole(picked.Count)} {what}?",
            (nameof(BulkResourcesDialog.Picked), picked), (nameof(BulkResourcesDialog.Action), action), (nameof(BulkResourcesDialog.Run), run));
        // Closed by Escape while it ran: it is done all the same, and the list is to show it.
        return done ?? (run.Ends is { } ends ? await ends : null);
    }

    // Whatever was refused, the page no longer shows what is there.
    private string Said(Result result, string done)
    {
        notifications.Notify(result.Succeeded ? NotificationSeverity.Success : NotificationSeverity.Error, result.Error?.Message ?? done);
        return result.Error?.Message ?? done;
    }

    private async Task<string?> OpenAsync<TDialog>(string title, params (string Name, object? Value)[] parameters)
        where TDialog : Microsoft.AspNetCore.Components.ComponentBase
    {
        var done = await dialogs.OpenAsync<TDialog>(title, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value), DialogLook.Question()) as string;
        if (done is not null)
        {
            notifications.Notify(NotificationSeverity.Success, done);
        }

        return done;
    }
}
