using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Sharing;

/// <summary>With whom a resource is shared.</summary>
public enum ShareWith
{
    /// <summary>Another project.</summary>
    Project,

    /// <summary>All projects of a workspace.</summary>
    Workspace,

    /// <summary>Every project of the organization.</summary>
    Organization,
}

/// <summary>Offers a resource to another project or a workspace, or shows it to the organization.</summary>
public sealed partial class ShareDialog
{
    private ShareWith _with;
    private string _project = "";
    private string _workspace = "";
    private bool _forUse = true;
    private Error? _error;
    private bool _busy;
    private bool _hasWorkspaces;

    /// <summary>Whose it is: a project's, or the person's own.</summary>
    [Parameter, EditorRequired]
    public ResourceOwner Owner { get; set; }

    /// <summary>Its kind.</summary>
    [Parameter, EditorRequired]
    public required ResourceKind Kind { get; set; }

    /// <summary>Its id.</summary>
    [Parameter, EditorRequired]
    public Guid ResourceId { get; set; }

    /// <summary>Its name.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Inject]
    public required SharingService Shares { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required Radzen.DialogService Dialogs { get; init; }

    [Inject]
    public required ProjectFinder Finder { get; init; }

    // One workspace alone is hidden everywhere.
    private IReadOnlyList<RadioCard<ShareWith>> Cards =>
    [
        new(ShareWith.Project, "A project", "Somebody there accepts it."),
        .. _hasWorkspaces ? (RadioCard<ShareWith>[])[new(ShareWith.Workspace, "A workspace", "All of its projects.")] : [],
        new(ShareWith.Organization, "The organization", "Every project at once; no external collaborators."),
    ];

    private ShareOffer Offer => new(
        _with == ShareWith.Project ? _project : null, _with == ShareWith.Workspace ? _workspace : null, _forUse ? ShareLevel.Use : ShareLevel.View);

    protected override async Task OnInitializedAsync() =>
        _hasWorkspaces = !Owner.IsPersonal && (await Finder.WorkspacesAsync(await CurrentActor.GetAsync(), Owner.OrganizationId, "")).Total > 1;

    private string? ErrorOf(string field) => (_error as Invalid)?.For(field);

    private async Task ShareAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var actor = await CurrentActor.GetAsync();
            _error = _with == ShareWith.Organization && Owner.ProjectId is { } projectId
                ? (await Shares.ShowToOrganizationAsync(actor, new ProjectScope(Owner.OrganizationId, projectId), Kind, ResourceId, isVisible: true)).Error
                : (await Shares.OfferAsync(actor, Owner, Kind, ResourceId, Offer)).Error;
            if (_error is null)
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
