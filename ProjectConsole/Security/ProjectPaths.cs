using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Security;

/// <summary>The ways by which a person holds something in the projects of an organization, read once and asked for as many sets of permissions as needed.</summary>
internal sealed class ProjectPaths
{
    private static readonly string[] BuiltInKeys = [.. ProjectRole.All.Select(role => role.Key)];

    private readonly ConsoleDbContext _db;
    private readonly Guid _organizationId;
    private readonly bool _holdsInWorkspaces;
    private readonly IQueryable<Grant> _grants;
    private readonly Bases _bases;
    private Held? _held;

    private ProjectPaths(ConsoleDbContext db, OrganizationAccess organization, IQueryable<Grant> grants, Bases bases) =>
        (_db, _organizationId, _holdsInWorkspaces, _grants, _bases) = (db, organization.Id, organization.HoldsInWorkspaces, grants, bases);

    /// <summary>Reads what is needed.</summary>
    /// <param name="db">An open context.</param>
    /// <param name="organization">What the person may do in the organization.</param>
    /// <param name="suffices">What will be asked for: where the organization role alone has it everywhere, nothing is read.</param>
    /// <param name="now">Now, UTC.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<ProjectPaths> ReadAsync(
        ConsoleDbContext db, OrganizationAccess organization, Func<PermissionSet, bool> suffices, DateTime now, CancellationToken ct)
    {
        var facts = organization.Access.Facts;
        var everywhere = facts.Membership?.Role.InEveryProject ?? PermissionSet.Empty;
        var bases = new Bases(
            everywhere, facts.Membership is null ? everywhere : everywhere | ProjectRole.Developer.Permissions,
            (facts.Membership?.Role.Ceiling ?? OrganizationRole.ExternalCeiling) & (facts.Token ?? PermissionCatalogue.Project));
        var (userId, organizationId) = (facts.Person.UserId, organization.Id);
        var grants = from principal in db.Principals.Where(principal => principal.UserId == userId)
                     join grant in db.Grants on principal.Id equals grant.PrincipalId
                     where grant.OrganizationId == organizationId && (grant.ExpiresUtc == null || grant.ExpiresUtc > now)
                     select grant;
        var paths = new ProjectPaths(db, organization, grants, bases);
        // The built-in roles contain each other, so the union of several is the largest, and the ceiling turns each into one role.
        // Where a role is custom, restricted or held in every project, only the union of all paths tells.
        if (!suffices(everywhere & bases.Ceiling)
            && (!everywhere.IsEmpty || await grants.AnyAsync(grant => grant.RestrictionId != null || !BuiltInKeys.Contains(grant.RoleKey), ct)))
        {
            paths._held = await paths.HeldAsync(ct);
        }

        return paths;
    }

    /// <summary>The projects in which what the person holds suffices; null where the organization role alone does, in every project.</summary>
    public SufficientProjects? With(Func<PermissionSet, bool> suffices) =>
        suffices(_bases.Everywhere & _bases.Ceiling) ? null : _held is { } held ? United(held, suffices) : OfBuiltIn(suffices);

    private SufficientProjects OfBuiltIn(Func<PermissionSet, bool> suffices)
    {
        string[] keys = [.. ProjectRole.All.Where(role => suffices(role.Permissions & _bases.Ceiling)).Select(role => role.Key)];
        var isDefaultEnough = suffices(_bases.InDefault & _bases.Ceiling);
        var (db, organizationId, sufficient) = (_db, _organizationId, _grants.Where(grant => keys.Contains(grant.RoleKey)));
        var (key, mine) = ($"{string.Join(' ', keys)} {isDefaultEnough}", sufficient.Where(grant => grant.ProjectId != null).Select(grant => grant.ProjectId!.Value));
        // In two forms, for the reasons that the predicate of visible projects has two.
        if (_holdsInWorkspaces)
        {
            var workspaces = sufficient.Where(grant => grant.WorkspaceId != null).Select(grant => grant.WorkspaceId!.Value);
            return new SufficientProjects(key, project => workspaces.Contains(project.WorkspaceId) || mine.Contains(project.Id) || (isDefaultEnough && project.IsDefault));
        }

        mine = isDefaultEnough ? mine.Concat(db.Projects.Where(project => project.OrganizationId == organizationId && project.IsDefault).Select(project => project.Id)) : mine;
        return new SufficientProjects(key, project => mine.Contains(project.Id));
    }

    private SufficientProjects United(Held held, Func<PermissionSet, bool> suffices)
    {
        bool Suffice(IEnumerable<PermissionSet> given, PermissionSet start) => suffices(given.Aggregate(start, (all, set) => all | set) & _bases.Ceiling);
        var workspaces = held.InWorkspaces.Where(group => Suffice(group, _bases.Everywhere)).Select(group => group.Key).Order().ToArray();
        var projects = held.InProjects
            .Where(group => Suffice(group.Given.Concat(held.InWorkspaces[group.WorkspaceId]), group.IsDefault ? _bases.InDefault : _bases.Everywhere))
            .Select(group => group.Id).ToHashSet();
        if (held.Home is { } home && Suffice(held.InWorkspaces[home.WorkspaceId], _bases.InDefault))
        {
            projects.Add(home.Id);
        }

        Guid[] ordered = [.. projects.Order()];
        return new SufficientProjects($"{string.Join(' ', ordered)} in {string.Join(' ', workspaces)}", project => ordered.Contains(project.Id) || workspaces.Contains(project.WorkspaceId));
    }

    private async Task<Held> HeldAsync(CancellationToken ct)
    {
        var (db, organizationId) = (_db, _organizationId);
        var held = await (from grant in _grants
                          from role in db.ProjectRoles.Where(role => role.Key == grant.RoleKey).DefaultIfEmpty()
                          from restriction in db.Restrictions.Where(restriction => restriction.Id == grant.RestrictionId).DefaultIfEmpty()
                          from project in db.Projects.Where(project => project.Id == grant.ProjectId).DefaultIfEmpty()
                          select new
                          {
                              grant.ProjectId,
                              WorkspaceId = grant.WorkspaceId ?? project!.WorkspaceId,
                              IsDefault = (bool?)project!.IsDefault ?? false,
                              grant.RoleKey,
                              Names = (string?)role!.PermissionNames,
                              Rules = (string?)restriction!.RuleText,
                          }).ToListAsync(ct);
        var sets = held.Select(row => (row.ProjectId, row.WorkspaceId, row.IsDefault,
            Given: (ProjectRole.Find(row.RoleKey)?.Permissions ?? PermissionText.Parse(row.Names ?? "")) - RestrictionRules.Parse(row.Rules ?? "").Denied)).ToList();
        var home = await db.Projects.Where(project => project.OrganizationId == organizationId && project.IsDefault)
            .Select(project => new { project.Id, project.WorkspaceId }).FirstOrDefaultAsync(ct);
        return new Held(
            sets.Where(row => row.ProjectId is null).ToLookup(row => row.WorkspaceId, row => row.Given),
            [.. sets.Where(row => row.ProjectId is not null).GroupBy(row => (Id: row.ProjectId!.Value, row.WorkspaceId, row.IsDefault))
                .Select(group => (group.Key.Id, group.Key.WorkspaceId, group.Key.IsDefault, group.Select(row => row.Given).ToList()))],
            home is null ? null : (home.Id, home.WorkspaceId));
    }

    // What a person has without any grant: in every project, in the Default Project, and at most, through a personal token too.
    private sealed record Bases(PermissionSet Everywhere, PermissionSet InDefault, PermissionSet Ceiling);

    // What the person's grants give, by where they hang.
    private sealed record Held(
        ILookup<Guid, PermissionSet> InWorkspaces, IReadOnlyList<(Guid Id, Guid WorkspaceId, bool IsDefault, List<PermissionSet> Given)> InProjects, (Guid Id, Guid WorkspaceId)? Home);
}

/// <summary>Projects in which something suffices.</summary>
/// <param name="Key">The same for the same projects of one person.</param>
/// <param name="Among">Whether a project is one of them.</param>
internal sealed record SufficientProjects(string Key, Expression<Func<Project, bool>> Among);
