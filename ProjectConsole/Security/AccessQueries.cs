using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Security;

/// <summary>
/// The compiled queries behind every decision. One instance per host, because a compiled query is bound to one
/// provider's model.
/// </summary>
public sealed class AccessQueries
{
    private static readonly Func<ConsoleDbContext, IQueryable<Project>, IQueryable<User>, IQueryable<ReachingGrant>, IQueryable<AccessFactRow>> Rows = AccessFactRow.Query.Compile();

    private readonly Func<ConsoleDbContext, Guid, Guid, Guid, IAsyncEnumerable<AccessFactRow>> _one = EF.CompileAsyncQuery(OnePersonInOneProject());

    private readonly Func<ConsoleDbContext, Guid, Guid, DateTime, Task<OrganizationFactRow?>> _organization = EF.CompileAsyncQuery(
        (ConsoleDbContext db, Guid userId, Guid organizationId, DateTime nowUtc) =>
            (from organization in db.Organizations.Where(organization => organization.Id == organizationId)
             from user in db.Users.Where(user => user.Id == userId)
             from member in db.Members.Where(member => member.OrganizationId == organizationId && member.UserId == userId).DefaultIfEmpty()
             from held in db.OrganizationRoles.Where(held => held.Key == member!.RoleKey).DefaultIfEmpty()
             select new OrganizationFactRow
             {
                 Organization = organization,
                 LockedUtc = user.LockedUtc,
                 MemberRole = member!.RoleKey,
                 MemberRoleName = held!.Name,
                 RightNames = held!.RightNames,
                 RoleInEveryProject = held!.InEveryProject,
                 CeilingNames = held!.CeilingNames,
                 MayCreateProjects = (bool?)member!.MayCreateProjects,
                 HoldsAnyGrant = (from principal in db.Principals.Where(principal => principal.UserId == userId)
                                  join grant in db.Grants on principal.Id equals grant.PrincipalId
                                  where grant.OrganizationId == organizationId
                                      && (grant.ExpiresUtc == null || grant.ExpiresUtc > nowUtc)
                                      && (grant.ProjectId == null || db.Projects.Any(project => project.Id == grant.ProjectId && project.State != ProjectState.Deleted))
                                  select grant.Id).Any(),
                 HoldsInWorkspaces = (from principal in db.Principals.Where(principal => principal.UserId == userId)
                                      join grant in db.Grants on principal.Id equals grant.PrincipalId
                                      where grant.OrganizationId == organizationId && grant.WorkspaceId != null
                                          && (grant.ExpiresUtc == null || grant.ExpiresUtc > nowUtc)
                                      select grant.Id).Any(),
             }).AsNoTracking().FirstOrDefault());

    private readonly Func<ConsoleDbContext, Guid, Task<PersonRow?>> _person = EF.CompileAsyncQuery(
        (ConsoleDbContext db, Guid userId) => db.Users.Where(user => user.Id == userId).Select(user => new PersonRow
        {
            LockedUtc = user.LockedUtc,
            IsInstallationAdministrator = user.IsInstallationAdministrator,
            EverybodyCreatesOrganizations = db.Installation.Any(settings => settings.EverybodyCreatesOrganizations),
        }).FirstOrDefault());

    internal async Task<List<AccessFactRow>> OneAsync(ConsoleDbContext db, Guid userId, Guid organizationId, Guid projectId, CancellationToken ct)
    {
        var rows = new List<AccessFactRow>(2);
        await foreach (var row in _one(db, userId, organizationId, projectId).WithCancellation(ct))
        {
            rows.Add(row);
        }

        return rows;
    }

    internal Task<OrganizationFactRow?> OrganizationAsync(ConsoleDbContext db, Guid userId, Guid organizationId, DateTime nowUtc) =>
        _organization(db, userId, organizationId, nowUtc);

    internal Task<PersonRow?> PersonAsync(ConsoleDbContext db, Guid userId) => _person(db, userId);

    /// <summary>The second shape: many projects, many people, or both.</summary>
    internal static Task<List<AccessFactRow>> ManyAsync(
        ConsoleDbContext db, IQueryable<Project> projects, IQueryable<User> users, CancellationToken ct) =>
        Rows(db, projects, users, ReachingGrant.OfMany(db, projects, users)).AsNoTracking().ToListAsync(ct);

    /// <summary>The second shape for one person in projects whose ids are known.</summary>
    internal static Task<List<AccessFactRow>> ManyAsync(ConsoleDbContext db, Guid userId, Guid[] projectIds, CancellationToken ct) =>
        Rows(
            db, db.Projects.Where(project => projectIds.Contains(project.Id)), db.Users.Where(user => user.Id == userId),
            ReachingGrant.OfPerson(db, userId, projectIds)).AsNoTracking().ToListAsync(ct);

    // The compiled form is made from the same expressions, with their sources put in.
    private static Expression<Func<ConsoleDbContext, Guid, Guid, Guid, IQueryable<AccessFactRow>>> OnePersonInOneProject()
    {
        Expression<Func<ConsoleDbContext, Guid, Guid, IQueryable<Project>>> projects = (db, organizationId, projectId) =>
            db.Projects.Where(project => project.OrganizationId == organizationId && project.Id == projectId);
        Expression<Func<ConsoleDbContext, Guid, IQueryable<User>>> users = (db, userId) => db.Users.Where(user => user.Id == userId);
        var (context, organization, project, user) = (AccessFactRow.Query.Parameters[0], projects.Parameters[1], projects.Parameters[2], users.Parameters[1]);
        var (ofProjects, ofUsers) = (In(projects), In(users));
        var grants = new Replacement(ReachingGrant.OfOne.Parameters[1], ofProjects).Visit(In(ReachingGrant.OfOne));
        grants = new Replacement(ReachingGrant.OfOne.Parameters[2], ofUsers).Visit(grants);
        var body = new Replacement(AccessFactRow.Query.Parameters[1], ofProjects).Visit(AccessFactRow.Query.Body);
        body = new Replacement(AccessFactRow.Query.Parameters[2], ofUsers).Visit(body);
        body = new Replacement(AccessFactRow.Query.Parameters[3], grants).Visit(body);
        return Expression.Lambda<Func<ConsoleDbContext, Guid, Guid, Guid, IQueryable<AccessFactRow>>>(body, context, user, organization, project);

        Expression In(LambdaExpression source) => new Replacement(source.Parameters[0], context).Visit(source.Body);
    }

    private sealed class Replacement(ParameterExpression parameter, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : node;
    }
}

/// <summary>A person in an organization.</summary>
internal sealed class OrganizationFactRow
{
    public required Organization Organization { get; init; }
    public DateTime? LockedUtc { get; init; }
    public string? MemberRole { get; init; }
    public string? MemberRoleName { get; init; }
    public string? RightNames { get; init; }
    public string? RoleInEveryProject { get; init; }
    public string? CeilingNames { get; init; }
    public bool? MayCreateProjects { get; init; }
    public bool HoldsAnyGrant { get; init; }
    public bool HoldsInWorkspaces { get; init; }
}

/// <summary>A person in the installation.</summary>
internal sealed class PersonRow
{
    public DateTime? LockedUtc { get; init; }
    public bool IsInstallationAdministrator { get; init; }
    public bool EverybodyCreatesOrganizations { get; init; }
}
