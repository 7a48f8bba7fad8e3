using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Who may do what with a collaborator; commands refuse by it, and pages say why before the click.</summary>
internal static class CollaboratorRules
{
    /// <summary>The refusal to give, change or end a grant that gives this, or null: nobody gives or takes what they do not hold.</summary>
    public static Error? Touching(EffectiveAccess actor, PermissionSet given) =>
        actor.Exceeding(given) is { IsEmpty: false } missing ? new ExceedsOwn(missing) : null;

    /// <summary>What the actor may do with one row.</summary>
    public static CollaboratorActs ActsOn(ProjectAccess actor, Guid userId, ProjectRole? granted, IReadOnlyList<RoleSource> sources)
    {
        var isSelf = actor.Access.Facts.Person.UserId == userId;
        var elsewhere = granted is null ? ManagedElsewhere(sources) : null;
        var exceeds = granted is null || isSelf ? null : Touching(actor.Access, granted.Permissions)?.Message;
        return new CollaboratorActs(
            Shows(actor, Permissions.CollaboratorsChange),
            elsewhere ?? AccessRefusal.InProject(actor, Permissions.CollaboratorsChange)?.Message ?? exceeds,
            Shows(actor, Permissions.CollaboratorsRemove) && !isSelf,
            elsewhere ?? AccessRefusal.InProject(actor, Permissions.CollaboratorsRemove)?.Message ?? exceeds,
            isSelf && granted is not null);
    }

    // What a suspended project rests is still shown, with the reason.
    private static bool Shows(ProjectAccess actor, Permission permission) => actor.Access.Held.Contains(permission);

    private static string ManagedElsewhere(IReadOnlyList<RoleSource> sources) => sources.Count == 0
        ? "Here by no grant on the project itself."
        : sources[0].Kind switch
        {
            AccessSourceKind.OrganizationRole => $"Here as {sources[0].Text}: managed under Members of the organization.",
            AccessSourceKind.DefaultProject => "Every member of the organization has the Default Project.",
            AccessSourceKind.Workspace => $"Here by a grant on the {sources[0].Text}.",
            _ => $"Here through {sources[0].Text}.",
        };
}
