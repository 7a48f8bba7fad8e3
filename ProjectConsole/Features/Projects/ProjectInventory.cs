using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Projects;

/// <summary>What is inside a project.</summary>
/// <param name="Kinds">Every kind that it holds, in the catalogue's order.</param>
/// <param name="Collaborators">People with a direct grant.</param>
/// <param name="RestorableUntilUtc">Until when it could be restored if it were deleted now.</param>
public sealed record ProjectInventory(IReadOnlyList<ResourceCount> Kinds, int Collaborators, DateTime RestorableUntilUtc)
{
    /// <summary>Shares with other projects and workspaces, and resources that the whole organization sees: they rest while it is deleted, and end with it.</summary>
    public int SharesGiven { get; init; }

    /// <summary>What runs.</summary>
    public IReadOnlyList<RunningKind> Running { get; init; } = [];

    /// <summary>Resources of all kinds.</summary>
    public int Resources => Kinds.Sum(kind => kind.Count);
}

/// <summary>How many resources of one kind there are, and the kind as it stands in addresses.</summary>
public sealed record ResourceCount(string Title, string Plural, string Icon, int Count)
{
    /// <summary>Singular or plural, as the number asks.</summary>
    public static ResourceCount Of(ResourceKind kind, int count) => new(count == 1 ? kind.Title : kind.PluralTitle, kind.Plural, kind.Icon, count);
}

/// <summary>A project that is back.</summary>
/// <param name="Slug">Its Project ID.</param>
/// <param name="Name">Its name.</param>
/// <param name="BecameAdmin">Nobody was left as Admin, so the person who restored it is one now.</param>
public sealed record RestoredProject(string Slug, string Name, bool BecameAdmin);
