using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>
/// On the page that says "Not found, or you have no access": the form that asks for access, for members of the organization in the
/// address. The address alone decides, never what it leads to.
/// </summary>
public sealed partial class NoAccessRequest
{
    private string? _organization;
    private string? _projectId;

    [Inject]
    public required AccessControl Access { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        var path = new Uri(Navigation.Uri).AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToList();
        _organization = null;
        if (path is ["organizations", var organization, "projects", var project, ..] && RendererInfo.IsInteractive
            && await Access.OpenOrganizationAsync(await CurrentActor.GetAsync(), organization) is { IsExternal: false })
        {
            (_organization, _projectId) = (organization, project);
        }
    }
}
