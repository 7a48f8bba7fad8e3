using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Projects;

/// <summary>What everybody in a project must know at first sight.</summary>
public sealed partial class ProjectBanners
{
    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required ProjectAccess Project { get; set; }

    private string SuspendedText => Project.Project.SuspendedByOrganization
        ? "The organization suspended this project. It can be read and not changed, until an Owner or Admin of the organization activates it."
        : "This project is suspended. It can be read and not changed, until an Admin activates it.";
}
