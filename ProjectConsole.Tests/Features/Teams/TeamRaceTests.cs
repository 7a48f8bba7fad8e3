using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Teams;

/// <summary>Changes of teams at the same moment: one goes through, the other is told why, and the state stays legal.</summary>
public sealed class TeamRaceTests
{
    private static readonly int Attempts = RaceAttempts.Or(100);

    [DatabaseTheory]
    public async Task AddMembers_TwoPeopleAddTheSameAtOnce_OneIsTold(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, Features);
        await using var other = database.OpenNode(Features);
        var acme = await Given.OrganizationAsync(database);
        var (admin, vision) = (Actors.Of(await acme.MemberAsync("admin", OrganizationRole.Admin)), await acme.ProjectAsync("vision"));
        await acme.MemberAsync("bob");
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var team = await acme.TeamAsync($"t{attempt}");
            await acme.GrantAsync(vision, team, ProjectRole.Viewer);
            Task<Error?> AddAsync(TestDatabase node, Actor actor) => ErrorOf(node.Get<TeamsService>().AddMembersAsync(actor, acme.Id, new NewTeamMembers(team.Id, "bob@acme.test")));

            var errors = await AtOnceAsync(() => AddAsync(database, Actors.Of(acme.Owner)), () => AddAsync(NodeFor(attempt, database, other), admin));

            var refusal = Assert.Single(errors.OfType<Error>());
            Assert.Contains($"bob@acme.test is in t{attempt} already.", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(1, await database.ReadAsync(db => db.Principals.CountAsync(principal => principal.Id == team.Id)));
            Assert.Equal(1, await database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.ObjectId == team.Id && entry.Action == AuditActions.CollaboratorTeamGrew)));
        }
    }

    [DatabaseTheory]
    public async Task Delete_WhileTheTeamIsAddedToAProject_LeavesNoGrantOfNobody(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, Features);
        await using var other = database.OpenNode(Features);
        var acme = await Given.OrganizationAsync(database);
        var (owner, vision) = (Actors.Of(acme.Owner), await acme.ProjectAsync("vision"));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var team = await acme.TeamAsync($"t{attempt}");

            var errors = await AtOnceAsync(
                () => ErrorOf(database.Get<TeamsService>().DeleteAsync(owner, acme.Id, new TeamDeletion(team.Id))),
                () => TakeInAsync(NodeFor(attempt, database, other), owner, acme.Scope(vision), team.Id));

            Assert.Null(errors[0]);
            Assert.True(errors[1] is null or NoSuchTeam, errors[1]?.ToString());
            Assert.False(await database.ReadAsync(db => db.Grants.AnyAsync(grant => grant.PrincipalId == team.Id)));
        }
    }

    private static void Features(IServiceCollection services)
    {
        services.AddOrganizationsFeature();
        services.AddInstallationFeature();
        services.AddTeamsFeature();
    }

    // Writers of one SQLite process queue; every eighth attempt goes through a second process's gate as well.
    private static TestDatabase NodeFor(int attempt, TestDatabase database, TestDatabase other) =>
        database.Kind != DatabaseKind.Sqlite || attempt % 8 == 0 ? other : database;

    private static async Task<Error?[]> AtOnceAsync(params Func<Task<Error?>>[] acts)
    {
        using var barrier = new Barrier(acts.Length);
        return await Task.WhenAll(acts.Select(act => Task.Run(() =>
        {
            barrier.SignalAndWait();
            return act();
        })));
    }

    private static async Task<Error?> ErrorOf<T>(Task<Result<T>> command) => (await command).Error;

    // What a project does when it takes a team in.
    private static async Task<Error?> TakeInAsync(TestDatabase node, Actor actor, ProjectScope scope, Guid teamId)
    {
        var target = CommandTarget.InProject(scope, Permissions.CollaboratorsAdd, AuditActions.CollaboratorAdded, CommandLock.Access);
        return (await node.Get<ConsoleWriter>().WriteAccessAsync(actor, target, async command =>
        {
            if (!await command.Db.Teams.AnyAsync(team => team.OrganizationId == scope.OrganizationId && team.Id == teamId))
            {
                return new NoSuchTeam();
            }

            command.Db.Grants.Add(Grant.OnProject(scope.OrganizationId, scope.ProjectId, teamId, ProjectRole.Viewer, actor.UserId, actor.Name, command.NowUtc));
            return Result.Ok;
        })).Error;
    }
}
