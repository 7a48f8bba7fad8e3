using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>Parallel writers that add and remove collaborators through the write method, each in a project of its own.</summary>
internal static class WritesBenchmark
{
    private const int Writers = 16;

    public static async Task RunAsync(string[] arguments)
    {
        var each = Math.Max(2, (int)(200 * BenchmarkArguments.Scale(arguments)));
        foreach (var provider in BenchmarkArguments.Databases(arguments))
        {
            await using var database = await BenchmarkDatabase.CreateAsync(provider);
            var tenant = await BenchmarkTenant.CreateAsync(database, users: 1_000, projects: 100, grants: 10_000, inLargest: 100, auditEntries: 10_000);
            await WriteAsync(database, tenant, 0, 20);
            var since = Stopwatch.GetTimestamp();
            var all = new Figures();
            all.Add(await Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => Task.Run(() => WriteAsync(database, tenant, writer, each)))));
            var time = Stopwatch.GetElapsedTime(since);
            Console.WriteLine($"{provider,-10} {Writers} writers, {all.Count:N0} commands: {all.Count / time.TotalSeconds:N0} per second   {all.InMilliseconds()}   ({tenant.Describe()})");
        }
    }

    private static async Task<Figures> WriteAsync(BenchmarkDatabase database, BenchmarkTenant tenant, int writer, int commands)
    {
        var figures = new Figures();
        var (actor, project, person) = (new Actor(tenant.OwnerId, BenchmarkTenant.Email, "", ""), tenant.Scope(writer + 1), Guid.Empty);
        for (var number = 0; number < commands; number++)
        {
            var adds = number % 2 == 0;
            person = adds ? await OutsiderAsync(database, project) : person;
            var since = Stopwatch.GetTimestamp();
            var result = await SetAsync(database, actor, project, person, adds);
            figures.Add(Stopwatch.GetElapsedTime(since));
            if (!result.Succeeded)
            {
                throw new InvalidOperationException(result.Error.Message);
            }
        }

        return figures;
    }

    private static async Task<Guid> OutsiderAsync(BenchmarkDatabase database, ProjectScope project)
    {
        await using var db = database.Open();
        return await db.Members
            .Where(member => member.OrganizationId == project.OrganizationId && member.RoleKey == "member")
            .Where(member => !db.Grants.Any(grant => grant.ProjectId == project.ProjectId && grant.PrincipalId == member.UserId))
            .Select(member => member.UserId).FirstAsync();
    }

    private static Task<Result<AccessChange>> SetAsync(BenchmarkDatabase database, Actor actor, ProjectScope project, Guid person, bool adds)
    {
        var needs = adds ? Permissions.CollaboratorsAdd : Permissions.CollaboratorsRemove;
        var action = adds ? AuditActions.CollaboratorAdded : AuditActions.CollaboratorRemoved;
        return database.Services.GetRequiredService<ConsoleWriter>().WriteAccessAsync(actor, CommandTarget.InProject(project, needs, action, CommandLock.Access), async command =>
        {
            await command.AffectsAsync([person], default);
            if (adds)
            {
                command.Db.Grants.Add(Grant.OnProject(project.OrganizationId, project.ProjectId, person, ProjectRole.Developer, actor.UserId, actor.Name, command.NowUtc));
            }
            else
            {
                command.Db.Grants.Remove(await command.Db.Grants.SingleAsync(grant => grant.ProjectId == project.ProjectId && grant.PrincipalId == person));
            }

            command.Audit(action, new AuditObject("collaborator", person, ""));
            return Result.Ok;
        });
    }
}
