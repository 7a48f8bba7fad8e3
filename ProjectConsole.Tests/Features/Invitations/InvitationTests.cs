using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Invitations;

public sealed class InvitationTests
{
    // Who invites as what: by hand, so that a change of the roles is seen here.
    [Theory]
    [InlineData("viewer", "viewer", false)]
    [InlineData("contributor", "viewer", false)]
    [InlineData("developer", "viewer", false)]
    [InlineData("manager", "viewer", true)]
    [InlineData("manager", "manager", true)]
    [InlineData("manager", "admin", false)]
    [InlineData("admin", "admin", true)]
    public async Task Invite_ToAProject_ByEachRole(string own, string given, bool allowed)
    {
        await using var world = await InvitationWorld.CreateAsync();
        var person = await world.Acme.MemberAsync("person");
        await world.Acme.GrantAsync(world.Vision, person, ProjectRole.Find(own)!);

        var result = await world.Service.InviteAsync(Actors.Of(person), world.Place, new NewInvitations("new@else.test", null, given), InvitationWorld.Site);

        Assert.Equal(allowed, result.Succeeded);
        Assert.Equal(allowed ? 1 : 0, await world.Database.ReadAsync(db => db.Invitations.CountAsync()));
        Assert.True(allowed || result.Error is Forbidden or ExceedsOwn);
    }

    [Theory]
    [InlineData("owner", "owner", true)]
    [InlineData("owner", "member", true)]
    [InlineData("admin", "owner", false)]
    [InlineData("admin", "admin", true)]
    [InlineData("auditor", "member", false)]
    [InlineData("member", "member", false)]
    public async Task Invite_ToTheOrganization_ByEachRole(string own, string given, bool allowed)
    {
        await using var world = await InvitationWorld.CreateAsync();
        var person = await world.Acme.MemberAsync("person", OrganizationRole.Find(own));

        var result = await world.Service.InviteAsync(Actors.Of(person), world.Everywhere, new NewInvitations("new@else.test", given, null), InvitationWorld.Site);

        Assert.Equal(allowed, result.Succeeded);
        Assert.Equal(allowed ? 1 : 0, await world.Database.ReadAsync(db => db.OutgoingMails.CountAsync()));
    }

    [DatabaseTheory]
    public async Task EveryAct_StrangersAndNeighbours_DoesNotExist(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        await world.InviteAsync("new@else.test");
        var id = (await world.StoredAsync("new@else.test")).Id;
        var other = await Given.OrganizationAsync(world.Database, "umbrella");
        var theirs = await other.ProjectAsync("raccoon");
        var speech = await world.Acme.ProjectAsync("speech", (world.Manager, ProjectRole.Manager));
        var stranger = Actors.Of(other.Owner);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await world.Service.InviteAsync(stranger, world.Place, new NewInvitations("x@else.test", null, "viewer"), InvitationWorld.Site)).Error);
            foreach (var (actor, place) in new[] { (stranger, world.Place), (stranger, InvitationPlace.In(other.Scope(theirs))), (Actors.Of(world.Manager), InvitationPlace.In(world.Acme.Scope(speech))) })
            {
                Assert.IsType<NotFound>((await world.Service.ResendAsync(actor, place, id, InvitationWorld.Site)).Error);
                Assert.IsType<NotFound>((await world.Service.CancelAsync(actor, place, id)).Error);
                Assert.IsType<NotFound>((await world.Service.CopyLinkAsync(actor, place, id)).Error);
            }

            Assert.IsType<NotFound>((await world.Database.Get<InvitationListService>().ListAsync(stranger, world.Place, new(null, null, default))).Error);
        });
    }

    [DatabaseTheory]
    public async Task Invite_KnownAndUnknownAddress_SameAnswerAndSameWork(DatabaseKind kind)
    {
        using var statements = new StatementCounter();
        await using var world = await InvitationWorld.CreateAsync(kind);
        statements.Watch(world.Database);
        await Given.UserAsync(world.Database, "known@else.test");
        await Given.UserAsync(world.Database, "unconfirmed@else.test", user => user.EmailConfirmed = false);
        await Given.UserAsync(world.Database, "locked@else.test", user => user.LockedUtc = world.Database.Clock.UtcNow);
        await world.InviteAsync("warm@else.test");
        var seen = new List<(string? Refusal, string Statements)>();
        foreach (var email in new[] { "unknown@else.test", "known@else.test", "unconfirmed@else.test", "locked@else.test" })
        {
            statements.Reset();
            var answer = await world.Service.InviteAsync(Actors.Of(world.Manager), world.Place, new NewInvitations(email, null, "viewer"), InvitationWorld.Site);
            seen.Add((Assert.Single(answer.Value).Refusal?.Message, string.Join(' ', statements.Kinds)));
        }

        Assert.Single(seen.Distinct());
        Assert.Null(seen[0].Refusal);
    }

    [Fact]
    public async Task Invite_MoreAddresses_TakesNoMoreReads()
    {
        using var statements = new StatementCounter();
        await using var world = await InvitationWorld.CreateAsync();
        statements.Watch(world.Database);
        var few = await ReadsAsync("a@else.test");
        var many = await ReadsAsync(string.Join(' ', Enumerable.Range(0, 20).Select(number => $"p{number}@else.test")));

        Assert.Equal(few, many);

        async Task<int> ReadsAsync(string addresses)
        {
            statements.Reset();
            Assert.True((await world.Service.InviteAsync(Actors.Of(world.Manager), world.Place, new NewInvitations(addresses, null, "viewer"), InvitationWorld.Site)).Succeeded);
            return statements.Kinds.Count(kind => kind == "SELECT");
        }
    }

    [Fact]
    public async Task Invite_SeveralAddresses_AnswersALineForEach()
    {
        await using var world = await InvitationWorld.CreateAsync();
        var there = await world.Acme.MemberAsync("there");
        await world.Acme.GrantAsync(world.Vision, there, ProjectRole.Viewer);

        var lines = (await world.Service.InviteAsync(
            Actors.Of(world.Manager), world.Place, new NewInvitations("new@else.test, nonsense, there@acme.test, NEW@else.test", null, "developer"), InvitationWorld.Site)).Value;

        Assert.Equal(["new@else.test", "nonsense", "there@acme.test"], lines.Select(line => line.Email));
        Assert.Null(lines[0].Refusal);
        Assert.IsType<Invalid>(lines[1].Refusal);
        Assert.IsType<CollaboratorAlready>(lines[2].Refusal);
        Assert.Equal(["new@else.test"], await world.Database.ReadAsync(db => db.OutgoingMails.Select(mail => mail.To).ToListAsync()));
    }

    [DatabaseTheory]
    public async Task Invite_Again_SendsTheOneThatIsOpenAgainWithANewLink(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var first = await world.InviteAsync("new@else.test");
        var again = await world.Service.InviteAsync(Actors.Of(world.Manager), world.Place, new NewInvitations("new@else.test", null, "developer"), InvitationWorld.Site);
        Assert.IsType<SentJustNow>(Assert.Single(again.Value).Refusal);
        world.Database.Clock.Advance(InvitationsService.Pace);

        var second = await world.InviteAsync("NEW@else.test".ToLowerInvariant());

        Assert.NotEqual(first, second);
        Assert.Single(await world.Database.ReadAsync(db => db.Invitations.ToListAsync()));
        Assert.IsType<InvitationUnknown>((await world.Answers.LookAsync(Actors.Anonymous, first)).Error);
        Assert.True((await world.Answers.LookAsync(Actors.Anonymous, second)).Succeeded);
    }

    [Fact]
    public async Task Invite_AgainAsSomethingElse_EndsTheFirst()
    {
        await using var world = await InvitationWorld.CreateAsync();
        var first = await world.InviteAsync("new@else.test", "developer");

        await world.InviteAsync("new@else.test", "viewer");

        var stored = await world.Database.ReadAsync(db => db.Invitations.OrderBy(row => row.SentUtc).ThenBy(row => row.State).ToListAsync());
        Assert.Equal([InvitationState.Cancelled, InvitationState.Pending], stored.Select(row => row.State).OrderDescending());
        Assert.IsType<InvitationIsOver>((await world.Answers.LookAsync(Actors.Anonymous, first)).Error);
    }

    [DatabaseTheory]
    public async Task Invite_ToTheProject_LeavesWhatTheOrganizationPromised(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var promised = await world.InviteToOrganizationAsync("new@else.test", "admin", "manager");

        await world.InviteAsync("new@else.test", "viewer");

        Assert.True((await world.Answers.LookAsync(Actors.Anonymous, promised)).Succeeded);
        Assert.Equal(2, await world.Database.ReadAsync(db => db.Invitations.CountAsync(row => row.State == InvitationState.Pending)));
        Assert.Equal(0, await world.Database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.InvitationCancelled)));
        await world.InviteAsync("new@else.test", "developer");
        Assert.Equal(1, await world.Database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.InvitationCancelled)));
    }

    [Fact]
    public async Task Invite_SomebodyWhoseGrantEnded_IsSent()
    {
        await using var world = await InvitationWorld.CreateAsync();
        var ann = await world.Acme.MemberAsync("ann");
        await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Viewer, world.Database.Clock.UtcNow.AddHours(1));
        world.Database.Clock.Advance(TimeSpan.FromHours(1));

        var token = await world.InviteAsync("ann@acme.test");

        Assert.True((await world.Answers.AcceptAsync(Actors.Of(ann), token)).Succeeded);
        Assert.Equal(ProjectRole.Developer, (await world.AccessAsync(ann))!.Role);
        var grant = await world.Database.ReadAsync(db => db.Grants.SingleAsync(row => row.PrincipalId == ann.Id));
        Assert.Equal((null, world.Manager.Id), (grant.ExpiresUtc, grant.GrantedBy));
    }

    [Fact]
    public async Task Invite_ManyAddresses_IsSlowedAndWritesNothing()
    {
        await using var world = await InvitationWorld.CreateAsync();
        var many = string.Join(' ', Enumerable.Range(0, AddressTries.Most).Select(number => $"p{number}@else.test"));
        Assert.True((await world.Service.InviteAsync(Actors.Of(world.Manager), world.Place, new NewInvitations(many, null, "viewer"), InvitationWorld.Site)).Succeeded);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<TooManyInvitations>(
            (await world.Service.InviteAsync(Actors.Of(world.Manager), world.Place, new NewInvitations("one@else.test", null, "viewer"), InvitationWorld.Site)).Error));

        world.Database.Clock.Advance(AddressTries.Window);
        await world.InviteAsync("one@else.test", "viewer");
    }

    [Fact]
    public async Task Invite_ManyAddresses_LeavesTheTriesOfAddingAlone()
    {
        await using var world = await InvitationWorld.CreateAsync(settings: settings => settings with { Joining = Joining.Invitation });
        var many = string.Join(' ', Enumerable.Range(0, AddressTries.Most).Select(number => $"p{number}@else.test"));
        Assert.True((await world.Service.InviteAsync(Actors.Of(world.Acme.Owner), world.Place, new NewInvitations(many, null, "viewer"), InvitationWorld.Site)).Succeeded);

        var tries = world.Database.Get<AddressTries>();
        Assert.False(tries.Take(world.Acme.Owner.Id, AddressUse.Invite, "one@else.test"));
        Assert.True(tries.Take(world.Acme.Owner.Id, AddressUse.Add, "one@else.test"));
    }

    [DatabaseTheory]
    public async Task Preview_OfAnOffer_IsDecidedForNobodyInParticularAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var zoe = await Given.UserAsync(world.Database, "zoe@else.test");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var preview = (await world.Service.PreviewAsync(Actors.Of(world.Acme.Owner), world.Place, new NewInvitations("", null, "admin"), InvitationWorld.Site)).Value;
            Assert.Equal(("vision", ProjectRole.Admin.Permissions), (preview.Project, preview.InProject!.Allowed));
            Assert.Equal(ProjectRole.Admin.Permissions & OrganizationRole.ExternalCeiling, preview.Outside!.Allowed);

            var joining = (await world.Service.PreviewAsync(Actors.Of(world.Acme.Owner), world.Place, new NewInvitations("", "auditor", "admin"), InvitationWorld.Site)).Value;
            Assert.Equal((OrganizationRole.Auditor, null), (joining.OrganizationRole, joining.Outside));
            Assert.True(joining.InProject!.Allowed.IsSubsetOf(OrganizationRole.Auditor.Ceiling));

            Assert.IsType<ExceedsOwn>((await world.Service.PreviewAsync(Actors.Of(world.Manager), world.Place, new NewInvitations("", null, "admin"), InvitationWorld.Site)).Error);
            Assert.IsType<NotFound>((await world.Service.PreviewAsync(Actors.Of(zoe), world.Place, new NewInvitations("", null, "viewer"), InvitationWorld.Site)).Error);
        });
    }

    [DatabaseTheory]
    public async Task Preview_OfWhatSendingRefuses_RefusesItInTheSameWords(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var many = string.Join(' ', Enumerable.Range(0, AddressTries.Most).Select(number => $"p{number}@else.test"));
        Assert.True((await world.Service.InviteAsync(Actors.Of(world.Manager), world.Place, new NewInvitations(many, null, "viewer"), InvitationWorld.Site)).Succeeded);
        var now = world.Database.Clock.UtcNow;
        (Actor Actor, NewInvitations Typed, PublicAddress? Site)[] wrong =
        [
            (Actors.Of(world.Acme.Owner), new("one@else.test", null, null), InvitationWorld.Site),
            (Actors.Of(world.Acme.Owner), new("one@else.test", null, "king"), InvitationWorld.Site),
            (Actors.Of(world.Acme.Owner), new("one@else.test", null, "viewer", now), InvitationWorld.Site),
            (Actors.Of(world.Acme.Owner), new("one@else.test", null, "viewer"), null),
            (Actors.Of(world.Acme.Owner), new(many + " one@else.test", null, "viewer"), InvitationWorld.Site),
            (Actors.Of(world.Manager), new("one@else.test", null, "viewer"), InvitationWorld.Site),
            (Actors.Of(world.Manager), new("one@else.test", null, "admin"), InvitationWorld.Site),
        ];
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var (actor, typed, site) in wrong)
            {
                var sent = (await world.Service.InviteAsync(actor, world.Place, typed, site)).Error;
                Assert.NotNull(sent);
                Assert.Equal(sent.Message, (await world.Service.PreviewAsync(actor, world.Place, typed, site)).Error?.Message);
            }
        });
    }

    [DatabaseTheory]
    public async Task Preview_OfAnOffer_IsWhatWhoeverAcceptsThenHas(DatabaseKind kind)
    {
        await using var world = await InvitationWorld.CreateAsync(kind);
        var (ann, zoe) = (await world.Acme.MemberAsync("ann"), await Given.UserAsync(world.Database, "zoe@else.test"));
        var preview = (await world.Service.PreviewAsync(Actors.Of(world.Acme.Owner), world.Place, new NewInvitations("", null, "admin"), InvitationWorld.Site)).Value;
        foreach (var (user, told) in new[] { (ann, preview.InProject!), (zoe, preview.Outside!) })
        {
            Assert.True((await world.Answers.AcceptAsync(Actors.Of(user), await world.InviteAsync(user.Email!, "admin", world.Acme.Owner))).Succeeded);
            Assert.Equal(told.Allowed, (await world.AccessAsync(user))!.Allowed);
        }
    }

    [Fact]
    public async Task Invite_RightsUntilADate_AreNotPassedOnBeyond()
    {
        await using var world = await InvitationWorld.CreateAsync();
        var person = await world.Acme.MemberAsync("person");
        var ends = world.Database.Clock.UtcNow.AddDays(2);
        await world.Acme.GrantAsync(world.Vision, person, ProjectRole.Manager, ends);

        Assert.Equal(new OutlivesOwn(ends), (await world.Service.InviteAsync(
            Actors.Of(person), world.Place, new NewInvitations("new@else.test", null, "viewer"), InvitationWorld.Site)).Error);
        Assert.True((await world.Service.InviteAsync(
            Actors.Of(person), world.Place, new NewInvitations("new@else.test", null, "viewer", ends.AddHours(-1)), InvitationWorld.Site)).Succeeded);
    }

    [Fact]
    public async Task Invite_CollaboratorInACustomRole_IsToldItsName()
    {
        await using var world = await InvitationWorld.CreateAsync();
        var role = new CustomProjectRole(world.Acme.Id, null, "viewer", world.Database.Clock.UtcNow);
        role.Change("Labeller", "", ProjectRole.Viewer.Permissions);
        await world.Database.AddAsync(role);
        await world.Acme.GrantAsync(world.Vision, await world.Acme.MemberAsync("ann"), role.ToRole());

        var sent = await world.Service.InviteAsync(Actors.Of(world.Manager), world.Place, new NewInvitations("ann@acme.test", null, "viewer"), InvitationWorld.Site);

        Assert.Equal(new CollaboratorAlready("ann@acme.test", "Labeller"), Assert.Single(sent.Value).Refusal);
    }

    [Fact]
    public async Task Stored_NowhereTheToken_OnlyItsHash()
    {
        await using var world = await InvitationWorld.CreateAsync();
        var token = await world.InviteAsync("new@else.test");

        Assert.Equal(22, token.Length);
        var stored = await world.StoredAsync("new@else.test");
        Assert.Equal(64, stored.TokenHash.Length);
        Assert.DoesNotContain(token, stored.TokenHash);
        Assert.All(await world.Database.ReadAsync(db => db.AuditEntries.ToListAsync()), entry => Assert.DoesNotContain(token, $"{entry.Before}{entry.After}{entry.ObjectName}{entry.Reason}"));
    }

    [Fact]
    public async Task Resend_CopyLinkAndCancel_EachEndTheLinkBefore()
    {
        await using var world = await InvitationWorld.CreateAsync();
        var actor = Actors.Of(world.Manager);
        var sent = await world.InviteAsync("new@else.test");
        var id = (await world.StoredAsync("new@else.test")).Id;
        Assert.IsType<SentJustNow>((await world.Service.ResendAsync(actor, world.Place, id, InvitationWorld.Site)).Error);
        world.Database.Clock.Advance(InvitationsService.Pace);

        Assert.True((await world.Service.ResendAsync(actor, world.Place, id, InvitationWorld.Site)).Succeeded);
        var resent = await world.TokenAsync("new@else.test");
        Assert.IsType<InvitationUnknown>((await world.Answers.LookAsync(Actors.Anonymous, sent)).Error);

        var copied = (await world.Service.CopyLinkAsync(actor, world.Place, id)).Value;
        Assert.IsType<InvitationUnknown>((await world.Answers.LookAsync(Actors.Anonymous, resent)).Error);
        Assert.True((await world.Answers.LookAsync(Actors.Anonymous, copied)).Succeeded);

        Assert.True((await world.Service.CancelAsync(actor, world.Place, id)).Succeeded);
        Assert.Equal(new InvitationIsOver(InvitationState.Cancelled), (await world.Answers.LookAsync(Actors.Anonymous, copied)).Error);
        Assert.IsType<InvitationNotPending>((await world.Service.CancelAsync(actor, world.Place, id)).Error);
        Assert.IsType<InvitationNotPending>((await world.Service.ResendAsync(actor, world.Place, id, InvitationWorld.Site)).Error);
        var actions = await world.Database.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
        Assert.Equal([AuditActions.InvitationSent, AuditActions.InvitationSent, AuditActions.InvitationLinkCopied, AuditActions.InvitationCancelled], actions);
    }

    [Fact]
    public async Task List_ForThoseWhoInvite_ShowsStatesAndFiltersByThem()
    {
        await using var world = await InvitationWorld.CreateAsync();
        await world.InviteAsync("old@else.test");
        world.Database.Clock.Advance(Invitation.ValidFor);
        await world.InviteAsync("new@else.test", "viewer");
        var list = world.Database.Get<InvitationListService>();

        var all = (await list.ListAsync(Actors.Of(world.Manager), world.Place, new(null, null, new PageRequest(1, 25)))).Value;
        var expired = (await list.ListAsync(Actors.Of(world.Manager), world.Place, new(InvitationState.Expired, "OLD", new PageRequest(1, 25)))).Value;

        Assert.Equal([("new@else.test", InvitationState.Pending, "Viewer"), ("old@else.test", InvitationState.Expired, "Developer")], all.Rows.Select(row => (row.Email, row.State, row.Role)));
        Assert.Equal("manager@acme.test", all.Rows[0].InvitedByName);
        Assert.Equal("old@else.test", Assert.Single(expired.Rows).Email);
    }
}
