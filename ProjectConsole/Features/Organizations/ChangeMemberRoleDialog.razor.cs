using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>Gives a member another organization role, after showing what that changes.</summary>
public sealed partial class ChangeMemberRoleDialog
{
    private readonly KeyChoice _keys = new();
    private string? _role;
    private string _heir = "";
    private string? _guard;
    private int _previews;
    private bool _busy;
    private Error? _error;
    private AccessChange? _preview;
    private IReadOnlyList<MemberRoleChoice> _roles = [];

    /// <summary>The organization.</summary>
    [Parameter, EditorRequired]
    public required OrganizationAccess Access { get; set; }

    /// <summary>The member as listed.</summary>
    [Parameter, EditorRequired]
    public required MemberRow Row { get; set; }

    [Inject]
    public required MembersService Members { get; init; }

    [Inject]
    public required MemberDirectory Directory { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _role = Row.RoleKey;
        var roles = await Directory.RolesAsync(await CurrentActor.GetAsync(), Access.Id);
        (_roles, _error) = (roles.Succeeded ? roles.Value : [], roles.Error);
    }

    // What is wrong with the heir stands beside the field.
    private Error? Refusal => _guard is not null && _error is (Invalid or LastAdmin) ? null : _error;

    private string? HeirProblem =>
        _error is LastAdmin && _heir != "" ? "This person cannot be Admin there." : (_error as Invalid)?.For(nameof(MemberRoleChange.Heir));

    private Task ChooseAsync(string? role)
    {
        (_role, _guard, _heir) = (role, null, "");
        return PreviewAsync();
    }

    private Task NameAsync(string heir)
    {
        _heir = heir;
        return PreviewAsync();
    }

    private Task SaveAsync() => SaveAsync(Row.Version);

    private Task SaveOverAsync() => SaveAsync(null);

    private MemberRoleChange Change(Guid? version) => new(Row.UserId, _role ?? "", version, _heir);

    // Only what was shown can be confirmed: with another heir something else happens.
    private async Task PreviewAsync()
    {
        var mine = ++_previews;
        _preview = null;
        var actor = await CurrentActor.GetAsync() with { DryRun = true };
        var result = await Members.ChangeRoleAsync(actor, Access.Id, Change(Row.Version));
        if (result.Error is LastAdmin && _guard is null && AdminSuccession.MayAppoint(Access.Access))
        {
            (_guard, _heir) = (result.Error.Message, actor.UserId == Row.UserId ? "" : actor.Name);
            result = _heir == "" ? result : await Members.ChangeRoleAsync(actor, Access.Id, Change(Row.Version));
        }

        if (mine == _previews)
        {
            (_preview, _error) = (result.Succeeded ? result.Value : null, result.Error);
        }
    }

    private async Task SaveAsync(Guid? version)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Members.ChangeRoleAsync(_keys.Of(await CurrentActor.GetAsync()), Access.Id, Change(version));
            _error = result.Error;
            if (result.Succeeded)
            {
                Dialogs.Close(true);
            }
            else
            {
                _preview = null;
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
