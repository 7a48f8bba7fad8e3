using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Installation;

/// <summary>
/// Locks an account; where that would leave projects without an Admin, offers to let an Owner take over, and where it would leave
/// organizations without an active Owner, asks whether that is meant.
/// </summary>
public sealed partial class LockAccountDialog
{
    private bool _ownersTakeOver;
    private bool _leavesOwnerless;
    private int _projects;
    private int _organizations;
    private bool _busy;
    private Error? _error;

    /// <summary>The account as listed.</summary>
    [Parameter, EditorRequired]
    public required AccountRow Row { get; set; }

    [Inject]
    public required AccountLocks Locks { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private string OrganizationsText => _organizations == 1 ? "1 organization" : $"{Numbers.Whole(_organizations)} organizations";

    private async Task LockAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _error = (await Locks.LockAsync(await CurrentActor.GetAsync(), Row.UserId, _ownersTakeOver, _leavesOwnerless)).Error;
            // A box that was ticked stays, whatever the next refusal is about.
            _projects = (_error as LockLeavesProjects)?.Projects ?? _projects;
            _organizations = (_error as LockLeavesOrganizations)?.Organizations ?? _organizations;
            if (_error is null)
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
