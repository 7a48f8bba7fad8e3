using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Teams;

/// <summary>
/// A team that grows lets people into projects whose Admins did nothing: each project's log says so, and each of those Admins
/// gets one mail, where there are not very many. Both are written with the command.
/// </summary>
/// <param name="access">Decides who is Admin.</param>
/// <param name="site">Where the console is reached; null where nobody said so, and mails then name pages in place of links.</param>
public sealed class TeamGrowth(AccessControl access, PublicAddress? site)
{
    /// <summary>The most projects whose logs and Admins one command tells; a workspace may hold a hundred thousand.</summary>
    public const int MostProjects = 500;

    /// <summary>
    /// The most pairs of Admin and project that one command tells: where a whole workspace has a team of Admins, there are as many as
    /// its people times its projects. Who is Admin of a project in person comes first, then its teams, then those of workspaces.
    /// </summary>
    public const int MostTold = 2_000;

    private const int Listed = 20;

    internal async Task TellAsync(Command command, Team team, IReadOnlyList<User> newcomers, CancellationToken ct)
    {
        // Nobody is told of what is only tried.
        if (command.Actor.DryRun)
        {
            return;
        }

        var (db, organizationId) = (command.Db, command.Organization.Id);
        // The team's own projects before those of its workspaces.
        var projects = await TeamsService.ProjectsOf(db, organizationId, team.Id).Where(project => project.State != ProjectState.Deleted)
            .OrderBy(project => db.Grants.Any(grant => grant.PrincipalId == team.Id && grant.ProjectId == project.Id) ? 0 : 1).ThenBy(project => project.NameFolded)
            .Take(MostProjects).Select(project => new TeamProject(project.Id, project.Slug, project.Name)).ToListAsync(ct);
        List<string> names = [.. newcomers.Select(user => user.Email ?? "")];
        foreach (var project in projects)
        {
            command.AuditIn(organizationId, project.Id, AuditActions.CollaboratorTeamGrew, TeamsService.ObjectOf(team), after: new { People = names });
        }

        foreach (var (email, told) in await AdminsAsync(command, [.. projects.Select(project => project.Id)], ct))
        {
            var body = Body(command, team, names, [.. projects.Where(project => told.Contains(project.Id))]);
            db.OutgoingMails.Add(new OutgoingMail(email, $"The team {team.Name} has grown", body, command.NowUtc));
        }
    }

    // Whoever acts knows. Owners and Admins of the organization are told where they are Admin by a grant.
    private async Task<List<(string Email, HashSet<Guid> Projects)>> AdminsAsync(Command command, List<Guid> projectIds, CancellationToken ct)
    {
        var (db, actorId) = (command.Db, command.Actor.UserId);
        var candidates = new List<ReachedAccess>();
        foreach (var some in new[] { InProjects(db, projectIds, ofTeams: false), InProjects(db, projectIds, ofTeams: true), InWorkspaces(db, projectIds) })
        {
            candidates.AddRange(await some.Where(pair => pair.UserId != actorId).Distinct().OrderBy(pair => pair.ProjectId).ThenBy(pair => pair.UserId)
                .Take(MostTold - candidates.Count).ToListAsync(ct));
        }

        if (candidates.Count == 0)
        {
            return [];
        }

        var decisions = await access.OfPairsAsync(db, candidates.ConvertAll(pair => (pair.UserId, pair.ProjectId)), ct);
        var admins = decisions.Where(decision => IsAdminByGrant(decision.Value.Access)).ToLookup(decision => decision.Key.UserId, decision => decision.Key.ProjectId);
        var emails = new List<(Guid UserId, string Email)>();
        foreach (var ids in admins.Select(admin => admin.Key).Chunk(AdminGuard.Chunk))
        {
            emails.AddRange((await db.Users.Where(user => ids.Contains(user.Id)).Select(user => new { user.Id, user.Email }).ToListAsync(ct)).Select(user => (user.Id, user.Email ?? "")));
        }

        return [.. emails.OrderBy(user => user.Email, StringComparer.Ordinal).Select(user => (user.Email, admins[user.UserId].ToHashSet()))];
    }

    private static bool IsAdminByGrant(EffectiveAccess access) =>
        access.HoldsThrough(AccessSourceKind.Direct, Permissions.CollaboratorsManageAdmins)
        || access.HoldsThrough(AccessSourceKind.Team, Permissions.CollaboratorsManageAdmins)
        || access.HoldsThrough(AccessSourceKind.Workspace, Permissions.CollaboratorsManageAdmins);

    private static IQueryable<ReachedAccess> InProjects(ConsoleDbContext db, List<Guid> projectIds, bool ofTeams) =>
        from grant in GivingAdmin(db)
        where grant.ProjectId != null && projectIds.Contains(grant.ProjectId.Value)
        join principal in db.Principals on grant.PrincipalId equals principal.Id
        where ofTeams == (principal.Id != principal.UserId)
        select new ReachedAccess { UserId = principal.UserId, ProjectId = grant.ProjectId!.Value };

    private static IQueryable<ReachedAccess> InWorkspaces(ConsoleDbContext db, List<Guid> projectIds) =>
        from project in db.Projects.Where(project => projectIds.Contains(project.Id))
        join grant in GivingAdmin(db) on project.WorkspaceId equals grant.WorkspaceId
        join principal in db.Principals on grant.PrincipalId equals principal.Id
        select new ReachedAccess { UserId = principal.UserId, ProjectId = project.Id };

    private static IQueryable<Grant> GivingAdmin(ConsoleDbContext db)
    {
        var adminKey = ProjectRole.Admin.Key;
        return db.Grants.Where(grant => grant.RoleKey == adminKey || db.ProjectRoles.Any(role => role.Key == grant.RoleKey && role.GivesAdmin));
    }

    private string Body(Command command, Team team, List<string> names, List<TeamProject> projects)
    {
        var organization = command.Organization.Organization;
        var lines = projects.Take(Listed).Select(project => $"- {project.Name} {Place(ConsoleUrls.Collaborators(organization.Slug, project.Slug), project.Slug)}").ToList();
        if (projects.Count > Listed)
        {
            lines.Add($"- and {projects.Count - Listed} more");
        }

        return $"""
            {command.Actor.Name} added to the team {team.Name} of {organization.Name}:
            {string.Join("\n", names.Take(Listed).Select(name => $"- {name}"))}{(names.Count > Listed ? $"\n- and {names.Count - Listed} more" : "")}

            The team is a collaborator where you are Admin, so they have there what the team has:
            {string.Join("\n", lines)}

            The team: {Place(ConsoleUrls.Team(organization.Slug, team.Slug), $"Teams, {team.Slug}")}
            """;
    }

    private string Place(string url, string name) => site is null ? $"({name})" : site.Link(url);

    private sealed record TeamProject(Guid Id, string Slug, string Name);
}
