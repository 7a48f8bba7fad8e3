using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using Radzen;

namespace ProjectConsole.Features.Resources;

/// <summary>Asks before a resource is deleted, and names what depends on it.</summary>
public sealed partial class DeleteResourceDialog
{
    private RelatedResources? _users;
    private string? _problem;
    private bool _busy;

    /// <summary>Whose resource.</summary>
    [Parameter, EditorRequired]
    public required ResourcePlace Place { get; set; }

    /// <summary>Its kind.</summary>
    [Parameter, EditorRequired]
    public required ResourceKind Kind { get; set; }

    /// <summary>The resource.</summary>
    [Parameter, EditorRequired]
    public required ResourceRow Row { get; set; }

    [Inject]
    public required ResourcesService Resources { get; init; }

    [Inject]
    public required ResourceDetailService Details { get; init; }

    [Inject]
    public required PageReads Reads { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    protected override async Task OnInitializedAsync()
    {
        var actor = await CurrentActor.GetAsync();
        var detail = await Reads.TryAsync(() => Details.GetAsync(actor, Place.Owner, Kind, Row.Name));
        (_users, _problem) = (detail.Succeeded ? detail.Value.UsedBy : null, detail.Error?.Message);
    }

    private async Task DeleteAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Resources.DeleteAsync(await CurrentActor.GetAsync(), Place.Owner, Kind, Row.Id, version: null);
            if (result.Succeeded)
            {
                Dialogs.Close($"{Row.Name} is deleted.");
            }

            _problem = result.Error?.Message;
        }
        finally
        {
            _busy = false;
        }
    }
}
