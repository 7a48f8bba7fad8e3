using ProjectConsole.Domain.Limits;
using ProjectConsole.Shared;

namespace ProjectConsole.Domain.Resources;

/// <summary>One kind of thing that a project can own. Pages, forms, checks, permissions, limits and documents are made from it.</summary>
/// <param name="Name">Stored and shown in addresses, singular: <c>ip-address</c>.</param>
/// <param name="Plural">The subject of its permissions: <c>ip-addresses</c>.</param>
/// <param name="Title">For people, singular.</param>
/// <param name="PluralTitle">For people, plural.</param>
/// <param name="Group">Under which heading it is listed.</param>
/// <param name="Icon">Name of a Material Symbol.</param>
public sealed record ResourceKind(string Name, string Plural, string Title, string PluralTitle, string Group, string Icon)
{
    /// <summary>What it is for, as one sentence; the empty list says it.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>Its typed fields, in the order of the form.</summary>
    public IReadOnlyList<ResourceField> Fields { get; init; } = [];

    /// <summary>Its states and actions.</summary>
    public ResourceLife Life { get; init; } = ResourceLives.Ready;

    /// <summary>What of the limits one of them uses, beside counting as one.</summary>
    public IReadOnlyList<MetricUse> Uses { get; init; } = [];

    /// <summary>How many a project may have where nobody set a limit; null for any number.</summary>
    public long? DefaultLimit { get; init; }

    /// <summary>Whether it has versions.</summary>
    public bool HasVersions { get; init; }

    /// <summary>Whether it has content.</summary>
    public bool HasContent { get; init; }

    /// <summary>Whether the organization keeps it in its catalogue: usable by every project, made by none.</summary>
    public bool IsOfCatalogue { get; init; }

    /// <summary>Whether people may grant a project one of their own, from their personal space.</summary>
    public bool IsGrantable { get; init; }

    /// <summary>What must hold between its own fields: what is wrong, as errors of fields; null where each field stands alone.</summary>
    public Func<ResourceSpec, IEnumerable<FieldError>>? Rule { get; init; }

    /// <summary>
    /// What must hold between it and what it begins to name: what is wrong, as errors of fields; null where a name is enough. The
    /// function answers the fields of what a field of that name leads to, or null. What it names already is not asked again:
    /// that may have changed since.
    /// </summary>
    public Func<ResourceSpec, Func<string, ResourceSpec?>, IEnumerable<FieldError>>? NamedRule { get; init; }

    /// <summary>What must hold between it and the others of its owner; null where each stands alone.</summary>
    public NeighbourRule? Neighbours { get; init; }

    /// <summary>The metric that counts it.</summary>
    public Metric Count => Metric.OfKind(this);

    /// <summary>Whether one of its fields is an app type.</summary>
    public bool HasAppTypes => Fields.Any(one => one.IsAppType);

    /// <summary>A title as it stands in a sentence: "cluster", "IP addresses".</summary>
    public static string InSentence(string title) =>
        title.Length > 1 && char.IsUpper(title[1]) ? title : $"{char.ToLowerInvariant(title[0])}{title[1..]}";

    /// <summary>Its title as it stands in a sentence.</summary>
    public string InSentence(bool isPlural = false) => InSentence(isPlural ? PluralTitle : Title);

    /// <summary>The field of that name, or null.</summary>
    public ResourceField? Field(string name) => Fields.FirstOrDefault(field => field.Name == name);

    /// <summary>The fields that lists show as columns.</summary>
    public IEnumerable<ResourceField> Columns => Fields.Where(column => column.IsColumn);

    /// <summary>The same kind as an organization with these app types has it.</summary>
    /// <param name="appTypes">What the organization offers; null for a kind that has none.</param>
    /// <param name="kept">A resource that there is: its own type stays one of the choices, though it was taken off the list since.</param>
    public ResourceKind WithAppTypes(IReadOnlyList<FieldChoice>? appTypes, ResourceSpec? kept = null) => appTypes is null ? this : this with
    {
        Fields = [.. Fields.Select(field => field.IsAppType ? field with { Choices = Kept(appTypes, kept?.Text(field.Name)) } : field)],
    };

    private static IReadOnlyList<FieldChoice> Kept(IReadOnlyList<FieldChoice> appTypes, string? name) =>
        name is null || appTypes.Any(type => type.Name == name) ? appTypes : [.. appTypes, new FieldChoice(name, name)];
}

/// <summary>A check across rows: it runs while nobody else changes the owner's resources.</summary>
/// <param name="Kinds">Names of the kinds whose resources it looks at.</param>
/// <param name="Check">What is wrong with the resource beside the others, without itself, as errors of fields.</param>
public sealed record NeighbourRule(IReadOnlyList<string> Kinds, Func<Neighbour, IReadOnlyList<Neighbour>, IEnumerable<FieldError>> Check);

/// <summary>A resource beside others of the same owner.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Spec">Its fields.</param>
public sealed record Neighbour(string Kind, string Name, ResourceSpec Spec);
