using Microsoft.AspNetCore.Components;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Gives a collaborator another role.</summary>
public sealed partial class ChangeRoleDialog
{
    private string? _role;

    [Inject]
    public required CollaboratorsService Collaborators { get; init; }

    protected override bool IsChanged => _role is not null && (_role != Row.Grant?.RoleKey || IsStale);

    protected override string Done => $"{Row.Name} is {Choices.Roles.FirstOrDefault(role => role.Key == _role)?.Title} of {Project.Project.Name} now.";

    protected override Guid? Seen => Row.Grant?.Version;

    protected override void OnInitialized() => _role = Row.Grant?.RoleKey;

    protected override Task<Result<AccessChange>> RunAsync(Actor actor, Guid? seen, string? heir) =>
        Collaborators.ChangeRoleAsync(actor, Project.Scope, new RoleChange(Row.PrincipalId, _role!, seen, heir));

    private Task ChosenAsync(string? role)
    {
        _role = role;
        return PreviewAsync();
    }
}
