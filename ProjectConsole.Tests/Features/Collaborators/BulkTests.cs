using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

public sealed class BulkTests
{
    [DatabaseTheory]
    public async Task Bulk_ThoseThatCan_DoesThemAndSaysWhyNotTheOthers(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var change = Of(world, new BulkAct.Role("viewer"), false, "developer", "second-admin", "contributor", "member");
        var preview = (await world.Bulk.ChangeAsync(Actors.Previewing(world["manager"]), world.Scope, change)).Value;
        var answer = (await world.Bulk.ChangeAsync(world.Actor("manager"), world.Scope, change)).Value;
        Assert.Equal([null, typeof(ExceedsOwn), null, typeof(NoDirectGrant)], answer.Lines.Select(line => line.Refusal?.GetType()));
        Assert.Equal(preview.Lines.Select(line => line.Refusal?.Message), answer.Lines.Select(line => line.Refusal?.Message));
        Assert.Equal(["contributor@acme.test", "developer@acme.test"], preview.Change!.People.Where(person => person.Projects.Any(project => !project.Loses.IsEmpty)).Select(person => person.Email));
        Assert.Equal(("viewer", "admin", "viewer"), (await world.RoleOfAsync("developer"), await world.RoleOfAsync("second-admin"), await world.RoleOfAsync("contributor")));
        Assert.Equal(2, (await world.AuditAsync(AuditActions.CollaboratorRoleChanged)).Count);
        Assert.Single(await world.AuditAsync(AuditActions.CollaboratorRoleChanged, AuditResult.Denied));
    }

    [DatabaseTheory]
    public async Task Bulk_AllOrNothing_WithOneRefusal_ChangesNothing(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        BulkAnswer? answer = null;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => answer = (await world.Bulk.ChangeAsync(
            world.Actor("manager"), world.Scope, Of(world, new BulkAct.Removal(), true, "developer", "second-admin"))).Value);
        Assert.Equal((1, null), (answer!.Refused, answer.Change));
        Assert.True((await world.Bulk.ChangeAsync(
            world.Actor("manager"), world.Scope, Of(world, new BulkAct.Expiry(world.Now.AddDays(1)), true, "developer", "viewer"))).Value is { Refused: 0, Done: 2 });
    }

    [DatabaseTheory]
    public async Task Bulk_RemovingEveryAdmin_KeepsTheLast(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var answer = (await world.Bulk.ChangeAsync(
            world.Actor("owner"), world.Scope, Of(world, new BulkAct.Removal(), false, "developer", "project-admin", "second-admin", "viewer"))).Value;
        Assert.Equal([null, null, typeof(LastAdmin), null], answer.Lines.Select(line => line.Refusal?.GetType()));
        Assert.Equal((null, null, "admin", null), (
            await world.RoleOfAsync("developer"), await world.RoleOfAsync("project-admin"), await world.RoleOfAsync("second-admin"), await world.RoleOfAsync("viewer")));
        Assert.Equal(3, (await world.AuditAsync(AuditActions.CollaboratorRemoved)).Count);
    }

    [Theory]
    [InlineData("developer", typeof(Forbidden))]
    [InlineData("stranger", typeof(NotFound))]
    [InlineData("member", typeof(NotFound))]
    public async Task Bulk_OfThoseWhoMayNot_IsRefused(string actor, Type expected)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        Error? change = null, copy = null;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            change = (await world.Bulk.ChangeAsync(world.Actor(actor), world.Scope, Of(world, new BulkAct.Removal(), false, "viewer"))).Error;
            copy = (await world.Bulk.CopyAsync(world.Actor(actor), world.Scope, new CollaboratorCopy(world.Neighbour.Id, false))).Error;
        });
        Assert.IsType(expected, change);
        Assert.IsType(expected, copy);
    }

    [DatabaseTheory]
    public async Task Copy_GivesTheSameAsFarAsTheActorCan(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var newcomer = await world.Acme.MemberAsync("newcomer");
        var end = world.Now.AddDays(3);
        await world.Acme.GrantAsync(world.Neighbour, newcomer, ProjectRole.Contributor, end);
        await world.Acme.GrantAsync(world.Neighbour, world["developer"], ProjectRole.Viewer);
        await world.Acme.GrantAsync(world.Neighbour, world["manager"], ProjectRole.Viewer);
        var answer = (await world.Bulk.CopyAsync(world.Actor("manager"), world.Scope, new CollaboratorCopy(world.Neighbour.Id, false))).Value;
        Assert.Equal(
            ["developer@acme.test CollaboratorAlready", "manager@acme.test CollaboratorAlready", "member@acme.test ExceedsOwn", "newcomer@acme.test "],
            answer.Lines.Select(line => $"{line.Name} {line.Refusal?.GetType().Name}"));
        Assert.Equal(end, await world.Database.ReadAsync(db =>
            db.Grants.Where(grant => grant.ProjectId == world.Vision.Id && grant.PrincipalId == newcomer.Id).Select(grant => grant.ExpiresUtc).SingleAsync()));
    }

    [Fact]
    public async Task Copy_FromAProjectThatTheActorDoesNotSee_IsNotFound()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var theirs = await world.Other.ProjectAsync("theirs");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await world.Bulk.CopyAsync(world.Actor("manager"), world.Scope, new CollaboratorCopy(world.Neighbour.Id, false))).Error);
            Assert.IsType<NotFound>((await world.Bulk.CopyAsync(world.Actor("owner"), world.Scope, new CollaboratorCopy(theirs.Id, false))).Error);
        });
    }

    [DatabaseTheory]
    public async Task Bulk_AgainstARemovalAtTheSameMoment_LeavesALegalState(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        for (var round = 0; round < 20; round++)
        {
            var (bulk, removal) = (
                Task.Run(() => world.Bulk.ChangeAsync(world.Actor("owner"), world.Scope, Of(world, new BulkAct.Role(round % 2 == 0 ? "contributor" : "viewer"), false, "developer", "second-manager"))),
                Task.Run(() => world.RemoveAsync("project-admin", "developer")));
            var answer = (await bulk).Value;
            Assert.True((await removal).Succeeded);
            Assert.True(answer.Lines[0].Refusal is null or NoDirectGrant, answer.Lines[0].Refusal?.Message);
            Assert.Null(answer.Lines[1].Refusal);
            Assert.Null(await world.RoleOfAsync("developer"));
            Assert.True((await world.AddAsync("owner", "developer@acme.test", ProjectRole.Developer)).Succeeded);
        }
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@sum(a1)", "\"'@sum(a1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("a \"b\", c", "\"a \"\"b\"\", c\"")]
    [InlineData("plain@acme.test", "plain@acme.test")]
    public void CsvLine_CellThatASpreadsheetWouldRun_BeginsWithAnApostrophe(string cell, string expected) =>
        Assert.Equal($"x,{expected},\r\n", CsvText.Line(["x", cell, null]));

    private static BulkChange Of(CollaboratorWorld world, BulkAct act, bool isAllOrNothing, params string[] people) =>
        new([.. people.Select(person => world[person].Id)], act, isAllOrNothing);
}
