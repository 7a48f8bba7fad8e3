using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;

namespace ProjectConsole.Components.Access;

/// <summary>
/// Shows what a command would change: for one person in one project in full, for several projects as a list.
/// </summary>
public sealed partial class AccessChangeView
{
    /// <summary>The answer of a dry run.</summary>
    [Parameter, EditorRequired]
    public required AccessChange Change { get; set; }

    /// <summary>Names the state to come: "After removal".</summary>
    [Parameter]
    public string AfterLabel { get; set; } = "Afterwards";

    /// <summary>Where what is lost came from: "Granted directly on 4 Mar 2026 by …".</summary>
    [Parameter]
    public string? Origin { get; set; }

    /// <summary>Whether the project's name must be shown, because the title around does not say it.</summary>
    [Parameter]
    public bool ShowsProject { get; set; } = true;

    private static IReadOnlyList<ProjectChange> Changed(PersonChange person) =>
        [.. person.Projects.Where(change => !change.Loses.IsEmpty || !change.Gains.IsEmpty)];
}
