using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Teams;

/// <summary>Adds people to a team, after showing what each of them gains.</summary>
public sealed partial class AddTeamMembersDialog
{
    private string _addresses = "";
    private bool _busy;
    private Error? _error;
    private TeamAddition? _seen;

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required OrganizationAccess Access { get; set; }

    /// <summary>The team.</summary>
    [Parameter, EditorRequired]
    public required TeamDetails Team { get; set; }

    [Inject]
    public required TeamsService Teams { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private string Sentence(IReadOnlyList<AddedLine> lines) =>
        lines.Where(line => line.IsAdded).ToList() is [var one] ? one.Message : $"{Numbers.Whole(lines.Count(line => line.IsAdded))} people were added to {Team.Name}.";

    private async Task RunAsync(bool preview)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var actor = await CurrentActor.GetAsync() with { DryRun = preview };
            var result = await Teams.AddMembersAsync(actor, Access.Id, new NewTeamMembers(Team.Id, _addresses));
            (_error, _seen) = (result.Error, result.Succeeded ? result.Value : null);
            if (result.Succeeded && !preview)
            {
                Dialogs.Close(new DoneAct(Sentence(result.Value.Lines), result.Value.Change.EntryId));
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
