using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Gives a temporary role beside whatever lets somebody in.</summary>
public sealed partial class RaiseDialog
{
    private string? _role;
    private EndChoice _end = new("2-hours");

    [Inject]
    public required UpgradeService Upgrades { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    protected override bool IsChanged => _role is not null && _end.IsComplete;

    protected override string Done =>
        $"{Row.Name} is {Choices.Roles.FirstOrDefault(role => role.Key == _role)?.Title} of {Project.Project.Name} until {TimeText.Exact(End ?? Clock.GetUtcNow().UtcDateTime)}.";

    protected override Guid? Seen => Row.Upgrade?.Version;

    private DateTime? End => _end.At(Clock.GetUtcNow().UtcDateTime);

    protected override Task OnInitializedAsync()
    {
        _role = Row.Upgrade?.RoleKey ?? Choices.Roles.FirstOrDefault(role => !role.IsAbove)?.Key;
        return PreviewAsync();
    }

    protected override Task<Result<AccessChange>> RunAsync(Actor actor, Guid? seen, string? heir) =>
        Upgrades.RaiseAsync(actor, Project.Scope, new Upgrade(Row.PrincipalId, _role!, End, null, seen));

    private Task RoleAsync(string? role)
    {
        _role = role;
        return PreviewAsync();
    }

    private Task EndAsync(EndChoice end)
    {
        _end = end;
        return PreviewAsync();
    }
}
