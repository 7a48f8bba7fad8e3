using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;

namespace ProjectConsole.Features.Undo;

/// <summary>An entry of the audit log about a grant on a project, with the grant before and after as it was written.</summary>
internal sealed record GrantEntry(long Id, string Action, Guid PrincipalId, string Name, GrantState? Before, GrantState? After)
{
    /// <summary>The acts on collaborators that have an inverse.</summary>
    public static readonly string[] Actions =
    [
        AuditActions.CollaboratorAdded, AuditActions.CollaboratorRoleChanged, AuditActions.CollaboratorExpiryChanged,
        AuditActions.CollaboratorRestricted, AuditActions.CollaboratorRemoved, AuditActions.CollaboratorLeft,
    ];

    /// <summary>The acts that end a grant.</summary>
    public static readonly string[] Ends = [AuditActions.CollaboratorRemoved, AuditActions.CollaboratorLeft];

    /// <summary>Reads an entry; null where it is about something else or its state was cut.</summary>
    public static GrantEntry? Of(AuditEntry entry)
    {
        if (entry is not { ObjectKind: "collaborator", ObjectId: { } principalId, Result: AuditResult.Done } || !Actions.Contains(entry.Action))
        {
            return null;
        }

        var (before, after) = (Read(entry.Before), Read(entry.After));
        var read = new GrantEntry(entry.Id, entry.Action, principalId, entry.ObjectName, before, after);
        return (before, after) switch
        {
            (null, null) => null,
            (null, _) => entry.Action == AuditActions.CollaboratorAdded ? read : null,
            (_, null) => Ends.Contains(entry.Action) ? read : null,
            _ => read,
        };
    }

    /// <summary>Whether a grant is still as this entry left it.</summary>
    public bool IsStill(Grant grant) =>
        After is { } after && grant.RoleKey == after.Role && grant.RestrictionId == after.Restriction && IsSame(grant.ExpiresUtc, after.Expires);

    /// <summary>Whether two ends are one: databases keep microseconds.</summary>
    public static bool IsSame(DateTime? one, DateTime? other) =>
        one is null || other is null ? one is null && other is null : (one.Value - other.Value).Duration() < TimeSpan.FromMilliseconds(1);

    private static GrantState? Read(string? text) => AuditedState.Read<GrantState>(text) is { Role.Length: > 0, IsUpgrade: false } state ? state : null;
}
