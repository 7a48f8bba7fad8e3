using System.Text.Json.Nodes;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>What a person typed into the form of a resource, or sent.</summary>
/// <param name="Name">Its name; it does not change after creation.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Labels">Free labels.</param>
/// <param name="Spec">Its fields by name; a field that is missing is not filled in, unless what runs reports it: that stays.</param>
public sealed record ResourceDraft(string Name, string Description, IReadOnlyList<string> Labels, JsonObject Spec)
{
    internal ResourceDraft Cleaned() => this with { Name = TextRules.Clean(Name), Description = TextRules.Clean(Description) };

    internal IReadOnlyList<string> CleanLabels => ResourceNames.CheckLabels(Labels).Labels;

    // The name is checked only where it is given: it stays.
    internal List<FieldError> Wrong(bool isNew)
    {
        var wrong = new List<FieldError>();
        Note(nameof(Name), isNew ? ResourceNames.Problem(Name) : null);
        Note(nameof(Description), TextRules.TextError(Description, "Description", ResourceNames.LongestDescription));
        Note(nameof(Labels), ResourceNames.CheckLabels(Labels).Problem);
        return wrong;

        void Note(string field, string? problem)
        {
            if (problem is not null)
            {
                wrong.Add(new FieldError(field, problem));
            }
        }
    }
}
