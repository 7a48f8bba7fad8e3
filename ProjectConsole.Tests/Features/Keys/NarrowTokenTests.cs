using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Assertions;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Keys;

/// <summary>A token with a narrow set learns no more from previews, refusals and checks than it may see.</summary>
public sealed class NarrowTokenTests
{
    private static readonly PublicAddress Site = new(new Uri("https://console.acme.test"));

    private static IEnumerable<string> KeyPermissions => KeyTerms.OfProjectKeys.Select(permission => permission.Name);

    [DatabaseTheory]
    public async Task Preview_ThroughATokenThatSeesNoProject_CountsThemAndNamesNone(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        string[] least = [.. OrganizationRole.Member.Rights.Select(permission => permission.Name), "members.manage"];
        var blind = (await world.OpenAsync((await world.TokenAsync("owner", least)).Secret))!;
        var sees = (await world.OpenAsync((await world.TokenAsync("owner", [.. least, "project.view"])).Secret))!;

        var change = (await RemoveAsync(blind)).Value;
        var known = (await RemoveAsync(sees)).Value;

        var person = Assert.Single(change.People);
        Assert.Equal((0, 1), (person.Projects.Count, person.MoreProjects));
        Assert.Equal(["Default Project"], Assert.Single(known.People).Projects.Select(project => project.ProjectName));

        Task<Result<AccessChange>> RemoveAsync(Actor actor) =>
            world.Database.Get<MembersService>().RemoveAsync(actor with { DryRun = true }, world.Acme.Id, new MemberRemoval(world.User("member").Id));
    }

    [DatabaseTheory]
    public async Task LastAdmin_ToldThroughATokenThatSeesNoProject_NamesNone(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var blind = (await world.OpenAsync((await world.TokenAsync("owner", "members.manage")).Secret))!;
        var sees = (await world.OpenAsync((await world.TokenAsync("owner", "members.manage", "project.view")).Secret))!;

        Assert.Equal("vision 0", await RefusedAsync(sees));
        Assert.Equal(" 1", await RefusedAsync(blind));

        async Task<string> RefusedAsync(Actor actor)
        {
            await using var db = world.Database.Open();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var guard = new AdminGuard(world.Database.Get<AccessControl>(), actor);
            await guard.WatchAsync(db, CommandTarget.InOrganization(world.Acme.Id, Permissions.MembersManage, "x", CommandLock.Access), [world.User("admin").Id], default);
            await db.Grants.Where(grant => grant.RoleKey == "admin").ExecuteDeleteAsync();
            var refusal = Assert.IsType<LastAdmin>(await guard.CheckAsync(db, default));
            return $"{string.Join(' ', refusal.Projects)} {refusal.Others}";
        }
    }

    [DatabaseTheory]
    public async Task Assertion_OpenedThroughATokenThatSeesNoCollaborators_NamesNobody(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var service = world.Database.Get<AssertionsService>();
        var id = (await service.CreateAsync(world["owner"], world.Acme.Id, new NewAssertion(AssertionForm.Nobody, "project.delete", "vision"))).Value;
        var inAny = (await service.CreateAsync(world["owner"], world.Acme.Id, new NewAssertion(AssertionForm.Nobody, "project.delete"))).Value;
        var half = (await world.OpenAsync((await world.TokenAsync("owner", "assertions.view", "project.view")).Secret))!;
        var blind = (await world.OpenAsync((await world.TokenAsync("owner", "assertions.view")).Secret))!;
        var sees = (await world.OpenAsync((await world.TokenAsync("owner", "assertions.view", "collaborators.view", "project.view")).Secret))!;

        Assert.Equal(["admin@acme.test"], (await service.OpenAsync(sees, world.Acme.Id, id)).Value.State.Breaking.Select(each => each.Email));
        var state = (await service.OpenAsync(half, world.Acme.Id, id)).Value.State;
        Assert.Equal((0, 1), (state.Breaking.Count, state.Unnamed));
        state = (await service.OpenAsync(blind, world.Acme.Id, inAny)).Value.State;
        Assert.Equal((0, 0), (state.Breaking.Count, state.Unnamed));
    }

    [DatabaseTheory]
    public async Task Invite_ToOrganizationAndProjectThroughATokenThatAddsNobodyThere_IsRefused(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var narrow = await world.Acme.OrganizationRoleAsync("narrow", PermissionSet.Empty, ceiling: PermissionSet.Empty);
        string[] least = ["organization.view", "members.manage"];
        string[] project = [.. PermissionCatalogue.Project.Select(permission => permission.Name)];
        var without = (await world.OpenAsync((await world.TokenAsync("owner", [.. least, .. project.Except(["collaborators.add", "collaborators.manage-admins"])])).Secret))!;
        var with = (await world.OpenAsync((await world.TokenAsync("owner", [.. least, .. project])).Secret))!;

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<TokenLacks>((await InviteAsync(without)).Error));
        Assert.Null(Assert.Single((await InviteAsync(with)).Value).Refusal);

        Task<Result<IReadOnlyList<InvitedLine>>> InviteAsync(Actor actor) => world.Database.Get<InvitationsService>().InviteAsync(
            actor, InvitationPlace.In(world.Scope), new NewInvitations("new@else.test", narrow.Key, "viewer"), Site);
    }

    [DatabaseTheory]
    public async Task Invite_ThroughAKey_IsRefusedBecauseNobodyCouldAccept_AndThroughAPersonsTokenCanBeAccepted(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var service = world.Database.Get<InvitationsService>();
        string[] project = [.. KeyPermissions];
        var key = (await world.OpenAsync((await world.KeyAsync("admin", project)).Secret))!;
        var token = (await world.OpenAsync((await world.TokenAsync("admin", project)).Secret))!;
        var place = InvitationPlace.In(world.Scope);
        var (typed, site) = (new NewInvitations("member@acme.test", null, "viewer"), Site);
        Assert.Null(Assert.Single((await service.InviteAsync(world["admin"], place, typed with { Addresses = "waiting@else.test" }, site)).Value).Refusal);
        var waiting = await world.Database.ReadAsync(db => db.Invitations.Select(row => row.Id).SingleAsync());
        world.Database.Clock.Advance(InvitationsService.Pace);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.Contains("invitation", Assert.IsType<NotThroughCredential>((await service.InviteAsync(key, place, typed, site)).Error).Message, StringComparison.Ordinal);
            Assert.IsType<NotThroughCredential>((await service.PreviewAsync(key, place, typed, site)).Error);
            Assert.IsType<NotThroughCredential>((await service.ResendAsync(key, place, waiting, site)).Error);
            Assert.IsType<NotThroughCredential>((await service.CopyLinkAsync(key, place, waiting)).Error);
        });

        Assert.Null(Assert.Single((await service.InviteAsync(token, place, typed, site)).Value).Refusal);
        var id = await world.Database.ReadAsync(db => db.Invitations.Where(row => row.Email == typed.Addresses).Select(row => row.Id).SingleAsync());
        var link = (await service.CopyLinkAsync(token, place, id)).Value;
        Assert.True((await world.Database.Get<InvitationAnswers>().AcceptAsync(world["member"], link)).Succeeded);
        Assert.True((await service.CancelAsync(key, place, waiting)).Succeeded);
    }
}
