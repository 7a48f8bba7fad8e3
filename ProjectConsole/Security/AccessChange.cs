using ProjectConsole.Domain.Access;

namespace ProjectConsole.Security;

/// <summary>What a command that changes access did, or in a dry run would do, to whom.</summary>
/// <param name="People">The people concerned; empty when the command was really carried out.</param>
public sealed record AccessChange(IReadOnlyList<PersonChange> People)
{
    /// <summary>Up to so many are counted; a larger number stands for "more than that".</summary>
    public const int MostCounted = 1_000;

    /// <summary>How many further people are concerned and not listed.</summary>
    public int MorePeople { get; init; }

    /// <summary>For how many further pairs of person and project, of several people, something can change; they were not compared.</summary>
    public int MoreElsewhere { get; init; }

    /// <summary>How many projects were compared one by one.</summary>
    public int Compared { get; init; }

    /// <summary>How many further projects of the organization the change reaches alike and were not compared.</summary>
    public int Uncompared { get; init; }

    /// <summary>What is left as it is, or ends too, though one could expect otherwise, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The API keys in force of people who lose something in their project. They stay unless they are revoked with the change.</summary>
    public IReadOnlyList<AffectedKey> Keys { get; init; } = [];

    /// <summary>How many more such keys there are: the actor may not see them, or they are too many to list.</summary>
    public int MoreKeys { get; init; }

    /// <summary>The audit entry of the act that was carried out; null in a dry run, and where the act wrote none of its name.</summary>
    public long? EntryId { get; init; }

    /// <summary>Carried out, without a preview.</summary>
    public static AccessChange Done { get; } = new([]);
}

/// <summary>What changes for one person.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Email">Its address.</param>
/// <param name="Projects">The projects in which something can change, by name; at most <see cref="AccessPreview.MostProjects"/>.</param>
/// <param name="MoreProjects">How many further projects are not listed.</param>
public sealed record PersonChange(Guid UserId, string Email, IReadOnlyList<ProjectChange> Projects, int MoreProjects);

/// <summary>What changes for one person in one project.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="ProjectSlug">Its Project ID.</param>
/// <param name="ProjectName">Its name.</param>
/// <param name="Before">The decision before; null where the person or project was not there.</param>
/// <param name="After">The decision after; null where the person or project is no longer there.</param>
public sealed record ProjectChange(Guid ProjectId, string ProjectSlug, string ProjectName, EffectiveAccess? Before, EffectiveAccess? After)
{
    /// <summary>What the person can do no longer.</summary>
    public PermissionSet Loses => Of(Before) - Of(After);

    /// <summary>What the person can do from then on.</summary>
    public PermissionSet Gains => Of(After) - Of(Before);

    /// <summary>The paths by which the person keeps access.</summary>
    public IReadOnlyList<AccessSource> KeepsThrough => Of(After).IsEmpty ? [] : After!.Sources;

    private static PermissionSet Of(EffectiveAccess? access) => access?.Allowed ?? PermissionSet.Empty;
}
