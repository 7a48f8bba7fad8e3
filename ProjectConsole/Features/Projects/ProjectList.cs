using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Projects;

/// <summary>A page of the projects that a person sees, and what the page around it must know.</summary>
/// <param name="Projects">The rows.</param>
/// <param name="Workspaces">The organization's workspaces, when there are several and the person may see them; else empty.</param>
/// <param name="MaySeeDeleted">Whether there is any project that the person could restore, now or later.</param>
/// <param name="Creation">Whether the person may create a project, and if not, why.</param>
public sealed record ProjectList(Page<ProjectRow> Projects, IReadOnlyList<WorkspaceChoice> Workspaces, bool MaySeeDeleted, CreationAllowance Creation);

/// <summary>Some of the projects that somebody sees.</summary>
/// <param name="Rows">The rows, without faces.</param>
/// <param name="HasMore">Whether the list goes on behind them.</param>
public sealed record ProjectSlice(IReadOnlyList<ProjectRow> Rows, bool HasMore);

/// <summary>One project in the list.</summary>
public sealed record ProjectRow(Guid Id, string Slug, string Name, ProjectState State)
{
    /// <summary>Largest built-in role wholly held.</summary>
    public string Role { get; init; } = "";

    /// <summary>Where the role comes from, when not from a direct grant; else empty.</summary>
    public string RoleNote { get; init; } = "";

    /// <summary>Name of the organization role whose ceiling takes something, or null.</summary>
    public string? CappedBy { get; init; }

    /// <summary>The first few people with a direct grant.</summary>
    public IReadOnlyList<string> Faces { get; init; } = [];

    /// <summary>People with a direct grant.</summary>
    public int Collaborators { get; init; }

    /// <summary>Resources of all kinds.</summary>
    public int Resources { get; init; }

    /// <summary>The last change of it or in it, UTC.</summary>
    public DateTime LastActivityUtc { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; init; }

    /// <summary>Until when it can be restored, UTC; null while it is not deleted.</summary>
    public DateTime? RestorableUntilUtc { get; init; }

    /// <summary>What the person may do with it as a whole.</summary>
    public ProjectActs Acts { get; init; } = ProjectActs.None;
}

/// <summary>A workspace to choose.</summary>
public sealed record WorkspaceChoice(Guid Id, string Slug, string Name);

/// <summary>What one act needs that is not there; null where it may be done. Absent acts are not offered at all.</summary>
/// <param name="MayUpdate">Change its settings.</param>
/// <param name="Suspension">Why it cannot be suspended or activated; empty where it can, null where it is not offered.</param>
/// <param name="Deletion">Why it cannot be deleted; empty where it can, null where it is not offered.</param>
/// <param name="MayRestore">Restore it.</param>
public sealed record ProjectActs(bool MayUpdate, string? Suspension, string? Deletion, bool MayRestore)
{
    /// <summary>Nothing is offered.</summary>
    public static ProjectActs None { get; } = new(false, null, null, false);
}

/// <summary>Whether a person may create one more project.</summary>
/// <param name="MayCreate">The permission; without it nothing is offered.</param>
/// <param name="Refusal">The sentence why not now, though permitted; null where it can be done.</param>
/// <param name="IsAllowanceReached">The organization's allowance is the reason, so more can be requested.</param>
public sealed record CreationAllowance(bool MayCreate, string? Refusal, bool IsAllowanceReached)
{
    /// <summary>One may be created now.</summary>
    public bool IsOpen => MayCreate && Refusal is null;
}
