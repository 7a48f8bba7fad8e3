using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Invitations;

/// <summary>Opens the dialogs about invitations. Each answers the sentence for those who listen, or null where nothing was done.</summary>
public sealed class InvitationDialogs(
    DialogService dialogs, NotificationService notifications, InvitationsService invitations, InvitationListService choices, CurrentActor currentActor,
    NavigationManager navigation, IConfiguration configuration, IHostEnvironment host)
{
    /// <summary>The console's own address, for links in mails.</summary>
    public PublicAddress? Site => PublicAddress.Of(configuration, new Uri(navigation.Uri), host.IsDevelopment());

    /// <summary>Adds collaborators the way the organization joins: by invitation, or by the act given.</summary>
    public async Task<string?> AddOrInviteAsync(ProjectAccess project, Func<Task<string?>> add)
    {
        var offered = await choices.ChoicesAsync(await currentActor.GetAsync(), InvitationPlace.In(project.Scope));
        return offered is { Succeeded: true, Value.Joining: Joining.Invitation } ? await InviteAsync(InvitationPlace.In(project.Scope), project.Project.Name, addsTeams: true) : await add();
    }

    /// <summary>Adds members the way the organization joins: by invitation, or by the act given. Answers whether something was done.</summary>
    public async Task<bool> AddOrInviteAsync(OrganizationAccess organization, Func<Task<bool>> add)
    {
        var place = new InvitationPlace(organization.Id);
        var offered = await choices.ChoicesAsync(await currentActor.GetAsync(), place);
        return offered is { Succeeded: true, Value.Joining: Joining.Invitation } ? await InviteAsync(place, organization.Organization.Name) is not null : await add();
    }

    /// <summary>Invites people.</summary>
    /// <param name="place">Where.</param>
    /// <param name="name">The project or organization by name.</param>
    /// <param name="addresses">Addresses that were typed already.</param>
    /// <param name="role">Stored name of the project role that was chosen already.</param>
    /// <param name="addsTeams">Whether Team IDs may be typed too, which are added to the project directly.</param>
    public async Task<string?> InviteAsync(InvitationPlace place, string name, string addresses = "", string? role = null, bool addsTeams = false)
    {
        var offered = await choices.ChoicesAsync(await currentActor.GetAsync(), place);
        if (!offered.Succeeded)
        {
            return Refuse(offered.Error);
        }

        return Tell(await dialogs.OpenAsync<InviteDialog>(place.ProjectId is null ? "Invite members" : "Add Collaborator", new()
        {
            [nameof(InviteDialog.Place)] = place,
            [nameof(InviteDialog.Name)] = name,
            [nameof(InviteDialog.Choices)] = offered.Value,
            [nameof(InviteDialog.Typed)] = addresses,
            [nameof(InviteDialog.ProjectRole)] = role,
            [nameof(InviteDialog.AddsTeams)] = addsTeams,
        }, DialogLook.Form()) as string);
    }

    /// <summary>Sends a new link.</summary>
    public async Task<string?> ResendAsync(InvitationPlace place, InvitationRow row)
    {
        var sent = await invitations.ResendAsync(await currentActor.GetAsync(), place, row.Id, Site);
        return sent.Succeeded ? Tell($"A new link went to {row.Email}. The one before is dead.") : Refuse(sent.Error);
    }

    /// <summary>Makes a new link and shows it, once.</summary>
    public async Task<string?> CopyLinkAsync(InvitationPlace place, InvitationRow row)
    {
        if (!await dialogs.AskAsync("Make a new link?", $"The link that was sent to {row.Email} stops working.", "Make a link"))
        {
            return null;
        }

        var token = await invitations.CopyLinkAsync(await currentActor.GetAsync(), place, row.Id);
        if (!token.Succeeded)
        {
            return Refuse(token.Error);
        }

        var link = new Uri(Site?.Root ?? new Uri(navigation.BaseUri), ConsoleUrls.Invitation(token.Value)).AbsoluteUri;
        await dialogs.OpenAsync<InvitationLinkDialog>($"Link for {row.Email}", new() { [nameof(InvitationLinkDialog.Link)] = link }, DialogLook.Once());
        return $"A link for {row.Email} was made.";
    }

    /// <summary>Takes an invitation back.</summary>
    public async Task<string?> CancelAsync(InvitationPlace place, InvitationRow row)
    {
        if (!await dialogs.AskAsync($"Cancel the invitation of {row.Email}?", "Its link stops working at once.", "Cancel invitation", isDanger: true))
        {
            return null;
        }

        var cancelled = await invitations.CancelAsync(await currentActor.GetAsync(), place, row.Id);
        return cancelled.Succeeded ? Tell($"The invitation of {row.Email} was cancelled.") : Refuse(cancelled.Error);
    }

    private string? Tell(string? done)
    {
        if (done is not null)
        {
            notifications.Notify(NotificationSeverity.Success, done);
        }

        return done;
    }

    // The list may be old; reading it again shows what the refusal is about.
    private string Refuse(Error error)
    {
        notifications.Notify(NotificationSeverity.Error, error.Message);
        return error.Message;
    }
}
