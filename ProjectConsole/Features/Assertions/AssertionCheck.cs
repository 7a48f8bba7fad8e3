using Microsoft.EntityFrameworkCore;
using ProjectConsole.Components.Access;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Assertions;

/// <summary>
/// Finds who breaks an assertion now. The database names who can have the permission at all; the decision says who does.
/// </summary>
public sealed class AssertionCheck(AccessControl access)
{
    /// <summary>Checks pairs of person and project, a bounded number of them, among the projects that the reader sees.</summary>
    internal async Task<AssertionState> OfAsync(ConsoleDbContext db, Actor actor, OrganizationAccess reader, Assertion assertion, CancellationToken ct)
    {
        if (PermissionCatalogue.Find(assertion.PermissionName) is not { } permission)
        {
            return new AssertionState([], 0, 0);
        }

        const int most = AssertionsService.CheckedAlone;
        var giving = await GivingRoles.FindAsync(db, reader.Id, permission, ct);
        var projects = Projects(db, reader).Where(project => assertion.ProjectId == null || project.Id == assertion.ProjectId);
        var pairs = Pairs(db, reader, assertion, projects, giving);
        var some = await pairs.OrderBy(pair => pair.ProjectId).ThenBy(pair => pair.UserId).Take(most).ToListAsync(ct);
        var all = some.Count < most ? some.Count : await pairs.CountAsync(ct);
        var breaking = await BreakingAsync(db, assertion, permission, some, ct);
        var open = await OpenAsync(db, actor, breaking, ct);
        return new AssertionState(
            [.. breaking.Where(each => open.Contains(each.ProjectId)).OrderBy(each => each.Email, StringComparer.Ordinal).ThenBy(each => each.Project, StringComparer.OrdinalIgnoreCase)],
            some.Count, all)
        {
            Unnamed = breaking.GroupBy(each => each.UserId).Count(person => !person.Any(each => open.Contains(each.ProjectId))),
        };
    }

    // Who sees every project is told of deleted ones too: what is held in one comes back with it, and changes are judged by that.
    private IQueryable<Project> Projects(ConsoleDbContext db, OrganizationAccess reader) =>
        reader.Access.Everywhere.Contains(Permissions.ProjectView)
            ? db.Projects.Where(project => project.OrganizationId == reader.Id)
            : access.VisibleProjects(db, reader);

    // Who is in a project is told to those alone who may see its collaborators.
    private async Task<HashSet<Guid>> OpenAsync(ConsoleDbContext db, Actor actor, List<AssertionBreaker> breaking, CancellationToken ct)
    {
        var decisions = await access.OfActorAsync(db, actor, [.. breaking.Select(each => each.ProjectId).Distinct()], ct);
        return [.. decisions.Where(decided => decided.Value.May(Permissions.CollaboratorsView)).Select(decided => decided.Key)];
    }

    private async Task<List<AssertionBreaker>> BreakingAsync(
        ConsoleDbContext db, Assertion assertion, Permission permission, IReadOnlyCollection<Candidate> pairs, CancellationToken ct)
    {
        Guid[] people = [.. pairs.Select(pair => pair.UserId).Distinct()];
        var decisions = await access.OfPairsAsync(db, [.. pairs.Select(pair => (pair.UserId, pair.ProjectId))], ct);
        var emails = await db.Users.Where(user => people.Contains(user.Id)).Select(user => new { user.Id, user.Email }).ToDictionaryAsync(user => user.Id, user => user.Email ?? "", ct);
        return [.. from pair in pairs
                   let decided = decisions.GetValueOrDefault((pair.UserId, pair.ProjectId))
                   where decided is not null && assertion.IsBrokenBy(AccessDecision.AsIfUnlocked(decided.Access))
                   select new AssertionBreaker(
                       pair.UserId, emails.GetValueOrDefault(pair.UserId, ""), pair.ProjectId, decided.Project.Name,
                       AccessWords.List([.. Explanation.Of(decided.Access, permission).Given.Select(source => $"{source.RoleTitle} by {AccessWords.Source(source)}")]))];
    }

    // Owners and Admins of the organization stand above, so their role leads to no candidate; a grant of theirs does.
    private static IQueryable<Candidate> Pairs(
        ConsoleDbContext db, OrganizationAccess reader, Assertion assertion, IQueryable<Project> projects, GivingRoles giving)
    {
        var organizationId = reader.Id;
        var now = reader.Access.Facts.Now;
        string[] above = [OrganizationRole.Owner.Key, OrganizationRole.Admin.Key];
        var everywhere = giving.Everywhere.Except(above, StringComparer.Ordinal).ToList();
        var grants = giving.Grants(db, organizationId, now);
        var members = db.Members.Where(member => member.OrganizationId == organizationId);
        var granted = Granted(db, grants, projects);
        if (assertion.Form == AssertionForm.NotExternal)
        {
            return granted.Where(pair => !members.Any(member => member.UserId == pair.UserId));
        }

        // What a role gives everywhere it gives in each project alike: where any is meant, the Default Project stands for all, and
        // for somebody who has it there by a grant, which can be the path that is let through, the first where no grant gives it.
        var isAny = assertion.ProjectId is null;
        return granted
            .Union(from member in members.Where(member => everywhere.Contains(member.RoleKey))
                   from project in projects
                   where !isAny || project.IsDefault
                   select new Candidate { UserId = member.UserId, ProjectId = project.Id })
            .Union(from member in members.Where(member => isAny && everywhere.Contains(member.RoleKey)
                       && granted.Any(pair => pair.UserId == member.UserId && projects.Any(project => project.Id == pair.ProjectId && project.IsDefault)))
                   from project in projects
                   where project.Id == projects.Where(other => !granted.Any(pair => pair.UserId == member.UserId && pair.ProjectId == other.Id))
                       .OrderBy(other => other.NameFolded).Select(other => other.Id).FirstOrDefault()
                   select new Candidate { UserId = member.UserId, ProjectId = project.Id })
            .Union(from member in members.Where(_ => giving.ByDefaultProject)
                   from project in projects
                   where project.IsDefault
                   select new Candidate { UserId = member.UserId, ProjectId = project.Id });
    }

    private static IQueryable<Candidate> Granted(ConsoleDbContext db, IQueryable<Grant> grants, IQueryable<Project> projects) =>
        (from grant in grants
         join project in projects on grant.ProjectId equals project.Id
         join principal in db.Principals on grant.PrincipalId equals principal.Id
         select new Candidate { UserId = principal.UserId, ProjectId = project.Id })
        .Union(from grant in grants
               join project in projects on grant.WorkspaceId equals project.WorkspaceId
               join principal in db.Principals on grant.PrincipalId equals principal.Id
               select new Candidate { UserId = principal.UserId, ProjectId = project.Id });

    private sealed class Candidate
    {
        public Guid UserId { get; init; }

        public Guid ProjectId { get; init; }
    }
}
