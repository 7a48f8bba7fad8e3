using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Shows what a removal would do, by running the very command that would do it and rolling it back.</summary>
public sealed class RemovalPreviewService(
    CollaboratorsService collaborators, IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>What removing a collaborator would do.</summary>
    public Task<Result<RemovalPreview>> OfRemovalAsync(Actor actor, ProjectScope project, Guid userId, CancellationToken ct = default) =>
        PreviewAsync(actor, project, userId, (dry, heir) => collaborators.RemoveAsync(dry, project, new Removal(userId, null, heir), ct), ct);

    /// <summary>What leaving would do to the actor.</summary>
    public Task<Result<RemovalPreview>> OfLeavingAsync(Actor actor, ProjectScope project, CancellationToken ct = default) =>
        PreviewAsync(actor, project, actor.UserId, (dry, heir) => collaborators.LeaveAsync(dry, project, heir, ct), ct);

    private async Task<Result<RemovalPreview>> PreviewAsync(
        Actor actor, ProjectScope project, Guid userId, Func<Actor, string?, Task<Result<AccessChange>>> run, CancellationToken ct)
    {
        var dry = actor with { DryRun = true };
        var tried = await run(dry, null);
        if (tried.Error is { } error and not LastAdmin)
        {
            return error;
        }

        var reader = await access.InProjectAsync(actor, project, ct);
        if (reader is null || !reader.May(Permissions.ProjectView))
        {
            return new NotFound();
        }

        var mayNameHeir = tried.Error is LastAdmin && AdminSuccession.MayAppoint(reader.Access);
        // What the person loses does not depend on who becomes Admin instead.
        var shown = mayNameHeir && userId != actor.UserId ? await run(dry, actor.Name) : tried;
        var change = shown.Succeeded ? OfPerson(shown.Value, userId) : null;
        return await DescribeAsync(reader, userId, change, tried.Error, mayNameHeir, ct);
    }

    private static AccessChange OfPerson(AccessChange change, Guid userId) => new([.. change.People.Where(person => person.UserId == userId)]);

    private async Task<Result<RemovalPreview>> DescribeAsync(
        ProjectAccess reader, Guid userId, AccessChange? change, Error? refusal, bool mayNameHeir, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (organizationId, projectId) = reader.Scope;
        var found = await (from grant in db.Grants
                           where grant.OrganizationId == organizationId && grant.ProjectId == projectId && grant.PrincipalId == userId
                           join user in db.Users on grant.PrincipalId equals user.Id
                           select new { Grant = grant, user.Email }).AsNoTracking().FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return new NoDirectGrant();
        }

        var given = found.Grant;
        var counts = await db.Resources.Where(resource => resource.ProjectId == projectId && resource.CreatedBy == userId)
            .GroupBy(resource => resource.Kind).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        return new RemovalPreview(
            found.Email ?? "",
            new DirectGrant(given.RoleKey, given.GrantedByName, given.GrantedUtc, given.ExpiresUtc, given.Version),
            change, refusal, mayNameHeir,
            [.. ResourceKinds.All.Where(kind => counts.ContainsKey(kind.Name) && reader.May(Permissions.Of(kind, "view")))
                .Select(kind => new KindCount(counts[kind.Name] == 1 ? kind.Title : kind.PluralTitle, counts[kind.Name]))
                .OrderByDescending(kind => kind.Count)]);
    }
}
