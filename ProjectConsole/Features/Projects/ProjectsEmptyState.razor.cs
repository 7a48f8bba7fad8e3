using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Projects;

/// <summary>No project to show, though nothing was searched: what this is for, and the one thing to do.</summary>
public sealed partial class ProjectsEmptyState
{
    /// <summary>Where one is.</summary>
    [Parameter, EditorRequired]
    public required OrganizationNames Organization { get; set; }

    /// <summary>Whether the person may make one.</summary>
    [Parameter, EditorRequired]
    public required CreationAllowance Creation { get; set; }

    /// <summary>The person is no member.</summary>
    [Parameter]
    public bool IsExternal { get; set; }

    private string Title => IsExternal ? "No project is shared with you now" : $"No projects in {Organization.Name} yet";

    private string Text => IsExternal
        ? "You see the projects of this organization in which you are a collaborator."
        : "A project keeps resources, people and limits of one piece of work apart from all others.";

    private string? Note => Creation.MayCreate ? null
        : IsExternal ? "An Admin of the project can add you."
        : "You may not create projects here. Ask an Owner or Admin of the organization.";
}
