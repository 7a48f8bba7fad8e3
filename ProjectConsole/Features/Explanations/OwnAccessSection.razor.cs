using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Explanations;

/// <summary>Explains to the person what they may do in the project. Refused pages lead here with the permission that is missing.</summary>
public sealed partial class OwnAccessSection
{
    private AccessExplanation? _explained;
    private string? _problem;

    /// <summary>The project.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    [SupplyParameterFromQuery(Name = "permission")]
    private string? PermissionText { get; set; }

    [Inject]
    public required ExplanationService Explanations { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private Permission Chosen =>
        PermissionCatalogue.Find(QueryText.Key(PermissionText)) is { Scope: PermissionScope.Project } named ? named : _explained!.Foremost;

    // Asked again whenever the boundary decides anew.
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var actor = await CurrentActor.GetAsync();
        var result = await Explanations.OfPersonAsync(actor, Project.Scope, actor.UserId);
        (_explained, _problem) = (result.Succeeded ? result.Value : null, result.Error?.Message);
    }

    private void Choose(Permission permission) =>
        Navigation.NavigateTo(ConsoleUrls.OwnAccess(Project.Organization.Slug, Project.Project.Slug, permission.Name), replace: true);
}
