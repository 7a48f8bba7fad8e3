using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Ends a temporary role before its time.</summary>
public sealed partial class EndRaiseDialog
{
    [Inject]
    public required UpgradeService Upgrades { get; init; }

    protected override bool IsChanged => true;

    protected override string Done => $"The temporary role of {Row.Name} has ended.";

    protected override Guid? Seen => Row.Upgrade?.Version;

    protected override Task OnInitializedAsync() => PreviewAsync();

    protected override Task<Result<AccessChange>> RunAsync(Actor actor, Guid? seen, string? heir) =>
        Upgrades.EndAsync(actor, Project.Scope, new UpgradeEnd(Row.PrincipalId, seen));
}
