using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
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
    /// <summary>Whether only those with a label are asked for.</summary>
    public bool HasLabel => Label is { Length: > 0 };

    /// <summary>Those that match, of a part of all there are.</summary>
    /// <param name="db">An open context.</param>
    /// <param name="part">The part: of an owner, of a kind.</param>
    public IQueryable<ListedResource> Of(ConsoleDbContext db, Func<IQueryable<ListedResource>, IQueryable<ListedResource>> part) =>
        Matching(part(ListedResource.Of(db, HasLabel ? Label : null)));

    /// <summary>Those of some resources that match, which are found without their labels.</summary>
    public IQueryable<Resource> Of(ConsoleDbContext db, IQueryable<Resource> resources)
    {
        var label = Label;
        var matching = Matching(ListedResource.Of(resources)).Select(row => row.Resource);
        return HasLabel ? matching.Where(resource => db.ResourceLabels.Any(row => row.ResourceId == resource.Id && row.Label == label)) : matching;
    }

    // In everything but the label.
    private IQueryable<ListedResource> Matching(IQueryable<ListedResource> listed)
    {
        if (TextRules.Clean(Search) is { Length: > 0 } search)
        {
            var pattern = TextRules.LikePattern(TextRules.Fold(search));
            listed = listed.Where(row => EF.Functions.Like(row.Name, pattern, @"\"));
        }

        if (State is { } state)
        {
            listed = listed.Where(row => row.Resource.State == state);
        }

        return CreatedBy is { } creator ? listed.Where(row => row.Resource.CreatedBy == creator) : listed;
    }
}
