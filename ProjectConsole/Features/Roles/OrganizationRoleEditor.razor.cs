using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Roles;

/// <summary>One organization role: to read, to change or to make.</summary>
public sealed partial class OrganizationRoleEditor
{
    private static readonly PermissionSet Always = PermissionSet.Of(Permissions.OrganizationView);

    private bool _isLoaded;
    private string? _error;
    private string _name = "";
    private string _description = "";
    private string _everywhere = "";
    private CeilingKind _kind;
    private PermissionSet _ceiling = PermissionCatalogue.Project;
    private PermissionSet _rights = OrganizationRole.Member.Rights;
    private Error? _problem;
    private bool _busy;

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required RolePlace Place { get; set; }

    /// <summary>Stored name of the role; null to create one.</summary>
    [Parameter]
    public string? Role { get; set; }

    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required OrganizationRolesService Roles { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required RolePreviews Previews { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    /// <summary>The role, carried over from prerendering.</summary>
    [PersistentState]
    public OrganizationRoleRow? Row { get; set; }

    private string Href => ConsoleUrls.OrganizationRolesOf(Place.RolesHref);

    private Invalid? Wrong => _problem as Invalid;

    private PermissionSet MyRights => Access.Access.Held;

    private PermissionSet MyCeiling => Access.Access.Facts.Membership?.Role.Ceiling ?? PermissionSet.Empty;

    private bool IsEditable => ReadOnlyReason is null;

    private string? ReadOnlyReason => Row is { IsBuiltIn: true } ? "The console brings this role. It never changes."
        : !Place.MayManage ? "You may read this role and not change it."
        : null;

    private IReadOnlyList<RadioCard<CeilingKind>> Ceilings =>
    [
        new(CeilingKind.None, "No cap", "Whatever is granted counts.") { DisabledReason = MyCeiling == PermissionCatalogue.Project ? null : "Your own role has a ceiling." },
        new(CeilingKind.ViewOnly, "View only", "Even an Admin grant gives no more than every view."),
        new(CeilingKind.Chosen, "Chosen", "What is not ticked, no project can give."),
    ];

    protected override async Task OnParametersSetAsync()
    {
        if (_isLoaded)
        {
            return;
        }

        _isLoaded = true;
        if (Role is not null && Row is null)
        {
            await LoadAsync();
        }

        Fill();
    }

    private EventCallback<PermissionSet> Choosing(Action<PermissionSet> choose) =>
        IsEditable ? EventCallback.Factory.Create(this, choose) : default;

    private void ChooseCeiling(CeilingKind kind)
    {
        _kind = kind;
        _ceiling = kind switch
        {
            CeilingKind.None => PermissionCatalogue.Project,
            CeilingKind.ViewOnly => PermissionCatalogue.ProjectViews,
            _ => ProjectRole.Developer.Permissions & MyCeiling,
        };
    }

    private async Task LoadAsync()
    {
        if (Role is not null)
        {
            var result = await Roles.GetAsync(await CurrentActor.GetAsync(), Place.Owner.OrganizationId, Role);
            (Row, _error) = (result.Succeeded ? result.Value : null, result.Error?.Message);
        }

        Fill();
    }

    private void Fill()
    {
        _problem = null;
        if (Row is { } row)
        {
            (_name, _description, _everywhere) = (row.Name, row.Description, row.InEveryProject ?? "");
            (_rights, _ceiling, _kind) = (row.RightSet, row.CeilingSet, OrganizationRoleWords.KindOf(row.CeilingSet));
        }
        else if (MyCeiling != PermissionCatalogue.Project)
        {
            ChooseCeiling(CeilingKind.ViewOnly);
        }
    }
}
