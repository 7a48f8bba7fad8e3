using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>Adds people to the organization, after showing what each of them gains, and says what became of each address.</summary>
public sealed partial class AddMembersDialog
{
    private string _addresses = "";
    private string? _role = OrganizationRole.Member.Key;
    private bool _mayCreate;
    private bool _busy;
    private Error? _error;
    private MembersAdded? _seen;
    private bool _isDone;
    private IReadOnlyList<MemberRoleChoice> _roles = [];

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required MemberAddition Addition { get; init; }

    [Inject]
    public required MemberDirectory Directory { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private Invalid? Errors => _error as Invalid;

    private PermissionSet Everywhere => _roles.FirstOrDefault(role => role.Key == _role)?.Everywhere ?? PermissionSet.Empty;

    private bool AsksForTick =>
        _role == OrganizationRole.Member.Key && Access.Access.Facts.Organization?.ProjectCreation == ProjectCreation.TickedMembers;

    protected override async Task OnInitializedAsync()
    {
        var roles = await Directory.RolesAsync(await CurrentActor.GetAsync(), Access.Id);
        (_roles, _error) = (roles.Succeeded ? roles.Value : [], roles.Error);
    }

    private async Task RunAsync(bool preview)
    {
        if (_busy || _isDone)
        {
            return;
        }

        _busy = true;
        try
        {
            var typed = new NewMembers(_addresses, _role ?? "", AsksForTick && _mayCreate);
            var result = await Addition.AddAsync(await CurrentActor.GetAsync() with { DryRun = preview }, Access.Id, typed);
            (_seen, _error, _isDone) = (result.Succeeded ? result.Value : null, result.Error, result.Succeeded && !preview);
        }
        finally
        {
            _busy = false;
        }
    }
}
