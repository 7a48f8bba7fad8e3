using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Teams;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>Everything else that decides, added to a tenant: five teams for each person, a custom role, a restriction, a ceiling, a workspace grant.</summary>
internal static class BenchmarkTeams
{
    private const int Teams = 100;
    private const int TeamsOfPerson = 5;
    private const int ProjectsOfTeam = 20;

    public static async Task AddAsync(BenchmarkDatabase database, BenchmarkTenant tenant)
    {
        var now = DateTime.UnixEpoch.AddYears(56);
        await using var db = database.Open();
        var role = new CustomProjectRole(tenant.OrganizationId, null, ProjectRole.Developer.Key, now);
        role.Change("ML Engineer", "", ProjectRole.Developer.Permissions);
        var restriction = new Restriction(tenant.OrganizationId, null, now);
        restriction.Change("no deletes", "", RestrictionRules.Of([new(true, "clusters.view"), new(false, "clusters.*"), new(false, "*.delete")]));
        var contractor = new CustomOrganizationRole(tenant.OrganizationId, now);
        contractor.Change("Contractor", "", PermissionSet.Empty, null, ProjectRole.Manager.Permissions);
        db.AddRange(role, restriction, contractor);
        var teams = Enumerable.Range(0, Teams).Select(number => new Team(tenant.OrganizationId, $"team-{number}", $"Team {number}", "", now)).ToList();
        db.AddRange(teams);
        await db.SaveChangesAsync();
        await AddPeopleAsync(database, tenant, teams, now);
        await AddGrantsAsync(database, tenant, teams, (role.ToRole(), restriction.Id), now);
        await using var members = database.Open();
        foreach (var member in members.Members.Where(member => member.RoleKey == "member").AsEnumerable().Where((_, index) => index % 2 == 0))
        {
            members.Entry(member).Property(row => row.RoleKey).CurrentValue = contractor.Key;
        }

        await members.SaveChangesAsync();
    }

    private static async Task AddPeopleAsync(BenchmarkDatabase database, BenchmarkTenant tenant, List<Team> teams, DateTime now)
    {
        foreach (var people in tenant.Users.Select((user, number) => (user, number)).Chunk(1_000))
        {
            await using var db = database.Open();
            foreach (var (user, number) in people)
            {
                db.AddRange(Enumerable.Range(0, TeamsOfPerson).Select(index => Principal.OfTeam(teams[(number + (index * 19)) % Teams].Id, user, now)));
            }

            await db.SaveChangesAsync();
        }
    }

    private static async Task AddGrantsAsync(
        BenchmarkDatabase database, BenchmarkTenant tenant, List<Team> teams, (ProjectRole Role, Guid Restriction) given, DateTime now)
    {
        await using var db = database.Open();
        foreach (var (team, number) in teams.Select((team, number) => (team, number)))
        {
            for (var index = 0; index < ProjectsOfTeam; index++)
            {
                var project = tenant.Projects[((number * 7) + (index * 5)) % tenant.Projects.Count];
                db.Add(Grant.OnProject(tenant.OrganizationId, project, team.Id, index % 2 == 0 ? given.Role : ProjectRole.Developer, tenant.OwnerId, "", now)
                    .With(null, index % 3 == 0 ? given.Restriction : null));
            }
        }

        db.Add(Grant.OnWorkspace(tenant.OrganizationId, tenant.WorkspaceId, teams[0].Id, ProjectRole.Viewer, tenant.OwnerId, "", now));
        await db.SaveChangesAsync();
    }
}
