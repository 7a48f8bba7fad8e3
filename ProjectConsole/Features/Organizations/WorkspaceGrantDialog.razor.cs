using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>Gives a role on a workspace, or changes one, after showing what that changes.</summary>
public sealed partial class WorkspaceGrantDialog
{
    private readonly KeyChoice _keys = new();
    private string _holder = "";
    private string _role = ProjectRole.Viewer.Key;
    private DateOnly? _lastDay;
    private Guid? _restriction;
    private bool _busy;
    private Error? _error;
    private AccessChange? _preview;
    private IReadOnlyList<MemberRoleChoice> _roles = [];

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required OrganizationAccess Access { get; set; }

    /// <summary>The workspace.</summary>
    [Parameter, EditorRequired]
    public required WorkspaceDetails Workspace { get; set; }

    /// <summary>The role to change; null to give one.</summary>
    [Parameter]
    public WorkspaceGrantRow? Row { get; set; }

    [Inject]
    public required WorkspaceDirectory Directory { get; init; }

    [Inject]
    public required WorkspaceGrantsService Grants { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    private Invalid? Errors => _error as Invalid;

    private PermissionSet RoleGiven => _roles.FirstOrDefault(role => role.Key == _role)?.Everywhere ?? PermissionSet.Empty;

    // A role that ends within a day keeps its moment as long as nobody picks another day.
    private DateTime? ExpiresUtc => _lastDay is not { } day ? null
        : Row?.ExpiresUtc is { } end && day == LastDay.Of(end) ? end
        : LastDay.End(day);

    protected override async Task OnInitializedAsync()
    {
        if (Row is not null)
        {
            (_role, _lastDay, _restriction) = (Row.RoleKey, Row.ExpiresUtc is { } end ? LastDay.Of(end) : null, Row.RestrictionId);
        }

        var roles = await Directory.RolesAsync(await CurrentActor.GetAsync(), Access.Id, Workspace.Id);
        (_roles, _error) = (roles.Succeeded ? roles.Value : [], roles.Error);
    }

    private void Forget() => (_preview, _error) = (null, null);

    private void Restrict(Guid? restriction)
    {
        _restriction = restriction;
        Forget();
    }

    private async Task RunAsync(bool preview, Guid? version)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var actor = (preview ? await CurrentActor.GetAsync() : _keys.Of(await CurrentActor.GetAsync())) with { DryRun = preview };
            var result = Row is null
                ? await Grants.AddAsync(actor, Access.Id, new NewWorkspaceGrant(Workspace.Id, _holder, _role, ExpiresUtc) { RestrictionId = _restriction })
                : await Grants.ChangeAsync(actor, Access.Id, new WorkspaceGrantChange(Workspace.Id, Row.GrantId, _role, ExpiresUtc, version) { RestrictionId = _restriction });
            (_error, _preview) = (result.Error, preview && result.Succeeded ? result.Value : null);
            if (result.Succeeded && !preview)
            {
                var role = _roles.FirstOrDefault(role => role.Key == _role)?.Title ?? _role;
                Dialogs.Close(new DoneAct($"{Row?.Name ?? _holder} has the role {role} on {Workspace.Name} now.", result.Value.EntryId));
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
