using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>
/// From asking for the removal of a collaborator to the moment at which what watches the access for a page knows that it
/// must leave: on the node that removed, and on a second one that only shares the database. Drawing the page is not in it.
/// </summary>
internal static class RevocationBenchmark
{
    public static async Task RunAsync(string[] arguments)
    {
        var removals = Math.Max(5, (int)(200 * BenchmarkArguments.Scale(arguments)));
        foreach (var provider in BenchmarkArguments.Databases(arguments))
        {
            await using var database = await BenchmarkDatabase.CreateAsync(provider);
            var tenant = await BenchmarkTenant.CreateAsync(database, users: 1_000, projects: 500, grants: 10_000, inLargest: removals + 1, auditEntries: 0);
            await using var other = database.OpenNode();
            await using var here = await Watcher.StartAsync(database.Services);
            await using var there = await Watcher.StartAsync(other);
            var (same, second) = (new Figures(), new Figures());
            for (var removal = 0; removal <= removals; removal++)
            {
                var person = tenant.Users[removal];
                using var pageHere = await here.OpenPageAsync(person, tenant.Scope(0));
                using var pageThere = await there.OpenPageAsync(person, tenant.Scope(0));
                var since = Stopwatch.GetTimestamp();
                await RemoveAsync(database, tenant, person);
                // The first one warms up and is not counted.
                var (toSame, toSecond) = removal == 0 ? (new Figures(), new Figures()) : (same, second);
                await Task.WhenAll(NoteAsync(toSame, pageHere, since), NoteAsync(toSecond, pageThere, since));
            }

            Console.WriteLine($"{provider,-10} {removals} removals, same node:   {same.InMilliseconds()}");
            Console.WriteLine($"{provider,-10} {removals} removals, second node: {second.InMilliseconds()}   ({tenant.Describe()})");
        }
    }

    private static async Task NoteAsync(Figures figures, Page page, long since)
    {
        var left = await page.Left;
        lock (figures)
        {
            figures.Add(Stopwatch.GetElapsedTime(since, left));
        }
    }

    private static async Task RemoveAsync(BenchmarkDatabase database, BenchmarkTenant tenant, Guid person)
    {
        var actor = new Actor(tenant.OwnerId, BenchmarkTenant.Email, "", "");
        var target = CommandTarget.InProject(tenant.Scope(0), Permissions.CollaboratorsRemove, AuditActions.CollaboratorRemoved, CommandLock.Access);
        var result = await database.Services.GetRequiredService<ConsoleWriter>().WriteAccessAsync(actor, target, async command =>
        {
            await command.AffectsAsync([person], default);
            command.Db.Grants.Remove(await command.Db.Grants.SingleAsync(grant => grant.ProjectId == tenant.Projects[0] && grant.PrincipalId == person));
            command.Audit(AuditActions.CollaboratorRemoved, new AuditObject("collaborator", person, ""));
            return Result.Ok;
        });
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(result.Error.Message);
        }
    }

    private sealed class Watcher(IServiceProvider services, IHostedService watch) : IAsyncDisposable
    {
        public static async Task<Watcher> StartAsync(IServiceProvider services)
        {
            var watch = services.GetRequiredService<AccessWatch>();
            await watch.StartAsync(CancellationToken.None);
            return new Watcher(services, watch);
        }

        public async Task<Page> OpenPageAsync(Guid person, ProjectScope project)
        {
            var access = services.GetRequiredService<AccessControl>();
            var decided = await access.InProjectAsync(new Actor(person, "", "", ""), project);
            return new Page(services.GetRequiredService<AccessWatch>(), access, decided!, person);
        }

        public ValueTask DisposeAsync() => new(watch.StopAsync(CancellationToken.None));
    }

    private sealed class Page : IDisposable
    {
        private readonly TaskCompletionSource<long> _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly AccessSubscription _subscription;

        // A removal is the only change while a page is open, so a page that may stay needs no new versions.
        public Page(AccessWatch watch, AccessControl access, ProjectAccess decided, Guid person) => _subscription = watch.Watch(decided, async () =>
        {
            var again = await access.InProjectAsync(new Actor(person, "", "", ""), decided.Scope);
            if (again is null || !again.May(Permissions.ProjectView))
            {
                _left.TrySetResult(Stopwatch.GetTimestamp());
            }
        });

        public Task<long> Left => _left.Task;

        public void Dispose() => _subscription.Dispose();
    }
}
