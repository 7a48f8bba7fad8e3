#pragma warning disable xUnit1012 // The first parameter is the database, which the analyzer does not count: the null is a Type.
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Reviews;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Reviews;

public sealed class ReviewTests
{
    [DatabaseTheory]
    [InlineData("viewer", typeof(Forbidden))]
    [InlineData("developer", typeof(Forbidden))]
    [InlineData("manager", null)]
    [InlineData("owner", null)]
    [InlineData("stranger", typeof(NotFound))]
    public async Task Start_ByRole_OnlyWhoMayRemoveCan(DatabaseKind kind, string who, Type? refusal)
    {
        await using var world = await World.CreateAsync(kind);
        if (refusal is null)
        {
            var id = (await world.StartAsync(who)).Value;
            Assert.Equal(5, await world.Database.ReadAsync(db => db.AccessReviewRows.CountAsync(row => row.ReviewId == id)));
            Assert.IsType<ReviewRunsAlready>((await world.StartAsync(who)).Error);
            return;
        }

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType(refusal, (await world.StartAsync(who)).Error));
    }

    [DatabaseTheory]
    public async Task Start_RemovingAtTheEndMoreThanOneHolds_IsRefused(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<ExceedsOwn>((await world.StartAsync("manager", UnansweredRows.Remove)).Error));
        Assert.True((await world.StartAsync("admin", UnansweredRows.Remove)).Succeeded);
    }

    [DatabaseTheory]
    public async Task Start_DueWithinMinutes_IsRefused(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<Invalid>(
            (await world.Reviews.StartAsync(world.Actor("admin"), world.Scope, new NewReview(world.Database.Clock.UtcNow.AddMinutes(5), UnansweredRows.Remove))).Error));
    }

    [DatabaseTheory]
    public async Task Answer_KeepOfOnesOwnRow_IsRefused(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = (await world.StartAsync("admin")).Value;

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<ReviewsOwnRow>((await world.AnswerAsync("manager", id, "manager", ReviewAnswer.Keep)).Error));
    }

    [DatabaseTheory]
    public async Task Answer_KeepReduceRemove_TakesEffectAtOnceAndIsKept(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = (await world.StartAsync("manager")).Value;
        Assert.True((await world.AnswerAsync("manager", id, "viewer", ReviewAnswer.Keep)).Succeeded);
        Assert.True((await world.AnswerAsync("manager", id, "developer", ReviewAnswer.Reduce, "viewer")).Succeeded);
        Assert.IsType<NotSmaller>((await world.AnswerAsync("manager", id, "viewer", ReviewAnswer.Reduce, "developer")).Error);
        Assert.True((await world.AnswerAsync("manager", id, "viewer", ReviewAnswer.Remove)).Succeeded);
        Assert.IsType<ExceedsOwn>((await world.AnswerAsync("manager", id, "admin", ReviewAnswer.Remove)).Error);

        Assert.Equal("viewer", await world.RoleOfAsync("developer"));
        Assert.Null(await world.RoleOfAsync("viewer"));
        var rows = (await world.Lists.OpenAsync(world.Actor("viewer2"), world.Scope, id, new PageRequest(1, 25))).Value.Rows.Rows.ToDictionary(row => row.Name);
        Assert.Equal((ReviewAnswer.Reduce, "Viewer", "manager@acme.test"), (rows["developer@acme.test"].Answer, rows["developer@acme.test"].NewRole, rows["developer@acme.test"].AnsweredByName));
        Assert.Equal((ReviewAnswer.Remove, ReviewAnswer.None), (rows["viewer@acme.test"].Answer, rows["admin@acme.test"].Answer));
    }

    [DatabaseTheory]
    public async Task Answer_Previewed_SaysWhatThenHappensAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = (await world.StartAsync("manager")).Value;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var preview = (await world.Reviews.AnswerAsync(
                world.Actor("manager") with { DryRun = true }, world.Scope, id, new ReviewDecision(world["developer"].Id, ReviewAnswer.Remove))).Value;
            Assert.Equal(ProjectRole.Developer.Permissions, Assert.Single(Assert.Single(preview.People).Projects).Loses);
        });
    }

    [DatabaseTheory]
    public async Task Reviews_OfANeighbour_AreNotFound(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = (await world.StartAsync("manager")).Value;
        var other = await Given.OrganizationAsync(world.Database, "other");
        var theirs = await other.ProjectAsync("theirs");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var decision = new ReviewDecision(world["viewer"].Id, ReviewAnswer.Remove);
            foreach (var scope in new[] { world.Scope, other.Scope(theirs), new ProjectScope(other.Id, world.Vision.Id) })
            {
                Assert.IsType<NotFound>((await world.Reviews.AnswerAsync(Actors.Of(other.Owner), scope, id, decision)).Error);
                Assert.IsType<NotFound>((await world.Reviews.CloseAsync(Actors.Of(other.Owner), scope, id)).Error);
                Assert.IsType<NotFound>((await world.Lists.OpenAsync(Actors.Of(other.Owner), scope, id, new PageRequest(1, 25))).Error);
                Assert.IsType<NotFound>((await world.Lists.ExportAsync(Actors.Of(other.Owner), scope, id)).Error);
            }

            Assert.IsType<Forbidden>((await world.Reviews.AnswerAsync(world.Actor("viewer"), world.Scope, id, decision)).Error);
        });
    }

    [DatabaseTheory]
    public async Task Pass_AtTheDate_RemovesTheUnansweredButNeverTheLastAdmin_AndRunsTwiceAsOnce(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = (await world.StartAsync("admin", UnansweredRows.Remove)).Value;
        Assert.True((await world.AnswerAsync("manager", id, "developer", ReviewAnswer.Keep)).Succeeded);
        world.Database.Clock.Advance(TimeSpan.FromDays(10) - TimeSpan.FromSeconds(1));
        await world.Pass.RunAsync(default);
        Assert.Equal("viewer", await world.RoleOfAsync("viewer"));

        world.Database.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Pass.RunAsync(default);
        Assert.Equal((null, "developer", "admin", null), (await world.RoleOfAsync("viewer"), await world.RoleOfAsync("developer"), await world.RoleOfAsync("admin"), await world.RoleOfAsync("manager")));
        var detail = (await world.Lists.OpenAsync(Actors.Of(world.Acme.Owner), world.Scope, id, new PageRequest(1, 25))).Value;
        Assert.Equal("system", detail.Head.ClosedByName);
        var admin = detail.Rows.Rows.Single(row => row.Name == "admin@acme.test");
        Assert.Equal(ReviewAnswer.Keep, admin.Answer);
        Assert.Contains("would be left without an Admin", admin.Note, StringComparison.Ordinal);
        await Unchanged.AssertNothingWrittenAsync(world.Database, () => world.Pass.RunAsync(default));
        Assert.IsType<ReviewIsClosed>((await world.AnswerAsync("owner", id, "developer", ReviewAnswer.Remove)).Error);
    }

    [DatabaseTheory]
    public async Task Pass_ThreeDaysBefore_RemindsTheAdminsOnce(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.StartAsync("manager");
        await world.Pass.RunAsync(default);
        Assert.Empty(await world.MailsAsync());
        world.Database.Clock.Advance(TimeSpan.FromDays(7));
        await Task.WhenAll(world.Pass.RunAsync(default), world.Pass.RunAsync(default));
        await world.Pass.RunAsync(default);
        Assert.Equal(["admin@acme.test: 5 collaborators of vision to review"], await world.MailsAsync());
    }

    [DatabaseTheory]
    public async Task Expiry_AWeekAhead_IsToldOnceToThePersonAndTheAdmins_AndAgainAfterAChange(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var ends = world.Database.Clock.UtcNow.AddDays(8);
        var (ann, bob) = (await world.Acme.MemberAsync("ann"), await world.Acme.MemberAsync("bob"));
        var grant = await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Viewer, ends);
        await world.Acme.GrantAsync(world.Vision, bob, ProjectRole.Viewer, ends.AddDays(-4));
        await world.Expiries.RunAsync(default);
        Assert.Equal(["admin@acme.test: 1 grant ends soon in vision", "bob@acme.test: Your access to vision ends on "], await world.MailsAsync(" ends on "));

        world.Database.Clock.Advance(TimeSpan.FromDays(2));
        await Task.WhenAll(world.Expiries.RunAsync(default), world.Expiries.RunAsync(default));
        await world.Expiries.RunAsync(default);
        Assert.Equal(4, (await world.MailsAsync()).Count);

        world.Database.Clock.Advance(TimeSpan.FromHours(1));
        await world.Database.ChangeAsync<Grant>(row => row.ChangeExpiry(ends.AddDays(-1), Guid.Empty, "", world.Database.Clock.UtcNow), grant.Id);
        await world.Expiries.RunAsync(default);
        Assert.Equal(6, (await world.MailsAsync()).Count);
    }

    [DatabaseTheory]
    public async Task Reduce_MeasuredAgainstTheRoleOfNow_NeverRaises(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = (await world.StartAsync("manager")).Value;
        Assert.True((await world.Database.Get<CollaboratorsService>().ChangeRoleAsync(
            world.Actor("manager"), world.Scope, new RoleChange(world["developer"].Id, ProjectRole.Viewer))).Succeeded);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<NotSmaller>((await world.AnswerAsync("manager", id, "developer", ReviewAnswer.Reduce, "contributor")).Error));
        Assert.Equal("viewer", await world.RoleOfAsync("developer"));
    }

    [DatabaseTheory]
    public async Task Answer_AboutSomebodyWhoIsGone_SaysSo(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var id = (await world.StartAsync("manager", UnansweredRows.Keep)).Value;
        foreach (var gone in (string[])["viewer", "viewer2"])
        {
            Assert.True((await world.Database.Get<CollaboratorsService>().RemoveAsync(world.Actor("manager"), world.Scope, new Removal(world[gone].Id))).Succeeded);
        }

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<ReviewedIsGone>((await world.AnswerAsync("manager", id, "viewer", ReviewAnswer.Keep)).Error);
            Assert.IsType<ReviewedIsGone>((await world.AnswerAsync("manager", id, "viewer", ReviewAnswer.Reduce, "viewer")).Error);
        });
        Assert.True((await world.AnswerAsync("manager", id, "viewer", ReviewAnswer.Remove)).Succeeded);
        Assert.True((await world.Reviews.CloseAsync(world.Actor("manager"), world.Scope, id)).Succeeded);
        var rows = (await world.Lists.OpenAsync(world.Actor("manager"), world.Scope, id, new PageRequest(1, 25))).Value.Rows.Rows.ToDictionary(row => row.Name);
        Assert.Equal((ReviewAnswer.Remove, "manager@acme.test", "Had no grant on the project any more."), (rows["viewer@acme.test"].Answer, rows["viewer@acme.test"].AnsweredByName, rows["viewer@acme.test"].Note));
        Assert.Equal((ReviewAnswer.Remove, "", "Had no grant on the project any more."), (rows["viewer2@acme.test"].Answer, rows["viewer2@acme.test"].AnsweredByName, rows["viewer2@acme.test"].Note));
        Assert.Equal((ReviewAnswer.Keep, "Nobody answered by the end."), (rows["admin@acme.test"].Answer, rows["admin@acme.test"].Note));
    }

    [DatabaseTheory]
    [InlineData(UnansweredRows.Keep, "viewer")]
    [InlineData(UnansweredRows.Remove, null)]
    public async Task Pass_OfASuspendedProject_Closes_ButNotInADeletedOrganization(DatabaseKind kind, UnansweredRows unanswered, string? left)
    {
        await using var world = await World.CreateAsync(kind);
        var id = (await world.StartAsync("admin", unanswered)).Value;
        world.Database.Clock.Advance(TimeSpan.FromDays(10));
        await world.Acme.ChangeAsync(world.Vision, project => project.Suspend(throughOrganizationRole: true));
        await world.Database.ChangeAsync<Organization>(organization => organization.Delete(world.Database.Clock.UtcNow), world.Acme.Id);
        await Unchanged.AssertNothingWrittenAsync(world.Database, () => world.Pass.RunAsync(default));
        await world.Database.ChangeAsync<Organization>(organization => organization.Restore(), world.Acme.Id);

        await world.Pass.RunAsync(default);
        Assert.NotNull((await world.Database.ReadAsync(db => db.AccessReviews.SingleAsync(review => review.Id == id))).ClosedUtc);
        Assert.Equal(left, await world.RoleOfAsync("viewer"));
        Assert.Equal(5, await world.Database.ReadAsync(db => db.AccessReviewRows.CountAsync(row => row.Answer != ReviewAnswer.None)));
    }

    [DatabaseTheory]
    public async Task Pass_OfADeletedProject_DoesNothing(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.StartAsync("manager");
        world.Database.Clock.Advance(TimeSpan.FromDays(10));
        await world.Acme.ChangeAsync(world.Vision, project => project.Delete(world.Database.Clock.UtcNow));
        await Unchanged.AssertNothingWrittenAsync(world.Database, () => world.Pass.RunAsync(default));
    }

    [DatabaseTheory]
    public async Task Expiry_OfATeamAndOfAWorkspace_IsToldToItsPeopleOnce_ButNotWhereTheOrganizationIsDeleted(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var ends = world.Database.Clock.UtcNow.AddDays(3);
        var (ann, bob) = (await world.Acme.MemberAsync("ann"), await world.Acme.MemberAsync("bob"));
        await world.Acme.GrantAsync(world.Vision, await world.Acme.TeamAsync("core", ann, bob), ProjectRole.Viewer, ends);
        await world.Acme.GrantAsync(await world.Acme.WorkspaceAsync("research"), ann, ProjectRole.Viewer, ends);
        await world.Database.ChangeAsync<Organization>(organization => organization.Delete(world.Database.Clock.UtcNow), world.Acme.Id);
        await Unchanged.AssertNothingWrittenAsync(world.Database, () => world.Expiries.RunAsync(default));
        await world.Database.ChangeAsync<Organization>(organization => organization.Restore(), world.Acme.Id);

        await Task.WhenAll(world.Expiries.RunAsync(default), world.Expiries.RunAsync(default));
        await world.Expiries.RunAsync(default);
        Assert.Equal(
            [
                "admin@acme.test: 1 grant ends soon in vision", "ann@acme.test: Your access to research ends on ", "ann@acme.test: Your access to vision ends on ",
                "bob@acme.test: Your access to vision ends on ", $"{world.Acme.Owner.Email}: 1 grant ends soon in research",
            ],
            (await world.MailsAsync(" ends on ")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Csv_WhatLooksLikeAFormula_IsText()
    {
        var text = ReviewCsv.Of([new ReviewRow(Guid.Empty, false, "=1+1", "@role", null, ReviewAnswer.Keep, "", "a,\"b\"", null, "-2")]);
        Assert.EndsWith("\"'=1+1\",Person,\"'@role\",,Keep,,\"a,\"\"b\"\"\",,\"'-2\"\r\n", text, StringComparison.Ordinal);
    }

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Vision, Dictionary<string, User> People) : IAsyncDisposable
    {
        public ReviewsService Reviews => Database.Get<ReviewsService>();

        public ReviewListService Lists => Database.Get<ReviewListService>();

        public ReviewPass Pass => Database.Get<ReviewPass>();

        public ExpiryAnnouncements Expiries => Database.Get<ExpiryAnnouncements>();

        public ProjectScope Scope => Acme.Scope(Vision);

        public User this[string name] => People[name];

        public static async Task<World> CreateAsync(DatabaseKind kind)
        {
            var database = await TestDatabase.CreateAsync(kind, services => services.AddCollaboratorsFeature().AddReviewsFeature().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()));
            var acme = await Given.OrganizationAsync(database);
            var people = new Dictionary<string, User> { ["owner"] = acme.Owner, ["stranger"] = await Given.UserAsync(database, "stranger@else.test") };
            foreach (var name in new[] { "admin", "manager", "developer", "viewer", "viewer2" })
            {
                people[name] = await acme.MemberAsync(name);
            }

            var vision = await acme.ProjectAsync(
                "vision", (people["admin"], ProjectRole.Admin), (people["manager"], ProjectRole.Manager), (people["developer"], ProjectRole.Developer),
                (people["viewer"], ProjectRole.Viewer), (people["viewer2"], ProjectRole.Viewer));
            return new World(database, acme, vision, people);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        public Actor Actor(string name) => Actors.Of(People[name]);

        // A Manager cannot have Admins removed at the end.
        public Task<Result<Guid>> StartAsync(string who, UnansweredRows? unanswered = null) =>
            Reviews.StartAsync(Actor(who), Scope, new NewReview(
                Database.Clock.UtcNow.AddDays(10), unanswered ?? (who == "manager" ? UnansweredRows.Keep : UnansweredRows.Remove)));

        public Task<Result<AccessChange>> AnswerAsync(string who, Guid review, string whom, ReviewAnswer answer, string? role = null) =>
            Reviews.AnswerAsync(Actor(who), Scope, review, new ReviewDecision(People[whom].Id, answer, role));

        public Task<string?> RoleOfAsync(string name)
        {
            var id = People[name].Id;
            return Database.ReadAsync(db => db.Grants.Where(grant => grant.ProjectId == Vision.Id && grant.PrincipalId == id).Select(grant => grant.RoleKey).FirstOrDefaultAsync());
        }

        public async Task<List<string>> MailsAsync(string? upTo = null)
        {
            var mails = await Database.ReadAsync(db => db.OutgoingMails.OrderBy(mail => mail.To).Select(mail => mail.To + ": " + mail.Subject).ToListAsync());
            return upTo is null ? mails : [.. mails.Select(mail => mail.Contains(upTo, StringComparison.Ordinal) ? mail[..(mail.IndexOf(upTo, StringComparison.Ordinal) + upTo.Length)] : mail)];
        }
    }
}
