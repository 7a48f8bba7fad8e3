using Microsoft.AspNetCore.Components;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Hangs a restriction on a collaborator's grant, or takes it off.</summary>
public sealed partial class RestrictDialog
{
    private Guid? _restriction;

    [Inject]
    public required CollaboratorsService Collaborators { get; init; }

    protected override bool IsChanged => _restriction != Row.Grant?.RestrictionId || IsStale;

    protected override string Done => _restriction is null ? $"{Row.Name} is not restricted any more." : $"{Row.Name} is restricted now.";

    private PermissionSet Role => Choices.Roles.FirstOrDefault(role => role.Key == Row.Grant?.RoleKey)?.Permissions ?? PermissionSet.Empty;

    protected override Guid? Seen => Row.Grant?.Version;

    protected override void OnInitialized() => _restriction = Row.Grant?.RestrictionId;

    protected override Task<Result<AccessChange>> RunAsync(Actor actor, Guid? seen, string? heir) =>
        Collaborators.RestrictAsync(actor, Project.Scope, new RestrictionChange(Row.PrincipalId, _restriction, seen, heir));

    private Task ChosenAsync(Guid? restriction)
    {
        _restriction = restriction;
        return PreviewAsync();
    }
}
