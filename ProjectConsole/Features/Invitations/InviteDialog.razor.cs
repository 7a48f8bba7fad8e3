using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Invitations;

/// <summary>
/// Invites one or several addresses, and adds teams, whose people are in already. It closes by itself once everybody typed is invited
/// or added.
/// </summary>
public sealed partial class InviteDialog
{
    private readonly List<string> _invited = [];
    private readonly List<string> _added = [];
    private string _addresses = "";
    private string? _projectRole;
    private string? _organizationRole;
    private DateOnly? _ends;
    private bool _busy;
    private bool _closed;
    private Error? _error;
    private int _previews;
    private IReadOnlyList<InvitedLine> _lines = [];
    private InvitationPreview? _preview;
    private AccessChange? _teams;

    /// <summary>Where.</summary>
    [Parameter, EditorRequired]
    public required InvitationPlace Place { get; set; }

    /// <summary>What people are invited to, by name.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>Which roles can be offered.</summary>
    [Parameter, EditorRequired]
    public required InvitationChoices Choices { get; set; }

    /// <summary>Addresses that were typed elsewhere already.</summary>
    [Parameter]
    public string Typed { get; set; } = "";

    /// <summary>Stored name of the project role that was chosen elsewhere already.</summary>
    [Parameter]
    public string? ProjectRole { get; set; }

    /// <summary>Whether Team IDs may be typed too, which are added to the project directly.</summary>
    [Parameter]
    public bool AddsTeams { get; set; }

    [Inject]
    public required InvitationsService Invitations { get; init; }

    [Inject]
    public required CollaboratorsService Collaborators { get; init; }

    [Inject]
    public required InvitationDialogs Links { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private bool IsProject => Place.ProjectId is not null;

    private Invalid? Errors => _error as Invalid;

    private string Description => $"They get a link by mail that works once, for seven days. Nothing changes in {Name} until they accept.{(AddsTeams ? " A team is added at once." : "")}";

    private string Help => AddsTeams
        ? "Or the Team ID of a team. Several: separate them by commas, spaces or lines."
        : "Several addresses: separate them by commas, spaces or lines.";

    protected override Task OnInitializedAsync()
    {
        _addresses = Typed;
        _projectRole = ProjectRole ?? (IsProject ? Domain.Access.ProjectRole.Developer.Key : null);
        _organizationRole = Choices.OrganizationRoles.Any(role => role.Key == OrganizationRole.Member.Key) && (!IsProject || Typed != "") ? OrganizationRole.Member.Key : null;
        return PreviewAsync();
    }

    private void Close()
    {
        _closed = true;
        Dialogs.Close(_invited.Count + _added.Count == 0 ? null : Done);
    }

    private async Task InviteAsync()
    {
        // The second half of a double click can arrive after the first has closed the dialog.
        if (_busy || _closed)
        {
            return;
        }

        _busy = true;
        try
        {
            Show(await SendAsync(await CurrentActor.GetAsync()));
        }
        finally
        {
            _busy = false;
        }
    }

    private void Show(Result<IReadOnlyList<InvitedLine>> result)
    {
        (_lines, _error) = ([], result.Error);
        if (!result.Succeeded)
        {
            return;
        }

        _invited.AddRange(result.Value.Where(line => line is { Refusal: null, IsTeam: false }).Select(line => line.Email));
        _added.AddRange(result.Value.Where(line => line is { Refusal: null, IsTeam: true }).Select(line => line.Email));
        var refused = result.Value.Where(line => line.Refusal is not null).ToList();
        if (refused.Count == 0)
        {
            Close();
        }
        else if (result.Value.Count == 1)
        {
            _error = new Invalid(nameof(NewInvitations.Addresses), refused[0].Refusal!.Message);
        }
        else
        {
            // What is left to repair stays in the field.
            (_lines, _addresses) = (result.Value, string.Join('\n', refused.Select(line => line.Email)));
        }
    }
}
