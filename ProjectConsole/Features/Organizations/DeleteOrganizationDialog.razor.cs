using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>Deletes the organization once its slug was typed.</summary>
public sealed partial class DeleteOrganizationDialog
{
    private bool _isConfirmed;
    private bool _busy;
    private Error? _error;

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required OrganizationsService Organizations { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private async Task DeleteAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Organizations.DeleteAsync(await CurrentActor.GetAsync(), Access.Id, Access.Organization.Slug);
            _error = result.Error;
            if (result.Succeeded)
            {
                Dialogs.Close(true);
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
