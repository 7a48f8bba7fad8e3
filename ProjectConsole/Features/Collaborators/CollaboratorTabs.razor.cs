using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.AccessRequests;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>The tabs of the collaborators' pages.</summary>
public enum CollaboratorTab
{
    /// <summary>Who has access.</summary>
    People,

    /// <summary>Who was asked to join.</summary>
    Invitations,

    /// <summary>Who asks for access.</summary>
    Requests,
}

/// <summary>Leads between the people of a project, its invitations and the requests for access.</summary>
public sealed partial class CollaboratorTabs
{
    private (CollaboratorTab, AccessVersions, object?)? _shown;
    private IReadOnlyList<NavigationItem> _tabs = [];

    /// <summary>The tab that is shown.</summary>
    [Parameter, EditorRequired]
    public required CollaboratorTab Current { get; set; }

    /// <summary>Changes whenever the requests may have changed.</summary>
    [Parameter]
    public object? Seen { get; set; }

    /// <summary>The project.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    [Inject]
    public required AccessRequestListService Requests { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Current, Project.Versions, Seen);
        if (_shown == asked)
        {
            return;
        }

        _shown = asked;
        // Where the database fails, the tabs stand without the number.
        var waiting = Project.May(Permissions.CollaboratorsChange)
            ? await Reads.TryAsync(async () => (Result<int>)await Requests.CountAsync(await CurrentActor.GetAsync(), Project.Scope))
            : 0;
        _tabs = [.. Tabs(waiting.Succeeded ? waiting.Value : 0)];
    }

    private IEnumerable<NavigationItem> Tabs(int waiting)
    {
        var (organization, project) = (Project.Organization.Slug, Project.Project.Slug);
        yield return new NavigationItem("People and teams", ConsoleUrls.Collaborators(organization, project), Current == CollaboratorTab.People);
        if (Project.May(Permissions.CollaboratorsAdd))
        {
            yield return new NavigationItem("Invitations", ConsoleUrls.ProjectInvitations(organization, project), Current == CollaboratorTab.Invitations);
        }

        if (Project.May(Permissions.CollaboratorsChange))
        {
            yield return new NavigationItem("Requests", ConsoleUrls.ProjectRequests(organization, project), Current == CollaboratorTab.Requests, waiting == 0 ? null : waiting);
        }
    }
}
