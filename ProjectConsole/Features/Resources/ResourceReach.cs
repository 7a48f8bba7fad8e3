using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Features.Resources;

/// <summary>
/// Which resources an owner may name in the fields of its own: its own, those of the organization's catalogue, those that another
/// project shares for use, and those that the whole organization sees. A share rests while its source is not active.
/// </summary>
internal static class ResourceReach
{
    /// <summary>Everything of these kinds that the owner may name.</summary>
    /// <param name="db">An open context.</param>
    /// <param name="rights">What the person may do with the owner's resources: who does not see a kind here names none of it.</param>
    /// <param name="kinds">Names of kinds.</param>
    public static IQueryable<Resource> Usable(ConsoleDbContext db, ResourceRights rights, IReadOnlyList<string> kinds)
    {
        var owner = rights.Owner;
        string[] seen = [.. kinds.Where(kind => ResourceKinds.Get(kind) is var found && (found.IsOfCatalogue || rights.May(found, "view")))];
        var (organizationId, ownerId) = (owner.OrganizationId, owner.Id);
        var usable = db.Resources.Where(resource => resource.OrganizationId == organizationId && seen.Contains(resource.Kind));
        var ofActive = db.Projects.Where(project => project.OrganizationId == organizationId && project.State == ProjectState.Active).Select(project => (Guid?)project.Id);
        if (rights.Project is not { } project)
        {
            return usable.Where(resource => resource.OwnerId == ownerId || resource.OwnerId == organizationId
                || (resource.IsOrganizationVisible && ofActive.Contains(resource.ProjectId)));
        }

        var (projectId, workspaceId) = (project.Project.Id, project.Project.WorkspaceId);
        var shared = db.ResourceShares.Where(share =>
                share.State == ShareState.Accepted && share.Level == ShareLevel.Use && (share.ToProjectId == projectId || share.ToWorkspaceId == workspaceId))
            .Select(share => share.ResourceId);
        // People from outside see of the organization only what a project gives them.
        var isMember = rights.Access.Facts is { Membership: not null } or { Key: not null };
        return usable.Where(resource => resource.OwnerId == ownerId || resource.OwnerId == organizationId
            || (((resource.IsOrganizationVisible && isMember) || shared.Contains(resource.Id)) && ofActive.Contains(resource.ProjectId)));
    }

    /// <summary>The resources that references lead to, by the reference's text.</summary>
    public static async Task<IReadOnlyDictionary<string, Resource>> FindAsync(
        ConsoleDbContext db, ResourceRights rights, IReadOnlyCollection<SpecReference> references, CancellationToken ct)
    {
        var named = references.Select(reference => (reference.Field, reference.Name, Parsed: ResourceReference.Parse(reference.Field, reference.Name)))
            .Where(reference => reference.Parsed is not null).ToList();
        if (named.Count == 0)
        {
            return new Dictionary<string, Resource>();
        }

        string[] kinds = [.. named.Select(reference => reference.Parsed!.Value.Kind).Distinct()];
        string[] names = [.. named.Select(reference => reference.Parsed!.Value.Name).Distinct()];
        var found = await (from resource in Usable(db, rights, kinds).Where(resource => names.Contains(resource.Name))
                           join project in db.Projects on resource.ProjectId equals (Guid?)project.Id into projects
                           from project in projects.DefaultIfEmpty()
                           select new { resource, Slug = project == null ? null : project.Slug }).ToListAsync(ct);
        var byText = new Dictionary<string, Resource>();
        foreach (var (field, text, parsed) in named)
        {
            var match = found.Find(row => row.resource.Kind == parsed!.Value.Kind && row.resource.Name == parsed.Value.Name
                && (parsed.Value.ProjectSlug is { } slug
                    ? row.Slug == slug && row.resource.OwnerId != rights.Owner.Id
                    : row.resource.OwnerId == rights.Owner.Id || row.resource.OwnerId == rights.Owner.OrganizationId));
            if (match is not null)
            {
                byText[$"{field.Name}={text}"] = match.resource;
            }
        }

        return byText;
    }
}
