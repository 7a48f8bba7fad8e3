using System.Linq.Expressions;
using System.Text.Json.Serialization;
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
        var organization = await access.InOrganizationAsync(db, actor.UserId, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.MembersView) is { } refusal)
        {
            return refusal;
        }

        var (members, external) = (Members(db, organizationId), External(db, organizationId));
        var rows = query.IsExternal ? external : members;
        if (OrganizationRole.Find(query.Role) is { } role)
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
        var total = query.IsNarrowed ? await rows.CountAsync(ct) : query.IsExternal ? outside : everyone;
        return new MemberList(
            new Page<MemberRow>([.. ids.Where(page.ContainsKey).Select(id => Shown(page[id]))], total, query.Page.Number, query.Page.Size), everyone, outside);
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
            Projects = db.Grants.Count(grant => grant.OrganizationId == organizationId && grant.PrincipalId == user.Id && grant.ProjectId != null),
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

    private static MemberRow Shown(MemberFacts facts) => new(
        facts.UserId, facts.Email ?? "", facts.DisplayName, facts.RoleKey, facts.MayCreateProjects,
        facts.SinceUtc, facts.LastActivityUtc, facts.LockedUtc is not null, facts.Projects, facts.Version);

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

/// <summary>What a list of members is sorted by.</summary>
public enum MemberSort
{
    /// <summary>The address.</summary>
    Address,

    /// <summary>The role, largest first.</summary>
    Role,

    /// <summary>Since when.</summary>
    Since,
}

/// <summary>Which members are asked for.</summary>
/// <param name="Search">Part of the address.</param>
/// <param name="Role">Stored name of a role, <see cref="MemberQuery.External"/>, or anything else for all members.</param>
/// <param name="Sort">The order.</param>
/// <param name="Descending">The other way round.</param>
/// <param name="Page">Which page.</param>
public sealed record MemberQuery(string? Search, string? Role, MemberSort Sort, bool Descending, PageRequest Page)
{
    /// <summary>Asks for people outside the organization in place of its members.</summary>
    public const string External = "external";

    /// <summary>Whether people outside are asked for.</summary>
    public bool IsExternal => Role == External;

    /// <summary>Whether only some of the members, or of the people outside, are asked for.</summary>
    public bool IsNarrowed => TextRules.Clean(Search) != "" || OrganizationRole.Find(Role) is not null;
}

/// <summary>A page of people, and how many there are whatever is searched.</summary>
/// <param name="Page">The rows asked for.</param>
/// <param name="Members">All members.</param>
/// <param name="External">All people outside who hold grants.</param>
public sealed record MemberList(Page<MemberRow> Page, int Members, int External);

/// <summary>One person of an organization.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Email">Its address.</param>
/// <param name="DisplayName">How the person likes to be called; may be empty.</param>
/// <param name="RoleKey">Stored name of the organization role; empty for a person outside.</param>
/// <param name="MayCreateProjects">Ticked as a creator of projects.</param>
/// <param name="SinceUtc">Member since, or oldest grant of a person outside.</param>
/// <param name="LastActivityUtc">The last thing the person did in this organization.</param>
/// <param name="IsLocked">Locked by an administrator of the installation.</param>
/// <param name="Projects">How many projects grant the person a role directly.</param>
/// <param name="Version">The edit token of the membership.</param>
public sealed record MemberRow(
    Guid UserId, string Email, string DisplayName, string RoleKey, bool MayCreateProjects, DateTime SinceUtc, DateTime? LastActivityUtc,
    bool IsLocked, int Projects, Guid Version)
{
    /// <summary>What a person outside is called where members have a role.</summary>
    public const string ExternalTitle = "External";

    /// <summary>The organization role; null for a person outside.</summary>
    [JsonIgnore]
    public OrganizationRole? Role => OrganizationRole.Find(RoleKey);

    /// <summary>The role's title, or <see cref="ExternalTitle"/>.</summary>
    public string RoleTitle => Role?.Title ?? ExternalTitle;
}
