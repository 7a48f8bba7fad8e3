using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;

namespace ProjectConsole.Components.Access;

/// <summary>What changes for one person in one project: now and afterwards, loses, gains, keeps by another path.</summary>
public sealed partial class ProjectChangeView
{
    /// <summary>The change.</summary>
    [Parameter, EditorRequired]
    public required ProjectChange Change { get; set; }

    /// <summary>Names the state to come.</summary>
    [Parameter, EditorRequired]
    public required string AfterLabel { get; set; }

    /// <summary>Where what is lost came from.</summary>
    [Parameter]
    public string? Origin { get; set; }

    /// <summary>Whether the project's name is shown.</summary>
    [Parameter]
    public bool ShowsName { get; set; }

    private bool IsCutOff => Change.KeepsThrough.Count == 0 && Change.Loses.Contains(Domain.Access.Permissions.ProjectView);

    private string LossTitle => AccessWords.Role(Change.Before) == AccessWords.Role(Change.After)
        ? $"Loses {AccessWords.Count(Change.Loses)}"
        : $"Loses {AccessWords.Role(Change.Before)}";

    private string GainTitle => AccessWords.Role(Change.Before) == AccessWords.Role(Change.After)
        ? $"Gains {AccessWords.Count(Change.Gains)}"
        : $"Becomes {AccessWords.Role(Change.After)}";

    private string KeepsNote => Change.KeepsThrough[0].Kind switch
    {
        AccessSourceKind.OrganizationRole => "Organization roles hold in every project and are managed under Members.",
        AccessSourceKind.DefaultProject => "Every member of the organization has that.",
        AccessSourceKind.Team => "To end this too, take them out of the team or remove the team.",
        AccessSourceKind.Workspace => "Grants on a workspace count in each of its projects.",
        _ => "The grant on the project itself stays.",
    };

    private static string Permissions(EffectiveAccess? access) => AccessWords.Count(access?.Allowed ?? PermissionSet.Empty);
}
