using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

public sealed class LockOrderTests
{
    private const int Writers = 12;
    private const int CommandsEach = 40;

    // A deadlock shows as an exception of the database, which no command catches.
    [DatabaseTheory]
    public async Task WriteAsync_RandomMixOfLocks_NobodyWaitsForEachOther(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var administrator = await Given.InstallationAdministratorAsync(database);
        var organizations = new List<(GivenOrganization Organization, List<Project> Projects)>();
        foreach (var slug in (string[])["acme", "initech"])
        {
            var organization = await Given.OrganizationAsync(database, slug);
            organizations.Add((organization, [await organization.ProjectAsync("one"), await organization.ProjectAsync("two")]));
        }

        var done = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var (random, count) = (new Random(writer), 0);
            for (var number = 0; number < CommandsEach; number++)
            {
                var (organization, projects) = organizations[random.Next(organizations.Count)];
                var project = projects[random.Next(projects.Count)];
                var command = random.Next(8) == 0
                    ? InInstallationAsync(database, Actors.Of(administrator), organizations.Select(each => each.Organization.Id))
                    : InProjectOrOrganizationAsync(database, organization, project, random, $"r-{writer}-{number}");
                count += (await command).Succeeded ? 1 : 0;
            }

            return count;
        })));

        Assert.All(done, count => Assert.Equal(CommandsEach, count));
        Assert.Equal(Writers * CommandsEach, await database.ReadAsync(db => db.AuditEntries.CountAsync()));
    }

    private static Task<Result> InInstallationAsync(TestDatabase database, Actor actor, IEnumerable<Guid> organizations) =>
        database.Get<ConsoleWriter>().WriteAsync(actor, CommandTarget.InInstallation(Permissions.InstallationManage, AuditActions.AccountLocked), async command =>
        {
            await command.RaiseOrganizationsAsync(organizations, default);
            command.Audit(AuditActions.AccountLocked, new AuditObject("account", null, ""));
            return Result.Ok;
        });

    private static Task<Result> InProjectOrOrganizationAsync(TestDatabase database, GivenOrganization organization, Project project, Random random, string name)
    {
        var (onOrganization, onProject) = ((CommandLock)random.Next(3), (CommandLock)random.Next(3));
        var target = random.Next(3) == 0
            ? CommandTarget.InOrganization(organization.Id, Permissions.OrganizationUpdate, AuditActions.OrganizationChanged, onOrganization)
            : CommandTarget.InProject(organization.Scope(project), Permissions.ProjectUpdate, AuditActions.ProjectChanged, onProject) with { OrganizationLock = onOrganization };
        return database.Get<ConsoleWriter>().WriteAsync(Actors.Of(organization.Owner), target, command =>
        {
            // Whatever the lock, a row that points at both parents is inserted: foreign keys lock them too.
            command.Db.Resources.Add(new Resource(ResourceOwner.Of(new ProjectScope(organization.Id, project.Id)), ResourceKinds.Get("file"), name, ResourceSpec.Empty, organization.Owner.Id, "owner", command.NowUtc));
            command.Audit(AuditActions.ProjectChanged, new AuditObject("project", project.Id, project.Name));
            return Task.FromResult(Result.Ok);
        });
    }
}
