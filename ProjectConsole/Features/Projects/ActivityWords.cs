using ProjectConsole.Domain.Audit;

namespace ProjectConsole.Features.Projects;

/// <summary>Entries of the audit log as the rest of a sentence that begins with the actor.</summary>
public static class ActivityWords
{
    private static readonly Dictionary<string, string> Acts = new()
    {
        [AuditActions.ProjectCreated] = "created the project",
        [AuditActions.ProjectChanged] = "changed the settings",
        [AuditActions.ProjectDocumented] = "changed the documentation",
        [AuditActions.ProjectMoved] = "moved the project to another workspace",
        [AuditActions.ProjectSuspended] = "suspended the project",
        [AuditActions.ProjectActivated] = "activated the project",
        [AuditActions.ProjectDeleted] = "deleted the project",
        [AuditActions.ProjectRestored] = "restored the project",
        [AuditActions.CollaboratorAdded] = "added {0}",
        [AuditActions.CollaboratorRoleChanged] = "changed the role of {0}",
        [AuditActions.CollaboratorRemoved] = "removed {0}",
        [AuditActions.CollaboratorLeft] = "left the project",
    };

    /// <summary>What the actor did; an action that has no words stands as it is stored.</summary>
    public static string Of(ActivityEntry entry)
    {
        var act = Acts.TryGetValue(entry.Action, out var words) ? words.Replace("{0}", entry.ObjectName, StringComparison.Ordinal) : $"{entry.Action} {entry.ObjectName}";
        return entry.IsDenied ? $"was refused: {act}" : act;
    }
}
