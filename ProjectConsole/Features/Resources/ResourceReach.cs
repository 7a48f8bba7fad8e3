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
    /// <summary>What the owner has itself of these kinds, as far as the person sees it.</summary>
    /// <param name="db">An open context.</param>
    /// <param name="rights">What the person may do with the owner's resources: who does not see a kind here names none of it.</param>
    /// <param name="kinds">Names of kinds.</param>
    public static IQueryable<Resource> Own(ConsoleDbContext db, ResourceRights rights, IReadOnlyList<string> kinds)
    {
        var ownerId = rights.Owner.Id;
        return OfKinds(db.Resources.Where(resource => resource.OwnerId == ownerId), Seen(rights, kinds));
    }

    /// <summary>What the owner may name besides of these kinds: of the catalogue, shared with it for use, visible to the whole organization.</summary>
    /// <param name="db">An open context.</param>
    /// <param name="rights">What the person may do with the owner's resources.</param>
    /// <param name="kinds">Names of kinds.</param>
    /// <param name="narrow">What else is asked of them, before they are put together: databases are slow to ask it of a union.</param>
    public static IQueryable<Resource> Others(
        ConsoleDbContext db, ResourceRights rights, IReadOnlyList<string> kinds, Func<IQueryable<Resource>, IQueryable<Resource>> narrow)
    {
        var (seen, organizationId, ownerId) = (Seen(rights, kinds), rights.Owner.OrganizationId, rights.Owner.Id);
        var catalogue = db.Resources.Where(resource => resource.OwnerId == organizationId && resource.OwnerId != ownerId);
        return narrow(OfKinds(catalogue, seen)).Concat(Received(db, rights, [ShareLevel.Use], resources => narrow(OfKinds(resources, seen))));
    }

    /// <summary>What other projects and people share with the owner's project, and what projects show to the whole organization. A share rests while its source is not active.</summary>
    /// <param name="db">An open context.</param>
    /// <param name="rights">What the person may do with the owner's resources.</param>
    /// <param name="levels">For what it is shared.</param>
    /// <param name="narrow">What else is asked of them.</param>
    public static IQueryable<Resource> Received(
        ConsoleDbContext db, ResourceRights rights, IReadOnlyList<ShareLevel> levels, Func<IQueryable<Resource>, IQueryable<Resource>> narrow) =>
        // People from outside see of the organization only what a project gives them, by keys of theirs too.
        Received(db, rights, rights.Access.Facts is { Membership: not null } or { Key.IsOfOutsider: false }, levels, narrow);

    /// <summary>Of these, what the owner may name still, whoever asks: what stands in a resource was put there by somebody who saw it.</summary>
    public static Task<List<SourcedResource>> UsableAsync(ConsoleDbContext db, ResourceRights rights, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var (organizationId, ownerId) = (rights.Owner.OrganizationId, rights.Owner.Id);
        IQueryable<Resource> OfThese(IQueryable<Resource> resources) => resources.Where(resource => ids.Contains(resource.Id));
        var own = OfThese(db.Resources).Where(resource => resource.OwnerId == ownerId || resource.OwnerId == organizationId);
        return Sourced(db, own.Concat(Received(db, rights, isMember: true, [ShareLevel.Use], OfThese))).ToListAsync(ct);
    }

    private static IQueryable<Resource> Received(
        ConsoleDbContext db, ResourceRights rights, bool isMember, IReadOnlyList<ShareLevel> levels, Func<IQueryable<Resource>, IQueryable<Resource>> narrow)
    {
        var (organizationId, ownerId) = (rights.Owner.OrganizationId, rights.Owner.Id);
        var ofActive = db.Projects.Where(project => project.OrganizationId == organizationId && project.State == ProjectState.Active).Select(project => (Guid?)project.Id);
        var visible = narrow(db.Resources.Where(resource =>
            isMember && resource.OrganizationId == organizationId && resource.IsOrganizationVisible && resource.OwnerId != ownerId && ofActive.Contains(resource.ProjectId)));
        if (rights.Project is not { } project)
        {
            return visible;
        }

        var (projectId, workspaceId) = (project.Project.Id, project.Project.WorkspaceId);
        var shares = db.ResourceShares.Where(share =>
            share.State == ShareState.Accepted && levels.Contains(share.Level) && (share.ToProjectId == projectId || share.ToWorkspaceId == workspaceId));
        // Visible or shared, and each once: a union, because a condition on both reads every resource of the organization.
        var shared = from id in shares.Select(share => share.ResourceId).Distinct()
                     join resource in db.Resources on id equals resource.Id
                     where resource.OwnerId != ownerId && (resource.ProjectId == null || ofActive.Contains(resource.ProjectId)) && !(isMember && resource.IsOrganizationVisible)
                     select resource;
        return visible.Concat(narrow(shared));
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
        var found = await Sourced(db, Named(Own(db, rights, kinds)).Concat(Others(db, rights, kinds, Named))).ToListAsync(ct);
        IQueryable<Resource> Named(IQueryable<Resource> resources) => resources.Where(resource => names.Contains(resource.Name));
        var byText = new Dictionary<string, Resource>();
        foreach (var (field, text, parsed) in named)
        {
            if (found.Find(row => IsNamed(row, parsed!.Value, rights.Owner)) is { } match)
            {
                byText[$"{field.Name}={text}"] = match.Resource;
            }
        }

        return byText;
    }

    /// <summary>Whether a reference of the owner's names a resource.</summary>
    public static bool IsNamed(SourcedResource row, ResourceReference reference, ResourceOwner owner) =>
        row.Resource.Kind == reference.Kind && row.Resource.Name == reference.Name
        && (reference.Source is { } source ? row.Slug == source && row.Resource.OwnerId != owner.Id : row.Resource.OwnerId == owner.Id || row.Resource.OwnerId == owner.OrganizationId);

    /// <summary>Resources with where they come from: a project by its Project ID, a personal space by its person's address, the catalogue by nothing.</summary>
    public static IQueryable<SourcedResource> Sourced(ConsoleDbContext db, IQueryable<Resource> resources) =>
        from resource in resources
        join project in db.Projects on resource.ProjectId equals (Guid?)project.Id into projects
        from project in projects.DefaultIfEmpty()
        join space in db.PersonalSpaces on resource.OwnerId equals space.Id into spaces
        from space in spaces.DefaultIfEmpty()
        select new SourcedResource
        {
            Resource = resource,
            Slug = project != null ? project.Slug : space != null ? space.UserName : null,
            Name = project != null ? project.Name : space != null ? space.UserName : null,
        };

    private static string[] Seen(ResourceRights rights, IReadOnlyList<string> kinds) =>
        [.. kinds.Where(kind => ResourceKinds.Get(kind) is var found && (found.IsOfCatalogue || rights.May(found, "view")))];

    // One kind is asked for by itself, so that its order is that of an index.
    private static IQueryable<Resource> OfKinds(IQueryable<Resource> resources, string[] kinds)
    {
        if (kinds is [var only])
        {
            return resources.Where(resource => resource.Kind == only);
        }

        return resources.Where(resource => kinds.Contains(resource.Kind));
    }
}

/// <summary>A resource and where it comes from.</summary>
internal sealed class SourcedResource
{
    /// <summary>The resource.</summary>
    public required Resource Resource { get; init; }

    /// <summary>What stands before its name in references from elsewhere.</summary>
    public string? Slug { get; init; }

    /// <summary>What that is called.</summary>
    public string? Name { get; init; }
}
