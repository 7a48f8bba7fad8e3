using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.AccessRequests;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.AccessRequests;

public sealed class AccessRequestTests
{
    private static readonly PublicAddress Site = new(new Uri("https://console.acme.test"));
    private static readonly NewAccessRequest Ask = new("developer", "I train the models.");

    [DatabaseTheory]
    public async Task Blind_ProjectThatExistsAndOneThatDoesNot_SameAnswerAndSameWork(DatabaseKind kind)
    {
        using var statements = new StatementCounter();
        await using var world = await World.CreateAsync(kind);
        statements.Watch(world.Database);
        await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", "warm", Ask, Site);
        var seen = new List<(Error?, string)>();
        foreach (var slug in new[] { "vision", "nothing", "gone", "../x" })
        {
            statements.Reset();
            var answer = await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", slug, Ask, Site);
            seen.Add((answer.Error, string.Join(' ', statements.Kinds)));
        }

        Assert.Single(seen.Distinct());
        Assert.Null(seen[0].Item1);
        await world.KeepAsync();
        var found = Assert.Single(await world.Database.ReadAsync(db => db.AccessRequests.Where(row => row.ProjectId != null).ToListAsync()));
        Assert.Equal((world.Vision.Id, world.Ann.Id, "developer"), (found.ProjectId, found.UserId, found.RoleKey));
        Assert.False(await world.Database.ReadAsync(db => db.AccessRequests.AnyAsync(row => row.AwaitsLookup)));
    }

    [DatabaseTheory]
    public async Task Blind_OwnList_ShowsAndWithdrawsOneThatExistsLikeOneThatDoesNot(DatabaseKind kind)
    {
        using var statements = new StatementCounter();
        await using var world = await World.CreateAsync(kind);
        foreach (var slug in new[] { "nothing", "VISION" })
        {
            await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", slug, Ask, Site);
        }

        await world.KeepAsync();
        var own = await world.List.OwnAsync(Actors.Of(world.Ann));
        Assert.Equal(["nothing", "vision"], own.Select(row => row.Project).Order(StringComparer.Ordinal));
        Assert.Single(own.Select(row => row with { Id = Guid.Empty, Project = "", ProjectSlug = "" }).Distinct());
        Assert.Empty(await world.List.OwnAsync(Actors.Of(world.Manager)));

        statements.Watch(world.Database);
        var work = new List<string>();
        foreach (var row in own)
        {
            await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<NotFound>((await world.Service.WithdrawAsync(Actors.Of(world.Manager), row.Id)).Error));
            statements.Reset();
            Assert.True((await world.Service.WithdrawAsync(Actors.Of(world.Ann), row.Id)).Succeeded);
            work.Add(string.Join(' ', statements.Kinds));
        }

        Assert.Single(work.Distinct());
        Assert.All(await world.List.OwnAsync(Actors.Of(world.Ann)), row => Assert.Equal((AccessRequestState.Withdrawn, ""), (row.State, row.AnsweredByName)));
    }

    [DatabaseTheory]
    public async Task Blind_LeftBeforeACrash_IsLookedForByTheNextStart(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        Assert.True((await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", "vision", Ask, Site)).Succeeded);

        await using var restarted = world.Database.OpenNode(services => services.AddAccessRequestsFeature());
        await restarted.Get<BlindRequestKeeper>().FlushAsync();

        Assert.Equal(world.Vision.Id, (await world.Database.ReadAsync(db => db.AccessRequests.SingleAsync())).ProjectId);
        Assert.NotEmpty(await world.MailsAsync());
    }

    [Fact]
    public async Task Blind_AskedAgain_IsOneRequestAndIsLookedForAgain()
    {
        await using var world = await World.CreateAsync();
        foreach (var role in new[] { "viewer", "developer" })
        {
            Assert.True((await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", "later", new NewAccessRequest(role, "why"), Site)).Succeeded);
            await world.KeepAsync();
        }

        Assert.Equal(("developer", null), await world.Database.ReadAsync(db => db.AccessRequests.Select(row => new ValueTuple<string, Guid?>(row.RoleKey, row.ProjectId)).SingleAsync()));
        var later = await world.Acme.ProjectAsync("later");
        await world.KeepAsync();
        Assert.Null((await world.Database.ReadAsync(db => db.AccessRequests.SingleAsync())).ProjectId);
        await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", "later", Ask, Site);
        await world.KeepAsync();
        Assert.Equal(later.Id, (await world.Database.ReadAsync(db => db.AccessRequests.SingleAsync())).ProjectId);
    }

    [DatabaseTheory]
    public async Task Blind_OfSomebodyWhoMayAskNoLonger_IsGivenUpAfterOneLook(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        Assert.True((await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", "vision", Ask, Site)).Succeeded);
        await world.Database.ReadAsync(db => db.Members.Where(member => member.UserId == world.Ann.Id).ExecuteDeleteAsync());

        await world.KeepAsync();

        Assert.Empty(await world.Service.AwaitingLookupAsync(default));
        Assert.Null(await world.Database.ReadAsync(db => db.AccessRequests.Where(row => row.UserId == world.Ann.Id).Select(row => row.ProjectId).SingleAsync()));
        Assert.Empty(await world.Database.ReadAsync(db => db.OutgoingMails.ToListAsync()));
    }

    [Fact]
    public async Task Blind_LeftBeforeARestart_IsMailedWithALinkWhereTheAddressIsSet()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        Assert.True((await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", "vision", Ask, Site)).Succeeded);
        await using var restarted = world.Database.OpenNode(services => services.AddAccessRequestsFeature()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new(PublicAddress.Setting, "https://console.test/")]).Build()));
        await restarted.Get<BlindRequestKeeper>().FlushAsync();
        Assert.Contains("https://console.test/organizations/acme", (await world.Database.ReadAsync(db => db.OutgoingMails.FirstAsync())).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blind_WhatDoesNotExist_IsToldToNobody()
    {
        await using var world = await World.CreateAsync();
        Assert.True((await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", "nothing", Ask, Site)).Succeeded);
        await world.KeepAsync();
        Assert.Empty(await world.MailsAsync());
        Assert.False(await world.Database.ReadAsync(db => db.AuditEntries.AnyAsync(entry => entry.Action == AuditActions.AccessRequested && entry.ProjectId != null)));
    }

    [Fact]
    public async Task Blind_NoMember_DoesNotExist()
    {
        await using var world = await World.CreateAsync();
        var stranger = await Given.UserAsync(world.Database, "zoe@else.test");
        var external = await Given.UserAsync(world.Database, "external@else.test");
        await world.Acme.GrantAsync(await world.Acme.ProjectAsync("speech"), external, ProjectRole.Viewer);

        foreach (var user in new[] { stranger, external })
        {
            Assert.IsType<NotFound>((await world.Service.AskBlindAsync(Actors.Of(user), "acme", "vision", Ask, Site)).Error);
            Assert.IsType<NotFound>((await world.Service.AskAsync(Actors.Of(user), world.Scope, Ask, Site)).Error);
        }

        Assert.IsType<NotFound>((await world.Service.AskBlindAsync(Actors.Of(stranger), "nowhere", "vision", Ask, Site)).Error);
    }

    [Fact]
    public async Task Blind_AgainAndAgain_IsSlowed()
    {
        await using var world = await World.CreateAsync();
        for (var count = 0; count < BlindRequests.Most; count++)
        {
            Assert.True((await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", $"p{count}", Ask, Site)).Succeeded);
        }

        Assert.IsType<TooManyRequests>((await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", "vision", Ask, Site)).Error);
        world.Database.Clock.Advance(BlindRequests.Window);
        Assert.True((await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", "vision", Ask, Site)).Succeeded);
    }

    [Theory]
    [InlineData("developer", "", null, "Reason")]
    [InlineData("", "why", null, "Role")]
    [InlineData("nonsense", "why", null, "Role")]
    [InlineData("developer", "why", 0, "Hours")]
    [InlineData("developer", "why", 9000, "Hours")]
    public async Task Blind_BadInput_NamesTheField(string role, string reason, int? hours, string field)
    {
        await using var world = await World.CreateAsync();
        var answer = await world.Service.AskBlindAsync(Actors.Of(world.Ann), "acme", "vision", new NewAccessRequest(role, reason, hours), Site);
        Assert.NotNull(Assert.IsType<Invalid>(answer.Error).For(field));
    }

    [DatabaseTheory]
    public async Task Ask_Twice_LeavesOneWithTheLaterWords(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.AskAsync("developer");
        await world.AskAsync("manager", hours: 2);

        var kept = Assert.Single(await world.Database.ReadAsync(db => db.AccessRequests.ToListAsync()));
        Assert.Equal(("manager", 2), (kept.RoleKey, kept.Hours));
    }

    [Fact]
    public async Task Ask_WhatOneHolds_IsRefused()
    {
        await using var world = await World.CreateAsync();
        await world.Acme.GrantAsync(world.Vision, world.Ann, ProjectRole.Developer);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.Equal(new HeldAlready("Developer"), (await world.Service.AskAsync(Actors.Of(world.Ann), world.Scope, Ask, Site)).Error));
    }

    // Who answers: by hand.
    [Theory]
    [InlineData("viewer", false)]
    [InlineData("contributor", false)]
    [InlineData("developer", false)]
    [InlineData("manager", true)]
    [InlineData("admin", true)]
    public async Task Answer_ByEachRole(string own, bool allowed)
    {
        await using var world = await World.CreateAsync();
        var id = await world.AskAsync("developer");
        var person = await world.Acme.MemberAsync("person");
        await world.Acme.GrantAsync(world.Vision, person, ProjectRole.Find(own)!);

        Assert.Equal(allowed, (await world.Answers.GrantAsync(Actors.Of(person), world.Scope, id, new("developer", null, ""))).Succeeded);
        Assert.Equal(allowed, await world.IsInAsync());
        Assert.Equal(allowed, (await world.List.ListAsync(Actors.Of(person), world.Scope, null, default)).Succeeded);
    }

    [DatabaseTheory]
    public async Task Answer_WhatNobodyMay_IsRefusedAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = await world.AskAsync("manager", hours: 4);
        var own = await world.AskOfManagerAsync();
        var other = await Given.OrganizationAsync(world.Database, "umbrella");
        var speech = await world.Acme.ProjectAsync("speech", (world.Manager, ProjectRole.Manager));
        var manager = Actors.Of(world.Manager);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await world.Answers.GrantAsync(Actors.Of(other.Owner), world.Scope, id, new("viewer", 1, ""))).Error);
            Assert.IsType<NotFound>((await world.Answers.GrantAsync(manager, world.Acme.Scope(speech), id, new("viewer", 1, ""))).Error);
            Assert.IsType<NotFound>((await world.Answers.DeclineAsync(manager, world.Acme.Scope(speech), id, "")).Error);
            Assert.IsType<OwnRequest>((await world.Answers.GrantAsync(manager, world.Scope, own, new("admin", null, ""))).Error);
            Assert.IsType<OwnRequest>((await world.Answers.DeclineAsync(manager, world.Scope, own, "")).Error);
            Assert.IsType<MoreThanAsked>((await world.Answers.GrantAsync(manager, world.Scope, id, new("manager", null, ""))).Error);
            Assert.IsType<MoreThanAsked>((await world.Answers.GrantAsync(manager, world.Scope, id, new("manager", 5, ""))).Error);
            Assert.IsType<MoreThanAsked>((await world.Answers.GrantAsync(manager, world.Scope, id, new("admin", 4, ""))).Error);
            Assert.IsType<RequestedRoleIsGone>((await world.Answers.GrantAsync(manager, world.Scope, id, new("vanished", 4, ""))).Error);
            Assert.True((await world.Answers.GrantAsync(Actors.Previewing(world.Manager), world.Scope, id, new("viewer", 1, ""))).Succeeded);
        });
    }

    // Whoever asks and whoever answers are two persons, by whatever path either holds the right to answer.
    [DatabaseTheory]
    public async Task Answer_OnesOwnByARightFromATeamOrTheOrganization_IsRefused(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = await world.AskAsync("developer");
        await world.Acme.GrantAsync(world.Vision, await world.Acme.TeamAsync("chiefs", world.Ann), ProjectRole.Admin);
        await RefusesAsync();
        await using (var db = world.Database.Open())
        {
            (await db.Members.SingleAsync(member => member.UserId == world.Ann.Id)).ChangeRole(OrganizationRole.Owner);
            await db.SaveChangesAsync();
        }

        await RefusesAsync();
        Assert.True((await world.Answers.DeclineAsync(Actors.Of(world.Manager), world.Scope, id, "")).Succeeded);

        Task RefusesAsync() => Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<OwnRequest>((await world.Answers.GrantAsync(Actors.Of(world.Ann), world.Scope, id, new("developer", null, ""))).Error);
            Assert.IsType<OwnRequest>((await world.Answers.DeclineAsync(Actors.Of(world.Ann), world.Scope, id, "")).Error);
        });
    }

    [Fact]
    public async Task Answer_MoreThanTheAnswererHolds_IsRefused()
    {
        await using var world = await World.CreateAsync();
        var id = await world.AskAsync("admin");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<ExceedsOwn>((await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, id, new("admin", null, ""))).Error));
        Assert.True((await world.Answers.GrantAsync(Actors.Of(world.Acme.Owner), world.Scope, id, new("admin", null, ""))).Succeeded);
    }

    [DatabaseTheory]
    public async Task Grant_PersonWhoLeft_IsRefused(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = await world.AskAsync("developer");
        await world.Database.ChangeAsync<User>(user => user.LockedUtc = world.Database.Clock.UtcNow, world.Ann.Id);
        await RefusesAsync();
        await world.Database.ChangeAsync<User>(user => user.LockedUtc = null, world.Ann.Id);
        await using (var db = world.Database.Open())
        {
            await db.Members.Where(member => member.UserId == world.Ann.Id).ExecuteDeleteAsync();
        }

        await RefusesAsync();
        Assert.True((await world.Answers.DeclineAsync(Actors.Of(world.Manager), world.Scope, id, "You left.")).Succeeded);

        Task RefusesAsync() => Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<RequesterIsGone>((await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, id, new("developer", null, ""))).Error));
    }

    [DatabaseTheory]
    public async Task Grant_WithALength_EndsByItself(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = await world.AskAsync("developer", hours: 2);

        Assert.True((await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, id, new("developer", 1, "For the release."))).Succeeded);

        Assert.True(await world.IsInAsync());
        var grant = await world.Database.ReadAsync(db => db.Grants.SingleAsync(row => row.PrincipalId == world.Ann.Id));
        Assert.Equal((false, (DateTime?)world.Database.Clock.UtcNow.AddHours(1)), (grant.IsUpgrade, grant.ExpiresUtc));
        world.Database.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await world.IsInAsync());
        var mail = await world.Database.ReadAsync(db => db.OutgoingMails.SingleAsync(row => row.To == "ann@acme.test"));
        Assert.Contains("For the release.", mail.Body);
        var (kept, _) = await world.StoredAsync(id);
        Assert.Equal((AccessRequestState.Granted, "manager@acme.test"), (kept.State, kept.AnsweredByName));
    }

    [Fact]
    public async Task Grant_WithALengthBesideAStandingRole_IsAnUpgradeThatFallsBack()
    {
        await using var world = await World.CreateAsync();
        await world.Acme.GrantAsync(world.Vision, world.Ann, ProjectRole.Viewer);
        var id = await world.AskAsync("developer", hours: 2);

        Assert.True((await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, id, new("developer", 2, ""))).Succeeded);

        Assert.Equal(ProjectRole.Developer, await world.RoleAsync());
        world.Database.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(ProjectRole.Viewer, await world.RoleAsync());
    }

    [Fact]
    public async Task Grant_WithoutALengthBesideAStandingRole_ChangesIt()
    {
        await using var world = await World.CreateAsync();
        await world.Acme.GrantAsync(world.Vision, world.Ann, ProjectRole.Viewer);
        var id = await world.AskAsync("manager");

        Assert.True((await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, id, new("developer", null, ""))).Succeeded);

        Assert.Equal("developer", (await world.Database.ReadAsync(db => db.Grants.SingleAsync(row => row.PrincipalId == world.Ann.Id))).RoleKey);
    }

    [Fact]
    public async Task Grant_InATeamThatIsACollaborator_PassesForATimeOnly()
    {
        await using var world = await World.CreateAsync();
        var team = new Team(world.Acme.Id, "core", "core", "", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(team, Principal.OfTeam(team.Id, world.Ann.Id, world.Database.Clock.UtcNow));
        await world.Database.AddAsync(Grant.OnProject(world.Acme.Id, world.Vision.Id, team.Id, ProjectRole.Viewer, world.Acme.Owner.Id, "", world.Database.Clock.UtcNow));
        var id = await world.AskAsync("developer");

        Assert.Equal(new InThroughTeam("ann@acme.test", "core"), (await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, id, new("developer", null, ""))).Error);
        Assert.True((await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, id, new("developer", 3, ""))).Succeeded);
        Assert.True((await world.Database.ReadAsync(db => db.Grants.SingleAsync(row => row.PrincipalId == world.Ann.Id))).IsUpgrade);
        var entry = await world.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.ObjectId == world.Ann.Id && row.Action == AuditActions.CollaboratorRaised));
        Assert.Contains("\"isUpgrade\":true", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grant_BesideAnEndedRole_KeepsToTheTeam_AndGivesTheRowAnewOtherwise()
    {
        await using var world = await World.CreateAsync();
        var now = world.Database.Clock.UtcNow;
        var team = new Team(world.Acme.Id, "core", "core", "", now);
        await world.Database.AddAsync(team, Principal.OfTeam(team.Id, world.Ann.Id, now));
        var shared = Grant.OnProject(world.Acme.Id, world.Vision.Id, team.Id, ProjectRole.Viewer, world.Acme.Owner.Id, "", now).With(now.AddDays(2));
        await world.Database.AddAsync(shared, Grant.OnProject(world.Acme.Id, world.Vision.Id, world.Ann.Id, ProjectRole.Viewer, world.Acme.Owner.Id, "", now).With(now.AddDays(1)));
        world.Database.Clock.Advance(TimeSpan.FromDays(1));
        var id = await world.AskAsync("developer");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            new InThroughTeam("ann@acme.test", "core"), (await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, id, new("developer", null, ""))).Error));
        // A team whose own grant is over, or that is only raised, lets nobody in for good.
        world.Database.Clock.Advance(TimeSpan.FromDays(1));
        await world.Database.AddAsync(
            Grant.OnProject(world.Acme.Id, world.Vision.Id, team.Id, ProjectRole.Viewer, world.Acme.Owner.Id, "", now).AsUpgrade(now.AddDays(9)));
        Assert.True((await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, id, new("developer", null, ""))).Succeeded);
        var grant = await world.Database.ReadAsync(db => db.Grants.SingleAsync(row => row.PrincipalId == world.Ann.Id));
        Assert.Equal(("developer", null, false), (grant.RoleKey, grant.ExpiresUtc, grant.IsUpgrade));
    }

    [Fact]
    public async Task Grant_ByWhoeverHoldsItForATime_SaysUntilWhen()
    {
        await using var world = await World.CreateAsync();
        var ends = world.Database.Clock.UtcNow.AddHours(5);
        var bob = await world.Acme.MemberAsync("bob");
        await world.Acme.GrantAsync(world.Vision, bob, ProjectRole.Manager, ends);
        var id = await world.AskAsync("developer");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.Equal(new OutlivesOwn(ends), (await world.Answers.GrantAsync(Actors.Of(bob), world.Scope, id, new("developer", null, ""))).Error));
        Assert.True((await world.Answers.GrantAsync(Actors.Of(bob), world.Scope, id, new("developer", 4, ""))).Succeeded);
    }

    [Fact]
    public async Task Own_RequestForWhatOneDoesNotSee_IsListedUnderItsIdAndWithTheAnswer()
    {
        await using var world = await World.CreateAsync();
        var id = await world.AskAsync("developer");
        Assert.Equal((AccessRequestState.Pending, "vision"), (await world.List.OwnAsync(Actors.Of(world.Ann))).Select(row => (row.State, row.Project)).Single());

        await world.Answers.DeclineAsync(Actors.Of(world.Manager), world.Scope, id, "Not now.");

        var own = Assert.Single(await world.List.OwnAsync(Actors.Of(world.Ann)));
        Assert.Equal((AccessRequestState.Declined, "Not now.", "vision"), (own.State, own.Answer, own.Project));
        Assert.Empty(await world.List.OwnAsync(Actors.Of(world.Manager)));
    }

    [Fact]
    public async Task Withdraw_OnesOwn_EndsIt()
    {
        await using var world = await World.CreateAsync();
        await world.Acme.GrantAsync(world.Vision, world.Ann, ProjectRole.Viewer);
        var id = await world.AskAsync("developer");
        Assert.IsType<NotFound>((await world.Service.WithdrawAsync(Actors.Of(world.Manager), id)).Error);

        Assert.True((await world.Service.WithdrawAsync(Actors.Of(world.Ann), id)).Succeeded);

        Assert.IsType<RequestNotPending>((await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, id, new("developer", null, ""))).Error);
    }

    [Fact]
    public async Task Ask_SeveralPeople_MakesOneMailAQuarterOfAnHour()
    {
        await using var world = await World.CreateAsync();
        await world.AskAsync("developer");
        var ben = await world.Acme.MemberAsync("ben");
        await world.AskAsync("viewer", by: ben);
        var waiting = await world.MailsAsync();
        Assert.Equal(["manager@acme.test", "owner@acme.test"], waiting.Select(mail => mail.To).Order());
        Assert.All(waiting, mail => Assert.True(mail.Body.Contains("ann@acme.test", StringComparison.Ordinal) && mail.Body.Contains("ben@acme.test", StringComparison.Ordinal)));
        Assert.Contains("https://console.acme.test/organizations/acme/projects/vision/settings/collaborators/requests", waiting[0].Body);

        foreach (var mail in waiting)
        {
            await world.Database.ChangeAsync<OutgoingMail>(row => row.Sent(world.Database.Clock.UtcNow), mail.Id);
        }

        var eve = await world.Acme.MemberAsync("eve");
        await world.AskAsync("viewer", by: eve);
        var next = (await world.MailsAsync()).Where(mail => mail.NextUtc is not null).ToList();
        Assert.Equal(2, next.Count);
        Assert.All(next, mail => Assert.Equal(world.Database.Clock.UtcNow + AccessRequestMails.Window, mail.NextUtc));
    }

    [Fact]
    public async Task Ask_WhileAMailWaits_GoesToThoseWhoMayAnswerNow()
    {
        await using var world = await World.CreateAsync();
        await world.AskAsync("developer");
        Assert.Equal(["manager@acme.test", "owner@acme.test"], (await world.MailsAsync()).Select(mail => mail.To).Order());
        await using (var db = world.Database.Open())
        {
            await db.Grants.Where(grant => grant.PrincipalId == world.Manager.Id).ExecuteDeleteAsync();
        }

        var next = await world.Acme.MemberAsync("next");
        await world.Acme.GrantAsync(world.Vision, next, ProjectRole.Manager);
        var ben = await world.Acme.MemberAsync("ben");
        await world.AskAsync("viewer", by: ben);

        var waiting = await world.MailsAsync();
        Assert.Equal(["next@acme.test", "owner@acme.test"], waiting.Select(mail => mail.To).Order());
        Assert.All(waiting, mail => Assert.Contains("ben@acme.test", mail.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ask_ByOneWhoMayAnswerOthers_KeepsTheMailAboutThem()
    {
        await using var world = await World.CreateAsync();
        await world.AskAsync("developer");

        await world.AskOfManagerAsync();

        var mail = Assert.Single(await world.MailsAsync(), mail => mail.To == "manager@acme.test");
        Assert.Contains("ann@acme.test", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("To delete it.", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_AgainAndAgain_IsSlowedLikeAskingBlindly()
    {
        await using var world = await World.CreateAsync();
        for (var count = 0; count < BlindRequests.Most; count++)
        {
            Assert.True((await world.Service.AskAsync(Actors.Of(world.Manager), world.Scope, new NewAccessRequest("admin", $"{count}"), Site)).Succeeded);
        }

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<TooManyRequests>(
            (await world.Service.AskAsync(Actors.Of(world.Manager), world.Scope, new NewAccessRequest("admin", "again"), Site)).Error));
    }

    [Theory]
    [InlineData(false, "vision", "Retinas")]
    [InlineData(true, "Retinas", null)]
    public async Task Decline_Mail_NamesTheProjectToThoseWhoSeeItAlone(bool sees, string named, string? hidden)
    {
        await using var world = await World.CreateAsync();
        await world.Acme.ChangeAsync(world.Vision, project => project.Change(ProjectDetails.Named("Retinas")));
        if (sees)
        {
            await world.Acme.GrantAsync(world.Vision, world.Ann, ProjectRole.Viewer);
        }

        var id = await world.AskAsync("developer");
        Assert.True((await world.Answers.DeclineAsync(Actors.Of(world.Manager), world.Scope, id, "")).Succeeded);

        var mail = Assert.Single(await world.MailsAsync(), mail => mail.To == "ann@acme.test");
        Assert.Contains(named, mail.Subject + mail.Body, StringComparison.Ordinal);
        Assert.True(hidden is null || !(mail.Subject + mail.Body).Contains(hidden, StringComparison.Ordinal));
    }

    [DatabaseTheory]
    public async Task Withdraw_ByOneWhoDoesNotSeeTheProject_EndsIt(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = await world.AskAsync("developer");

        Assert.True((await world.Service.WithdrawAsync(Actors.Of(world.Ann), id)).Succeeded);

        Assert.Equal(AccessRequestState.Withdrawn, (await world.StoredAsync(id)).Request.State);
        Assert.Equal(world.Vision.Id, await world.Database.ReadAsync(db =>
            db.AuditEntries.Where(entry => entry.Action == AuditActions.AccessRequestWithdrawn).Select(entry => entry.ProjectId).SingleAsync()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public async Task Grant_ToSomebodyWhoseGrantEnded_TakesTheRowUpAgain(int? hours)
    {
        await using var world = await World.CreateAsync();
        await world.EndedGrantAsync();
        var id = await world.AskAsync("developer");

        Assert.True((await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, id, new("developer", hours, ""))).Succeeded);

        var grant = await world.Database.ReadAsync(db => db.Grants.SingleAsync(row => row.PrincipalId == world.Ann.Id));
        Assert.Equal(("developer", false, hours is null ? null : world.Database.Clock.UtcNow.AddHours(2) as DateTime?), (grant.RoleKey, grant.IsUpgrade, grant.ExpiresUtc));
    }

    [Fact]
    public async Task Grant_ToSomebodyWhoseGrantEndedInATeam_HoldsTheRuleOfTeams()
    {
        await using var world = await World.CreateAsync();
        await world.EndedGrantAsync();
        var team = new Team(world.Acme.Id, "core", "core", "", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(team, Principal.OfTeam(team.Id, world.Ann.Id, world.Database.Clock.UtcNow));
        await world.Database.AddAsync(Grant.OnProject(world.Acme.Id, world.Vision.Id, team.Id, ProjectRole.Viewer, world.Acme.Owner.Id, "", world.Database.Clock.UtcNow));
        var id = await world.AskAsync("developer");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            new InThroughTeam("ann@acme.test", "core"), (await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, id, new("developer", null, ""))).Error));
    }

    [DatabaseTheory]
    public async Task Answer_TwiceAtOnce_HappensOnce(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        for (var round = 0; round < 200; round++)
        {
            var person = await world.Acme.MemberAsync($"p{round}");
            var request = new AccessRequest(world.Acme.Id, world.Vision.Id, person.Id, person.Email!, new AccessAsk("viewer", "why", null), world.Database.Clock.UtcNow);
            await world.Database.AddAsync(request);
            using var barrier = new Barrier(2);
            var grant = Task.Run(async () =>
            {
                barrier.SignalAndWait();
                return (await world.Answers.GrantAsync(Actors.Of(world.Manager), world.Scope, request.Id, new("viewer", null, ""))).Error;
            });
            var other = Task.Run(async () =>
            {
                barrier.SignalAndWait();
                return round % 2 == 0
                    ? (await world.Answers.DeclineAsync(Actors.Of(world.Acme.Owner), world.Scope, request.Id, "")).Error
                    : (await world.Answers.GrantAsync(Actors.Of(world.Acme.Owner), world.Scope, request.Id, new("viewer", null, ""))).Error;
            });

            Assert.IsType<RequestNotPending>(Assert.Single((await Task.WhenAll(grant, other)).OfType<Error>()));
            var (kept, grants) = await world.StoredAsync(request.Id);
            Assert.Equal(kept.State == AccessRequestState.Granted ? 1 : 0, grants);
        }
    }

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Vision, User Manager, User Ann) : IAsyncDisposable
    {
        public AccessRequestsService Service => Database.Get<AccessRequestsService>();

        public AccessRequestAnswers Answers => Database.Get<AccessRequestAnswers>();

        public AccessRequestListService List => Database.Get<AccessRequestListService>();

        public ProjectScope Scope => Acme.Scope(Vision);

        public static async Task<World> CreateAsync(DatabaseKind kind = DatabaseKind.Sqlite)
        {
            var database = await TestDatabase.CreateAsync(kind, services => services.AddAccessRequestsFeature());
            var acme = await Given.OrganizationAsync(database);
            var manager = await acme.MemberAsync("manager");
            var vision = await acme.ProjectAsync("vision", (manager, ProjectRole.Manager));
            var gone = await acme.ProjectAsync("gone");
            await acme.ChangeAsync(gone, project => project.Delete(database.Clock.UtcNow));
            return new World(database, acme, vision, manager, await acme.MemberAsync("ann"));
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        public async Task EndedGrantAsync()
        {
            await Acme.GrantAsync(Vision, Ann, ProjectRole.Viewer, Database.Clock.UtcNow.AddHours(1));
            Database.Clock.Advance(TimeSpan.FromHours(1));
        }

        public Task KeepAsync() => Database.Get<BlindRequestKeeper>().FlushAsync();

        public async Task<Guid> AskAsync(string role, int? hours = null, User? by = null)
        {
            var user = by ?? Ann;
            Assert.True((await Service.AskBlindAsync(Actors.Of(user), "acme", "vision", new NewAccessRequest(role, "I train the models.", hours), Site)).Succeeded);
            await KeepAsync();
            return await Database.ReadAsync(db => db.AccessRequests.Where(row => row.UserId == user.Id).Select(row => row.Id).SingleAsync());
        }

        public async Task<Guid> AskOfManagerAsync()
        {
            Assert.True((await Service.AskAsync(Actors.Of(Manager), Scope, new NewAccessRequest("admin", "To delete it."), Site)).Succeeded);
            return await Database.ReadAsync(db => db.AccessRequests.Where(row => row.UserId == Manager.Id).Select(row => row.Id).SingleAsync());
        }

        public async Task<ProjectRole?> RoleAsync() => (await Database.Get<AccessControl>().InProjectAsync(Actors.Of(Ann), Scope))?.Access.Role;

        public async Task<bool> IsInAsync() => await RoleAsync() is not null;

        public Task<List<OutgoingMail>> MailsAsync() => Database.ReadAsync(db => db.OutgoingMails.OrderBy(mail => mail.Id).ToListAsync());

        public async Task<(AccessRequest Request, int Grants)> StoredAsync(Guid id)
        {
            await using var db = Database.Open();
            var request = await db.AccessRequests.AsNoTracking().SingleAsync(row => row.Id == id);
            return (request, await db.Grants.CountAsync(grant => grant.PrincipalId == request.UserId && grant.ProjectId == request.ProjectId));
        }
    }
}
