using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Explanations;

/// <summary>Who can do one thing in the project. The question is in the address.</summary>
public sealed partial class WhoCanSection
{
    private (AccessVersions Versions, string Permission, PageRequest Page)? _asked;
    private Error? _problem;

    /// <summary>The project.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    [SupplyParameterFromQuery(Name = "permission")]
    private string? PermissionText { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? NumberText { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? SizeText { get; set; }

    [Inject]
    public required WhoCanService WhoCan { get; init; }

    [Inject]
    public required ExplanationDialogs Explanations { get; init; }

    [Inject]
    public required PageReads PageReads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private WhoCanList? List { get; set; }

    private Permission Chosen =>
        PermissionCatalogue.Find(QueryText.Key(PermissionText)) is { Scope: PermissionScope.Project } named ? named : Permissions.ProjectDelete;

    private PageRequest Page => new(QueryText.WholeNumber(NumberText), QueryText.WholeNumber(SizeText));

    private string NobodyText => Project.Project.State == ProjectState.Suspended
        ? "The project is suspended. It comes back when the project is activated." : "No role that reaches anybody here gives it.";

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Project.Versions, Chosen.Name, Page);
        if (_asked != asked)
        {
            _asked = asked;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var (asked, chosen) = (_asked, Chosen);
        var actor = await CurrentActor.GetAsync();
        var result = await PageReads.TryAsync(() => WhoCan.ListAsync(actor, Project.Scope, chosen, Page));
        if (_asked == asked)
        {
            (List, _problem) = (result.Succeeded ? result.Value : null, result.Error);
        }
    }

    private void Choose(Permission permission) => Navigation.NavigateTo(Href(permission.Name, 1, Page.Size));

    private string Href(string permission, int number, int size) => ConsoleUrls.WithQuery(
        ConsoleUrls.WhoCan(Project.Organization.Slug, Project.Project.Slug, permission),
        ("page", number == 1 ? null : number), ("size", size == PageRequest.Sizes[0] ? null : size));

    private static string People(int count) => count == 1 ? "1 person" : $"{count} people";
}
