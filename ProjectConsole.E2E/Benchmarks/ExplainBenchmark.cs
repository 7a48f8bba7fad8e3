using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Explanations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Roles;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>
/// What it takes to say why, who can, and what would change, in a large organization with teams, a custom role, a restriction, a
/// ceiling and two assertions. A preview is the very command, rolled back.
/// </summary>
internal static class ExplainBenchmark
{
    private const int Calls = 200;
    private const int Warm = 400;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan TooLong = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(string[] arguments)
    {
        var scale = BenchmarkArguments.Scale(arguments);
        using var statements = new StatementCount();
        foreach (var provider in BenchmarkArguments.Databases(arguments))
        {
            await using var database = await BenchmarkDatabase.CreateAsync(provider, BenchmarkArguments.Keep(arguments));
            var since = Stopwatch.GetTimestamp();
            var tenant = database.IsFilled ? await BenchmarkTenant.FindAsync(database) : await CreateAsync(database, scale);
            Console.WriteLine($"{provider}: {(database.IsFilled ? $"the data of {database.Folder}" : $"{tenant.Describe()}, written in {Stopwatch.GetElapsedTime(since).TotalSeconds:N0} s")}");
            await using var services = database.OpenNode(added => added
                .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
                .AddCollaboratorsFeature().AddOrganizationsFeature().AddRolesFeature().AddTeamsFeature());
            await MeasureAsync(services, tenant, await Targets.ReadAsync(database, tenant), statements, BenchmarkArguments.Only(arguments));
        }
    }

    private static async Task<BenchmarkTenant> CreateAsync(BenchmarkDatabase database, double scale)
    {
        var tenant = await BenchmarkTenant.CreateAsync(
            database, Math.Max(1_000, (int)(20_000 * scale)), (int)(100_000 * scale), (int)(1_000_000 * scale), (int)(10_000 * scale), auditEntries: 0);
        await BenchmarkTeams.AddAsync(database, tenant);
        await AssertAsync(database, tenant);
        return tenant;
    }

    // What external people and what one project's people may hold: each change is judged by both.
    private static async Task AssertAsync(BenchmarkDatabase database, BenchmarkTenant tenant)
    {
        await using var db = database.Open();
        var now = DateTime.UnixEpoch.AddYears(56);
        db.AddRange(
            new Assertion(tenant.OrganizationId, null, AssertionForm.NotExternal, PermissionCatalogue.Get("secrets.view"), "", now),
            new Assertion(tenant.OrganizationId, tenant.Projects[^1], AssertionForm.Nobody, PermissionCatalogue.Get("clusters.delete"), "", now));
        await db.SaveChangesAsync();
    }

    private static async Task MeasureAsync(ServiceProvider services, BenchmarkTenant tenant, Targets targets, StatementCount statements, string only)
    {
        var (owner, random) = (new Actor(tenant.OwnerId, BenchmarkTenant.Email, "", ""), new Random(1));
        var dry = owner with { DryRun = true };
        ProjectScope Anywhere() => tenant.Scope(random.Next(tenant.Projects.Count));
        var (explanations, whoCan) = (services.GetRequiredService<ExplanationService>(), services.GetRequiredService<WhoCanService>());
        var (collaborators, removals) = (services.GetRequiredService<CollaboratorsService>(), services.GetRequiredService<RemovalPreviewService>());
        var (teams, members) = (services.GetRequiredService<TeamsService>(), services.GetRequiredService<MembersService>());
        var (roles, organizationRoles) = (services.GetRequiredService<RolesService>(), services.GetRequiredService<OrganizationRolesService>());
        var refusals = new SortedSet<string>(StringComparer.Ordinal);
        async Task<bool> Done<T>(Task<Result<T>> call)
        {
            var result = await call;
            if (!result.Succeeded)
            {
                refusals.Add(result.Error.Message);
            }

            return result.Succeeded;
        }

        (string Name, Func<Task<bool>> Call)[] calls =
        [
            ("Why?", () => targets.Granted(random) is var (scope, person) ? Done(explanations.OfPersonAsync(owner, scope, person)) : throw new UnreachableException()),
            ("Why? of a team", () => Done(explanations.OfTeamAsync(owner, targets.OfTeam.Scope, targets.OfTeam.Team))),
            ("Who can, anywhere", () => Done(whoCan.ListAsync(owner, Anywhere(), PermissionCatalogue.Get("clusters.operate"), new PageRequest(1, 25)))),
            ("Who can, in the largest", () => Done(whoCan.ListAsync(owner, tenant.Scope(0), PermissionCatalogue.Get("clusters.operate"), new PageRequest(1, 25)))),
            ("Preview: removal", () => targets.Granted(random) is var (scope, person) ? Done(removals.OfRemovalAsync(owner, scope, person)) : throw new UnreachableException()),
            ("Preview: role", () => targets.Granted(random) is var (scope, person) ? Done(collaborators.ChangeRoleAsync(dry, scope, new RoleChange(person, targets.Role.Key))) : throw new UnreachableException()),
            ("Preview: role of a team", () => Done(collaborators.ChangeRoleAsync(dry, targets.OfTeam.Scope, new RoleChange(targets.OfTeam.Team, ProjectRole.Manager)))),
            ("Preview: person into a team", () => Done(teams.AddMembersAsync(dry, tenant.OrganizationId, new NewTeamMembers(targets.OfTeam.Team, targets.Newcomer(random))))),
            ("Preview: person out of a team", () => Done(teams.RemoveMemberAsync(dry, tenant.OrganizationId, new TeamMemberRemoval(targets.OfTeam.Team, targets.InTeam(random))))),
            ("Preview: team deleted", () => Done(teams.DeleteAsync(dry, tenant.OrganizationId, new TeamDeletion(targets.OfTeam.Team)))),
            ("Preview: person into a team of all", () => Done(teams.AddMembersAsync(dry, tenant.OrganizationId, new NewTeamMembers(targets.Everywhere, targets.Newcomer(random))))),
            ("Preview: team of all deleted", () => Done(teams.DeleteAsync(dry, tenant.OrganizationId, new TeamDeletion(targets.Everywhere)))),
            ("Preview: custom role", () => Done(roles.ChangeAsync(dry, RoleOwner.Of(tenant.OrganizationId), targets.Role.Key, targets.Role.Draft(random), null))),
            ("Preview: organization role", () => Done(organizationRoles.ChangeAsync(dry, tenant.OrganizationId, targets.Contractor.Key, targets.Contractor.Draft(random), null))),
            ("Preview: member becomes Auditor", () => Done(members.ChangeRoleAsync(dry, tenant.OrganizationId, new MemberRoleChange(tenant.Users[random.Next(tenant.Users.Count)], "auditor")))),
            ("Preview: member removed", () => Done(members.RemoveAsync(dry, tenant.OrganizationId, new MemberRemoval(tenant.Users[random.Next(tenant.Users.Count)])))),
        ];
        foreach (var (name, call) in calls.Where(call => call.Name.Contains(only, StringComparison.Ordinal)))
        {
            refusals.Clear();
            var begun = Stopwatch.GetTimestamp();
            for (var round = 0; round < Warm && Stopwatch.GetElapsedTime(begun) < Longest; round++)
            {
                await call();
            }

            var (figures, done) = (new Figures(), 0);
            for (begun = Stopwatch.GetTimestamp(); figures.Count < Calls && Stopwatch.GetElapsedTime(begun) < Longest;)
            {
                var since = Stopwatch.GetTimestamp();
                done += await call() ? 1 : 0;
                figures.Add(Stopwatch.GetElapsedTime(since));
            }

            var (count, slow) = await statements.OfAsync(call, TooLong);
            Console.WriteLine($"  {name,-36} {figures.InMilliseconds()}   {count,3} statements   ({done} of {figures.Count} answered)");
            foreach (var refusal in refusals.Take(1))
            {
                Console.WriteLine($"    refused: {refusal}");
            }

            foreach (var (time, text) in slow)
            {
                Console.WriteLine($"    {time.TotalMilliseconds:N0} ms: {text}");
            }
        }
    }

    private sealed record CustomRole(string Key, string Name)
    {
        // Another permission less each time: every preview shows a change.
        public RoleDraft Draft(Random random) => new(Name, "", ProjectRole.Developer.Key, Some(random));

        private static List<string> Some(Random random) => [.. ProjectRole.Developer.Permissions.Select(permission => permission.Name).Skip(random.Next(5))];
    }

    private sealed record CustomOrganization(string Key, string Name)
    {
        public OrganizationRoleDraft Draft(Random random) =>
            new(Name, "", [], null, [.. ProjectRole.Manager.Permissions.Select(permission => permission.Name).Skip(random.Next(5))]);
    }

    private sealed record Targets(
        List<(ProjectScope Scope, Guid Person)> Grants, (ProjectScope Scope, Guid Team) OfTeam, Guid Everywhere, List<Guid> Inside, List<string> Outside, CustomRole Role, CustomOrganization Contractor)
    {
        public (ProjectScope Scope, Guid Person) Granted(Random random) => Grants[random.Next(Grants.Count)];

        public Guid InTeam(Random random) => Inside[random.Next(Inside.Count)];

        public string Newcomer(Random random) => Outside[random.Next(Outside.Count)];

        public static async Task<Targets> ReadAsync(BenchmarkDatabase database, BenchmarkTenant tenant)
        {
            await using var db = database.Open();
            var grants = await db.Grants.Where(grant => grant.ProjectId != null && grant.PrincipalId != tenant.OwnerId && db.Users.Any(user => user.Id == grant.PrincipalId))
                .OrderBy(grant => grant.PrincipalId).Take(2_000).Select(grant => new { grant.ProjectId, grant.PrincipalId }).ToListAsync();
            // One team has a grant on the workspace in which all the projects are, every other one on some projects.
            var everywhere = await db.Grants.Where(grant => grant.WorkspaceId != null).Select(grant => grant.PrincipalId).SingleAsync();
            var team = await db.Teams.Where(team => team.Id != everywhere).OrderBy(team => team.Slug).FirstAsync();
            var project = await (from grant in db.Grants.Where(grant => grant.PrincipalId == team.Id && grant.RoleKey == ProjectRole.Developer.Key)
                                 join row in db.Projects on grant.ProjectId equals row.Id
                                 where row.State == ProjectState.Active
                                 select row.Id).FirstAsync();
            var role = await db.ProjectRoles.SingleAsync();
            var contractor = await db.OrganizationRoles.SingleAsync();
            var inside = await db.Principals.Where(principal => principal.Id == team.Id).Select(principal => principal.UserId).Take(500).ToListAsync();
            var outside = await db.Users.Where(user => user.Id != tenant.OwnerId
                    && !db.Principals.Any(principal => (principal.Id == team.Id || principal.Id == everywhere) && principal.UserId == user.Id))
                .OrderBy(user => user.Id).Take(500).Select(user => user.Email!).ToListAsync();
            return new Targets(
                grants.ConvertAll(grant => (new ProjectScope(tenant.OrganizationId, grant.ProjectId!.Value), grant.PrincipalId)),
                (new ProjectScope(tenant.OrganizationId, project), team.Id), everywhere, inside, outside, new CustomRole(role.Key, role.Name), new CustomOrganization(contractor.Key, contractor.Name));
        }
    }
}
