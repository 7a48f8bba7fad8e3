using System.Globalization;
using System.Text.Json.Nodes;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>One field while it is typed: mostly as text, so that what is wrong stays as the person wrote it.</summary>
public sealed class FieldDraft
{
    internal FieldDraft(ResourceField field, ResourceSpec? spec, bool isSet)
    {
        (Field, IsSet) = (field, isSet);
        if (spec is null)
        {
            (Text, IsOn) = (field.Default ?? "", field.Default == "true");
            if (field is { NamesSeveral: true, IsRequired: true })
            {
                Add();
            }
        }
        else
        {
            Fill(spec);
        }
    }

    /// <summary>What is typed.</summary>
    public ResourceField Field { get; }

    /// <summary>Of a secret: whether one is kept already. It never comes back to a form.</summary>
    public bool IsSet { get; }

    /// <summary>A text, number, choice, reference or secret as it stands in its input.</summary>
    public string Text { get; set; } = "";

    /// <summary>A switch.</summary>
    public bool IsOn { get; set; }

    /// <summary>The values of a list, named values, or the names of several resources.</summary>
    public List<EntryDraft> Entries { get; } = [];

    /// <summary>The rows of a table.</summary>
    public List<SpecDraft> Rows { get; } = [];

    /// <summary>Whether nothing is filled in.</summary>
    public bool IsEmpty => Text.Trim().Length == 0 && !IsOn && Entries.TrueForAll(entry => entry.IsEmpty) && Rows.Count == 0;

    /// <summary>Adds an empty value or row.</summary>
    public void Add()
    {
        if (Field.Type == FieldType.Table)
        {
            Rows.Add(SpecDraft.New(Field.Columns));
        }
        else
        {
            Entries.Add(new EntryDraft());
        }
    }

    // What a person left empty is no value; numbers of rows in errors count those that are left.
    internal void Tidy()
    {
        Entries.RemoveAll(entry => entry.IsEmpty);
        Rows.RemoveAll(row => row.IsEmpty);
    }

    internal JsonNode? ToJson() => Field.Type switch
    {
        FieldType.Switch => JsonValue.Create(IsOn),
        FieldType.List => new JsonArray([.. Entries.Select(entry => JsonValue.Create(entry.Value))]),
        FieldType.Pairs => PairsToJson(),
        FieldType.Table => new JsonArray([.. Rows.Select(row => row.ToJson())]),
        FieldType.Text when Field.NamesSeveral => Entries.TrueForAll(entry => entry.IsEmpty)
            ? null : JsonValue.Create(string.Join(", ", Entries.Where(entry => !entry.IsEmpty).Select(entry => entry.Value.Trim()))),
        _ => Text.Length == 0 ? null : JsonValue.Create(Text),
    };

    // An object holds a name once. A second one gets a space, which the rules take off again before they say that it stands twice.
    private JsonObject PairsToJson()
    {
        var pairs = new JsonObject();
        foreach (var entry in Entries)
        {
            var name = entry.Name;
            while (pairs.ContainsKey(name))
            {
                name += " ";
            }

            pairs[name] = entry.Value;
        }

        return pairs;
    }

    private void Fill(ResourceSpec spec)
    {
        var name = Field.Name;
        switch (Field.Type)
        {
            case FieldType.Number:
                Text = spec.Number(name)?.ToString("0.############", CultureInfo.InvariantCulture) ?? "";
                break;
            case FieldType.Switch:
                IsOn = spec.IsOn(name);
                break;
            case FieldType.List:
                Entries.AddRange(spec.List(name).Select(value => new EntryDraft { Value = value }));
                break;
            case FieldType.Pairs:
                Entries.AddRange(spec.Pairs(name).Select(pair => new EntryDraft { Name = pair.Key, Value = pair.Value }));
                break;
            case FieldType.Table:
                Rows.AddRange(spec.Rows(name).Select(row => SpecDraft.Of(Field.Columns, row, [])));
                break;
            case FieldType.Text when Field.NamesSeveral:
                Entries.AddRange(ResourceReference.Several(spec.Text(name) ?? "").Select(one => new EntryDraft { Value = one }));
                break;
            case FieldType.Secret:
                break;
            default:
                Text = spec.Text(name) ?? "";
                break;
        }
    }
}

/// <summary>A value of a list, a named value, or the name of one of several resources, while it is typed.</summary>
public sealed class EntryDraft
{
    /// <summary>The name; empty in a list and of a resource.</summary>
    public string Name { get; set; } = "";

    /// <summary>The value.</summary>
    public string Value { get; set; } = "";

    /// <summary>Whether nothing is filled in.</summary>
    public bool IsEmpty => Name.Trim().Length == 0 && Value.Trim().Length == 0;
}
