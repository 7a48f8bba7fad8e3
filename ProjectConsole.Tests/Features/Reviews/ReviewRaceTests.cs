using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Reviews;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Reviews;

/// <summary>An access review ended and answered by several at once: what it keeps is what happened.</summary>
public sealed class ReviewRaceTests
{
    private static readonly int Rounds = RaceAttempts.Or(10);

    [DatabaseTheory]
    public async Task End_ByTwoNodesAtOnce_NotesEachRemovalAsOne(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, Services);
        await using var second = database.OpenNode(Services);
        var acme = await Given.OrganizationAsync(database);
        for (var round = 0; round < Rounds; round++)
        {
            var (project, id) = await StartAsync(database, acme, round);
            database.Clock.Advance(TimeSpan.FromDays(2));
            using var barrier = new Barrier(2);
            await Task.WhenAll(new[] { database, second }.Select(node => Task.Run(async () =>
            {
                barrier.SignalAndWait();
                await node.Get<ReviewPass>().RunAsync(default);
            })));

            await AssertNotesAreTrueAsync(database, project, id);
            var rows = await database.ReadAsync(db => db.AccessReviewRows.Where(row => row.ReviewId == id).ToListAsync());
            Assert.Equal((6, 1), (rows.Count(row => row.Answer == ReviewAnswer.Remove), rows.Count(row => row.Answer == ReviewAnswer.Keep)));
            Assert.All(rows.Where(row => row.Answer == ReviewAnswer.Remove), row => Assert.Equal("Nobody answered by the end.", row.Note));
            Assert.Equal(6, await database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.CollaboratorRemoved && entry.ProjectId == project.Id)));
            Assert.Equal(1, await database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.ReviewClosed && entry.ProjectId == project.Id)));
        }
    }

    [DatabaseTheory]
    public async Task Answers_WhileItEnds_AreKeptAsTheyWereCarriedOut(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, Services);
        await using var second = database.OpenNode(Services);
        var acme = await Given.OrganizationAsync(database);
        for (var round = 0; round < Rounds; round++)
        {
            var (project, id) = await StartAsync(database, acme, round);
            var people = await database.ReadAsync(db => db.AccessReviewRows.Where(row => row.ReviewId == id && row.RoleKey == "developer").Select(row => row.PrincipalId).ToListAsync());
            using var barrier = new Barrier(2);
            await Task.WhenAll(
                Task.Run(async () =>
                {
                    barrier.SignalAndWait();
                    await database.Get<ReviewsService>().CloseAsync(Actors.Of(acme.Owner), acme.Scope(project), id);
                }),
                Task.Run(async () =>
                {
                    barrier.SignalAndWait();
                    ReviewAnswer[] answers = [ReviewAnswer.Keep, ReviewAnswer.Reduce, ReviewAnswer.Remove];
                    foreach (var (person, index) in people.Select((person, index) => (person, index)))
                    {
                        await second.Get<ReviewsService>().AnswerAsync(
                            Actors.Of(acme.Owner), acme.Scope(project), id, new ReviewDecision(person, answers[index % 3], index % 3 == 1 ? "viewer" : null));
                    }
                }));

            await AssertNotesAreTrueAsync(database, project, id);
        }
    }

    private static void Services(IServiceCollection services) =>
        services.AddCollaboratorsFeature().AddReviewsFeature().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());

    private static async Task<(Project Project, Guid Review)> StartAsync(TestDatabase database, GivenOrganization acme, int round)
    {
        var people = new List<(User, ProjectRole)>();
        for (var number = 0; number < 6; number++)
        {
            people.Add((await acme.MemberAsync($"person-{round}-{number}"), ProjectRole.Developer));
        }

        var project = await acme.ProjectAsync($"project-{round}", [.. people]);
        var review = await database.Get<ReviewsService>().StartAsync(
            Actors.Of(acme.Owner), acme.Scope(project), new NewReview(database.Clock.UtcNow.AddDays(1), UnansweredRows.Remove));
        return (project, review.Value);
    }

    // Whoever was kept is there, whoever was reduced has the smaller role, whoever was removed is gone.
    private static async Task AssertNotesAreTrueAsync(TestDatabase database, Project project, Guid review)
    {
        var rows = await database.ReadAsync(db => db.AccessReviewRows.Where(row => row.ReviewId == review).ToListAsync());
        var grants = await database.ReadAsync(db => db.Grants.Where(grant => grant.ProjectId == project.Id).ToDictionaryAsync(grant => grant.PrincipalId, grant => grant.RoleKey));
        Assert.All(rows, row => Assert.Equal(
            row.Answer switch { ReviewAnswer.Remove => null, ReviewAnswer.Reduce => "viewer", _ => row.RoleKey },
            grants.GetValueOrDefault(row.PrincipalId)));
        Assert.DoesNotContain(rows, row => row.Answer == ReviewAnswer.None);
    }
}
