using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;
using Xunit.Sdk;

namespace ProjectConsole.Tests.Infrastructure;

public sealed class TestDatabaseTests
{
    [DatabaseTheory]
    public async Task CreateAsync_TwoDatabases_ShareNothing(DatabaseKind kind)
    {
        await using var one = await TestDatabase.CreateAsync(kind);
        await using var other = await TestDatabase.CreateAsync(kind);

        await Given.OrganizationAsync(one);

        Assert.Equal(1, await one.ReadAsync(db => db.Organizations.CountAsync()));
        Assert.Equal(0, await other.ReadAsync(db => db.Organizations.CountAsync()));
    }

    [DatabaseTheory]
    public async Task Given_Collaborator_HasTheRoleThere(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var churn = await acme.ProjectAsync("churn", (ann, ProjectRole.Viewer));

        var access = await database.Get<AccessControl>().OpenProjectAsync(Actors.Of(ann), "acme", "churn");

        Assert.Equal(ProjectRole.Viewer, access?.Access.Role);
        Assert.Equal(churn.Id, access?.Project.Id);
    }

    [DatabaseTheory]
    public async Task AssertNothingWritten_ARowChanges_Fails(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var churn = await acme.ProjectAsync("churn");

        await Unchanged.AssertNothingWrittenAsync(database, () => Task.CompletedTask);
        await Assert.ThrowsAsync<XunitException>(() =>
            Unchanged.AssertNothingWrittenAsync(database, () => acme.ChangeAsync(churn, project => project.MoveTo(acme.Workspace.Id))));
    }

    [Fact]
    public async Task Clock_PeriodicTimer_TicksWhenItIsMoved()
    {
        var clock = new TestClock();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2), clock);
        var tick = timer.WaitForNextTickAsync();

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(tick.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await tick);
    }
}
