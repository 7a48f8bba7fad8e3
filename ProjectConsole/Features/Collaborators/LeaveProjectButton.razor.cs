using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Leaves a project, with its preview and confirmation; disabled for people without a grant on the project itself.</summary>
public sealed partial class LeaveProjectButton
{
    private bool _busy;

    /// <summary>The project.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    [Inject]
    public required CollaboratorDialogs Acts { get; init; }

    private bool MayLeave => Project.Access.Sources.Any(source => source.Kind == AccessSourceKind.Direct);

    private async Task LeaveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            await Acts.LeaveAsync(Project);
        }
        finally
        {
            _busy = false;
        }
    }
}
