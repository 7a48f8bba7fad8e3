using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Features.Projects;

/// <summary>The last step: who will have access and why, and what is set.</summary>
public sealed partial class NewProjectReview
{
    /// <summary>What was typed.</summary>
    [Parameter, EditorRequired]
    public required NewProjectForm Form { get; set; }

    /// <summary>What the form must know.</summary>
    [Parameter, EditorRequired]
    public required ProjectStart Start { get; set; }

    /// <summary>The person's address.</summary>
    [Parameter, EditorRequired]
    public required string Creator { get; set; }

    /// <summary>The person goes back to a step.</summary>
    [Parameter, EditorRequired]
    public EventCallback<int> OnEdit { get; set; }

    private IReadOnlyList<ConfigurationValue> Values => ConfigurationRow.Values(Form.Configuration);

    private WorkspaceChoice Chosen =>
        Start.Workspaces.FirstOrDefault(workspace => workspace.Id == Form.WorkspaceId) ?? Start.Workspaces.First(workspace => workspace.Slug == Slug.Default);

    private string? Workspace => Start.Workspaces.Count < 2 ? null : Chosen.Name;

    private IEnumerable<WorkspaceRoleHolder> InWorkspace => Start.InWorkspaces.Count == 0 ? [] : Start.InWorkspaces.Where(holder => holder.WorkspaceId == Chosen.Id);

    private static string RoleOf(NewCollaboratorRow row) => ProjectRole.Find(row.Role)?.Title ?? row.Role;

    private static string NamesOf(RoleHolders holders) =>
        string.Join(", ", holders.First) + (holders.Count > holders.First.Count ? $" and {Numbers.Whole(holders.Count - holders.First.Count)} more" : "");
}
