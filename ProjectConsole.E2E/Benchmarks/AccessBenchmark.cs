using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>What a check costs: the decision alone, and with its query.</summary>
internal static class AccessBenchmark
{
    public static async Task RunAsync(string[] arguments)
    {
        var scale = BenchmarkArguments.Scale(arguments);
        DecideInMemory((int)(5_000_000 * scale));
        foreach (var provider in BenchmarkArguments.Databases(arguments))
        {
            await CheckAsync(provider, (int)(20_000 * scale));
        }
    }

    private static void DecideInMemory(int rounds)
    {
        var now = DateTime.UnixEpoch;
        var facts = new AccessFacts(
            now,
            new PersonFacts(Guid.NewGuid(), IsLocked: false),
            new OrganizationFacts(Guid.NewGuid(), false, true, ProjectCreation.Everyone),
            new MembershipFacts(OrganizationRole.Member, false),
            new ProjectFacts(Guid.NewGuid(), ProjectState.Active, IsDefault: false),
            [
                new GrantFacts(Guid.NewGuid(), AccessSourceKind.Direct, "", "Developer", ProjectRole.Developer.Permissions, PermissionSet.Empty, null),
                new GrantFacts(Guid.NewGuid(), AccessSourceKind.Workspace, "research", "Viewer", ProjectRole.Viewer.Permissions, PermissionSet.Empty, now.AddDays(1)),
            ]);
        var allowed = Decide(facts, rounds / 10);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var since = Stopwatch.GetTimestamp();
        allowed += Decide(facts, rounds);
        var time = Stopwatch.GetElapsedTime(since);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Console.WriteLine($"decision in memory, a member with two grants: {time.TotalNanoseconds / rounds:N0} ns, {bytes / (double)rounds:N0} bytes ({rounds:N0} decisions, {allowed:N0} allowed)");
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

    private static async Task CheckAsync(string provider, int checks)
    {
        await using var database = await BenchmarkDatabase.CreateAsync(provider);
        var tenant = await BenchmarkTenant.CreateAsync(database, users: 2_000, projects: 100, grants: 20_000, inLargest: 2_000, auditEntries: 0);
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

        Console.WriteLine($"{provider,-10} check with its query: {figures.InMicroseconds()}   ({checks:N0} checks one after the other, {allowed:N0} allowed; {tenant.Describe()})");
    }
}
