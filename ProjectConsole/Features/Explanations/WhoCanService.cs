using Microsoft.EntityFrameworkCore;
using ProjectConsole.Components.Access;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Explanations;

/// <summary>
/// The inverse of an explanation: who can do something in a project. Who is listed is one SQL predicate that agrees with the
/// decision, so that a page costs the same however many people there are; by which paths is the decision's own answer.
/// </summary>
public sealed class WhoCanService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, TimeProvider clock)
{
    private const int MostTeams = 50;

    /// <summary>A page of those who can do it now, by address.</summary>
    public async Task<Result<WhoCanList>> ListAsync(Actor actor, ProjectScope project, Permission permission, PageRequest page, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InProjectAsync(db, actor, project, ct);
        if (AccessRefusal.InProject(reader, Permissions.CollaboratorsView) is { } refusal)
        {
            return refusal;
        }

        var (giving, at) = (await GivingRoles.FindAsync(db, project.OrganizationId, permission, ct), clock.GetUtcNow().UtcDateTime);
        var grants = giving.Grants(db, reader!, at);
        var people = People(db, reader!, grants, giving);
        var total = await people.CountAsync(ct);
        var ids = await people.OrderBy(user => user.NormalizedEmail).Select(user => user.Id).Skip(page.Skip).Take(page.Size).ToListAsync(ct);
        var rows = await RowsAsync(db, reader!, ids, permission, ct);
        return new WhoCanList(permission, new Page<WhoCanRow>(rows, total, page.Number, page.Size), await TeamsAsync(db, grants, ct));
    }

    private static IQueryable<User> People(ConsoleDbContext db, ProjectAccess reader, IQueryable<Grant> grants, GivingRoles giving)
    {
        var (organizationId, isDefault) = (reader.Organization.Id, reader.Project.IsDefault && giving.ByDefaultProject);
        var outside = giving.ToExternals && reader.Access.Facts.Organization is { AllowsExternalCollaborators: true };
        var members = db.Members.Where(member => member.OrganizationId == organizationId);
        var granted = from grant in grants
                      join principal in db.Principals on grant.PrincipalId equals principal.Id
                      select principal.UserId;
        var inside = members.Where(member => giving.Everywhere.Contains(member.RoleKey) || (isDefault && giving.Admitting.Contains(member.RoleKey))).Select(member => member.UserId);
        if (!giving.Suits(reader.Project.State))
        {
            return db.Users.Where(_ => false);
        }

        var some = granted.Union(inside);
        return db.Users.Where(user => user.LockedUtc == null && some.Contains(user.Id)
            && (members.Any(member => member.UserId == user.Id && (giving.AdmitsAll || giving.Admitting.Contains(member.RoleKey)))
                || (outside && !members.Any(member => member.UserId == user.Id))));
    }

    private async Task<IReadOnlyList<WhoCanRow>> RowsAsync(ConsoleDbContext db, ProjectAccess reader, List<Guid> ids, Permission permission, CancellationToken ct)
    {
        var projectId = reader.Project.Id;
        var decisions = await access.OfManyAsync(db, db.Projects.Where(row => row.Id == projectId), db.Users.Where(user => ids.Contains(user.Id)), ct);
        var emails = await db.Users.Where(user => ids.Contains(user.Id)).Select(user => new { user.Id, user.Email }).ToDictionaryAsync(user => user.Id, user => user.Email ?? "", ct);
        return [.. ids.Where(id => decisions.ContainsKey((id, projectId))).Select(id => Row(id, emails.GetValueOrDefault(id, ""), decisions[(id, projectId)].Access, permission))];
    }

    private static WhoCanRow Row(Guid id, string email, EffectiveAccess decided, Permission permission) => new(
        id, email, AccessWords.Role(decided), decided.Facts.Membership is null,
        [.. Explanation.Of(decided, permission).Given.Select(source => new WhoCanPath(AccessWords.Source(source), source.RoleTitle, source.ExpiresUtc))]);

    private static async Task<IReadOnlyList<WhoCanTeam>> TeamsAsync(ConsoleDbContext db, IQueryable<Grant> grants, CancellationToken ct) =>
        await (from team in db.Teams
               where grants.Select(grant => grant.PrincipalId).Contains(team.Id)
               orderby team.NameFolded
               select new WhoCanTeam(team.Id, team.Name, team.Slug, db.Principals.Count(principal => principal.Id == team.Id))).Take(MostTeams).ToListAsync(ct);
}

/// <summary>Who can do something in a project.</summary>
/// <param name="Permission">What.</param>
/// <param name="People">A page of the people.</param>
/// <param name="Teams">The teams through which it comes, at most fifty.</param>
public sealed record WhoCanList(Permission Permission, Page<WhoCanRow> People, IReadOnlyList<WhoCanTeam> Teams);

/// <summary>A person who can do it.</summary>
public sealed record WhoCanRow(Guid UserId, string Email, string Role, bool IsExternal, IReadOnlyList<WhoCanPath> Paths);

/// <summary>A path that gives it: "team annotators", the role, and when it ends.</summary>
public sealed record WhoCanPath(string Source, string Role, DateTime? ExpiresUtc);

/// <summary>A team that gives it to those who are in it.</summary>
public sealed record WhoCanTeam(Guid Id, string Name, string Slug, int People);
