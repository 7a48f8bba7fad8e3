using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>A resource that a reference may name.</summary>
/// <param name="Value">What the field holds.</param>
/// <param name="Note">What tells it from others: kind, state, the project that shares it.</param>
public sealed record ReferenceChoice(string Value, string Note)
{
    /// <summary>What it offers to another field.</summary>
    public IReadOnlyList<string> Offers { get; init; } = [];
}

/// <summary>
/// What the references of one form may name. Fields that may lead to the same resources share one list, also in every row of a
/// table; a long list is searched as somebody types.
/// </summary>
public sealed class ReferenceChoices(Func<ResourceField, string, Task<IReadOnlyList<ReferenceChoice>>> find)
{
    private readonly Dictionary<string, ReferenceList> _lists = [];
    private readonly Dictionary<string, string> _asked = [];
    private readonly HashSet<string> _searching = [];

    /// <summary>The lists.</summary>
    public IEnumerable<ReferenceList> Lists => _lists.Values;

    /// <summary>The id of the list of a field; null before it was read.</summary>
    public string? IdOf(ResourceField field) => _lists.GetValueOrDefault(KeyOf(field))?.Id;

    /// <summary>What the resource that a reference names offers to another field.</summary>
    public IReadOnlyList<string> OfferedBy(FieldDraft reference)
    {
        var named = TextRules.Clean(reference.Text);
        return _lists.GetValueOrDefault(KeyOf(reference.Field))?.Choices.FirstOrDefault(choice => choice.Value == named)?.Offers ?? [];
    }

    /// <summary>Reads the lists of these fields and of the columns of their tables.</summary>
    public async Task LoadAsync(IEnumerable<ResourceField> fields)
    {
        var references = fields.SelectMany(field => field.Columns.Prepend(field)).Where(field => field.Kinds.Count > 0);
        foreach (var field in references.DistinctBy(KeyOf))
        {
            var choices = await find(field, "");
            _lists[KeyOf(field)] = new ReferenceList(ControlIds.Next("choices"), choices, choices.Count < ResourceDetailService.MostChoices);
        }
    }

    /// <summary>Reads a long list anew for what was typed; answers whether it changed.</summary>
    public async Task<bool> SearchAsync(ResourceField field, string text)
    {
        var key = KeyOf(field);
        if (!_lists.TryGetValue(key, out var list) || list.IsWhole)
        {
            return false;
        }

        // One search at a time: what is typed while it runs is searched for once it ends, and letters in between are not.
        _asked[key] = text.Trim();
        if (!_searching.Add(key))
        {
            return false;
        }

        try
        {
            string asked;
            do
            {
                asked = _asked[key];
                _lists[key] = list with { Choices = await find(field, asked) };
            }
            while (_asked[key] != asked);
        }
        finally
        {
            _searching.Remove(key);
        }

        return true;
    }

    private static string KeyOf(ResourceField field) => $"{string.Join(' ', field.Kinds)}: {field.Target?.Title}: {field.Offers?.Table}: {field.IsOfOwner}";
}

/// <summary>One list of choices.</summary>
/// <param name="Id">Of its element.</param>
/// <param name="Choices">What may be named.</param>
/// <param name="IsWhole">Whether nothing was left out.</param>
public sealed record ReferenceList(string Id, IReadOnlyList<ReferenceChoice> Choices, bool IsWhole);
