using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Invitations;

public sealed class InvitationAnswerTests
{
    private const int Rounds = 200;

    [DatabaseTheory]
    public async Task Accept_ByTheInvitedAddress_JoinsInOneStep(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var ann = await Given.UserAsync(world.Database, "ann@else.test");
        var token = await world.InviteToOrganizationAsync("ann@else.test", "member", "manager");
        Assert.Null((await world.AccessAsync(ann))!.Role);

        var joined = (await world.Answers.AcceptAsync(Actors.Of(ann), token)).Value;

        Assert.Equal(new JoinedPlace("acme", "vision"), joined);
        Assert.Equal(ProjectRole.Manager, (await world.AccessAsync(ann))!.Role);
        Assert.Equal("member", await world.Database.ReadAsync(db => db.Members.Where(member => member.UserId == ann.Id).Select(member => member.RoleKey).SingleAsync()));
        Assert.Equal(InvitationState.Accepted, (await world.StoredAsync("ann@else.test")).State);
        var actions = await world.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.ActorId == ann.Id).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
        Assert.Equal([AuditActions.MemberAdded, AuditActions.CollaboratorAdded, AuditActions.InvitationAccepted], actions);
        await RefusesAsync(world, ann, token, new InvitationIsOver(InvitationState.Accepted));
    }

    [Fact]
    public async Task Accept_ProjectAlone_MakesAnExternalCollaborator()
    {
        await using var world = await InvitationWorld.CreateAsync();
        var zoe = await Given.UserAsync(world.Database, "zoe@else.test");

        var joined = await world.Answers.AcceptAsync(Actors.Of(zoe), await world.InviteAsync("zoe@else.test", "viewer"));

        Assert.True(joined.Succeeded);
        Assert.Equal(ProjectRole.Viewer, (await world.AccessAsync(zoe))!.Role);
        Assert.Null((await world.AccessAsync(zoe))!.Facts.Membership);
        var grant = await world.Database.ReadAsync(db => db.Grants.SingleAsync(row => row.PrincipalId == zoe.Id));
        Assert.Equal(world.Manager.Id, grant.GrantedBy);
    }

    [DatabaseTheory]
    public async Task Accept_AnExternalWhoBecomesAMember_KeepsGrantsUnderTheNewCeiling(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var zoe = await Given.UserAsync(world.Database, "zoe@else.test");
        await world.Acme.GrantAsync(world.Vision, zoe, ProjectRole.Admin);
        Assert.False((await world.AccessAsync(zoe))!.May(Permissions.CollaboratorsManageAdmins));

        Assert.True((await world.Answers.AcceptAsync(Actors.Of(zoe), await world.InviteToOrganizationAsync("zoe@else.test"))).Succeeded);

        Assert.Equal(ProjectRole.Admin, (await world.AccessAsync(zoe))!.Role);
        Assert.True((await world.AccessAsync(zoe))!.May(Permissions.CollaboratorsManageAdmins));
    }

    [DatabaseTheory]
    public async Task Accept_EachReasonAgainst_SaysSoAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var ann = await Given.UserAsync(world.Database, "ann@else.test");
        var other = await Given.UserAsync(world.Database, "other@else.test");
        var token = await world.InviteAsync("ann@else.test");

        await RefusesAsync(world, ann, "", new InvitationUnknown());
        await RefusesAsync(world, ann, token[..^1], new InvitationUnknown());
        await RefusesAsync(world, ann, token + "A", new InvitationUnknown());
        await RefusesAsync(world, ann, new string('A', 5000), new InvitationUnknown());
        await RefusesAsync(world, other, token, new InvitationForAnother("ann@else.test"));
        Assert.IsType<NotFound>((await world.Database.Get<ConsoleWriter>().WriteAsync(
            Actors.Anonymous, CommandTarget.InOrganization(world.Acme.Id, Permissions.MembersManage, "x", CommandLock.Shared) with { ByPermissionOf = world.Acme.Owner.Id },
            _ => Task.FromResult(Result.Ok))).Error);
        await world.Database.ChangeAsync<User>(user => user.EmailConfirmed = false, ann.Id);
        await RefusesAsync(world, ann, token, new InvitationForAnother("ann@else.test"));
        await world.Database.ChangeAsync<User>(user => user.EmailConfirmed = true, ann.Id);

        await world.Acme.ChangeAsync(world.Vision, project => project.Suspend(throughOrganizationRole: true));
        await RefusesAsync(world, ann, token, new ProjectIsSuspended("vision"));
        await world.Acme.ChangeAsync(world.Vision, project => project.Activate(throughOrganizationRole: true));
        await world.Database.ChangeAsync<Organization>(organization => organization.Delete(world.Database.Clock.UtcNow), world.Acme.Id);
        await RefusesAsync(world, ann, token, new InvitedOrganizationIsGone());
        await world.Database.ChangeAsync<Organization>(organization => organization.Restore(), world.Acme.Id);

        world.Database.Clock.Advance(Invitation.ValidFor);
        await RefusesAsync(world, ann, token, new InvitationIsOver(InvitationState.Expired));
    }

    [DatabaseTheory]
    public async Task Accept_InviterWhoLostTheRight_GivesNothing(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var ann = await Given.UserAsync(world.Database, "ann@else.test");
        var token = await world.InviteAsync("ann@else.test", "manager");
        var grant = (await world.Database.ReadAsync(db => db.Grants.SingleAsync(row => row.PrincipalId == world.Manager.Id))).Id;
        var lost = new InviterMayNoLonger("manager@acme.test");

        await world.Database.ChangeAsync<Grant>(row => row.ChangeRole(ProjectRole.Developer, world.Acme.Owner.Id, "", world.Database.Clock.UtcNow), grant);
        await RefusesAsync(world, ann, token, lost);
        await world.Database.ChangeAsync<Grant>(row => row.ChangeRole(ProjectRole.Manager, world.Acme.Owner.Id, "", world.Database.Clock.UtcNow), grant);
        await world.Database.ChangeAsync<User>(user => user.LockedUtc = world.Database.Clock.UtcNow, world.Manager.Id);
        await RefusesAsync(world, ann, token, lost);
        await world.Database.ChangeAsync<User>(user => user.LockedUtc = null, world.Manager.Id);
        await world.Database.ChangeAsync<Grant>(row => row.ChangeExpiry(world.Database.Clock.UtcNow.AddHours(1), world.Acme.Owner.Id, "", world.Database.Clock.UtcNow), grant);
        await RefusesAsync(world, ann, token, lost);
        world.Database.Clock.Advance(TimeSpan.FromHours(1));
        await RefusesAsync(world, ann, token, lost);
        await world.Database.ChangeAsync<Grant>(row => row.ChangeExpiry(null, world.Acme.Owner.Id, "", world.Database.Clock.UtcNow), grant);
        Assert.True((await world.Answers.AcceptAsync(Actors.Of(ann), token)).Succeeded);
    }

    [Fact]
    public async Task Accept_ExternalsSwitchedOffSince_IsToldAndAMemberIsNot()
    {
        await using var world = await InvitationWorld.CreateAsync(settings: settings => settings with { AllowsExternalCollaborators = false });
        var zoe = await Given.UserAsync(world.Database, "zoe@else.test");
        var mia = await world.Acme.MemberAsync("mia");

        await RefusesAsync(world, zoe, await world.InviteAsync("zoe@else.test"), new NoExternalsHere("acme"));
        Assert.True((await world.Answers.AcceptAsync(Actors.Of(mia), await world.InviteAsync("mia@acme.test"))).Succeeded);
    }

    [Fact]
    public async Task Accept_ProjectOrRoleGone_IsTold()
    {
        await using var world = await InvitationWorld.CreateAsync();
        var ann = await Given.UserAsync(world.Database, "ann@else.test");
        var role = new CustomProjectRole(world.Acme.Id, null, "viewer", world.Database.Clock.UtcNow);
        role.Change("Labeller", "", ProjectRole.Viewer.Permissions);
        await world.Database.AddAsync(role);
        var token = await world.InviteAsync("ann@else.test", role.Key);
        await using (var db = world.Database.Open())
        {
            await db.ProjectRoles.ExecuteDeleteAsync();
        }

        await RefusesAsync(world, ann, token, new InvitedRoleIsGone());
        await world.Acme.ChangeAsync(world.Vision, project => project.Delete(world.Database.Clock.UtcNow));
        await RefusesAsync(world, ann, token, new InvitedProjectIsGone());
    }

    [Fact]
    public async Task Accept_InATeamThatIsACollaborator_IsRefusedUnlessTheOrganizationAllows()
    {
        await using var world = await InvitationWorld.CreateAsync();
        var ann = await world.Acme.MemberAsync("ann");
        var team = new Team(world.Acme.Id, "core", "vision-core", "", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(team, Principal.OfTeam(team.Id, ann.Id, world.Database.Clock.UtcNow));
        await world.Database.AddAsync(Grant.OnProject(world.Acme.Id, world.Vision.Id, team.Id, ProjectRole.Viewer, world.Acme.Owner.Id, "", world.Database.Clock.UtcNow));
        var token = await world.InviteAsync("ann@acme.test");

        await RefusesAsync(world, ann, token, new InThroughTeam("ann@acme.test", "vision-core"));
        await world.Database.ChangeAsync<Organization>(
            row => row.Change(new OrganizationSettings { Name = "acme", AllowsGrantsBesideTeams = true }), world.Acme.Id);
        Assert.True((await world.Answers.AcceptAsync(Actors.Of(ann), token)).Succeeded);
    }

    [DatabaseTheory]
    public async Task Accept_BesideARoleThatEnded_GivesItAnew(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var ann = await world.Acme.MemberAsync("ann");
        await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Viewer, world.Database.Clock.UtcNow.AddDays(-1));
        var token = await world.InviteAsync("ann@acme.test");

        Assert.True((await world.Answers.AcceptAsync(Actors.Of(ann), token)).Succeeded);

        var grant = await world.Database.ReadAsync(db => db.Grants.SingleAsync(row => row.PrincipalId == ann.Id && row.ProjectId == world.Vision.Id));
        Assert.Equal(("developer", null), (grant.RoleKey, grant.ExpiresUtc));
    }

    [Theory]
    [InlineData(InvitationState.Accepted)]
    [InlineData(InvitationState.Declined)]
    [InlineData(InvitationState.Expired)]
    [InlineData(InvitationState.Cancelled)]
    public async Task Accept_OneThatHasEnded_IsRefusedThoughItsLinkIsKnown(InvitationState state)
    {
        await using var world = await InvitationWorld.CreateAsync();
        var ann = await Given.UserAsync(world.Database, "ann@else.test");
        var token = await world.InviteAsync("ann@else.test");
        await world.Database.ChangeAsync<Invitation>(row => row.Close(state, world.Database.Clock.UtcNow), (await world.StoredAsync("ann@else.test")).Id);

        await RefusesAsync(world, ann, token, new InvitationIsOver(state));
    }

    [DatabaseTheory]
    public async Task Accept_AfterRemovalFromTheOrganization_LetsNobodyBackIn(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var ann = await Given.UserAsync(world.Database, "ann@else.test");
        var (whole, project) = (await world.InviteToOrganizationAsync("ann@else.test"), await world.InviteAsync("ann@else.test"));
        var other = await world.InviteAsync("ben@else.test");
        Assert.True((await world.Database.Get<MemberAddition>().AddAsync(Actors.Of(world.Acme.Owner), world.Acme.Id, new NewMembers("ANN@else.test", "member"))).Succeeded);
        await RefusesAsync(world, ann, whole, new InvitationIsOver(InvitationState.Cancelled));
        Assert.True((await world.Answers.LookAsync(Actors.Anonymous, project)).Succeeded);

        Assert.True((await world.Database.Get<MembersService>().RemoveAsync(Actors.Of(world.Acme.Owner), world.Acme.Id, new MemberRemoval(ann.Id))).Succeeded);

        await RefusesAsync(world, ann, project, new InvitationIsOver(InvitationState.Cancelled));
        Assert.True((await world.Answers.LookAsync(Actors.Anonymous, other)).Succeeded);
        Assert.Equal(2, await world.Database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.InvitationCancelled)));
    }

    [Fact]
    public async Task Accept_WhatOneHasAlready_ChangesNothing()
    {
        await using var world = await InvitationWorld.CreateAsync();
        var ann = await world.Acme.MemberAsync("ann");
        var token = await world.InviteAsync("ann@acme.test");
        await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Viewer);

        await RefusesAsync(world, ann, token, new InvitedIsThereAlready());
    }

    [DatabaseTheory]
    public async Task Decline_ByWhoeverHoldsTheLink_EndsIt(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var ann = await Given.UserAsync(world.Database, "ann@else.test");
        var token = await world.InviteAsync("ann@else.test");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<InvitationForAnother>((await world.Answers.DeclineAsync(Actors.Of(world.Acme.Owner), token)).Error));

        Assert.True((await world.Answers.DeclineAsync(Actors.Anonymous, token)).Succeeded);

        await RefusesAsync(world, ann, token, new InvitationIsOver(InvitationState.Declined));
        Assert.Contains(AuditActions.InvitationDeclined, await world.Database.ReadAsync(db => db.AuditEntries.Select(entry => entry.Action).ToListAsync()));
    }

    [DatabaseTheory]
    public async Task Decline_OfACopiedLink_NeedsTheSessionOfTheAddress(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var ann = await Given.UserAsync(world.Database, "ann@else.test");
        await world.InviteAsync("ann@else.test");
        var copied = (await world.Service.CopyLinkAsync(Actors.Of(world.Manager), world.Place, (await world.StoredAsync("ann@else.test")).Id)).Value;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<InvitationHandedOn>((await world.Answers.DeclineAsync(Actors.Anonymous, copied)).Error);
            Assert.IsType<InvitationForAnother>((await world.Answers.DeclineAsync(Actors.Of(world.Manager), copied)).Error);
        });

        Assert.True((await world.Answers.DeclineAsync(Actors.Of(ann), copied)).Succeeded);
        Assert.Equal(InvitationState.Declined, (await world.StoredAsync("ann@else.test")).State);
    }

    [DatabaseTheory]
    public async Task Accept_TwiceAtOnce_JoinsOnce(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        for (var round = 0; round < Rounds; round++)
        {
            var ann = await Given.UserAsync(world.Database, $"p{round}@else.test");
            await world.Database.AddAsync(Invited(world, ann.Email!, $"token-{round}"));

            var results = await AtOnceAsync(
                async () => (await world.Answers.AcceptAsync(Actors.Of(ann), $"token-{round}")).Error, async () => (await world.Answers.AcceptAsync(Actors.Of(ann), $"token-{round}")).Error);

            Assert.Equal(new InvitationIsOver(InvitationState.Accepted), Assert.Single(results.OfType<Error>()));
        }

        Assert.Equal(Rounds, await world.Database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.InvitationAccepted)));
    }

    [DatabaseTheory]
    public async Task Accept_WhileItIsCancelledDeclinedOrSentAgain_OneHappens(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        for (var round = 0; round < Rounds; round++)
        {
            var ann = await Given.UserAsync(world.Database, $"p{round}@else.test");
            var invitation = Invited(world, ann.Email!, $"token-{round}");
            await world.Database.AddAsync(invitation);
            var manager = Actors.Of(world.Manager);
            Func<Task<Error?>> against = (round % 3) switch
            {
                0 => async () => (await world.Service.CancelAsync(manager, world.Place, invitation.Id)).Error,
                1 => async () => (await world.Answers.DeclineAsync(Actors.Anonymous, $"token-{round}")).Error,
                _ => async () => (await world.Service.CopyLinkAsync(manager, world.Place, invitation.Id)).Error,
            };

            var results = await AtOnceAsync(async () => (await world.Answers.AcceptAsync(Actors.Of(ann), $"token-{round}")).Error, against);

            Assert.Single(results.OfType<Error>());
            var isIn = await world.Database.ReadAsync(db => db.Grants.AnyAsync(grant => grant.PrincipalId == ann.Id));
            var state = await world.Database.ReadAsync(db => db.Invitations.Where(row => row.Id == invitation.Id).Select(row => row.State).SingleAsync());
            Assert.Equal((results[0] is null, results[0] is null), (isIn, state == InvitationState.Accepted));
        }
    }

    private static Invitation Invited(InvitationWorld world, string email, string token)
    {
        var invitation = new Invitation(world.Acme.Id, email, email.ToUpperInvariant(), new InvitationOffer(null, world.Vision.Id, "viewer", null));
        invitation.Send(InvitationToken.Hash(token), world.Manager.Id, world.Manager.Email!, world.Database.Clock.UtcNow);
        return invitation;
    }

    private static async Task<Error?[]> AtOnceAsync(params Func<Task<Error?>>[] acts)
    {
        using var barrier = new Barrier(acts.Length);
        return await Task.WhenAll(acts.Select(act => Task.Run(() =>
        {
            barrier.SignalAndWait();
            return act();
        })));
    }

    private static Task RefusesAsync(InvitationWorld world, User user, string token, Error expected) => Unchanged.AssertNothingWrittenAsync(
        world.Database, async () => Assert.Equal(expected, (await world.Answers.AcceptAsync(Actors.Of(user), token)).Error));
}
