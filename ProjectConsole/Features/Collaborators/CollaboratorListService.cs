using Microsoft.EntityFrameworkCore;
using ProjectConsole.Components.Access;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Lists who has access to a project, with which role, by which paths.</summary>
public sealed class CollaboratorListService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    /// <summary>A page of the collaborators.</summary>
    public async Task<Result<CollaboratorList>> ListAsync(Actor actor, ProjectScope project, CollaboratorQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InProjectAsync(db, actor.UserId, project, ct);
        if (AccessRefusal.InProject(reader, Permissions.CollaboratorsView) is { } refusal)
        {
            return refusal;
        }

        var isDefault = reader!.Project.IsDefault;
        var matching = Matching(CollaboratorEntry.Of(db, project, isDefault), query, isDefault);
        // Who is on the page comes first: the database works out every column of all rows that it sorts.
        var ids = await Sorted(matching, query, isDefault).Select(entry => entry.UserId).Skip(query.Page.Skip).Take(query.Page.Size).ToListAsync(ct);
        var page = await CollaboratorEntry.Of(db, project, isDefault).Where(entry => ids.Contains(entry.UserId)).ToDictionaryAsync(entry => entry.UserId, ct);
        List<CollaboratorEntry> entries = [.. ids.Where(page.ContainsKey).Select(id => page[id])];
        var (people, external) = await CountAsync(db, project, isDefault, ct);
        var total = query.IsFiltered ? await matching.CountAsync(ct) : people;
        var rows = await RowsAsync(db, reader, entries, ct);
        return new CollaboratorList(new Page<CollaboratorRow>(rows, total, query.Page.Number, query.Page.Size), people, external);
    }

    private static IQueryable<CollaboratorEntry> Matching(IQueryable<CollaboratorEntry> people, CollaboratorQuery query, bool isDefault)
    {
        if (TextRules.Clean(query.Search) is { Length: > 0 } search)
        {
            var pattern = TextRules.LikePattern(EmailAddress.Normalize(search));
            people = people.Where(person => EF.Functions.Like(person.NormalizedEmail!, pattern, @"\"));
        }

        if (query.Role is { } role)
        {
            people = people.Where(CollaboratorEntry.HasRank(isDefault, role));
        }

        if (query.IsExternal)
        {
            people = people.Where(person => person.MemberRole == null);
        }

        var member = OrganizationRole.Member.Key;
        return query.Source switch
        {
            CollaboratorSource.Direct => people.Where(person => person.GrantRole != null),
            CollaboratorSource.Organization => people.Where(person => person.MemberRole != null && person.MemberRole != member),
            CollaboratorSource.DefaultProject => people.Where(person => isDefault && person.MemberRole != null),
            _ => people,
        };
    }

    private static IQueryable<CollaboratorEntry> Sorted(IQueryable<CollaboratorEntry> people, CollaboratorQuery query, bool isDefault) =>
        // Databases disagree on where nothing sorts, so people without a grant are put last by hand.
        (query.Sort, query.IsReversed) switch
        {
            (CollaboratorSort.Address, false) => people.OrderBy(person => person.NormalizedEmail).ThenBy(person => person.UserId),
            (CollaboratorSort.Address, true) => people.OrderByDescending(person => person.NormalizedEmail).ThenBy(person => person.UserId),
            (CollaboratorSort.Granted, false) => people.OrderBy(person => person.GrantedUtc == null).ThenByDescending(person => person.GrantedUtc).ThenBy(person => person.NormalizedEmail),
            (CollaboratorSort.Granted, true) => people.OrderBy(person => person.GrantedUtc == null).ThenBy(person => person.GrantedUtc).ThenBy(person => person.NormalizedEmail),
            (_, false) => people.OrderByDescending(CollaboratorEntry.Rank(isDefault)).ThenBy(person => person.NormalizedEmail),
            _ => people.OrderBy(CollaboratorEntry.Rank(isDefault)).ThenBy(person => person.NormalizedEmail),
        };

    private static async Task<(int People, int External)> CountAsync(ConsoleDbContext db, ProjectScope project, bool isDefault, CancellationToken ct)
    {
        var (organizationId, projectId) = project;
        var member = OrganizationRole.Member.Key;
        // The project was opened within its organization; asking for that once more would read every grant behind the index.
        var grants = db.Grants.Where(grant => grant.ProjectId == projectId);
        var members = db.Members.Where(each => each.OrganizationId == organizationId);
        var counts = await db.Projects.Where(candidate => candidate.Id == projectId).Select(_ => new
        {
            Direct = grants.Count(),
            Through = members.Count(each => (isDefault || each.RoleKey != member) && !grants.Any(grant => grant.PrincipalId == each.UserId)),
            External = grants.Count(grant => !members.Any(each => each.UserId == grant.PrincipalId)),
        }).SingleAsync(ct);
        return (counts.Direct + counts.Through, counts.External);
    }

    private async Task<IReadOnlyList<CollaboratorRow>> RowsAsync(
        ConsoleDbContext db, ProjectAccess reader, List<CollaboratorEntry> entries, CancellationToken ct)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        var projectId = reader.Project.Id;
        var ids = entries.Select(entry => entry.UserId).ToArray();
        var decisions = await access.OfManyAsync(
            db, db.Projects.Where(project => project.Id == projectId), db.Users.Where(user => ids.Contains(user.Id)), ct);
        var visits = await db.ProjectVisits.Where(visit => visit.ProjectId == projectId && ids.Contains(visit.UserId))
            .ToDictionaryAsync(visit => visit.UserId, visit => visit.LastUtc, ct);
        return [.. entries.Select(entry => Row(reader, entry, decisions[(entry.UserId, projectId)].Access) with
        {
            LastActivityUtc = visits.TryGetValue(entry.UserId, out var last) ? last : null,
        })];
    }

    private static CollaboratorRow Row(ProjectAccess reader, CollaboratorEntry entry, EffectiveAccess access)
    {
        IReadOnlyList<RoleSource> sources = [.. access.Sources.OrderBy(source => source.Kind != AccessSourceKind.Direct).Select(Source)];
        var granted = ProjectRole.Find(entry.GrantRole);
        return new CollaboratorRow(entry.UserId, entry.Email ?? "", AccessWords.Role(access), sources)
        {
            Grant = granted is null ? null : new DirectGrant(
                granted.Key, entry.GrantedByName ?? "", entry.GrantedUtc!.Value, entry.ExpiresUtc, entry.GrantVersion!.Value),
            CappedBy = AccessWords.CappedBy(access),
            IsExternal = access.Facts.Membership is null,
            IsLocked = access.Block == AccessBlock.Locked,
            IsYou = reader.Access.Facts.Person.UserId == entry.UserId,
            Acts = CollaboratorRules.ActsOn(reader, entry.UserId, granted, sources),
        };
    }

    private static RoleSource Source(AccessSource source) => new(source.Kind, source.Kind switch
    {
        AccessSourceKind.Direct => "Direct",
        AccessSourceKind.OrganizationRole => $"Organization {source.RoleTitle}",
        AccessSourceKind.DefaultProject => "Default Project",
        AccessSourceKind.Workspace => $"Workspace {source.Via}",
        _ => source.Via,
    });
}
