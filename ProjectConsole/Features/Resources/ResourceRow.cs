using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>A resource in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Name of its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">Name of its state.</param>
/// <param name="StateUtc">Since when, UTC.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedByName">That person's address at that time.</param>
/// <param name="CreatedUtc">When, UTC.</param>
/// <param name="LastUsedUtc">When it was used last, UTC.</param>
/// <param name="SpecText">Its fields as JSON.</param>
/// <param name="Version">Its edit token.</param>
public sealed record ResourceRow(
    Guid Id, string Kind, string Name, string State, DateTime StateUtc, IReadOnlyList<string> Labels, Guid CreatedBy, string CreatedByName,
    DateTime CreatedUtc, DateTime LastUsedUtc, string SpecText, Guid Version)
{
    /// <summary>What the reader may do to it now.</summary>
    public ResourceActs Acts { get; init; } = ResourceActs.None;

    /// <summary>Its fields. Read once for each use: a page carries the text over.</summary>
    public ResourceSpec ReadSpec() => ResourceSpec.Parse(SpecText);

    internal static ResourceRow Of(Resource resource) => new(
        resource.Id, resource.Kind, resource.Name, resource.State, resource.StateUtc, resource.Labels, resource.CreatedBy, resource.CreatedByName,
        resource.CreatedUtc, resource.LastUsedUtc, resource.SpecText, resource.Version);
}

/// <summary>What a reader may do to one resource.</summary>
/// <param name="MayUpdate">Change it.</param>
/// <param name="MayOperate">Do the actions of its state.</param>
/// <param name="MayDelete">Delete it.</param>
/// <param name="MayShare">Share it.</param>
public sealed record ResourceActs(bool MayUpdate, bool MayOperate, bool MayDelete, bool MayShare)
{
    /// <summary>Give it to another project.</summary>
    public bool MayMove { get; init; }

    /// <summary>Nothing.</summary>
    public static ResourceActs None { get; } = new(false, false, false, false);

    internal static ResourceActs Of(ResourceRights rights, ResourceKind kind, Guid createdBy) =>
        new(rights.May(kind, "update"), rights.May(kind, "operate"), rights.May(kind, "delete", createdBy), rights.May(kind, "share")) { MayMove = rights.May(kind, "move", createdBy) };
}

/// <summary>How many resources are in a state.</summary>
/// <param name="State">Name of the state.</param>
/// <param name="Count">How many.</param>
public sealed record StateCount(string State, int Count);

/// <summary>Somebody who made resources.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">That person's address at that time.</param>
public sealed record ResourceCreator(Guid Id, string Name);

/// <summary>Where a shared resource comes from.</summary>
/// <param name="Slug">Project ID of its project, or the address of the person who grants it.</param>
/// <param name="Name">Name of its project, or that address.</param>
public sealed record ShareSource(string Slug, string Name);

/// <summary>A resource of another project or of a person that this one sees. Who made it is told to nobody here, and nothing is done to it.</summary>
/// <param name="Row">The resource.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record SharedResource(ResourceRow Row, ShareSource Source)
{
    /// <summary>What it is called here: <c>speech:corpus</c>, as references name it.</summary>
    public string Name => $"{Source.Slug}:{Row.Name}";

    internal static SharedResource Of(Resource resource, ShareSource source) => new(ResourceRow.Of(resource) with { CreatedBy = Guid.Empty, CreatedByName = "" }, source);
}

/// <summary>A list of resources of one kind.</summary>
/// <param name="Page">The rows.</param>
/// <param name="States">How many of the kind are in each state, whatever is searched.</param>
/// <param name="Labels">The labels in use, at most <see cref="ResourceListService.MostChoices"/>.</param>
/// <param name="Creators">Who made them, at most <see cref="ResourceListService.MostChoices"/>.</param>
/// <param name="MayCreate">Whether the reader may make one.</param>
public sealed record ResourceList(
    Page<ResourceRow> Page, IReadOnlyList<StateCount> States, IReadOnlyList<string> Labels, IReadOnlyList<ResourceCreator> Creators, bool MayCreate)
{
    /// <summary>What other projects share with the owner's and matches, at most <see cref="ResourceListService.MostShared"/>; on the first page only.</summary>
    public IReadOnlyList<SharedResource> Shared { get; init; } = [];

    /// <summary>Whether other projects share more that matches than is shown.</summary>
    public bool HasMoreShared { get; init; }

    /// <summary>The app types of the organization; null for a kind that has none.</summary>
    public IReadOnlyList<FieldChoice>? AppTypes { get; init; }

    /// <summary>All of the kind, whatever is searched.</summary>
    public int All => States.Sum(state => state.Count);
}

/// <summary>One kind in the overview.</summary>
/// <param name="Kind">Name of the kind.</param>
/// <param name="States">How many are in each state.</param>
/// <param name="MayCreate">Whether the reader may make one.</param>
public sealed record KindCount(string Kind, IReadOnlyList<StateCount> States, bool MayCreate)
{
    /// <summary>How many there are.</summary>
    public int Count => States.Sum(state => state.Count);
}

/// <summary>Everything that an owner has, of the kinds that the reader sees, in the catalogue's order.</summary>
public sealed record ResourceOverview(IReadOnlyList<KindCount> Kinds)
{
    /// <summary>How many there are of all kinds.</summary>
    public int Count => Kinds.Sum(kind => kind.Count);
}
