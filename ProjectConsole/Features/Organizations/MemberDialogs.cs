using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Explanations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>What can be done to a member from its row, and the dialogs for it. Each answers whether something was done.</summary>
public sealed class MemberDialogs(
    DialogService dialogs, NotificationService notifications, MembersService members, CurrentActor currentActor, NavigationManager navigation,
    OwnDeparture departure, ExplanationDialogs explanations)
{
    /// <summary>Add members by address.</summary>
    public async Task<bool> AddAsync(OrganizationAccess organization) => await dialogs.OpenAsync<AddMembersDialog>(
        "Add members", new() { [nameof(AddMembersDialog.Access)] = organization }, DialogLook.Form()) is true;

    /// <summary>The entries of a row's menu; one that the actor may not use says why.</summary>
    public IReadOnlyList<MenuItem> MenuOf(OrganizationAccess organization, MemberRow row, bool isOwn, Func<Task<bool>, Task> after) =>
        [.. Entries(organization, row, isOwn, after)];

    private IEnumerable<MenuItem> Entries(OrganizationAccess organization, MemberRow row, bool isOwn, Func<Task<bool>, Task> after)
    {
        if (organization.May(Permissions.MembersManage))
        {
            var reason = row.Refusal;
            if (row.IsMember)
            {
                yield return new MenuItem("Change role", "swap_horiz") { DisabledReason = reason, OnClick = () => after(ChangeRoleAsync(organization, row)) };
                if (organization.Access.Facts.Organization?.ProjectCreation == ProjectCreation.TickedMembers)
                {
                    yield return new MenuItem(row.MayCreateProjects ? "No longer creates projects" : "May create projects", "create_new_folder")
                    {
                        DisabledReason = reason,
                        OnClick = () => after(TickAsync(organization, row)),
                    };
                }
            }

            yield return Why(organization, row);
            if (!isOwn)
            {
                yield return new MenuItem("Remove from organization", "person_remove")
                {
                    DisabledReason = reason,
                    IsDanger = true,
                    StartsGroup = true,
                    OnClick = () => after(EndAsync(organization, row, isOwn: false)),
                };
            }
        }
        else
        {
            yield return Why(organization, row);
        }

        if (isOwn)
        {
            yield return new MenuItem("Leave organization", "logout") { IsDanger = true, StartsGroup = true, OnClick = () => after(EndAsync(organization, row, isOwn: true)) };
        }
    }

    private MenuItem Why(OrganizationAccess organization, MemberRow row) =>
        new("Why?", "help") { OnClick = () => explanations.OpenAsync(organization, row.UserId, row.Email) };

    private async Task<bool> ChangeRoleAsync(OrganizationAccess organization, MemberRow row) => await dialogs.OpenAsync<ChangeMemberRoleDialog>(
        $"Change the role of {row.Email}",
        new() { [nameof(ChangeMemberRoleDialog.Access)] = organization, [nameof(ChangeMemberRoleDialog.Row)] = row },
        DialogLook.Form()) is true;

    private async Task<bool> TickAsync(OrganizationAccess organization, MemberRow row)
    {
        var result = await members.LetCreateProjectsAsync(await currentActor.GetAsync(), organization.Id, row.UserId, !row.MayCreateProjects);
        if (!result.Succeeded)
        {
            notifications.Notify(NotificationSeverity.Error, result.Error.Message);
        }

        return result.Succeeded;
    }

    /// <summary>Removes a person, or lets the actor leave, after showing what that changes.</summary>
    public async Task<bool> EndAsync(OrganizationAccess organization, MemberRow row, bool isOwn)
    {
        var name = organization.Organization.Name;
        var parameters = new Dictionary<string, object?>
        {
            [nameof(RemoveMemberDialog.Access)] = organization,
            [nameof(RemoveMemberDialog.Row)] = row,
            [nameof(RemoveMemberDialog.IsOwn)] = isOwn,
        };
        using var leaving = isOwn ? departure.Begin() : null;
        if (await dialogs.OpenAsync<RemoveMemberDialog>(isOwn ? $"Leave {name}?" : $"Remove {row.Email} from {name}?", parameters, DialogLook.Question()) is not true)
        {
            return false;
        }

        if (isOwn)
        {
            departure.Go();
            navigation.NavigateTo(ConsoleUrls.Organizations);
        }

        return !isOwn;
    }
}
