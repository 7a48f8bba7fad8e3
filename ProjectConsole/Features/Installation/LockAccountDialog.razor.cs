using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Installation;

/// <summary>Locks an account; where that would leave projects without an Admin, offers to let an Owner take over.</summary>
public sealed partial class LockAccountDialog
{
    private bool _ownersTakeOver;
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

    private async Task LockAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _error = (await Locks.LockAsync(await CurrentActor.GetAsync(), Row.UserId, _ownersTakeOver)).Error;
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
