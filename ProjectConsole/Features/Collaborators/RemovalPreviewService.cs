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
    /// <param name="actor">Who asks.</param>
    /// <param name="project">Where.</param>
    /// <param name="principalId">Who would be removed.</param>
    /// <param name="heir">Who would become Admin where nobody else is one; null for whom the dialog proposes first, the actor.</param>
    /// <param name="ct">Ends the reading.</param>
    public Task<Result<RemovalPreview>> OfRemovalAsync(
        Actor actor, ProjectScope project, Guid principalId, string? heir = null, CancellationToken ct = default) =>
        PreviewAsync(
            actor, project, principalId, heir ?? (principalId == actor.UserId ? "" : actor.Name),
            (dry, named) => collaborators.RemoveAsync(dry, project, new Removal(principalId, null, named), ct), ct);

    /// <summary>What leaving would do to the actor.</summary>
    public Task<Result<RemovalPreview>> OfLeavingAsync(Actor actor, ProjectScope project, string? heir = null, CancellationToken ct = default) =>
        PreviewAsync(actor, project, actor.UserId, heir ?? "", (dry, named) => collaborators.LeaveAsync(dry, project, named, ct), ct);

    private async Task<Result<RemovalPreview>> PreviewAsync(
        Actor actor, ProjectScope project, Guid principalId, string heir, Func<Actor, string?, Task<Result<AccessChange>>> run, CancellationToken ct)
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
        // With another heir something else happens, so it is tried with the very one.
        var shown = mayNameHeir && heir != "" ? await run(dry, heir) : tried;
        var described = await DescribeAsync(reader, principalId, shown.Succeeded ? shown.Value : null, tried.Error, mayNameHeir, ct);
        return described.Succeeded && mayNameHeir ? described.Value with { Heir = heir, HeirProblem = heir == "" ? null : shown.Error } : described;
    }

    private async Task<Result<RemovalPreview>> DescribeAsync(
        ProjectAccess reader, Guid principalId, AccessChange? change, Error? refusal, bool mayNameHeir, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (organizationId, projectId) = reader.Scope;
        var found = await (from grant in db.Grants
                           where grant.OrganizationId == organizationId && grant.ProjectId == projectId && grant.PrincipalId == principalId
                           orderby grant.IsUpgrade
                           from user in db.Users.Where(user => user.Id == grant.PrincipalId).DefaultIfEmpty()
                           from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
                           select new { Grant = grant, user!.Email, Team = team!.Name }).AsNoTracking().FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return new NoDirectGrant();
        }

        // Those who lose, and an heir who gains; for one who has as much anyway nothing is to be told.
        var losing = await db.Principals.Where(principal => principal.Id == principalId).Select(principal => principal.UserId).ToListAsync(ct);
        var given = found.Grant;
        var counts = await db.Resources.Where(resource => resource.OwnerId == projectId && resource.CreatedBy == principalId)
            .GroupBy(resource => resource.Kind).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, ct);
        var role = await RoleCatalogue.FindProjectRoleAsync(db, reader.Scope, given.RoleKey, ct);
        return new RemovalPreview(
            found.Team ?? found.Email ?? "",
            new DirectGrant(given.RoleKey, role?.Title ?? given.RoleKey, given.GrantedByName, given.GrantedUtc, given.ExpiresUtc, given.Version),
            change is null ? null : change with { People = [.. change.People.Where(person => losing.Contains(person.UserId) || person.Projects.Any(project => !project.Gains.IsEmpty))] },
            refusal, mayNameHeir,
            [.. ResourceKinds.All.Where(kind => counts.ContainsKey(kind.Name) && reader.May(Permissions.Of(kind, "view")))
                .Select(kind => new KindCount(counts[kind.Name] == 1 ? kind.Title : kind.PluralTitle, counts[kind.Name]))
                .OrderByDescending(kind => kind.Count)]);
    }
}
