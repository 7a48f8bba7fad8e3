using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Undo;

/// <summary>Who lost the grant on the project lately, and the way back.</summary>
public sealed partial class FormerSection
{
    private (AccessVersions Versions, PageRequest Page)? _asked;
    private string? _problem;

    /// <summary>The project.</summary>
    [CascadingParameter]
    public required ProjectAccess Project { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? NumberText { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? SizeText { get; set; }

    [Inject]
    public required UndoService Undo { get; init; }

    [Inject]
    public required UndoDialogs Dialogs { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    private Page<FormerCollaborator>? Rows { get; set; }

    private bool MayReinstate => Project.May(Permissions.CollaboratorsAdd);

    private PageRequest Page => new(QueryText.WholeNumber(NumberText), QueryText.WholeNumber(SizeText));

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Project.Versions, Page);
        if (_asked != asked)
        {
            _asked = asked;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var result = await Undo.FormerAsync(await CurrentActor.GetAsync(), Project.Scope, Page);
        (Rows, _problem) = (result.Succeeded ? result.Value : null, result.Error?.Message);
    }

    private async Task ReinstateAsync(FormerCollaborator row)
    {
        if (await Dialogs.UndoAsync(Dialogs.EndIn(Project, row.EntryId), $"Reinstate {row.Name} as {row.Role}?") is not null)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private string Href(int number, int size) => ConsoleUrls.WithQuery(
        ConsoleUrls.FormerCollaborators(Project.Organization.Slug, Project.Project.Slug),
        ("page", number == 1 ? null : number), ("size", size == PageRequest.Sizes[0] ? null : size));
}
