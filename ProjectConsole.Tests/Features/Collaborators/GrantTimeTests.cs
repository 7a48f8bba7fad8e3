using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

/// <summary>Ends of grants and temporary roles: enforced at the check, and nobody stretches the own.</summary>
public sealed class GrantTimeTests
{
    [DatabaseTheory]
    public async Task Expiry_Reached_TakesTheAccessAtTheCheck(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        Assert.True((await world.ExpireAsync("manager", world["developer"].Id, world.Now.AddDays(3))).Succeeded);
        Assert.Equal(ProjectRole.Developer, (await world.AccessAsync("developer")).Role);
        world.Database.Clock.Advance(TimeSpan.FromDays(3));
        Assert.True((await world.AccessAsync("developer")).Held.IsEmpty);
        Assert.Equal("No access", (await world.RowAsync("manager", "developer"))!.Role);
    }

    [Fact]
    public async Task Expiry_InThePast_IsRefused()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<Invalid>((await world.ExpireAsync("manager", world["developer"].Id, world.Now)).Error);
            Assert.IsType<Invalid>((await world.AddAsync("manager", new NewCollaborator("member@acme.test", "viewer") { ExpiresUtc = world.Now.AddSeconds(-1) })).Error);
        });
    }

    [DatabaseTheory]
    public async Task Expiry_OfOneself_CanBeShortenedAndNeverExtended(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var id = world["project-admin"].Id;
        Assert.True((await world.ExpireAsync("project-admin", id, world.Now.AddDays(9))).Succeeded);
        foreach (var later in new DateTime?[] { null, world.Now.AddDays(10) })
        {
            await Unchanged.AssertNothingWrittenAsync(
                world.Database, async () => Assert.IsType<ExtendsOwn>((await world.ExpireAsync("project-admin", id, later)).Error));
        }

        Assert.True((await world.ExpireAsync("project-admin", id, world.Now.AddDays(1))).Succeeded);
        Assert.True((await world.ExpireAsync("second-admin", id, null)).Succeeded);
    }

    // Nobody moves the end of what they hold themselves, be it by way of a team; whoever holds it from another grant may.
    [DatabaseTheory]
    public async Task Expiry_OfTheTeamThroughWhichOneHoldsIt_IsNotExtendedByItsPeople(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var (chiefs, end) = (await world.TeamAsync("chiefs", "member"), world.Now.AddDays(2));
        await world.Acme.GrantAsync(world.Vision, chiefs, ProjectRole.Admin, end);
        foreach (var later in new DateTime?[] { null, end.AddDays(1) })
        {
            await Unchanged.AssertNothingWrittenAsync(
                world.Database, async () => Assert.Equal(new OutlivesOwn(end), (await world.ExpireAsync("member", chiefs.Id, later)).Error));
        }

        Assert.True((await world.ExpireAsync("second-admin", chiefs.Id, end.AddDays(1))).Succeeded);
        Assert.True((await world.ExpireAsync("member", chiefs.Id, end)).Succeeded);
    }

    [DatabaseTheory]
    public async Task Given_BeyondTheOwnEnd_IsRefusedWithTheDate(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var end = world.Now.AddDays(5);
        Assert.True((await world.ExpireAsync("owner", world["manager"].Id, end)).Succeeded);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var forEver = Assert.IsType<OutlivesOwn>((await world.AddAsync("manager", "member@acme.test", ProjectRole.Viewer)).Error);
            Assert.Equal(end, forEver.UntilUtc);
            Assert.IsType<OutlivesOwn>((await world.AddAsync("manager", new NewCollaborator("member@acme.test", "viewer") { ExpiresUtc = end.AddSeconds(1) })).Error);
            Assert.IsType<OutlivesOwn>((await world.ChangeAsync("manager", "viewer", ProjectRole.Developer)).Error);
            Assert.IsType<OutlivesOwn>((await world.RaiseAsync("manager", world["viewer"].Id, ProjectRole.Manager, TimeSpan.FromDays(6))).Error);
            Assert.IsType<ExceedsOwn>((await world.AddAsync("manager", "member@acme.test", ProjectRole.Admin)).Error);
        });
        Assert.True((await world.AddAsync("manager", new NewCollaborator("member@acme.test", "viewer") { ExpiresUtc = end })).Succeeded);
        // Taking is no giving: it needs what is held now.
        Assert.True((await world.ChangeAsync("manager", "developer", ProjectRole.Viewer)).Succeeded);
    }

    [DatabaseTheory]
    public async Task TemporaryAdmin_GivesNoMoreThanUntilTheOwnEnd_AndFallsBack(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        Assert.True((await world.RaiseAsync("project-admin", world["developer"].Id, ProjectRole.Admin, TimeSpan.FromHours(2))).Succeeded);
        Assert.Equal(ProjectRole.Admin, (await world.AccessAsync("developer")).Role);
        Assert.IsType<OutlivesOwn>((await world.ChangeAsync("developer", "viewer", ProjectRole.Admin)).Error);
        Assert.IsType<RaisesOwn>((await world.ChangeAsync("developer", "developer", ProjectRole.Admin)).Error);
        Assert.IsType<RaisesOwn>((await world.RaiseAsync("developer", world["developer"].Id, ProjectRole.Admin, TimeSpan.FromDays(1))).Error);
        Assert.True((await world.RaiseAsync("developer", world["viewer"].Id, ProjectRole.Admin, TimeSpan.FromHours(1))).Succeeded);
        world.Database.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(ProjectRole.Developer, (await world.AccessAsync("developer")).Role);
        Assert.Equal(ProjectRole.Viewer, (await world.AccessAsync("viewer")).Role);
        Assert.IsType<Forbidden>((await world.AddAsync("developer", "member@acme.test", ProjectRole.Viewer)).Error);
    }

    [DatabaseTheory]
    public async Task Upgrade_EndedEarly_FallsBackToTheStandingRole(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var id = world["developer"].Id;
        Assert.True((await world.RaiseAsync("project-admin", id, ProjectRole.Admin, TimeSpan.FromHours(2))).Succeeded);
        var row = (await world.RowAsync("viewer", "developer"))!;
        Assert.Equal(("Admin", "developer", "admin", world.Now.AddHours(2)), (row.Role, row.Grant!.RoleKey, row.Upgrade!.RoleKey, row.Upgrade.ExpiresUtc));
        Assert.IsType<ExceedsOwn>((await world.EndRaiseAsync("manager", id)).Error);
        Assert.True((await world.EndRaiseAsync("developer", id)).Succeeded);
        Assert.Equal(ProjectRole.Developer, (await world.AccessAsync("developer")).Role);
        Assert.IsType<NotRaised>((await world.EndRaiseAsync("project-admin", id)).Error);
        var (raised, ended) = (Assert.Single(await world.AuditAsync(AuditActions.CollaboratorRaised)), Assert.Single(await world.AuditAsync(AuditActions.CollaboratorRaiseEnded)));
        Assert.Contains("\"isUpgrade\":true", raised.After);
        Assert.Equal(raised.After, ended.Before);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(90 * 24 * 60 + 1)]
    public async Task Upgrade_TooShortOrTooLong_IsRefused(int minutes)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<Invalid>((await world.RaiseAsync("project-admin", world["developer"].Id, ProjectRole.Manager, TimeSpan.FromMinutes(minutes))).Error);
            Assert.IsType<Invalid>((await world.Upgrades.RaiseAsync(
                world.Actor("project-admin"), world.Scope, new Upgrade(world["developer"].Id, "manager", null))).Error);
            Assert.IsType<Invalid>((await world.RaiseAsync("project-admin", world["developer"].Id, ProjectRole.Custom("gone", "", "", PermissionSet.Empty), TimeSpan.FromHours(1))).Error);
        });
    }

    [Theory]
    [InlineData("stranger")]
    [InlineData("member")]
    [InlineData("other-owner")]
    public async Task Upgrade_OfSomebodyWhoIsNotIn_IsOneAnswerForEveryId(string person)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotInProject>((await world.RaiseAsync("project-admin", world[person].Id, ProjectRole.Manager, TimeSpan.FromHours(1))).Error);
            Assert.IsType<NotInProject>((await world.RaiseAsync("project-admin", Guid.NewGuid(), ProjectRole.Manager, TimeSpan.FromHours(1))).Error);
        });
    }

    [Fact]
    public async Task Upgrade_SecondOne_ReplacesTheFirst_AndRemovalEndsBoth()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var id = world["viewer"].Id;
        Assert.True((await world.RaiseAsync("project-admin", id, ProjectRole.Manager, TimeSpan.FromHours(2))).Succeeded);
        Assert.True((await world.RaiseAsync("project-admin", id, ProjectRole.Developer, TimeSpan.FromHours(1))).Succeeded);
        Assert.Equal(2, await world.Database.ReadAsync(db => db.Grants.CountAsync(grant => grant.PrincipalId == id)));
        Assert.True((await world.RemoveAsync("manager", "viewer")).Succeeded);
        Assert.Equal(0, await world.Database.ReadAsync(db => db.Grants.CountAsync(grant => grant.PrincipalId == id)));
    }

    [Fact]
    public async Task LastAdmin_ExpiringOrRestricted_IsRefused()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var noAdmins = await world.RestrictionAsync("no-admins", "deny collaborators.*");
        Assert.True((await world.RemoveAsync("owner", "second-admin")).Succeeded);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<LastAdmin>((await world.ExpireAsync("owner", world["project-admin"].Id, world.Now.AddDays(1))).Error);
            Assert.IsType<LastAdmin>((await world.RestrictAsync("owner", world["project-admin"].Id, noAdmins.Id)).Error);
        });
    }

    [DatabaseTheory]
    public async Task Restriction_TakesFromTheGrantAndIsShown_AndNobodyTakesOffTheOwn(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var rules = await world.RestrictionAsync("no-clusters", "deny clusters.*");
        Assert.True((await world.RestrictAsync("project-admin", world["manager"].Id, rules.Id)).Succeeded);
        Assert.DoesNotContain((await world.AccessAsync("manager")).Held, permission => permission.Name.StartsWith("clusters.", StringComparison.Ordinal));
        Assert.Equal(["no-clusters"], (await world.RowAsync("viewer", "manager"))!.RestrictedBy);
        Assert.IsType<RaisesOwn>((await world.RestrictAsync("manager", world["manager"].Id, null)).Error);
        Assert.IsType<ExceedsOwn>((await world.AddAsync("manager", "member@acme.test", ProjectRole.Developer)).Error);
        Assert.True((await world.AddAsync("manager", new NewCollaborator("member@acme.test", "developer") { RestrictionId = rules.Id })).Succeeded);
        var foreign = new Restriction(world.Other.Id, null, world.Now);
        foreign.Change("theirs", "", RestrictionRules.Parse("deny clusters.*"));
        await world.Database.AddAsync(foreign);
        Assert.IsType<Invalid>((await world.RestrictAsync("project-admin", world["viewer"].Id, foreign.Id)).Error);
    }
}
