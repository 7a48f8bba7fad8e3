using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>
/// What a check costs: the decision alone, and with its query, for a person with grants only and for one with everything:
/// five teams, a custom role, a restriction, a workspace grant and a ceiling. The last figure is taken while grants land in one project.
/// </summary>
internal static class AccessBenchmark
{
    private const int Landing = 10_000;

    public static async Task RunAsync(string[] arguments)
    {
        var scale = BenchmarkArguments.Scale(arguments);
        DecideInMemory("a member with two grants", WithTwoGrants(), (int)(5_000_000 * scale));
        DecideInMemory("five teams, custom role, restriction and ceiling", WithEverything(), (int)(5_000_000 * scale));
        foreach (var provider in BenchmarkArguments.Databases(arguments))
        {
            await using var database = await BenchmarkDatabase.CreateAsync(provider);
            var tenant = await BenchmarkTenant.CreateAsync(database, users: 12_000, projects: 100, grants: 20_000, inLargest: 2_000, auditEntries: 0);
            var checks = (int)(20_000 * scale);
            await CheckAsync(provider, "grants only", database, tenant, checks);
            await BenchmarkTeams.AddAsync(database, tenant);
            await CheckAsync(provider, "five teams, custom role, restriction, ceiling", database, tenant, checks);
            using var stop = new CancellationTokenSource();
            var landing = LandAsync(database, tenant, stop.Token);
            await CheckAsync(provider, "the same while grants land in one project", database, tenant, checks);
            await stop.CancelAsync();
            Console.WriteLine($"{provider,-10} {await landing:N0} grants landed meanwhile");
        }
    }

    private static AccessFacts WithTwoGrants() => Facts(
        OrganizationRole.Member,
        new GrantFacts(Guid.NewGuid(), AccessSourceKind.Direct, "", "Developer", ProjectRole.Developer.Permissions, PermissionSet.Empty, null),
        new GrantFacts(Guid.NewGuid(), AccessSourceKind.Workspace, "research", "Viewer", ProjectRole.Viewer.Permissions, PermissionSet.Empty, DateTime.UnixEpoch.AddDays(1)));

    private static AccessFacts WithEverything()
    {
        var denied = RestrictionRules.Of([new(true, "clusters.view"), new(false, "clusters.*"), new(false, "*.delete")]).Denied;
        var custom = ProjectRole.Manager.Permissions - PermissionSet.Of(Permissions.CollaboratorsAdd);
        var ceiling = OrganizationRole.Custom("contractor", "Contractor", "", "", null, PermissionText.Of(ProjectRole.Manager.Permissions));
        return Facts(
            ceiling,
            [
                new GrantFacts(Guid.NewGuid(), AccessSourceKind.Direct, "", "ML Engineer", custom, denied, null),
                .. Enumerable.Range(0, 5).Select(team => new GrantFacts(
                    Guid.NewGuid(), AccessSourceKind.Team, $"team-{team}", "Developer", ProjectRole.Developer.Permissions, team == 0 ? denied : PermissionSet.Empty, null)),
                new GrantFacts(Guid.NewGuid(), AccessSourceKind.Workspace, "research", "Viewer", ProjectRole.Viewer.Permissions, PermissionSet.Empty, null),
            ]);
    }

    private static AccessFacts Facts(OrganizationRole role, params GrantFacts[] grants) => new(
        DateTime.UnixEpoch,
        new PersonFacts(Guid.NewGuid(), IsLocked: false),
        new OrganizationFacts(Guid.NewGuid(), false, true, ProjectCreation.Everyone),
        new MembershipFacts(role, false),
        new ProjectFacts(Guid.NewGuid(), ProjectState.Active, IsDefault: false),
        grants);

    private static void DecideInMemory(string who, AccessFacts facts, int rounds)
    {
        var allowed = Decide(facts, rounds / 10);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var since = Stopwatch.GetTimestamp();
        allowed += Decide(facts, rounds);
        var time = Stopwatch.GetElapsedTime(since);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Console.WriteLine($"decision in memory, {who}: {time.TotalNanoseconds / rounds:N0} ns, {bytes / (double)rounds:N0} bytes ({rounds:N0} decisions, {allowed:N0} allowed)");
    }

    private static int Decide(AccessFacts facts, int rounds)
    {
        var allowed = 0;
        for (var round = 0; round < rounds; round++)
        {
            allowed += AccessDecision.Decide(facts).May(Permissions.ProjectView) ? 1 : 0;
        }

        return allowed;
    }

    private static async Task CheckAsync(string provider, string who, BenchmarkDatabase database, BenchmarkTenant tenant, int checks)
    {
        var access = database.Services.GetRequiredService<AccessControl>();
        var (random, figures, allowed) = (new Random(1), new Figures(), 0);
        for (var check = -checks / 10; check < checks; check++)
        {
            var actor = new Actor(tenant.Users[random.Next(tenant.Users.Count)], "", "", "");
            var since = Stopwatch.GetTimestamp();
            var answer = await access.InProjectAsync(actor, tenant.Scope(random.Next(tenant.Projects.Count)));
            if (check >= 0)
            {
                figures.Add(Stopwatch.GetElapsedTime(since));
                allowed += answer!.May(Permissions.ProjectView) ? 1 : 0;
            }
        }

        Console.WriteLine($"{provider,-10} check with its query, {who}: {figures.InMicroseconds()}   ({checks:N0} checks one after the other, {allowed:N0} allowed; {tenant.Describe()})");
    }

    // The largest project has two thousand grants from the start; the rest of the members come in, a hundred in a transaction.
    private static async Task<int> LandAsync(BenchmarkDatabase database, BenchmarkTenant tenant, CancellationToken stop)
    {
        var landed = 0;
        foreach (var people in tenant.Users.Skip(2_000).Take(Landing).Chunk(100))
        {
            if (stop.IsCancellationRequested)
            {
                break;
            }

            await using var db = database.Open();
            db.AddRange(people.Select(person => Grant.OnProject(
                tenant.OrganizationId, tenant.Projects[0], person, ProjectRole.Viewer, tenant.OwnerId, BenchmarkTenant.Email, DateTime.UnixEpoch.AddYears(56))));
            landed += await db.SaveChangesAsync(CancellationToken.None);
        }

        return landed;
    }
}
