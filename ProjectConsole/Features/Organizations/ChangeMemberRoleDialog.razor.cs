using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

namespace ProjectConsole.Features.Organizations;

/// <summary>Gives a member another organization role, after showing what that changes.</summary>
public sealed partial class ChangeMemberRoleDialog
{
    private string? _role;
    private string _heir = "";
    private bool _needsHeir;
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

    private async Task ChooseAsync(string? role)
    {
        (_role, _needsHeir) = (role, false);
        await RunAsync(Row.Version, preview: true);
    }

    private Task SaveAsync() => RunAsync(Row.Version, preview: false);

    private Task SaveOverAsync() => RunAsync(null, preview: false);

    private async Task RunAsync(Guid? version, bool preview)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var actor = await CurrentActor.GetAsync() with { DryRun = preview };
            var result = await Members.ChangeRoleAsync(actor, Access.Id, new MemberRoleChange(Row.UserId, _role ?? "", version, _heir));
            _error = result.Error;
            _preview = preview && result.Succeeded ? result.Value : null;
            if (result.Error is LastAdmin && !_needsHeir)
            {
                (_needsHeir, _heir) = (true, actor.UserId == Row.UserId ? "" : actor.Name);
            }
            else if (result.Succeeded && !preview)
            {
                Dialogs.Close(true);
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
