using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>Who belongs to the organization, and who is outside and holds grants in it.</summary>
public sealed partial class MembersSection
{
    private MemberQuery _query = new(null, null, MemberSort.Address, false, default);
    private (MemberQuery Query, AccessVersions Versions)? _shown;
    private Guid _actorId;
    private DateTime _now;
    private Error? _error;
    private RowMenu? _menu;

    [CascadingParameter]
    public required OrganizationAccess Access { get; set; }

    [Inject]
    public required MemberDirectory Directory { get; init; }

    [Inject]
    public required ProjectConsole.Features.Invitations.InvitationDialogs Invitations { get; init; }

    [Inject]
    public required MemberDialogs MemberDialogs { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required SearchNavigation Searches { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [SupplyParameterFromQuery(Name = "search")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "role")]
    private string? RoleText { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "reversed")]
    private string? ReversedText { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? NumberText { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? SizeText { get; set; }

    /// <summary>The page of members shown, carried over from prerendering.</summary>
    [PersistentState]
    public LoadedMembers? Loaded { get; set; }

    private MemberList? List => Loaded?.List;

    private int? Size => QueryText.WholeNumber(SizeText);

    private string? Role => QueryText.Key(RoleText) is { Length: > 0 } role ? role : null;

    private bool MayManage => Access.May(Permissions.MembersManage);

    protected override async Task OnParametersSetAsync()
    {
        var sort = QueryText.Named<MemberSort>(Sort) ?? MemberSort.Address;
        _query = new MemberQuery(Search, Role, sort, QueryText.Flag(ReversedText), new PageRequest(QueryText.WholeNumber(NumberText), Size));
        var asked = (_query, Access.Versions);
        if (_shown == asked)
        {
            return;
        }

        var isCarriedOver = _shown is null && Loaded?.Versions == Access.Versions;
        _shown = asked;
        _actorId = (await CurrentActor.GetAsync()).UserId;
        if (isCarriedOver)
        {
            _now = Clock.GetUtcNow().UtcDateTime;
            return;
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var (asked, versions) = (_shown, Access.Versions);
        var actor = await CurrentActor.GetAsync();
        var result = await Reads.TryAsync(() => Directory.ListAsync(actor, Access.Id, _query));
        if (_shown == asked)
        {
            _now = Clock.GetUtcNow().UtcDateTime;
            (Loaded, _error) = (result.Succeeded ? new LoadedMembers(versions, result.Value) : null, result.Error);
        }
    }

    private async Task AddAsync() => await ReloadAfterAsync(Invitations.AddOrInviteAsync(Access, () => MemberDialogs.AddAsync(Access)));

    private void OpenMenu(MemberRow row) => _menu!.Open(row.Email, MemberDialogs.MenuOf(Access, row, row.UserId == _actorId, ReloadAfterAsync));

    private async Task ReloadAfterAsync(Task<bool> act)
    {
        if (await act)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private bool ShowsTick(MemberRow row) =>
        row.MayCreateProjects && Access.Access.Facts.Organization?.ProjectCreation == ProjectCreation.TickedMembers;
}
