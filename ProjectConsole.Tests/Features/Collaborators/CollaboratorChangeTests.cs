using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

public sealed class CollaboratorChangeTests
{
    [DatabaseTheory]
    public async Task AddAndRemove_PersonWithOpenInvitations_TakesThemBack(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var (email, vision) = (world["developer"].Email!, world.Vision.Id);
        var both = Invite(new InvitationOffer("member", vision, "viewer", null));
        var (first, second) = (Invite(new InvitationOffer(null, vision, "viewer", null)), Invite(new InvitationOffer(null, vision, "viewer", null)));
        var elsewhere = Invite(new InvitationOffer("member", null, null, null));
        await world.Database.AddAsync(both, first, elsewhere);

        Assert.True((await world.RemoveAsync("owner", "developer")).Succeeded);
        Assert.Equal([InvitationState.Cancelled, InvitationState.Cancelled, InvitationState.Pending], await StatesAsync(both, first, elsewhere));
        await world.Database.AddAsync(second);
        Assert.True((await world.AddAsync("owner", email, ProjectRole.Viewer)).Succeeded);

        Assert.Equal([InvitationState.Cancelled, InvitationState.Pending], await StatesAsync(second, elsewhere));
        Assert.Equal(3, (await world.AuditAsync(AuditActions.InvitationCancelled)).Count);

        Invitation Invite(InvitationOffer offer)
        {
            var invitation = new Invitation(world.Acme.Id, email, email.ToUpperInvariant(), offer);
            invitation.Send(Guid.NewGuid().ToString("N"), world["owner"].Id, "", world.Now);
            return invitation;
        }

        async Task<List<InvitationState>> StatesAsync(params Invitation[] which)
        {
            var states = await world.Database.ReadAsync(db => db.Invitations.ToDictionaryAsync(row => row.Id, row => row.State));
            return [.. which.Select(invitation => states[invitation.Id])];
        }
    }

    // Nobody joins any more because of somebody who was removed, and nobody comes back by an older request of their own.
    [DatabaseTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task End_OfAPersonWhoInvitedAndAsked_TakesBothBack(DatabaseKind kind, bool leaves)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var (vision, manager) = (world.Vision.Id, world["manager"]);
        var neighbour = await world.Acme.ProjectAsync("beside");
        var (here, there, others) = (By("manager", vision), By("manager", neighbour.Id), By("owner", vision));
        var (asked, askedThere, askedByOther) = (Ask("manager", vision), Ask("manager", neighbour.Id), Ask("viewer", vision));
        await world.Database.AddAsync(here, there, others, asked, askedThere, askedByOther);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.True((await world.Service.RemoveAsync(Actors.Previewing(world["owner"]), world.Scope, new Removal(manager.Id))).Succeeded));
        Assert.True((leaves ? await world.Service.LeaveAsync(world.Actor("manager"), world.Scope) : await world.RemoveAsync("owner", "manager")).Succeeded);

        await using var db = world.Database.Open();
        var states = await db.Invitations.ToDictionaryAsync(row => row.Id, row => row.State);
        Assert.Equal((InvitationState.Cancelled, InvitationState.Pending, InvitationState.Pending), (states[here.Id], states[there.Id], states[others.Id]));
        var requests = await db.AccessRequests.ToDictionaryAsync(row => row.Id, row => row.State);
        Assert.Equal(
            (AccessRequestState.Withdrawn, AccessRequestState.Pending, AccessRequestState.Pending), (requests[asked.Id], requests[askedThere.Id], requests[askedByOther.Id]));
        Assert.Single(await world.AuditAsync(AuditActions.InvitationCancelled));

        Invitation By(string who, Guid project)
        {
            var invitation = new Invitation(world.Acme.Id, "new@else.test", "NEW@ELSE.TEST", new InvitationOffer(null, project, "viewer", null));
            invitation.Send(Guid.NewGuid().ToString("N"), world[who].Id, "", world.Now);
            return invitation;
        }

        AccessRequest Ask(string who, Guid project) => new(world.Acme.Id, project, world[who].Id, world[who].Email!, new AccessAsk("admin", "why", null), world.Now);
    }

    [DatabaseTheory]
    public async Task ChangeRole_OfADeveloper_ReplacesTheRoleAndAuditsBeforeAndAfter(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        Assert.True((await world.ChangeAsync("manager", "developer", ProjectRole.Viewer)).Succeeded);
        Assert.Equal("viewer", await world.RoleOfAsync("developer"));
        var entry = Assert.Single(await world.AuditAsync(AuditActions.CollaboratorRoleChanged));
        Assert.Equal((
            """{"role":"developer","expires":null,"restriction":null,"isTeam":false,"isUpgrade":false}""", """{"role":"viewer","expires":null,"restriction":null,"isTeam":false,"isUpgrade":false}"""), (entry.Before, entry.After));
    }

    [Theory]
    [InlineData("manager")]
    [InlineData("developer")]
    [InlineData("external-admin")]
    public async Task ChangeRole_OfOneself_CannotRaise(string person)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        await Unchanged.AssertNothingWrittenAsync(
            world.Database, async () => Assert.False((await world.ChangeAsync(person, person, ProjectRole.Admin)).Succeeded));
    }

    [Theory]
    [InlineData("project-admin")]
    [InlineData("manager")]
    [InlineData("external-admin")]
    public async Task ChangeRole_OfOneself_CanLower(string person)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        Assert.True((await world.ChangeAsync(person, person, ProjectRole.Viewer)).Succeeded);
        Assert.Equal("viewer", await world.RoleOfAsync(person));
    }

    [Fact]
    public async Task ChangeRole_SeenOverTakenByAnother_IsStaleUntilSavedOver()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var row = (await world.RowAsync("manager", "developer"))!;
        Assert.True((await world.ChangeAsync("project-admin", "developer", ProjectRole.Contributor)).Succeeded);
        var seen = new RoleChange(row.PrincipalId, ProjectRole.Viewer, row.Grant!.Version);
        Assert.IsType<Stale>((await world.Service.ChangeRoleAsync(world.Actor("manager"), world.Scope, seen)).Error);
        Assert.Equal("contributor", await world.RoleOfAsync("developer"));
        Assert.True((await world.Service.ChangeRoleAsync(world.Actor("manager"), world.Scope, seen with { Seen = null })).Succeeded);
        Assert.Equal("viewer", await world.RoleOfAsync("developer"));
    }

    [Theory]
    [InlineData("member")]
    [InlineData("stranger")]
    [InlineData("owner")]
    [InlineData("other-owner")]
    public async Task ChangeAndRemove_PersonWithoutAGrantHere_IsOneAnswerForEveryId(string target)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var nobody = new NoDirectGrant().Message;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.Equal(nobody, (await world.ChangeAsync("project-admin", target, ProjectRole.Viewer)).Error!.Message);
            Assert.Equal(nobody, (await world.RemoveAsync("project-admin", target)).Error!.Message);
            Assert.Equal(nobody, (await world.Service.RemoveAsync(world.Actor("project-admin"), world.Scope, new Removal(Guid.NewGuid()))).Error!.Message);
        });
    }

    [Fact]
    public async Task Commands_WithIdsOfAnotherOrganization_FindNothing()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var theirs = await world.Other.ProjectAsync("theirs");
        ProjectScope[] forged = [world.Other.Scope(theirs), new(world.Acme.Id, theirs.Id), new(world.Other.Id, world.Vision.Id), new(world.Acme.Id, Guid.NewGuid())];
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var scope in forged)
            {
                var actor = world.Actor("project-admin");
                Assert.IsType<NotFound>((await world.Service.RemoveAsync(actor, scope, new Removal(world["developer"].Id))).Error);
                Assert.IsType<NotFound>((await world.Service.AddAsync(actor, scope, new NewCollaborator("member@acme.test", ProjectRole.Viewer))).Error);
                Assert.IsType<NotFound>((await world.Service.ChangeRoleAsync(actor, scope, new RoleChange(world["developer"].Id, ProjectRole.Viewer))).Error);
                Assert.IsType<NotFound>((await world.Service.LeaveAsync(actor, scope)).Error);
                Assert.IsType<NotFound>((await world.List.ListAsync(actor, scope, new CollaboratorQuery())).Error);
                Assert.IsType<NotFound>((await world.Previews.OfRemovalAsync(actor, scope, world["developer"].Id)).Error);
            }
        });
    }

    [DatabaseTheory]
    public async Task Remove_Collaborator_EndsTheReachAtOnceAndKeepsWhatTheyMade(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var resource = await world.Acme.ResourceAsync(world.Vision, "model", "detector", world["developer"]);
        var access = world.Database.Get<AccessControl>();
        var before = (await access.InProjectAsync(world.Actor("manager"), world.Scope))!.Versions.Project;
        Assert.True((await world.RemoveAsync("manager", "developer")).Succeeded);
        Assert.Null(await access.OpenProjectAsync(world.Actor("developer"), "acme", "vision"));
        Assert.True((await access.InProjectAsync(world.Actor("manager"), world.Scope))!.Versions.Project > before);
        Assert.True(await world.Database.ReadAsync(async db => await db.Resources.FindAsync(resource.Id) is not null));
        Assert.IsType<NotFound>((await world.RemoveAsync("developer", "viewer")).Error);
    }

    [Fact]
    public async Task Remove_SentTwice_IsDoneOnce()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        Assert.True((await world.RemoveAsync("manager", "developer")).Succeeded);
        Assert.IsType<NoDirectGrant>((await world.RemoveAsync("manager", "developer")).Error);
        Assert.Single(await world.AuditAsync(AuditActions.CollaboratorRemoved));
    }

    [Fact]
    public async Task SuspendedProject_LetsRemoveAndLeaveOnly()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        await world.Acme.ChangeAsync(world.Vision, project => project.Suspend(false));
        Assert.False((await world.ChangeAsync("project-admin", "developer", ProjectRole.Viewer)).Succeeded);
        Assert.True((await world.RemoveAsync("project-admin", "developer")).Succeeded);
        Assert.True((await world.Service.LeaveAsync(world.Actor("viewer"), world.Scope)).Succeeded);
    }

    [Fact]
    public async Task LockedAndSwitchedOffPeople_CanDoNothing()
    {
        await using var world = await CollaboratorWorld.CreateAsync(externals: false);
        await world.Database.ChangeAsync<ProjectConsole.Data.Accounts.User>(user => user.LockedUtc = world.Database.Clock.UtcNow, world["project-admin"].Id);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await world.RemoveAsync("project-admin", "viewer")).Error);
            Assert.IsType<NotFound>((await world.RemoveAsync("external-admin", "viewer")).Error);
            Assert.IsType<NotFound>((await world.Service.LeaveAsync(world.Actor("external-admin"), world.Scope)).Error);
        });
    }
}
