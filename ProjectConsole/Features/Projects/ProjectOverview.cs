using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Limits;

namespace ProjectConsole.Features.Projects;

/// <summary>The home page of a project.</summary>
/// <param name="Settings">Description, labels, configuration values, documentation.</param>
/// <param name="Kinds">Every kind of resource that it holds and the person may see.</param>
/// <param name="People">People with a direct grant by role, largest role first; null where the person may not see collaborators.</param>
/// <param name="Activity">What happened last; null where the person may not see the audit log.</param>
public sealed record ProjectOverview(
    ProjectSettings Settings, IReadOnlyList<ResourceCount> Kinds, IReadOnlyList<RoleCount>? People, IReadOnlyList<ActivityEntry>? Activity)
{
    /// <summary>Who made it, by address.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; init; }

    /// <summary>The last change of it or in it, UTC.</summary>
    public DateTime LastActivityUtc { get; init; }

    /// <summary>Limits that are nearly or wholly reached; none where the person may not see limits.</summary>
    public IReadOnlyList<LimitRow> NearLimits { get; init; } = [];

    /// <summary>The structure's title; null when none was chosen.</summary>
    public string? Structure => ProjectStructure.Find(Settings.Structure)?.Title;
}

/// <summary>How many people hold a role.</summary>
public sealed record RoleCount(string Role, int Count);

/// <summary>One thing that happened.</summary>
public sealed record ActivityEntry(long Id, string Actor, string Action, string ObjectName, DateTime WhenUtc, AuditResult Result);
