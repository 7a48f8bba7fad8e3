using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Security;

// What is seen, as predicates that a database evaluates for many rows; the decision function says the same for one.
public sealed partial class AccessControl
{
    /// <summary>
    /// The projects of an organization that a person sees, as one SQL predicate: neither restrictions nor ceilings take
    /// <c>project.view</c>, so no row needs the decision function. Deleted projects are left out.
    /// </summary>
    /// <param name="db">An open context.</param>
    /// <param name="organization">What the person may do in the organization.</param>
    public IQueryable<Project> VisibleProjects(ConsoleDbContext db, OrganizationAccess organization)
    {
        var (organizationId, facts) = (organization.Id, organization.Access.Facts);
        var projects = db.Projects.Where(project => project.OrganizationId == organizationId && project.State != ProjectState.Deleted);
        if (organization.Access.Block != AccessBlock.None || facts.Token?.Contains(Permissions.ProjectView) == false)
        {
            return projects.Where(_ => false);
        }

        if (facts.Membership is { } membership && membership.Role.InEveryProject.Contains(Permissions.ProjectView))
        {
            return projects;
        }

        var (grants, isMember) = (GrantsOf(db, facts.Person.UserId).Where(grant => grant.OrganizationId == organizationId), facts.Membership is not null);
        var mine = InProjects(grants);
        if (organization.HoldsInWorkspaces)
        {
            // Of a workspace that holds most projects, those of a page are found in their order sooner than all by their ids.
            var workspaces = InWorkspaces(grants);
            return projects.Where(project => workspaces.Contains(project.WorkspaceId) || mine.Contains(project.Id) || (isMember && project.IsDefault));
        }

        // Who holds some projects holds the default one beside them: with an OR a database would go through all of the organization.
        mine = isMember ? mine.Concat(projects.Where(project => project.IsDefault).Select(project => project.Id)) : mine;
        return projects.Where(project => mine.Contains(project.Id));
    }

    /// <summary>
    /// The organizations that the actor may enter, as one SQL predicate: as a member, or by a grant where people outside
    /// are allowed. A project's key enters none.
    /// </summary>
    public IQueryable<Guid> EnterableOrganizations(ConsoleDbContext db, Actor actor)
    {
        var (userId, now) = (actor.Credential is { } token && !token.Permissions.Contains(Permissions.OrganizationView) ? Guid.Empty : actor.UserId, Now);
        var granted = from principal in db.Principals.Where(principal => principal.UserId == userId)
                      join grant in db.Grants on principal.Id equals grant.PrincipalId
                      where (grant.ExpiresUtc == null || grant.ExpiresUtc > now)
                          && (grant.ProjectId == null || db.Projects.Any(project => project.Id == grant.ProjectId && project.State != ProjectState.Deleted))
                      select grant.OrganizationId;
        return db.Organizations
            .Where(organization => organization.DeletedUtc == null && db.Users.Any(user => user.Id == userId && user.LockedUtc == null)
                && (db.Members.Any(member => member.OrganizationId == organization.Id && member.UserId == userId)
                    || (organization.AllowsExternalCollaborators && granted.Contains(organization.Id))))
            .Select(organization => organization.Id);
    }

    /// <summary>
    /// The projects that the actor sees in all organizations, by the same rule as <see cref="VisibleProjects"/> in each, as a
    /// predicate; asks first which organizations the person sees whole.
    /// </summary>
    public async Task<IQueryable<Project>> VisibleProjectsEverywhereAsync(ConsoleDbContext db, Actor actor, CancellationToken ct)
    {
        if (actor.Credential is KeyCredential key)
        {
            var (organizationId, projectId) = key.InProject(key.Project, Now)?.May(Permissions.ProjectView) == true ? key.Project : default;
            return db.Projects.Where(project => project.OrganizationId == organizationId && project.Id == projectId);
        }

        return actor.Credential?.Permissions.Contains(Permissions.ProjectView) == false
            ? db.Projects.Where(_ => false)
            : await VisibleProjectsEverywhereAsync(db, actor.UserId, ct);
    }

    private async Task<IQueryable<Project>> VisibleProjectsEverywhereAsync(ConsoleDbContext db, Guid userId, CancellationToken ct)
    {
        var (enterable, members) = (EnterableOrganizations(db, new Actor(userId, "", "", "")), db.Members.Where(member => member.UserId == userId));
        var everywhere = OrganizationRole.All.Where(role => role.InEveryProject.Contains(Permissions.ProjectView)).Select(role => role.Key).ToList();
        var whole = await members
            .Where(member => everywhere.Contains(member.RoleKey) || db.OrganizationRoles.Any(role => role.Key == member.RoleKey && role.InEveryProject != null))
            .Select(member => member.OrganizationId)
            .ToListAsync(ct);
        var grants = GrantsOf(db, userId);
        var mine = InProjects(grants)
            .Concat(from grant in grants
                    join project in db.Projects on grant.WorkspaceId equals project.WorkspaceId
                    select project.Id)
            .Concat(from member in members
                    join project in db.Projects.Where(project => project.IsDefault) on member.OrganizationId equals project.OrganizationId
                    select project.Id);
        var projects = db.Projects.Where(project => project.State != ProjectState.Deleted && enterable.Contains(project.OrganizationId));
        // With the OR a database goes through all projects; who sees no organization whole is spared it.
        return whole.Count == 0
            ? projects.Where(project => mine.Contains(project.Id))
            : projects.Where(project => mine.Contains(project.Id) || whole.Contains(project.OrganizationId));
    }

    private IQueryable<Grant> GrantsOf(ConsoleDbContext db, Guid userId)
    {
        var now = Now;
        return from principal in db.Principals.Where(principal => principal.UserId == userId)
               join grant in db.Grants on principal.Id equals grant.PrincipalId
               where grant.ExpiresUtc == null || grant.ExpiresUtc > now
               select grant;
    }

    private static IQueryable<Guid> InProjects(IQueryable<Grant> grants) =>
        grants.Where(grant => grant.ProjectId != null).Select(grant => grant.ProjectId!.Value);

    private static IQueryable<Guid> InWorkspaces(IQueryable<Grant> grants) =>
        grants.Where(grant => grant.WorkspaceId != null).Select(grant => grant.WorkspaceId!.Value);
}
