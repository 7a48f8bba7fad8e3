using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Moving;

/// <summary>What would break by a move, among those that go, those that stay and those that are there.</summary>
internal sealed class MoveRules(ConsoleDbContext db, ResourceRights here, ProjectAccess there)
{
    private readonly ResourceOwner _to = ResourceOwner.Of(there.Scope);

    private string ProjectName => there.Project.Name;

    /// <summary>The first rule that a move of these resources would break; null where all of them may go.</summary>
    internal async Task<Error?> RefuseAsync(List<Resource> resources, CancellationToken ct)
    {
        var ids = resources.ConvertAll(resource => resource.Id);
        return await TakenAsync(resources, ct) ?? await SharedAsync(resources, ids, ct) ?? await NeededAsync(resources, ids, ct)
            ?? await MissingAsync(resources, ids, ct) ?? await UnfitAsync(resources, ct);
    }

    private async Task<Error?> TakenAsync(List<Resource> resources, CancellationToken ct)
    {
        var (toId, names) = (_to.Id, resources.ConvertAll(resource => resource.Name));
        var taken = await db.Resources.Where(row => row.OwnerId == toId && names.Contains(row.Name)).Select(row => new { row.Kind, row.Name }).ToListAsync(ct);
        return resources.Find(resource => taken.Exists(row => row.Kind == resource.Kind && row.Name == resource.Name)) is { } first
            ? new NameTakenThere(ResourceKinds.Get(first.Kind), first.Name, ProjectName) : null;
    }

    // Whoever moves it may not be one who may share it there.
    private async Task<Error?> SharedAsync(List<Resource> resources, List<Guid> ids, CancellationToken ct)
    {
        var shared = await db.ResourceShares.Where(share => ids.Contains(share.ResourceId) && (share.State == ShareState.Pending || share.State == ShareState.Accepted))
            .Select(share => share.ResourceId).ToListAsync(ct);
        return resources.Find(resource => resource.IsOrganizationVisible || shared.Contains(resource.Id)) is { } first ? new SharedWithOthers(first.Name) : null;
    }

    private async Task<Error?> NeededAsync(List<Resource> resources, List<Guid> ids, CancellationToken ct)
    {
        var living = await ResourceUsers.LivingAsync(db, ids, ct);
        if (resources.Find(resource => living.Exists(user => user.TargetId == resource.Id)) is not { } first)
        {
            return null;
        }

        var ofFirst = living.FindAll(user => user.TargetId == first.Id);
        var named = ofFirst.Where(user => user.OwnerId == here.Owner.Id && here.May(ResourceKinds.Get(user.Kind), "view"))
            .OrderBy(user => user.Name, StringComparer.Ordinal).Take(NeededHere.Named).Select(user => $"{ResourceKinds.Get(user.Kind).Title} {user.Name}").ToList();
        return new NeededHere(first.Name, named, ofFirst.Count);
    }

    // The same words must lead to the same resource afterwards: neither to nothing nor to another one that is called alike there.
    private async Task<Error?> MissingAsync(List<Resource> resources, List<Guid> ids, CancellationToken ct)
    {
        var links = await (from link in db.ResourceLinks.Where(link => ids.Contains(link.FromId))
                           join target in db.Resources on link.ToId equals target.Id
                           select new { link.FromId, link.Relation, target.Id, target.Kind, target.Name }).ToListAsync(ct);
        var thereRights = new ResourceRights(_to, there.Access, there, IsOwnSpace: false);
        foreach (var resource in resources.Where(resource => !ResourceKinds.Get(resource.Kind).Life.Of(resource.State).IsEnded))
        {
            var references = SpecRules.References(ResourceKinds.Get(resource.Kind).Fields, resource.Spec).ToList();
            var found = await ResourceReach.FindAsync(db, thereRights, references, ct);
            foreach (var reference in references)
            {
                var parsed = ResourceReference.Parse(reference.Field, reference.Name);
                var now = links.Find(link => link.FromId == resource.Id && link.Relation == reference.Field.Name && link.Kind == parsed?.Kind && link.Name == parsed?.Name)?.Id;
                if ((now is null || !ids.Contains(now.Value)) && found.GetValueOrDefault($"{reference.Field.Name}={reference.Name}")?.Id != now)
                {
                    return new MissingThere(resource.Name, reference.Field.Title, reference.Name, ProjectName);
                }
            }
        }

        return null;
    }

    private async Task<Error?> UnfitAsync(List<Resource> resources, CancellationToken ct)
    {
        foreach (var resource in resources)
        {
            if (ResourceKinds.Get(resource.Kind).Neighbours is { } rule)
            {
                var others = await SpecCheck.NeighboursAsync(db, _to, rule, resource, ct);
                others.AddRange(resources.Where(other => other.Id != resource.Id && rule.Kinds.Contains(other.Kind)).Select(other => new Neighbour(other.Kind, other.Name, other.Spec)));
                if (rule.Check(new Neighbour(resource.Kind, resource.Name, resource.Spec), others).FirstOrDefault() is { } wrong)
                {
                    return new UnfitThere(resource.Name, ProjectName, wrong.Message);
                }
            }
        }

        return null;
    }
}
