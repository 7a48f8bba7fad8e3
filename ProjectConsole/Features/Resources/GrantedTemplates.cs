using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Resources;

/// <summary>
/// What somebody grants a project from the own personal space leads to nothing that stays in there: what starts from a template takes
/// from it what it leads to, which nobody else may name.
/// </summary>
internal static class GrantedTemplates
{
    /// <summary>The fields by which a template leads to something of its own owner, and what that is called.</summary>
    public static IReadOnlyList<(ResourceField Field, string Name)> LeadsToOwn(ResourceKind kind, ResourceSpec spec) =>
        [.. SpecRules.References(kind.Fields, spec)
            .Where(reference => ResourceReference.Parse(reference.Field, reference.Name) is { Source: null } named && !ResourceKinds.Get(named.Kind).IsOfCatalogue)
            .Select(reference => (reference.Field, reference.Name))];

    /// <summary>What is wrong with an edit of something that a project has, or is offered, from a personal space; null for nothing.</summary>
    public static async Task<FieldError?> ProblemAsync(ConsoleDbContext db, ResourceOwner owner, ResourceKind kind, Resource resource, ResourceSpec changed, CancellationToken ct)
    {
        if (!owner.IsPersonal || !kind.IsGrantable)
        {
            return null;
        }

        // What led there before it was granted is not the matter of this edit.
        var before = LeadsToOwn(kind, resource.Spec);
        if (LeadsToOwn(kind, changed).Where(lead => !before.Any(other => other.Field.Name == lead.Field.Name && other.Name == lead.Name)).ToList() is not [var own, ..])
        {
            return null;
        }

        var resourceId = resource.Id;
        return await db.ResourceShares.AnyAsync(share => share.ResourceId == resourceId && (share.State == ShareState.Pending || share.State == ShareState.Accepted), ct)
            ? new FieldError(SpecRules.FieldName(own.Field), $"Only you see {own.Name}, and {resource.Name} is shared with a project. End that share first, or name one that the project may use.")
            : null;
    }
}
