using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Teams;

/// <summary>Creates a team, or gives one other texts. Answers its Team ID where something was saved.</summary>
public sealed partial class TeamDialog
{
    private string _name = "";
    private string _slug = "";
    private string _description = "";
    private bool _slugIsTyped;
    private bool _busy;
    private Error? _error;

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required OrganizationAccess Access { get; set; }

    /// <summary>The team to change; null to create one.</summary>
    [Parameter]
    public TeamDetails? Team { get; set; }

    [Inject]
    public required TeamsService Teams { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private Invalid? Errors => _error as Invalid;

    protected override void OnInitialized() => (_name, _description) = (Team?.Name ?? "", Team?.Description ?? "");

    private void DeriveSlug()
    {
        if (!_slugIsTyped)
        {
            _slug = Slug.Derive(_name);
        }
    }

    private void KeepSlug() => _slugIsTyped = _slug != "";

    private async Task SaveAsync(Guid? version)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var actor = await CurrentActor.GetAsync();
            _error = Team is null
                ? (await Teams.CreateAsync(actor, Access.Id, new NewTeam(_name, _slug, _description))).Error
                : (await Teams.ChangeAsync(actor, Access.Id, new TeamTexts(Team.Id, _name, _description, version))).Error;
            if (_error is null)
            {
                Dialogs.Close(Team?.Slug ?? Slug.Clean(_slug));
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
