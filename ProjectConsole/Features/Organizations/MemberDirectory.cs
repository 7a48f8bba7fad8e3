using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>Lists who belongs to an organization, and who is outside and holds grants in it.</summary>
public sealed class MemberDirectory(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    private static readonly string[] RolesBySize = [.. OrganizationRole.All.Select(role => role.Key)];

    /// <summary>One page of members, or of people outside.</summary>
    public async Task<Result<MemberList>> ListAsync(Actor actor, Guid organizationId, MemberQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.MembersView) is { } refusal)
        {
            return refusal;
        }

        var roles = await RoleCatalogue.OrganizationRolesAsync(db, organizationId, ct);
        var (members, external) = (Members(db, organizationId), External(db, organizationId));
        var rows = query.IsExternal ? external : members;
        var role = roles.FirstOrDefault(candidate => candidate.Key == query.Role);
        if (role is not null)
        {
            rows = rows.Where(row => row.RoleKey == role.Key);
        }

        if (EmailUpper(query.Search) is { Length: > 0 } search)
        {
            var pattern = TextRules.LikePattern(search);
            rows = rows.Where(row => EF.Functions.Like(row.Normalized, pattern, @"\"));
        }

        // Who is on the page comes first: the database works out every column of all rows that it sorts.
        var ids = await Sorted(rows, query).Select(row => row.UserId).Skip(query.Page.Skip).Take(query.Page.Size).ToListAsync(ct);
        var page = await (query.IsExternal ? external : members).Where(row => ids.Contains(row.UserId)).ToDictionaryAsync(row => row.UserId, ct);
        var everyone = await db.Members.CountAsync(member => member.OrganizationId == organizationId, ct);
        var outside = await Outside(db, organizationId).CountAsync(ct);
        var isNarrowed = role is not null || TextRules.Clean(query.Search) != "";
        var total = isNarrowed ? await rows.CountAsync(ct) : query.IsExternal ? outside : everyone;
        var teams = organization!.May(Permissions.TeamsView) ? await TeamsOfAsync(db, organizationId, ids, ct) : null;
        var shown = ids.Where(page.ContainsKey).Select(id => Shown(page[id], roles, organization.Access) with { Teams = [.. teams?[id] ?? []] });
        return new MemberList(new Page<MemberRow>([.. shown], total, query.Page.Number, query.Page.Size), everyone, outside)
        {
            Roles = [.. roles.Select(each => new MemberRole(each.Key, each.Title))],
        };
    }

    /// <summary>The one member of an address, or the person outside who holds grants.</summary>
    public async Task<Result<MemberRow>> FindAsync(Actor actor, Guid organizationId, string address, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.MembersView) is { } refusal)
        {
            return refusal;
        }

        var email = EmailUpper(address);
        var found = await Members(db, organizationId).FirstOrDefaultAsync(row => row.Normalized == email, ct)
            ?? await External(db, organizationId).FirstOrDefaultAsync(row => row.Normalized == email, ct);
        if (found is null)
        {
            return new NotFound();
        }

        var roles = await RoleCatalogue.OrganizationRolesAsync(db, organizationId, ct);
        var teams = organization!.May(Permissions.TeamsView) ? await TeamsOfAsync(db, organizationId, [found.UserId], ct) : null;
        return Shown(found, roles, organization.Access) with { Teams = [.. teams?[found.UserId] ?? []] };
    }

    /// <summary>The organization roles, built-in and custom, with what the actor may not give.</summary>
    public async Task<Result<IReadOnlyList<MemberRoleChoice>>> RolesAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.MembersView) is { } refusal)
        {
            return refusal;
        }

        var roles = await RoleCatalogue.OrganizationRolesAsync(db, organizationId, ct);
        return roles.Select(role => new MemberRoleChoice(role.Key, role.Title, role.Sentence, MemberRules.RefuseToGive(organization!.Access, role)?.Message)
        {
            Everywhere = role.Everywhere,
        }).ToList();
    }

    private static async Task<ILookup<Guid, string>> TeamsOfAsync(ConsoleDbContext db, Guid organizationId, List<Guid> ids, CancellationToken ct)
    {
        var rows = await (from principal in db.Principals.Where(principal => ids.Contains(principal.UserId))
                          join team in db.Teams on principal.Id equals team.Id
                          where team.OrganizationId == organizationId
                          orderby team.NameFolded
                          select new { principal.UserId, team.Name }).ToListAsync(ct);
        return rows.ToLookup(row => row.UserId, row => row.Name);
    }

    private static IQueryable<MemberFacts> Members(ConsoleDbContext db, Guid organizationId) =>
        from member in db.Members.Where(member => member.OrganizationId == organizationId)
        join user in db.Users on member.UserId equals user.Id
        select new MemberFacts
        {
            // Not the account's own id: a list of people is then looked up in the members of this organization, not compared with all of them.
            UserId = member.UserId,
            Email = user.Email,
            Normalized = user.NormalizedEmail!,
            DisplayName = user.DisplayName,
            LockedUtc = user.LockedUtc,
            RoleKey = member.RoleKey,
            MayCreateProjects = member.MayCreateProjects,
            SinceUtc = member.JoinedUtc,
            Version = member.Version,
            // Shown of people outside only, and a member may have a grant in every project.
            Projects = 0,
            LastActivityUtc = db.AuditEntries.Where(entry => entry.OrganizationId == organizationId && entry.ActorId == user.Id)
                .OrderByDescending(entry => entry.Id).Select(entry => (DateTime?)entry.WhenUtc).FirstOrDefault(),
        };

    private static IQueryable<User> Outside(ConsoleDbContext db, Guid organizationId) => db.Users.Where(user =>
        !db.Members.Any(member => member.OrganizationId == organizationId && member.UserId == user.Id)
            && db.Grants.Any(grant => grant.OrganizationId == organizationId && grant.PrincipalId == user.Id));

    private static IQueryable<MemberFacts> External(ConsoleDbContext db, Guid organizationId) =>
        from user in Outside(db, organizationId)
        select new MemberFacts
        {
            UserId = user.Id,
            Email = user.Email,
            Normalized = user.NormalizedEmail!,
            DisplayName = user.DisplayName,
            LockedUtc = user.LockedUtc,
            RoleKey = "",
            MayCreateProjects = false,
            SinceUtc = db.Grants.Where(grant => grant.OrganizationId == organizationId && grant.PrincipalId == user.Id).Min(grant => grant.GrantedUtc),
            // No membership has a version here; PostgreSQL could not type a constant.
            Version = user.Id,
            Projects = db.Grants.Count(grant => grant.OrganizationId == organizationId && grant.PrincipalId == user.Id && grant.ProjectId != null),
            LastActivityUtc = db.AuditEntries.Where(entry => entry.OrganizationId == organizationId && entry.ActorId == user.Id)
                .OrderByDescending(entry => entry.Id).Select(entry => (DateTime?)entry.WhenUtc).FirstOrDefault(),
        };

    private static IOrderedQueryable<MemberFacts> Sorted(IQueryable<MemberFacts> rows, MemberQuery query)
    {
        // Largest role first; a person outside has none and comes last.
        var (owner, admin, auditor) = (RolesBySize[0], RolesBySize[1], RolesBySize[2]);
        Expression<Func<MemberFacts, int>> size = row => row.RoleKey == owner ? 0 : row.RoleKey == admin ? 1 : row.RoleKey == auditor ? 2 : 3;
        var sorted = (query.Sort, query.Descending) switch
        {
            (MemberSort.Role, false) => rows.OrderBy(size),
            (MemberSort.Role, true) => rows.OrderByDescending(size),
            (MemberSort.Since, false) => rows.OrderBy(row => row.SinceUtc),
            (MemberSort.Since, true) => rows.OrderByDescending(row => row.SinceUtc),
            (_, true) => rows.OrderByDescending(row => row.Normalized),
            _ => rows.OrderBy(row => row.Normalized),
        };
        return sorted.ThenBy(row => row.Normalized);
    }

    private static MemberRow Shown(MemberFacts facts, IReadOnlyList<OrganizationRole> roles, EffectiveAccess actor)
    {
        var role = roles.FirstOrDefault(candidate => candidate.Key == facts.RoleKey);
        return new MemberRow(
            facts.UserId, facts.Email ?? "", facts.DisplayName, facts.RoleKey, facts.MayCreateProjects,
            facts.SinceUtc, facts.LastActivityUtc, facts.LockedUtc is not null, facts.Projects, facts.Version)
        {
            RoleTitle = role?.Title ?? (facts.RoleKey == "" ? MemberRow.ExternalTitle : facts.RoleKey),
            HasRoleEverywhere = role is { InEveryProject.IsEmpty: false },
            // A role that cannot be read is touched by nobody who holds less than all.
            Refusal = facts.RoleKey == "" ? null : MemberRules.Refuse(actor, role ?? OrganizationRole.Admin)?.Message,
        };
    }

    private static string EmailUpper(string? typed) => TextRules.Clean(typed).ToUpperInvariant();

    private sealed class MemberFacts
    {
        public Guid UserId { get; init; }
        public string? Email { get; init; }
        public string Normalized { get; init; } = "";
        public string DisplayName { get; init; } = "";
        public DateTime? LockedUtc { get; init; }
        public string RoleKey { get; init; } = "";
        public bool MayCreateProjects { get; init; }
        public DateTime SinceUtc { get; init; }
        public Guid Version { get; init; }
        public int Projects { get; init; }
        public DateTime? LastActivityUtc { get; init; }
    }
}
