using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

public sealed class RemovalPreviewTests
{
    [DatabaseTheory]
    [InlineData("developer")]
    [InlineData("viewer")]
    [InlineData("external-admin")]
    public async Task Preview_OfARemoval_SaysWhatThenHappensAndWritesNothing(DatabaseKind kind, string target)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        await world.Acme.GrantAsync(world.Acme.Workspace, world[target], ProjectRole.Viewer);
        RemovalPreview? preview = null;
        await Unchanged.AssertNothingWrittenAsync(
            world.Database, async () => preview = (await world.Previews.OfRemovalAsync(world.Actor("owner"), world.Scope, world[target].Id)).Value);
        var shown = Assert.Single(Assert.Single(preview!.Change!.People).Projects);
        var access = world.Database.Get<AccessControl>();
        Assert.Equal((await access.InProjectAsync(world.Actor(target), world.Scope))!.Access.Allowed, shown.Before!.Allowed);
        Assert.True((await world.RemoveAsync("owner", target)).Succeeded);
        Assert.Equal((await access.InProjectAsync(world.Actor(target), world.Scope))!.Access.Allowed, shown.After!.Allowed);
        Assert.Equal([AccessSourceKind.Workspace], shown.KeepsThrough.Select(source => source.Kind));
    }

    [Fact]
    public async Task Preview_CountsWhatThePersonMade_ByKind()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        await world.Acme.ResourceAsync(world.Vision, "run", "run-1", world["developer"]);
        await world.Acme.ResourceAsync(world.Vision, "run", "run-2", world["developer"]);
        await world.Acme.ResourceAsync(world.Vision, "model", "detector", world["developer"]);
        await world.Acme.ResourceAsync(world.Vision, "model", "other", world["viewer"]);
        await world.Acme.ResourceAsync(world.Neighbour, "model", "elsewhere", world["developer"]);
        var preview = (await world.Previews.OfRemovalAsync(world.Actor("manager"), world.Scope, world["developer"].Id)).Value;
        Assert.Equal([new KindCount("Runs", 2), new KindCount("Model", 1)], preview.Stays);
        Assert.Equal(("developer", "owner@acme.test"), (preview.Grant.RoleKey, preview.Grant.GrantedByName));
    }

    [Theory]
    [InlineData("owner", true)]
    [InlineData("org-admin", true)]
    [InlineData("project-admin", false)]
    public async Task Preview_OfTheLastAdmin_RefusesAndTellsWhoMayOverride(string actor, bool mayNameHeir)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        Assert.True((await world.RemoveAsync("project-admin", "second-admin")).Succeeded);
        var preview = (await world.Previews.OfRemovalAsync(world.Actor(actor), world.Scope, world["project-admin"].Id)).Value;
        Assert.IsType<LastAdmin>(preview.Refusal);
        Assert.Equal(mayNameHeir, preview.MayNameHeir);
        Assert.Equal(mayNameHeir, preview.Change is not null);
        Assert.Equal("admin", await world.RoleOfAsync("project-admin"));
    }

    [Theory]
    [InlineData("manager", "second-admin")]
    [InlineData("developer", "viewer")]
    [InlineData("auditor", "viewer")]
    [InlineData("stranger", "viewer")]
    public async Task Preview_OfWhatOneMayNotDo_IsRefusedLikeTheActItself(string actor, string target)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var act = (await world.RemoveAsync(actor, target)).Error!;
        var preview = (await world.Previews.OfRemovalAsync(world.Actor(actor), world.Scope, world[target].Id)).Error!;
        Assert.Equal(act.Message, preview.Message);
        Assert.Empty(await world.AuditAsync(AuditActions.CollaboratorRemoved));
    }

    [Fact]
    public async Task Preview_OfLeaving_ShowsOneselfAndLeavesOneThere()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var preview = (await world.Previews.OfLeavingAsync(world.Actor("viewer"), world.Scope)).Value;
        Assert.Equal("viewer@acme.test", preview.Name);
        Assert.True(Assert.Single(preview.Change!.People).Projects[0].After!.Held.IsEmpty);
        Assert.Equal("viewer", await world.RoleOfAsync("viewer"));
        Assert.IsType<NothingToLeave>((await world.Previews.OfLeavingAsync(world.Actor("owner"), world.Scope)).Error);
    }
}
