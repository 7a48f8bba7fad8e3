using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Explanations;

/// <summary>Answers why somebody may or may not do something in a project. Everybody may ask about themselves.</summary>
public sealed class ExplanationService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, TeamDecisions teams)
{
    private const int MostManagers = 3;

    /// <summary>Explains what a person may do in a project.</summary>
    public async Task<Result<AccessExplanation>> OfPersonAsync(Actor actor, ProjectScope project, Guid userId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InProjectAsync(db, actor, project, ct);
        var needed = userId == actor.UserId ? Permissions.ProjectView : Permissions.CollaboratorsView;
        if (AccessRefusal.InProject(reader, needed) is { } refusal)
        {
            return refusal;
        }

        var subject = userId == actor.UserId ? reader : await access.InProjectAsync(db, userId, project, ct);
        if (subject is null || !MayBeKnown(reader!, subject))
        {
            return new NotFound();
        }

        var name = await db.Users.Where(user => user.Id == userId).Select(user => user.Email).FirstOrDefaultAsync(ct);
        return await DescribeAsync(db, new AccessExplanation(reader!, subject, name ?? ""), userId, ct);
    }

    /// <summary>Explains what a team gives in a project to those who are in it.</summary>
    public async Task<Result<AccessExplanation>> OfTeamAsync(Actor actor, ProjectScope project, Guid teamId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InProjectAsync(db, actor, project, ct);
        if (AccessRefusal.InProject(reader, Permissions.CollaboratorsView) is { } refusal)
        {
            return refusal;
        }

        if (await teams.DecideAsync(db, reader!, teamId, ct) is not { } decided)
        {
            return new NotFound();
        }

        var name = await db.Teams.Where(team => team.Id == teamId).Select(team => team.Name).FirstAsync(ct);
        return await DescribeAsync(db, new AccessExplanation(reader!, reader! with { Access = decided }, name) { IsTeam = true }, teamId, ct);
    }

    // Whoever stands in no list of the reader is nobody here, whatever else the id names.
    private static bool MayBeKnown(ProjectAccess reader, ProjectAccess subject) =>
        reader == subject
        || subject.Access.Facts.Grants.Count > 0
        || (subject.Access.Facts.Membership is { } membership
            && (!membership.Role.InEveryProject.IsEmpty || reader.Project.IsDefault
                || reader.Access.Facts.Membership?.Role.Rights.Contains(Permissions.MembersView) is true));

    private static async Task<AccessExplanation> DescribeAsync(ConsoleDbContext db, AccessExplanation bare, Guid principalId, CancellationToken ct)
    {
        var origins = await OriginsAsync(db, bare.Access.Facts, principalId, ct);
        ExplainedPath Described(AccessSource source) => source.GrantId is { } id && origins.TryGetValue(id, out var origin)
            ? origin with { Source = source } : new ExplainedPath(source);
        List<ExplainedPath> paths = [.. bare.Access.Sources.Select(Described)];
        var now = bare.Access.Facts.Now;
        return bare with
        {
            Paths = paths,
            Ended = [.. bare.Access.Facts.Grants.Where(grant => !grant.IsInForce(now)).Select(grant => Described(AccessSource.OfGrant(grant)))],
            Taken = TakenParts.Of(bare.Access, paths),
            Managers = await ManagersAsync(db, bare.Reader.Organization.Id, ct),
        };
    }

    private static async Task<Dictionary<Guid, ExplainedPath>> OriginsAsync(ConsoleDbContext db, AccessFacts facts, Guid principalId, CancellationToken ct)
    {
        Guid[] ids = [.. facts.Grants.Select(grant => grant.Id)];
        var rows = await (from grant in db.Grants.Where(grant => ids.Contains(grant.Id))
                          from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
                          from principal in db.Principals.Where(row => row.Id == grant.PrincipalId && row.UserId == principalId).DefaultIfEmpty()
                          from workspace in db.Workspaces.Where(workspace => workspace.Id == grant.WorkspaceId).DefaultIfEmpty()
                          from restriction in db.Restrictions.Where(restriction => restriction.Id == grant.RestrictionId).DefaultIfEmpty()
                          select new
                          {
                              grant.Id,
                              grant.GrantedByName,
                              grant.GrantedUtc,
                              Team = (string?)team!.Name,
                              TeamSlug = (string?)team!.Slug,
                              Since = principal!.SinceUtc,
                              Workspace = (string?)workspace!.Name,
                              Rules = (string?)restriction!.RuleText,
                              RestrictionIn = restriction!.ProjectId,
                          }).AsNoTracking().ToListAsync(ct);
        return rows.ToDictionary(row => row.Id, row => new ExplainedPath(default)
        {
            GrantedByName = row.GrantedByName,
            GrantedUtc = row.GrantedUtc,
            Team = row.Team ?? "",
            TeamSlug = row.TeamSlug ?? "",
            InTeamSinceUtc = row.Since,
            Workspace = row.Workspace ?? "",
            Rules = RestrictionRules.Parse(row.Rules ?? ""),
            IsRestrictionOfOrganization = row.RestrictionIn is null,
        });
    }

    private static async Task<IReadOnlyList<string>> ManagersAsync(ConsoleDbContext db, Guid organizationId, CancellationToken ct)
    {
        string[] keys = [OrganizationRole.Owner.Key, OrganizationRole.Admin.Key];
        return await (from member in db.Members.Where(member => member.OrganizationId == organizationId && keys.Contains(member.RoleKey))
                      join user in db.Users.Where(user => user.LockedUtc == null) on member.UserId equals user.Id
                      orderby member.RoleKey == OrganizationRole.Owner.Key descending, user.NormalizedEmail
                      select user.Email ?? "").Take(MostManagers).ToListAsync(ct);
    }
}
