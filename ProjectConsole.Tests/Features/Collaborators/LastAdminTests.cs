using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

/// <summary>Every project but the Default one keeps an Admin, on every route through collaborators.</summary>
public sealed class LastAdminTests
{
    private const string Sentence = "vision would be left without an Admin. Make somebody else Admin first.";

    [DatabaseTheory]
    public async Task LastAdmin_RemovedDemotedOrLeaving_IsRefused(DatabaseKind kind)
    {
        await using var world = await WithOneAdminAsync(kind);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.Equal(Sentence, (await world.RemoveAsync("owner", "project-admin")).Error!.Message);
            Assert.Equal(Sentence, (await world.ChangeAsync("org-admin", "project-admin", ProjectRole.Manager)).Error!.Message);
            Assert.Equal(Sentence, (await world.ChangeAsync("project-admin", "project-admin", ProjectRole.Viewer)).Error!.Message);
            Assert.Equal(Sentence, (await world.Service.LeaveAsync(world.Actor("project-admin"), world.Scope)).Error!.Message);
        });
    }

    [Fact]
    public async Task LastAdmin_BesideAnAuditorALockedAndAnExternalAdmin_IsStillTheLast()
    {
        await using var world = await WithOneAdminAsync();
        await world.Acme.GrantAsync(world.Vision, world["auditor"], ProjectRole.Admin);
        var locked = await world.Acme.MemberAsync("locked");
        await world.Acme.GrantAsync(world.Vision, locked, ProjectRole.Admin);
        await world.Database.ChangeAsync<User>(user => user.LockedUtc = world.Database.Clock.UtcNow, locked.Id);
        Assert.IsType<LastAdmin>((await world.RemoveAsync("owner", "project-admin")).Error);
    }

    [DatabaseTheory]
    [InlineData("owner", "owner@acme.test", "owner")]
    [InlineData("org-admin", "viewer@acme.test", "viewer")]
    [InlineData("org-admin", "member@acme.test", "member")]
    public async Task LastAdmin_RemovedWithAnHeir_LeavesTheHeirAsAdmin(DatabaseKind kind, string actor, string heir, string person)
    {
        await using var world = await WithOneAdminAsync(kind);
        Assert.True((await world.RemoveAsync(actor, "project-admin", heir)).Succeeded);
        Assert.Null(await world.RoleOfAsync("project-admin"));
        Assert.Equal("admin", await world.RoleOfAsync(person));
        var given = (await world.AuditAsync(AuditActions.CollaboratorAdded)).Concat(await world.AuditAsync(AuditActions.CollaboratorRoleChanged));
        Assert.Equal(heir, Assert.Single(given).ObjectName);
    }

    [Fact]
    public async Task LastAdmin_DemotedWithAnHeir_LeavesTheHeirAsAdmin()
    {
        await using var world = await WithOneAdminAsync();
        Assert.True((await world.ChangeAsync("owner", "project-admin", ProjectRole.Viewer, "developer@acme.test")).Succeeded);
        Assert.Equal(("viewer", "admin"), (await world.RoleOfAsync("project-admin"), await world.RoleOfAsync("developer")));
    }

    [Theory]
    [InlineData("project-admin@acme.test", typeof(Invalid))]
    [InlineData("stranger@elsewhere.test", typeof(Invalid))]
    [InlineData("nobody@nowhere.test", typeof(Invalid))]
    [InlineData("auditor@acme.test", typeof(Invalid))]
    public async Task Heir_WhoCannotBeAdmin_IsRefused(string heir, Type expected)
    {
        await using var world = await WithOneAdminAsync();
        Error? error = null;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => error = (await world.RemoveAsync("owner", "project-admin", heir)).Error);
        Assert.IsType(expected, error);
    }

    [Fact]
    public async Task Heir_NamedByAnAdminOfTheProject_IsRefused()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        await Unchanged.AssertNothingWrittenAsync(
            world.Database, async () => Assert.IsType<Forbidden>((await world.RemoveAsync("project-admin", "second-admin", "viewer@acme.test")).Error));
        Assert.Equal(("admin", "viewer"), (await world.RoleOfAsync("second-admin"), await world.RoleOfAsync("viewer")));
    }

    [Fact]
    public async Task DefaultProject_MayLoseItsLastAdmin()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        await world.Acme.GrantAsync(world.Acme.DefaultProject, world["member"], ProjectRole.Admin);
        var scope = world.Acme.Scope(world.Acme.DefaultProject);
        Assert.True((await world.Service.RemoveAsync(world.Actor("owner"), scope, new Removal(world["member"].Id))).Succeeded);
    }

    [DatabaseTheory]
    public async Task TwoAdmins_RemovingAndDemotingEachOtherAtOnce_NeverLeaveNone(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        for (var round = 0; round < 200; round++)
        {
            var (one, two) = ("project-admin", "second-admin");
            var acts = await Task.WhenAll(
                Task.Run(() => round % 2 == 0 ? world.RemoveAsync(one, two) : world.ChangeAsync(one, two, ProjectRole.Viewer)),
                Task.Run(() => round % 3 == 0 ? world.ChangeAsync(two, one, ProjectRole.Developer) : world.RemoveAsync(two, one)));
            var loser = Assert.Single(acts, act => !act.Succeeded).Error!;
            // The winner's act took the loser's right before the loser's was decided.
            Assert.True(loser is NotFound or Forbidden or ExceedsOwn, loser.Message);
            var (first, second) = (await world.RoleOfAsync(one), await world.RoleOfAsync(two));
            Assert.Single((string?[])[first, second], role => role == "admin");
            await RestoreAsync(world, first == "admin" ? two : one);
        }
    }

    [DatabaseTheory]
    public async Task TwoAdmins_LeavingAtOnce_LeaveOneWhoIsTold(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var acts = await Task.WhenAll(((string[])["project-admin", "second-admin"])
            .Select(person => Task.Run(() => world.Service.LeaveAsync(world.Actor(person), world.Scope))));
        Assert.Equal(Sentence, Assert.Single(acts, act => !act.Succeeded).Error!.Message);
        Assert.Equal(1, await world.Database.ReadAsync(db => db.Grants.CountAsync(grant =>
            grant.ProjectId == world.Vision.Id && grant.RoleKey == "admin" && grant.PrincipalId != world["external-admin"].Id)));
    }

    private static async Task<CollaboratorWorld> WithOneAdminAsync(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var world = await CollaboratorWorld.CreateAsync(kind);
        Assert.True((await world.RemoveAsync("project-admin", "second-admin")).Succeeded);
        return world;
    }

    private static async Task RestoreAsync(CollaboratorWorld world, string person)
    {
        await using (var db = world.Database.Open())
        {
            await db.Grants.Where(grant => grant.ProjectId == world.Vision.Id && grant.PrincipalId == world[person].Id).ExecuteDeleteAsync();
        }

        await world.Acme.GrantAsync(world.Vision, world[person], ProjectRole.Admin);
    }
}
