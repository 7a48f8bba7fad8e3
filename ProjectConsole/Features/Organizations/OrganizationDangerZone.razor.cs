using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>Leaving and deleting the organization.</summary>
public sealed partial class OrganizationDangerZone
{
    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required MemberDialogs MemberDialogs { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required OwnDeparture Departure { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private async Task LeaveAsync()
    {
        var actor = await CurrentActor.GetAsync();
        var role = Access.Access.Facts.Membership?.Role ?? OrganizationRole.Member;
        var own = new MemberRow(actor.UserId, actor.Name, "", role.Key, false, default, null, false, 0, Guid.Empty);
        await MemberDialogs.EndAsync(Access, own, isOwn: true);
    }

    private async Task DeleteAsync()
    {
        using var departure = Departure.Begin();
        var parameters = new Dictionary<string, object?> { [nameof(DeleteOrganizationDialog.Access)] = Access };
        if (await Dialogs.OpenAsync<DeleteOrganizationDialog>($"Delete {Access.Organization.Name}?", parameters, DialogLook.Question()) is true)
        {
            Departure.Go();
            Navigation.NavigateTo(ConsoleUrls.Organizations);
        }
    }
}
