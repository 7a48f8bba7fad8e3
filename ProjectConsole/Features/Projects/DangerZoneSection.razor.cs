using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>Suspending, activating, leaving and deleting a project.</summary>
public sealed partial class DangerZoneSection
{
    /// <summary>The project as this person may open it.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    [Inject]
    public required ProjectLifeDialogs Life { get; init; }

    [Inject]
    public required OwnDeparture Departure { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private ProjectActs Acts => ProjectLifeRules.ActsOf(Project);

    private string LeavingText => Project.Access.Sources.Any(source => source.Kind == AccessSourceKind.Direct)
        ? "You lose what you were granted here. Resources that you created stay."
        : "You were granted nothing on this project itself, so there is nothing to leave.";

    private bool IsSuspended => Project.Project.State == ProjectState.Suspended;

    private bool MaySuspendForOrganization => ProjectLifeRules.MaySuspendForOrganization(Project);

    private ProjectTarget Target => new(Project.Scope, Project.Project.Slug, Project.Project.Name);

    // The boundary asks the decision again after each of these, and draws the page anew.
    private Task<bool> SuspendAsync() => Life.SuspendAsync(Target);

    private Task<bool> SuspendForOrganizationAsync() => Life.SuspendForOrganizationAsync(Target);

    private Task<bool> ActivateAsync() => Life.ActivateAsync(Target);

    private async Task DeleteAsync()
    {
        // The open page loses the project too, which is no news to whoever deletes it.
        using var departure = Departure.Begin();
        if (await Life.DeleteAsync(Target))
        {
            Departure.Go();
            Navigation.NavigateTo(ConsoleUrls.Projects(Project.Organization.Slug));
        }
    }
}
