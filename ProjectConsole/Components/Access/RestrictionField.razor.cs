using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Components.Access;

/// <summary>Chooses one of the restrictions that a project or the workspaces of an organization may use, or none, and says what it takes.</summary>
public sealed partial class RestrictionField
{
    private IReadOnlyList<RestrictionOption> _options = [];
    private (ProjectScope? Project, Guid? OrganizationId) _loaded;

    /// <summary>The project on whose grant it hangs; null for the grant on a workspace.</summary>
    [Parameter]
    public ProjectScope? Project { get; set; }

    /// <summary>The organization of the workspace on whose grant it hangs; null for the grant on a project.</summary>
    [Parameter]
    public Guid? OrganizationId { get; set; }

    /// <summary>The chosen restriction; null for none.</summary>
    [Parameter]
    public Guid? Value { get; set; }

    /// <summary>Another restriction, or none, was chosen.</summary>
    [Parameter]
    public EventCallback<Guid?> ValueChanged { get; set; }

    /// <summary>What the chosen role gives, so that the field can say how much of it is left.</summary>
    [Parameter]
    public PermissionSet Role { get; set; }

    /// <summary>What is wrong with it.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Inject]
    public required RestrictionOptions Restrictions { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    private string Help => _options.FirstOrDefault(option => option.Id == Value) is not { } chosen
        ? (_options.Count == 0 ? "There are no restrictions here yet. They are made under Restrictions." : "It only takes from the role, never adds.")
        : Role.IsEmpty ? $"{chosen.Description} It takes {AccessWords.Count(chosen.Denied)}.".TrimStart()
        : $"{chosen.Description} It takes {(Role & chosen.Denied).Count} of {AccessWords.Count(Role)}.".TrimStart();

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded == (Project, OrganizationId))
        {
            return;
        }

        _loaded = (Project, OrganizationId);
        var actor = await CurrentActor.GetAsync();
        var listed = Project is { } project ? await Restrictions.ListAsync(actor, project)
            : OrganizationId is { } organizationId ? await Restrictions.ListForWorkspacesAsync(actor, organizationId)
            : null;
        _options = listed is { Succeeded: true } ? listed.Value : [];
    }

    private Task ChooseAsync(ChangeEventArgs change) => ValueChanged.InvokeAsync(Guid.TryParse(change.Value as string, out var id) ? id : null);
}
