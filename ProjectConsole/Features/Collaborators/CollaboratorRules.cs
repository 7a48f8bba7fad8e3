using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Who may do what with a collaborator; commands refuse by it, and pages say why before the click.</summary>
internal static class CollaboratorRules
{
    /// <summary>The refusal to change or end a grant that gives this, or null: nobody takes what they do not hold.</summary>
    public static Error? Touching(EffectiveAccess actor, PermissionSet given) =>
        actor.Exceeding(given) is { IsEmpty: false } missing ? new ExceedsOwn(missing) : null;

    /// <summary>What the actor may do with one row.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="row">The row.</param>
    /// <param name="standing">What its standing grant gives; null without one.</param>
    /// <param name="upgrade">What its temporary role gives; null without one.</param>
    public static CollaboratorActs ActsOn(ProjectAccess actor, CollaboratorRow row, PermissionSet? standing, PermissionSet? upgrade)
    {
        var isSelf = actor.Access.Facts.Person.UserId == row.PrincipalId;
        var elsewhere = standing is null ? ManagedElsewhere(row) : null;
        var exceeds = isSelf ? null : Exceeding(actor, standing);
        var raised = isSelf ? null : Exceeding(actor, upgrade);
        var change = AccessRefusal.InProject(actor, Permissions.CollaboratorsChange)?.Message;
        return new CollaboratorActs(
            Shows(actor, Permissions.CollaboratorsChange),
            elsewhere ?? change ?? exceeds,
            Shows(actor, Permissions.CollaboratorsRemove) && !isSelf,
            (upgrade is null ? elsewhere : null) ?? AccessRefusal.InProject(actor, Permissions.CollaboratorsRemove)?.Message ?? exceeds ?? raised,
            isSelf && (standing is not null || upgrade is not null))
        {
            ShowsRaise = Shows(actor, Permissions.CollaboratorsChange) && !isSelf,
            WhyNotRaise = change ?? raised,
            ShowsEndRaise = upgrade is not null && (isSelf || Shows(actor, Permissions.CollaboratorsChange)),
            WhyNotEndRaise = isSelf ? null : change ?? raised,
        };
    }

    private static string? Exceeding(ProjectAccess actor, PermissionSet? given) => given is { } set ? Touching(actor.Access, set)?.Message : null;

    // What a suspended project rests is still shown, with the reason.
    private static bool Shows(ProjectAccess actor, Permission permission) => actor.Access.Held.Contains(permission);

    private static string ManagedElsewhere(CollaboratorRow row) => row.Sources.Count == 0
        ? "Here by no grant on the project itself."
        : row.Sources[0].Kind switch
        {
            AccessSourceKind.OrganizationRole => $"Here as {row.Sources[0].Text}: managed under Members of the organization.",
            AccessSourceKind.DefaultProject => "Every member of the organization has the Default Project.",
            AccessSourceKind.Workspace => $"Here by a grant on the {row.Sources[0].Text}.",
            AccessSourceKind.Direct => "There is no standing grant, only a temporary role.",
            _ => $"Here through {row.Sources[0].Text}.",
        };
}
