using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>Opens the dialog in which Owners and Admins ask for more projects; absent for everybody else.</summary>
public sealed partial class RequestMoreProjectsButton
{
    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    /// <summary>Something was asked for.</summary>
    [Parameter]
    public EventCallback OnRequested { get; set; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private async Task OpenAsync()
    {
        var parameters = new Dictionary<string, object?> { [nameof(RequestMoreProjectsDialog.Access)] = Access };
        if (await Dialogs.OpenAsync<RequestMoreProjectsDialog>("Request more projects", parameters, DialogLook.Form()) is true)
        {
            await OnRequested.InvokeAsync();
        }
    }
}
