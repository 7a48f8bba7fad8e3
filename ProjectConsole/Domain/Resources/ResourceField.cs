namespace ProjectConsole.Domain.Resources;

/// <summary>How a field of a kind is typed in, checked and shown.</summary>
public enum FieldType
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    LongText,

    /// <summary>A number with a range, and mostly a unit.</summary>
    Number,

    /// <summary>On or off.</summary>
    Switch,

    /// <summary>One of several named values.</summary>
    Choice,

    /// <summary>The name of another resource that the person may use.</summary>
    Reference,

    /// <summary>Several lines, one value each.</summary>
    List,

    /// <summary>Named values.</summary>
    Pairs,

    /// <summary>Written and never shown again.</summary>
    Secret,

    /// <summary>Several rows of simple fields.</summary>
    Table,
}

/// <summary>One of the values of a choice.</summary>
/// <param name="Name">Stored.</param>
/// <param name="Title">For people.</param>
public sealed record FieldChoice(string Name, string Title);

/// <summary>Which resources of its kinds a reference may lead to.</summary>
/// <param name="Title">What they are in a sentence: "a template of an instance".</param>
/// <param name="Fits">Whether a resource, given by the name of its kind and its fields, is one of them.</param>
public sealed record ReferenceTarget(string Title, Func<string, ResourceSpec, bool> Fits);

/// <summary>What a reference offers to another field: the resource has a table, whose rows have names.</summary>
/// <param name="Field">The field that holds one of those names.</param>
/// <param name="Table">The table of the resource.</param>
/// <param name="Column">The column with the names.</param>
public sealed record RowOffer(string Field, string Table, string Column);

/// <summary>One typed field of a kind. Forms, checks, lists and documents are made from it.</summary>
/// <param name="Name">Stored, in the address of an error and in the API: lower case with hyphens.</param>
/// <param name="Title">For people.</param>
/// <param name="Type">How it is typed in, checked and shown.</param>
public sealed record ResourceField(string Name, string Title, FieldType Type)
{
    /// <summary>Longest text of one line.</summary>
    public const int LongestText = 500;

    /// <summary>Longest text of several lines.</summary>
    public const int LongestLongText = 20_000;

    /// <summary>Most values of a list, named values or rows of a table.</summary>
    public const int MostEntries = 100;

    /// <summary>Whether it must be filled in.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it stays as it was made: changing it would be another resource.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Whether a reference leads only to what belongs to the same owner: rules across rows look at nothing else.</summary>
    public bool IsOfOwner { get; init; }

    /// <summary>Whether it says what the resource was made from: that need not be there any more when it starts again.</summary>
    public bool IsOrigin { get; init; }

    /// <summary>Whether what runs reports it: no form asks people for it, and nothing new has it yet.</summary>
    public bool IsReported { get; init; }

    /// <summary>Whether lists of the kind show it as a column.</summary>
    public bool IsColumn { get; init; }

    /// <summary>What it means, shown under the field.</summary>
    public string? Help { get; init; }

    /// <summary>What the form starts with.</summary>
    public string? Default { get; init; }

    /// <summary>A text that documents show for it: one that it takes.</summary>
    public string? Example { get; init; }

    /// <summary>The smallest number.</summary>
    public decimal? Least { get; init; }

    /// <summary>The largest number.</summary>
    public decimal? Most { get; init; }

    /// <summary>Unit of a number, as it is written after it.</summary>
    public string? Unit { get; init; }

    /// <summary>The values of a choice.</summary>
    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];

    /// <summary>Whether its values are the app types that the organization keeps: <see cref="Choices"/> are those with which it begins.</summary>
    public bool IsAppType { get; init; }

    /// <summary>Names of the kinds to which a reference may lead.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Which resources of those kinds it may lead to; null for every one.</summary>
    public ReferenceTarget? Target { get; init; }

    /// <summary>Whether it names several resources in one text.</summary>
    public bool NamesSeveral => Type == FieldType.Text && Kinds.Count > 0;

    /// <summary>Fields that a reference fills in from what it leads to, where both kinds have them: an offering says the sizes.</summary>
    public IReadOnlyList<string> Copies { get; init; } = [];

    /// <summary>What a reference offers to another field, once it leads somewhere; null for nothing.</summary>
    public RowOffer? Offers { get; init; }

    /// <summary>The fields of a row of a table: text, number, choice or reference.</summary>
    public IReadOnlyList<ResourceField> Columns { get; init; } = [];

    /// <summary>What else a text must be: answers the sentence for what is wrong, or null.</summary>
    public Func<string, string?>? Check { get; init; }

    /// <summary>One line of text.</summary>
    public static ResourceField Text(string name, string title, string? help = null) => new(name, title, FieldType.Text) { Help = help };

    /// <summary>Several lines of text.</summary>
    public static ResourceField LongText(string name, string title, string? help = null) => new(name, title, FieldType.LongText) { Help = help };

    /// <summary>A whole number with its range.</summary>
    public static ResourceField Number(string name, string title, decimal least, decimal most, string? unit = null) =>
        new(name, title, FieldType.Number) { Least = least, Most = most, Unit = unit };

    /// <summary>On or off.</summary>
    public static ResourceField Switch(string name, string title, string? help = null) => new(name, title, FieldType.Switch) { Help = help };

    /// <summary>One of the values, written as <c>name=Title</c>.</summary>
    public static ResourceField Choice(string name, string title, params string[] choices) => new(name, title, FieldType.Choice)
    {
        Choices = [.. choices.Select(choice => choice.Split('=')).Select(parts => new FieldChoice(parts[0], parts[^1]))],
    };

    /// <summary>One of the app types that the organization keeps.</summary>
    public static ResourceField AppType(string name, string title) => new(name, title, FieldType.Choice) { Choices = AppTypeRules.BuiltIn, IsAppType = true };

    /// <summary>A resource of one of these kinds.</summary>
    public static ResourceField Reference(string name, string title, params string[] kinds) => new(name, title, FieldType.Reference) { Kinds = kinds };

    /// <summary>Several resources of one of these kinds, their names separated by commas.</summary>
    public static ResourceField References(string name, string title, params string[] kinds) =>
        new(name, title, FieldType.Text) { Kinds = kinds };

    /// <summary>Values, one a line.</summary>
    public static ResourceField List(string name, string title, string? help = null) => new(name, title, FieldType.List) { Help = help };

    /// <summary>Named values.</summary>
    public static ResourceField Pairs(string name, string title, string? help = null) => new(name, title, FieldType.Pairs) { Help = help };

    /// <summary>Written and never shown.</summary>
    public static ResourceField Secret(string name, string title, string? help = null) => new(name, title, FieldType.Secret) { Help = help };

    /// <summary>Rows of simple fields.</summary>
    public static ResourceField Table(string name, string title, params ResourceField[] columns) => new(name, title, FieldType.Table) { Columns = columns };

    /// <summary>The same, and it must be filled in.</summary>
    public ResourceField Required() => this with { IsRequired = true };

    /// <summary>The same, and it stays as it was made.</summary>
    public ResourceField Fixed() => this with { IsFixed = true };

    /// <summary>The same, and it stays as it was made, because it says what the resource was made from.</summary>
    public ResourceField Origin() => this with { IsFixed = true, IsOrigin = true };

    /// <summary>The same, and only what runs reports it.</summary>
    public ResourceField Reported() => this with { IsReported = true };

    /// <summary>The same, and it leads only to what belongs to the same owner.</summary>
    public ResourceField OfOwner() => this with { IsOfOwner = true };

    /// <summary>The same, and it may lead only to those that fit.</summary>
    /// <param name="title">What they are in a sentence: "a template of an instance".</param>
    /// <param name="fits">Whether a resource, given by the name of its kind and its fields, is one of them.</param>
    public ResourceField Only(string title, Func<string, ResourceSpec, bool> fits) => this with { Target = new ReferenceTarget(title, fits) };

    /// <summary>The same, shown as a column of lists.</summary>
    public ResourceField AsColumn() => this with { IsColumn = true };
}
