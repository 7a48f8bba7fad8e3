using ProjectConsole.Domain.Resources.Kinds;

namespace ProjectConsole.Domain.Resources;

/// <summary>The one list of kinds; permissions, pages, forms, checks and limits are made from it.</summary>
public static class ResourceKinds
{
    /// <summary>Every kind that projects and personal spaces own, in the order in which it is shown.</summary>
    public static IReadOnlyList<ResourceKind> All { get; } =
        [.. BuildKinds.All, .. DataKinds.All, .. ComputeKinds.All, .. StorageKinds.All, .. NetworkKinds.All];

    /// <summary>Every kind of the organization's catalogue.</summary>
    public static IReadOnlyList<ResourceKind> Catalogue { get; } = CatalogueKinds.All;

    private static readonly Dictionary<string, ResourceKind> ByName = All.Concat(Catalogue).ToDictionary(kind => kind.Name);
    private static readonly Dictionary<string, ResourceKind> ByPlural = All.Concat(Catalogue).ToDictionary(kind => kind.Plural);

    /// <summary>The kinds that an owner may have.</summary>
    public static IReadOnlyList<ResourceKind> Of(ResourceOwner owner) => owner.IsCatalogue ? Catalogue : All;

    /// <summary>The kind of that name, or null.</summary>
    public static ResourceKind? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The kind of that plural name, as it stands in addresses, or null.</summary>
    public static ResourceKind? FindByPlural(string plural) => ByPlural.GetValueOrDefault(plural);

    /// <summary>The kind of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none, which is a defect of the caller.</exception>
    public static ResourceKind Get(string name) => ByName[name];
}
