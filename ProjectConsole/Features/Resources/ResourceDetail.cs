using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>One resource with what is around it.</summary>
/// <param name="Row">The resource.</param>
/// <param name="Description">What it is for.</param>
/// <param name="ChangedUtc">When it was changed last, UTC.</param>
/// <param name="FilledSecrets">Names of the secret fields that were written.</param>
/// <param name="DependsOn">What it names.</param>
/// <param name="UsedBy">What names it.</param>
/// <param name="History">The states that it entered, newest first, at most <see cref="ResourceDetailService.MostHistory"/>.</param>
/// <param name="MayCreate">Whether the reader may make another of the kind.</param>
public sealed record ResourceDetail(
    ResourceRow Row, string Description, DateTime ChangedUtc, IReadOnlyList<string> FilledSecrets,
    IReadOnlyList<RelatedResource> DependsOn, RelatedResources UsedBy, IReadOnlyList<StateEntry> History, bool MayCreate)
{
    /// <summary>The project or person that shares it, where it is another one's: there is nothing to do to it here.</summary>
    public ShareSource? Source { get; init; }

    /// <summary>The app types of the organization; null for a kind that has none.</summary>
    public IReadOnlyList<FieldChoice>? AppTypes { get; init; }

    /// <summary>What the reader may do to it now.</summary>
    public ResourceActs Acts => Row.Acts;
}

/// <summary>A resource beside another.</summary>
/// <param name="Kind">Name of its kind.</param>
/// <param name="Name">Its name; null where the reader may not see it.</param>
/// <param name="State">Name of its state; null where the reader may not see it.</param>
/// <param name="Relation">Name of the field or lineage that leads to it.</param>
/// <param name="OwnerId">Its owner.</param>
/// <param name="Source">Its project where it is another one's, or the address of the person who grants it.</param>
public sealed record RelatedResource(string Kind, string? Name, string? State, string Relation, Guid OwnerId, string? Source);

/// <summary>Those that name a resource: some of them, and how many there are.</summary>
/// <param name="Shown">At most <see cref="ResourceDetailService.MostRelated"/>.</param>
/// <param name="Count">All of them.</param>
public sealed record RelatedResources(IReadOnlyList<RelatedResource> Shown, int Count);

/// <summary>A resource that names another.</summary>
/// <param name="Kind">Name of its kind.</param>
/// <param name="Name">Its name; null where the reader may not see it.</param>
/// <param name="State">Name of its state; null where the reader may not see it.</param>
public sealed record Dependent(string Kind, string? Name, string? State);

/// <summary>Resources that name another: some of them, and how many there are.</summary>
/// <param name="Shown">At most <see cref="ResourceDetailService.MostDependents"/>.</param>
/// <param name="Count">All of them, each once.</param>
public sealed record Dependents(IReadOnlyList<Dependent> Shown, int Count);

/// <summary>All that names a resource.</summary>
/// <param name="InUse">Those that hinder its deletion.</param>
/// <param name="Over">Those that name it for the record only, and let it go.</param>
public sealed record ResourceDependents(Dependents InUse, Dependents Over);

/// <summary>A resource entered a state.</summary>
/// <param name="State">Name of the state.</param>
/// <param name="WhenUtc">When, UTC.</param>
/// <param name="ByName">Who did it.</param>
/// <param name="Because">What made it so.</param>
public sealed record StateEntry(string State, DateTime WhenUtc, string ByName, string Because);

/// <summary>A resource that a field may name.</summary>
/// <param name="Value">What the field holds.</param>
/// <param name="Kind">Name of its kind.</param>
/// <param name="Title">Its name, with the project or person that shares it.</param>
/// <param name="State">Name of its state.</param>
/// <param name="Offers">The names of its rows, where the field offers them to another.</param>
public sealed record ResourceChoice(string Value, string Kind, string Title, string State, IReadOnlyList<string> Offers)
{
    internal static ResourceChoice Of(ResourceField field, Resource resource, string? source) => new(
        new ResourceReference(source, resource.Kind, resource.Name).ToText(field), resource.Kind,
        source is null ? resource.Name : $"{resource.Name} of {source}", resource.State,
        field.Offers is { } offer ? [.. resource.Spec.Rows(offer.Table).Select(row => row.Text(offer.Column)).OfType<string>().Distinct()] : []);
}
