using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>What a list of resources leaves out.</summary>
/// <param name="Search">Part of a name; empty for any.</param>
/// <param name="State">A state; null for all.</param>
/// <param name="Label">A label; null for all.</param>
/// <param name="CreatedBy">Who made them; null for all.</param>
internal sealed record ResourceFilter(string Search, string? State, string? Label, Guid? CreatedBy)
{
    /// <summary>Whether labels must be read to know what matches: no index holds them.</summary>
    public bool ReadsLabels => Label is { Length: > 0 };

    /// <summary>Those of the resources that match.</summary>
    public IQueryable<Resource> Of(IQueryable<Resource> resources)
    {
        if (TextRules.Clean(Search) is { Length: > 0 } search)
        {
            var pattern = TextRules.LikePattern(TextRules.Fold(search));
            resources = resources.Where(resource => EF.Functions.Like(resource.Name, pattern, @"\"));
        }

        if (State is { } state)
        {
            resources = resources.Where(resource => resource.State == state);
        }

        if (Label is { Length: > 0 } label)
        {
            // Not LIKE, which on SQLite takes GPU for gpu: they are two labels.
            var written = Resource.LabelPattern(label);
            resources = resources.Where(resource => resource.LabelText.Contains(written));
        }

        return CreatedBy is { } creator ? resources.Where(resource => resource.CreatedBy == creator) : resources;
    }
}
