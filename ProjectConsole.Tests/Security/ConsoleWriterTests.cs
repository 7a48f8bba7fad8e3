using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

public sealed class ConsoleWriterTests
{
    [DatabaseTheory]
    public async Task WriteAsync_Permitted_SavesTheChangeAndItsEntryTogether(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var churn = await acme.ProjectAsync("churn");

        var result = await database.Get<ConsoleWriter>().WriteAsync(Actors.Of(acme.Owner), Change(acme, churn), command => RenameAsync(command, churn));

        Assert.True(result.Succeeded);
        Assert.Equal("Renamed", await NameAsync(database, churn));
        var entry = await database.ReadAsync(db => db.AuditEntries.SingleAsync());
        Assert.Equal((AuditActions.ProjectChanged, AuditResult.Done, acme.Owner.Id, acme.Id, churn.Id), (entry.Action, entry.Result, entry.ActorId, entry.OrganizationId, entry.ProjectId));
        Assert.Equal(database.Clock.UtcNow, entry.WhenUtc);
    }

    [DatabaseTheory]
    public async Task WriteAsync_WithoutThePermission_RunsNothingAndWritesOnlyTheDeniedEntry(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var churn = await acme.ProjectAsync("churn", (ann, ProjectRole.Manager));
        var ran = false;

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
        {
            for (var attempt = 0; attempt < 3; attempt++)
            {
                var result = await database.Get<ConsoleWriter>().WriteAsync(Actors.Of(ann), Change(acme, churn), _ =>
                {
                    ran = true;
                    return Task.FromResult(Result.Ok);
                });
                var forbidden = Assert.IsType<Forbidden>(result.Error);
                Assert.Equal(["Change the project"], forbidden.Missing);
            }

            await database.Get<DeniedAttempts>().FlushAsync();
        });

        Assert.False(ran);
        var entry = await database.ReadAsync(db => db.AuditEntries.SingleAsync());
        Assert.Equal((AuditActions.ProjectChanged, AuditResult.Denied, ann.Id, churn.Id, 3), (entry.Action, entry.Result, entry.ActorId, entry.ProjectId, entry.Count));
    }

    [DatabaseTheory]
    public async Task WriteAsync_Stranger_GetsTheSameForAProjectThatExistsAndOneThatDoesNot(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var other = await Given.OrganizationAsync(database, "other");
        var churn = await acme.ProjectAsync("churn");
        var writer = database.Get<ConsoleWriter>();

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
        {
            foreach (var scope in new[] { acme.Scope(churn), other.Scope(churn), new ProjectScope(acme.Id, Guid.NewGuid()), default })
            {
                foreach (var somebody in new[] { Actors.Of(other.Owner), Actors.Anonymous, new Actor(Guid.NewGuid(), "nobody@acme.test", "", "") })
                {
                    var target = CommandTarget.InProject(scope, Permissions.ProjectUpdate, AuditActions.ProjectChanged, CommandLock.Access);
                    Assert.IsType<NotFound>((await writer.WriteAsync(somebody, target, command => RenameAsync(command, churn))).Error);
                }
            }
        });
    }

    [DatabaseTheory]
    public async Task WriteAsync_InASuspendedProject_SaysThatItIsSuspended(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var churn = await acme.ProjectAsync("churn");
        await acme.ChangeAsync(churn, project => project.Suspend(throughOrganizationRole: false));

        await Unchanged.AssertNothingWrittenAsync(database, async () => Assert.IsType<ProjectIsSuspended>(
            (await database.Get<ConsoleWriter>().WriteAsync(Actors.Of(acme.Owner), Change(acme, churn), command => RenameAsync(command, churn))).Error));
    }

    [DatabaseTheory]
    public async Task WriteAsync_BodyRefusesAfterSaving_LeavesNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var churn = await acme.ProjectAsync("churn");
        var signals = Signals(database);

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
        {
            var result = await database.Get<ConsoleWriter>().WriteAsync(Actors.Of(acme.Owner), Access(acme, churn), async command =>
            {
                await RenameAsync(command, churn);
                await command.Db.SaveChangesAsync();
                return new SlugTaken("churn");
            });
            Assert.IsType<SlugTaken>(result.Error);
        });
        Assert.Empty(signals);
    }

    [DatabaseTheory]
    public async Task WriteAsync_BodyThrows_LeavesNothingAndTheGateOpen(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var churn = await acme.ProjectAsync("churn");
        var writer = database.Get<ConsoleWriter>();

        await Unchanged.AssertNothingWrittenAsync(database, () => Assert.ThrowsAsync<TimeoutException>(() =>
            writer.WriteAsync(Actors.Of(acme.Owner), Access(acme, churn), async command =>
            {
                await RenameAsync(command, churn);
                await command.Db.SaveChangesAsync();
                throw new TimeoutException();
            })));

        Assert.True((await writer.WriteAsync(Actors.Of(acme.Owner), Change(acme, churn), command => RenameAsync(command, churn))).Succeeded);
    }

    [DatabaseTheory]
    public async Task WriteAsync_ReadUnderAnotherVersion_IsStale(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var churn = await acme.ProjectAsync("churn");
        var read = churn.Version;
        await acme.ChangeAsync(churn, project => project.Document("Somebody else wrote this."));

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
        {
            var result = await database.Get<ConsoleWriter>().WriteAsync(Actors.Of(acme.Owner), Change(acme, churn), async command =>
            {
                var project = await command.Db.Projects.SingleAsync(row => row.Id == churn.Id);
                command.Db.Entry(project).Property(row => row.Version).OriginalValue = read;
                project.Document("Mine.");
                return Result.Ok;
            });
            Assert.IsType<Stale>(result.Error);
        });
    }

    [DatabaseTheory]
    public async Task WriteAsync_SomebodyDidTheSame_IsAlreadyDone(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var churn = await acme.ProjectAsync("churn", (ann, ProjectRole.Viewer));

        await Unchanged.AssertNothingWrittenAsync(database, async () => Assert.IsType<AlreadyDone>(
            (await database.Get<ConsoleWriter>().WriteAsync(Actors.Of(acme.Owner), Access(acme, churn), command =>
            {
                command.Db.Grants.Add(Grant.OnProject(acme.Id, churn.Id, ann.Id, ProjectRole.Admin, acme.Owner.Id, "", command.NowUtc));
                return Task.FromResult(Result.Ok);
            })).Error));
    }

    [DatabaseTheory]
    public async Task WriteAccessAsync_DryRun_ShowsTheChangeAndLeavesNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var churn = await acme.ProjectAsync("churn", (ann, ProjectRole.Developer));
        var signals = Signals(database);

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
        {
            var change = await database.Get<ConsoleWriter>().WriteAccessAsync(Actors.Previewing(acme.Owner), Access(acme, churn), command => RemoveAsync(command, churn.Id, ann.Id));

            var person = Assert.Single(change.Value.People);
            var project = Assert.Single(person.Projects);
            Assert.Equal(("ann@acme.test", "churn"), (person.Email, project.ProjectSlug));
            Assert.Equal(ProjectRole.Developer.Permissions, project.Loses);
            Assert.True(project.Gains.IsEmpty);
            Assert.Empty(project.KeepsThrough);
        });
        Assert.Empty(signals);
    }

    [DatabaseTheory]
    public async Task WriteAccessAsync_Done_RaisesTheVersionAndTellsAfterTheCommit(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var churn = await acme.ProjectAsync("churn", (ann, ProjectRole.Developer));
        var seenByOthers = new List<bool>();
        database.Get<AccessSignals>().Raised += ids =>
        {
            Assert.Equal([churn.Id], ids);
            using var db = database.Open();
            seenByOthers.Add(!db.Grants.Any(grant => grant.PrincipalId == ann.Id));
        };

        await database.Get<ConsoleWriter>().WriteAccessAsync(Actors.Of(acme.Owner), Access(acme, churn), command => RemoveAsync(command, churn.Id, ann.Id));

        Assert.Equal([true], seenByOthers);
        var access = await database.Get<AccessControl>().InProjectAsync(Actors.Of(ann), acme.Scope(churn));
        Assert.Equal(new AccessVersions(0, 1), access!.Versions);
        Assert.True(access.Access.Allowed.IsEmpty);
    }

    [DatabaseTheory]
    public async Task WriteAccessAsync_RandomChanges_ThePreviewIsWhatThenHappens(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var research = await acme.WorkspaceAsync("research");
        var people = new[] { await acme.MemberAsync("ann"), await acme.MemberAsync("eve", OrganizationRole.Auditor), await Given.UserAsync(database, "zoe@partner.test") };
        var churn = await acme.ProjectAsync("churn");
        await acme.ChangeAsync(churn, project => project.MoveTo(research.Id));
        await acme.GrantAsync(research, people[0], ProjectRole.Contributor);
        var (random, writer, access) = (new Random(7), database.Get<ConsoleWriter>(), database.Get<AccessControl>());

        for (var round = 0; round < 40; round++)
        {
            var person = people[random.Next(people.Length)];
            var role = random.Next(3) == 0 ? null : ProjectRole.All[random.Next(ProjectRole.All.Count)];
            Task<Result> Body(Command command) => SetRoleAsync(command, churn.Id, person.Id, role);

            var promised = Assert.Single(Assert.Single((await writer.WriteAccessAsync(Actors.Previewing(acme.Owner), Access(acme, churn), Body)).Value.People).Projects);
            var before = await access.InProjectAsync(Actors.Of(person), acme.Scope(churn));
            Assert.True((await writer.WriteAccessAsync(Actors.Of(acme.Owner), Access(acme, churn), Body)).Succeeded);
            var after = await access.InProjectAsync(Actors.Of(person), acme.Scope(churn));

            Assert.Equal(before!.Access.Allowed, promised.Before!.Allowed);
            Assert.Equal(after!.Access.Allowed, promised.After!.Allowed);
        }
    }

    // Both orders, each made certain: the later command is started while the earlier one holds its locks.
    [DatabaseTheory]
    public async Task WriteAsync_StartedBeforeTheRightIsTaken_DoesNotCommitAfterIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var churn = await acme.ProjectAsync("churn", (ann, ProjectRole.Admin), (acme.Owner, ProjectRole.Admin));
        var writer = database.Get<ConsoleWriter>();
        var (removing, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());

        var removal = Task.Run(() => writer.WriteAccessAsync(Actors.Of(acme.Owner), Access(acme, churn), async command =>
        {
            removing.SetResult();
            await goOn.Task;
            return await RemoveAsync(command, churn.Id, ann.Id);
        }));
        await removing.Task;
        var ran = false;
        var late = writer.WriteAsync(Actors.Of(ann), Change(acme, churn), command =>
        {
            ran = true;
            return RenameAsync(command, churn);
        });
        await Waiting.ForALockAsync(database);
        Assert.False(late.IsCompleted);
        goOn.SetResult();

        Assert.True((await removal).Succeeded);
        Assert.IsType<NotFound>((await late).Error);
        Assert.False(ran);
        Assert.Equal("churn", await NameAsync(database, churn));
    }

    [DatabaseTheory]
    public async Task WriteAccessAsync_WhileTheActorsCommandRuns_WaitsForItsCommit(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var churn = await acme.ProjectAsync("churn", (ann, ProjectRole.Admin), (acme.Owner, ProjectRole.Admin));
        var writer = database.Get<ConsoleWriter>();
        var (working, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());

        var ordinary = CommandTarget.InProject(acme.Scope(churn), Permissions.ProjectView, AuditActions.ProjectChanged, CommandLock.Shared);
        var work = Task.Run(() => writer.WriteAsync(Actors.Of(ann), ordinary, async command =>
        {
            working.SetResult();
            await goOn.Task;
            command.Audit(AuditActions.ProjectDocumented, new AuditObject("project", churn.Id, "churn"));
            return Result.Ok;
        }));
        await working.Task;
        var removal = writer.WriteAccessAsync(Actors.Of(acme.Owner), Access(acme, churn), command => RemoveAsync(command, churn.Id, ann.Id));
        await Waiting.ForALockAsync(database);
        Assert.False(removal.IsCompleted);
        goOn.SetResult();

        Assert.True((await work).Succeeded && (await removal).Succeeded);
        Assert.Equal(
            [AuditActions.ProjectDocumented, AuditActions.CollaboratorRemoved],
            await database.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync()));
    }

    private static CommandTarget Change(GivenOrganization organization, Project project) =>
        CommandTarget.InProject(organization.Scope(project), Permissions.ProjectUpdate, AuditActions.ProjectChanged, CommandLock.Exclusive);

    private static CommandTarget Access(GivenOrganization organization, Project project) =>
        CommandTarget.InProject(organization.Scope(project), Permissions.CollaboratorsChange, AuditActions.CollaboratorRoleChanged, CommandLock.Access);

    private static async Task<Result> RenameAsync(Command command, Project project)
    {
        (await command.Db.Projects.SingleAsync(row => row.Id == project.Id)).Change(ProjectDetails.Named("Renamed"));
        command.Audit(AuditActions.ProjectChanged, new AuditObject("project", project.Id, "Renamed"));
        return Result.Ok;
    }

    private static Task<Result> RemoveAsync(Command command, Guid projectId, Guid userId) => SetRoleAsync(command, projectId, userId, null);

    private static async Task<Result> SetRoleAsync(Command command, Guid projectId, Guid userId, ProjectRole? role)
    {
        await command.AffectsAsync([userId], default);
        var grant = await command.Db.Grants.SingleOrDefaultAsync(row => row.ProjectId == projectId && row.PrincipalId == userId);
        if (role is null && grant is not null)
        {
            command.Db.Grants.Remove(grant);
        }
        else if (role is not null && grant is not null)
        {
            grant.ChangeRole(role, command.Actor.UserId, "", command.NowUtc);
        }
        else if (role is not null)
        {
            command.Db.Grants.Add(Grant.OnProject(command.Project.Organization.Id, projectId, userId, role, command.Actor.UserId, "", command.NowUtc));
        }

        command.Audit(AuditActions.CollaboratorRemoved, new AuditObject("collaborator", userId, ""));
        return Result.Ok;
    }

    private static Task<string> NameAsync(TestDatabase database, Project project) =>
        database.ReadAsync(db => db.Projects.Where(row => row.Id == project.Id).Select(row => row.Name).SingleAsync());

    private static List<Guid> Signals(TestDatabase database)
    {
        var told = new List<Guid>();
        database.Get<AccessSignals>().Raised += told.AddRange;
        return told;
    }
}
