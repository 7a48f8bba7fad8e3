using System.Linq.Expressions;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>
/// One row of the collaborators' query. People with a grant on the project and people present by an organization role are
/// rows of one union, so that the database sorts, searches and pages them together.
/// </summary>
internal sealed class CollaboratorEntry
{
    private const string Owner = "owner";
    private const string Admin = "admin";
    private const string Auditor = "auditor";

    public Guid UserId { get; init; }
    public string? Email { get; init; }
    public string? NormalizedEmail { get; init; }
    public string? MemberRole { get; init; }
    public string? GrantRole { get; init; }
    public string? GrantedByName { get; init; }
    public DateTime? GrantedUtc { get; init; }
    public DateTime? ExpiresUtc { get; init; }
    public Guid? GrantVersion { get; init; }

    /// <summary>Everybody with access to the project.</summary>
    /// <param name="db">An open context.</param>
    /// <param name="project">The project, opened within its organization.</param>
    /// <param name="isDefault">Every member has the Default Project.</param>
    public static IQueryable<CollaboratorEntry> Of(ConsoleDbContext db, ProjectScope project, bool isDefault)
    {
        var (organizationId, projectId) = project;
        var direct =
            from grant in db.Grants.Where(grant => grant.ProjectId == projectId)
            join user in db.Users on grant.PrincipalId equals user.Id
            from member in db.Members.Where(member => member.OrganizationId == organizationId && member.UserId == user.Id).DefaultIfEmpty()
            select new CollaboratorEntry
            {
                UserId = user.Id,
                Email = user.Email,
                NormalizedEmail = user.NormalizedEmail,
                MemberRole = member!.RoleKey,
                GrantRole = grant.RoleKey,
                GrantedByName = grant.GrantedByName,
                GrantedUtc = (DateTime?)grant.GrantedUtc,
                ExpiresUtc = grant.ExpiresUtc,
                GrantVersion = (Guid?)grant.Version,
            };
        var throughMembership =
            from member in db.Members.Where(member => member.OrganizationId == organizationId
                && (isDefault || member.RoleKey == Owner || member.RoleKey == Admin || member.RoleKey == Auditor))
            join user in db.Users on member.UserId equals user.Id
            from grant in db.Grants.Where(grant => grant.PrincipalId == user.Id && grant.ProjectId == projectId).DefaultIfEmpty()
            where grant == null
            select new CollaboratorEntry
            {
                UserId = user.Id,
                Email = user.Email,
                NormalizedEmail = user.NormalizedEmail,
                MemberRole = member.RoleKey,
                GrantRole = grant!.RoleKey,
                GrantedByName = grant!.GrantedByName,
                GrantedUtc = (DateTime?)grant!.GrantedUtc,
                ExpiresUtc = grant!.ExpiresUtc,
                GrantVersion = (Guid?)grant!.Version,
            };
        return direct.Concat(throughMembership);
    }

    /// <summary>
    /// The rank of the effective role, for sorting and filtering in SQL. A test compares it with the decision function for
    /// every pair of organization role and grant.
    /// </summary>
    public static Expression<Func<CollaboratorEntry, int>> Rank(bool isDefault) => isDefault
        ? entry => entry.MemberRole == Owner || entry.MemberRole == Admin ? 5
            : entry.MemberRole == Auditor ? 1
            : entry.GrantRole == "admin" ? (entry.MemberRole == null ? 4 : 5)
            : entry.GrantRole == "manager" ? 4
            : entry.MemberRole != null || entry.GrantRole == "developer" ? 3
            : entry.GrantRole == "contributor" ? 2 : 1
        : entry => entry.MemberRole == Owner || entry.MemberRole == Admin ? 5
            : entry.MemberRole == Auditor ? 1
            : entry.GrantRole == "admin" ? (entry.MemberRole == null ? 4 : 5)
            : entry.GrantRole == "manager" ? 4
            : entry.GrantRole == "developer" ? 3
            : entry.GrantRole == "contributor" ? 2 : 1;

    /// <summary>Those whose effective role has that rank.</summary>
    public static Expression<Func<CollaboratorEntry, bool>> HasRank(bool isDefault, ProjectRole role)
    {
        var rank = Rank(isDefault);
        return Expression.Lambda<Func<CollaboratorEntry, bool>>(Expression.Equal(rank.Body, Expression.Constant(role.Rank)), rank.Parameters);
    }
}
