using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.AccessRequests;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Limits;

/// <summary>Nobody becomes a collaborator beyond the limit, by whatever route.</summary>
public sealed class CollaboratorLimitTests
{
    private static readonly PublicAddress Site = new(new Uri("https://console.acme.test"));

    [DatabaseTheory]
    public async Task Add_LimitReached_IsRefusedAndOneWhoLeftMakesRoom(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, limit: 2);
        Assert.True((await world.AddAsync("ann@acme.test")).Succeeded);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => AssertFull(2, (await world.AddAsync("bob@acme.test")).Error));
        Assert.True((await world.Database.Get<CollaboratorsService>().RemoveAsync(world.Owner, world.Scope, new Removal(world.Ann, null, null))).Succeeded);
        Assert.True((await world.AddAsync("bob@acme.test")).Succeeded);
    }

    [DatabaseTheory]
    public async Task Add_ManyAtOnceWithRoomForSome_ExactlySoManyAreIn(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, limit: 4);
        for (var number = 0; number < 8; number++)
        {
            await world.Acme.MemberAsync($"p-{number}");
        }

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => world.AddAsync($"p-{number}@acme.test"))));

        Assert.Equal(3, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result => AssertFull(4, result.Error));
        Assert.Equal(4, await world.Database.ReadAsync(db => db.Grants.CountAsync(grant => grant.ProjectId == world.Churn.Id)));
    }

    [DatabaseTheory]
    public async Task Add_GrantThatEnded_TakesNoRoomAndNeedsSomeToComeBack(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, limit: 2);
        await world.Acme.GrantAsync(world.Churn, await Given.UserAsync(world.Database, "gone@else.test"), ProjectRole.Viewer, world.Database.Clock.UtcNow.AddDays(-1));
        var ended = await world.Acme.MemberAsync("ended");
        await world.Acme.GrantAsync(world.Churn, ended, ProjectRole.Viewer, world.Database.Clock.UtcNow.AddDays(-1));
        Assert.True((await world.AddAsync("ann@acme.test")).Succeeded);

        AssertFull(2, (await world.AddAsync("ended@acme.test")).Error);
        AssertFull(2, (await world.Database.Get<CollaboratorsService>().ChangeExpiryAsync(world.Owner, world.Scope, new ExpiryChange(ended.Id, null))).Error);
    }

    [DatabaseTheory]
    public async Task Raise_LimitReached_PassesBecauseTheUpgradeEnds(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, limit: 2);
        Assert.True((await world.AddAsync("ann@acme.test")).Succeeded);

        Assert.True((await world.Database.Get<UpgradeService>().RaiseAsync(
            world.Owner, world.Scope, new Upgrade(world.Ann, ProjectRole.Manager.Key, world.Database.Clock.UtcNow.AddHours(1)))).Succeeded);
    }

    [DatabaseTheory]
    public async Task Grant_RequestWhileTheLimitIsReached_IsRefused(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, limit: 1);
        var request = new AccessRequest(world.Acme.Id, world.Churn.Id, world.Ann, "ann@acme.test", new AccessAsk("viewer", "I look.", null), world.Database.Clock.UtcNow);
        await world.Database.AddAsync(request);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => AssertFull(
            1, (await world.Database.Get<AccessRequestAnswers>().GrantAsync(world.Owner, world.Scope, request.Id, new GrantedRequest("viewer", null, null))).Error));
    }

    [DatabaseTheory]
    public async Task Accept_InvitationWhileTheLimitIsReached_IsRefusedUntilThereIsRoom(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, limit: 2);
        var zoe = await Given.UserAsync(world.Database, "zoe@else.test");
        await world.Database.Get<InvitationsService>().InviteAsync(world.Owner, InvitationPlace.In(world.Scope), new NewInvitations("zoe@else.test", null, "viewer"), Site);
        var body = await world.Database.ReadAsync(db => db.OutgoingMails.Select(mail => mail.Body).SingleAsync());
        var token = body[(body.IndexOf("/invitations/", StringComparison.Ordinal) + "/invitations/".Length)..].Split('\n', '\r', ' ')[0];
        Assert.True((await world.AddAsync("ann@acme.test")).Succeeded);
        var answers = world.Database.Get<InvitationAnswers>();

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => AssertFull(2, (await answers.AcceptAsync(Actors.Of(zoe), token)).Error));
        await world.Database.Get<CollaboratorsService>().RemoveAsync(world.Owner, world.Scope, new Removal(world.Ann, null, null));
        Assert.True((await answers.AcceptAsync(Actors.Of(zoe), token)).Succeeded);
    }

    [DatabaseTheory]
    public async Task Create_ProjectWithMorePeopleThanTheLimit_IsRefusedAsAWhole(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind, limit: 1);
        await world.Database.AddAsync(new Limit(LimitScope.Organization, world.Acme.Id, world.Acme.Id, Metric.Collaborators, 2, world.Acme.Owner.Id, "", world.Database.Clock.UtcNow));
        var draft = new ProjectDraft { Name = "Fresh", Slug = "fresh", Collaborators = [new DraftCollaborator("ann@acme.test", "viewer", false), new DraftCollaborator("bob@acme.test", "viewer", false)] };

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var error = (await world.Database.Get<ProjectCreationService>().CreateAsync(world.Owner, world.Acme.Id, draft)).Error;
            Assert.Contains("Collaborators: 1 asked for, 2 of 2 used.", error!.Message, StringComparison.Ordinal);
        });
    }

    private static void AssertFull(long limit, Error? error)
    {
        var refusal = Assert.IsType<LimitReached>(error);
        Assert.Equal((Metric.Collaborators, 1, limit, limit), (refusal.Metric, refusal.Asked, refusal.Used, refusal.Limit.Amount!.Value));
    }

    private sealed record World(TestDatabase Database, GivenOrganization Acme, Project Churn, Guid Ann) : IAsyncDisposable
    {
        public ProjectScope Scope => Acme.Scope(Churn);

        public Actor Owner => Actors.Of(Acme.Owner);

        // The Owner's own grant is the first.
        public static async Task<World> CreateAsync(DatabaseKind kind, long limit)
        {
            var database = await TestDatabase.CreateAsync(kind, services =>
            {
                services.AddCollaboratorsFeature();
                services.AddInvitationsFeature();
                services.AddOrganizationsFeature();
                services.AddAccessRequestsFeature();
                services.AddProjectsFeature();
            });
            var acme = await Given.OrganizationAsync(database);
            var (churn, ann) = (await acme.ProjectAsync("churn"), await acme.MemberAsync("ann"));
            await acme.MemberAsync("bob");
            await database.AddAsync(new Limit(LimitScope.Project, acme.Id, churn.Id, Metric.Collaborators, limit, acme.Owner.Id, "", database.Clock.UtcNow));
            return new World(database, acme, churn, ann.Id);
        }

        public Task<Result<AccessChange>> AddAsync(string email) =>
            Database.Get<CollaboratorsService>().AddAsync(Owner, Scope, new NewCollaborator(email, ProjectRole.Viewer));

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
