using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Security;

/// <summary>
/// Who, by what they hold, can be against an assertion of an organization at all. Restrictions and ends are left to the decision: a
/// change may lift them from grants that it cannot name afterwards. Whom the form lets through, however many they are, is not among
/// them: members where it speaks of people outside, and those who have it by nothing but the team, or the role, that alone may hold
/// it. Which role gives what the database does not know, so it is told as names of both in one text.
/// </summary>
internal sealed class AssertedPairs(ConsoleDbContext db, IReadOnlyList<Assertion> assertions, IReadOnlyList<GivingRoles> giving)
{
    // By their role they hold everything and stand above assertions; a grant of theirs counts like any other.
    private static readonly string[] Above = [OrganizationRole.Owner.Key, OrganizationRole.Admin.Key];

    private readonly string[] _byGrant = [.. giving.SelectMany(each => each.Roles.Select(role => $"{each.Permission.Name} {role}"))];
    private readonly string[] _byMember =
        [.. giving.SelectMany(each => each.Everywhere.Except(Above, StringComparer.Ordinal).Select(role => $"{each.Permission.Name} {role}"))];
    private readonly string[] _everywhere = [.. giving.SelectMany(each => each.Everywhere).Except(Above, StringComparer.Ordinal)];

    // The Default Project gives to members alone.
    private readonly string[] _byDefault =
        [.. giving.Where(each => each.ByDefaultProject).Select(each => each.Permission.Name).Intersect(assertions.Where(each => each.Form != AssertionForm.NotExternal).Select(each => each.PermissionName))];

    private readonly Guid _organizationId = assertions[0].OrganizationId;

    private IQueryable<Member> Members => db.Members.Where(member => member.OrganizationId == _organizationId);

    /// <summary>Each of these few people in each of these projects, and in the Default Project where everybody has there what is asserted.</summary>
    public IQueryable<ReachedAccess> InNamed(Guid[] projectIds, IQueryable<Guid> people) =>
        from userId in people.Distinct()
        from project in Named(projectIds)
        select new ReachedAccess { UserId = userId, ProjectId = project.Id };

    /// <summary>Those of these very many people who can hold anything in these projects, found by the projects.</summary>
    public IQueryable<ReachedAccess> HoldingInNamed(Guid[] projectIds, IQueryable<Guid> people)
    {
        var (members, everywhere) = (Members, _everywhere);
        var holding = AccessReach.PairsOf(db, db.Grants, Named(projectIds)).Union(
            from project in Named(projectIds)
            join member in members on project.OrganizationId equals member.OrganizationId
            where project.IsDefault || everywhere.Contains(member.RoleKey)
            select new ReachedAccess { UserId = member.UserId, ProjectId = project.Id });
        return holding.Where(pair => people.Any(userId => userId == pair.UserId));
    }

    /// <summary>Those of some pairs that can be against an assertion.</summary>
    public IQueryable<ReachedAccess> Among(IQueryable<ReachedAccess> pairs)
    {
        var (organization, members, byGrant, byMember, byDefault) = (_organizationId, Members, _byGrant, _byMember, _byDefault);
        return pairs.Where(pair => db.Assertions.Any(assertion => assertion.OrganizationId == organization
            && (assertion.ProjectId == null || assertion.ProjectId == pair.ProjectId)
            && (assertion.Form != AssertionForm.NotExternal || !members.Any(member => member.UserId == pair.UserId))
            && (members.Any(member => member.UserId == pair.UserId && byMember.Contains(assertion.PermissionName + " " + member.RoleKey))
                || (byDefault.Contains(assertion.PermissionName) && db.Projects.Any(project => project.Id == pair.ProjectId && project.IsDefault))
                || db.Principals.Any(principal => principal.UserId == pair.UserId && (assertion.TeamId == null || principal.Id != assertion.TeamId)
                    // Two questions and not one with an OR, which would read all that somebody holds.
                    && (db.Grants.Any(grant => grant.PrincipalId == principal.Id && grant.ProjectId == pair.ProjectId
                            && (assertion.RoleKey == null || grant.RoleKey != assertion.RoleKey) && byGrant.Contains(assertion.PermissionName + " " + grant.RoleKey))
                        || db.Grants.Any(grant => grant.PrincipalId == principal.Id && grant.WorkspaceId != null
                            && (assertion.RoleKey == null || grant.RoleKey != assertion.RoleKey) && byGrant.Contains(assertion.PermissionName + " " + grant.RoleKey)
                            && db.Projects.Any(project => project.Id == pair.ProjectId && project.WorkspaceId == grant.WorkspaceId)))))));
    }

    /// <summary>Those of some people who can be, in some other project than the Default one, against an assertion that speaks of every project.</summary>
    public IQueryable<Guid> AnywhereAmong(IQueryable<Guid> people)
    {
        var (organization, members, byGrant, byMember) = (_organizationId, Members, _byGrant, _byMember);
        return people.Distinct().Where(userId => db.Assertions.Any(assertion => assertion.OrganizationId == organization && assertion.ProjectId == null
            && (assertion.Form != AssertionForm.NotExternal || !members.Any(member => member.UserId == userId))
            && (members.Any(member => member.UserId == userId && byMember.Contains(assertion.PermissionName + " " + member.RoleKey))
                || db.Principals.Any(principal => principal.UserId == userId && (assertion.TeamId == null || principal.Id != assertion.TeamId)
                    && db.Grants.Any(grant => grant.PrincipalId == principal.Id && grant.OrganizationId == organization
                        && (assertion.RoleKey == null || grant.RoleKey != assertion.RoleKey) && byGrant.Contains(assertion.PermissionName + " " + grant.RoleKey))))));
    }

    private IQueryable<Project> Named(Guid[] projectIds)
    {
        var (organization, isByDefault) = (_organizationId, _byDefault.Length > 0);
        return db.Projects.Where(project => projectIds.Contains(project.Id) || (isByDefault && project.OrganizationId == organization && project.IsDefault));
    }
}
