using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Teams;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Keys;

/// <summary>What becomes of API keys when who made them loses something: they are named, and kept or revoked with it.</summary>
public sealed class AffectedKeyTests
{
    [DatabaseTheory]
    public async Task Preview_OfWhatTakes_ListsTheLiveKeysOfThatPersonThere_AndOfWhatGivesNone(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var live = await world.KeyAsync("developer", "clusters.view");
        var revoked = await world.KeyAsync("developer", "clusters.view");
        await world.Keys.RevokeAsync(world["developer"], world.Scope, revoked.Id);
        Assert.True((await world.Keys.CreateAsync(world["developer"], world.Scope, KeyWorld.Draft("clusters.view") with { ExpiresUtc = world.Now.AddMinutes(1) })).Succeeded);
        await world.KeyAsync("manager", "clusters.view");
        var elsewhere = await world.Acme.ProjectAsync("elsewhere", (world.User("developer"), ProjectRole.Developer));
        Assert.True((await world.Keys.CreateAsync(world["developer"], world.Acme.Scope(elsewhere), KeyWorld.Draft("clusters.view"))).Succeeded);
        world.Database.Clock.Advance(TimeSpan.FromMinutes(1));

        var removal = (await RemoveAsync(world, world["admin"] with { DryRun = true }, "developer")).Value;
        var (down, up) = ((await ChangeAsync(world, world["admin"] with { DryRun = true }, "viewer")).Value, (await ChangeAsync(world, world["admin"] with { DryRun = true }, "manager")).Value);

        var key = Assert.Single(removal.Keys);
        Assert.Equal((live.Id, "nightly", "developer@acme.test", "vision", null, 0), (key.Id, key.Name, key.CreatedByName, key.Project, key.RefusedToRevoke, removal.MoreKeys));
        Assert.Equal([live.Id], down.Keys.Select(each => each.Id));
        Assert.Empty(up.Keys);
        var gone = (await world.Database.Get<MembersService>().RemoveAsync(world["owner"] with { DryRun = true }, world.Acme.Id, new MemberRemoval(world.User("developer").Id))).Value;
        Assert.Equal(["elsewhere", "vision"], gone.Keys.Select(each => each.Project).Order());
    }

    [DatabaseTheory]
    public async Task Remove_WithAKeyChosen_RevokesThatOneInTheSameTransactionAndKeepsTheOther(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var (ends, stays) = (await world.KeyAsync("developer", "clusters.view"), await world.KeyAsync("developer", "clusters.view"));
        var admin = world["admin"] with { RevokedKeys = [ends.Id] };

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.Equal(2, (await RemoveAsync(world, admin with { DryRun = true }, "developer")).Value.Keys.Count));
        Assert.NotNull(await world.OpenAsync(ends.Secret));
        Assert.True((await RemoveAsync(world, admin, "developer")).Succeeded);

        Assert.Null(await world.OpenAsync(ends.Secret));
        Assert.NotNull(await world.OpenAsync(stays.Secret));
        var entries = await world.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.ActorName == "admin@acme.test").OrderBy(entry => entry.Id).ToListAsync());
        Assert.Equal([(AuditActions.KeyRevoked, ends.Id), (AuditActions.CollaboratorRemoved, world.User("developer").Id)], entries.Select(entry => (entry.Action, entry.ObjectId!.Value)));
    }

    [DatabaseTheory]
    public async Task Remove_WithAKeyThatIsNotTheActorsToRevoke_IsRefusedAsAWhole(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var strong = await world.KeyAsync("admin", "project.update");
        var plain = await world.KeyAsync("developer", "clusters.view");
        var other = await world.Acme.ProjectAsync("other", (world.User("admin"), ProjectRole.Admin));
        var theirs = (await world.Keys.CreateAsync(world["admin"], world.Acme.Scope(other), KeyWorld.Draft("clusters.view"))).Value;
        var home = (await world.Keys.RotateDefaultAsync(world["owner"], world.Acme.Id, TimeSpan.Zero)).Value;
        var neighbour = await world.Neighbour.ProjectAsync("vision");
        var foreign = (await world.Keys.CreateAsync(world["neighbour"], world.Neighbour.Scope(neighbour), KeyWorld.Draft("clusters.view"))).Value;
        string[] manager = [.. ProjectRole.Manager.Permissions.Select(permission => permission.Name)];
        var sees = (await world.OpenAsync((await world.TokenAsync("manager", [.. manager.Except(["keys.revoke", "keys.create"])])).Secret))!;
        var blind = (await world.OpenAsync((await world.TokenAsync("manager", [.. manager.Where(name => !name.StartsWith("keys.", StringComparison.Ordinal))])).Secret))!;

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var id in new[] { theirs.Id, home.Id, foreign.Id, Guid.NewGuid() })
            {
                Assert.IsType<NoSuchKey>((await RemoveAsync(world, world["manager"] with { RevokedKeys = [plain.Id, id] }, "viewer")).Error);
            }

            Assert.IsType<ExceedsOwn>((await RemoveAsync(world, world["manager"] with { RevokedKeys = [strong.Id] }, "viewer")).Error);
            Assert.IsType<NoSuchKey>((await RemoveAsync(world, blind with { RevokedKeys = [plain.Id] }, "viewer")).Error);
            Assert.IsType<TokenLacks>((await RemoveAsync(world, sees with { RevokedKeys = [plain.Id] }, "viewer")).Error);
            Assert.IsType<Invalid>((await RemoveAsync(world, world["manager"] with { RevokedKeys = [.. Enumerable.Range(0, 101).Select(_ => Guid.NewGuid())] }, "viewer")).Error);
            // Refused in the end, and with it what was revoked before.
            Assert.IsType<LastAdmin>((await RemoveAsync(world, world["owner"] with { RevokedKeys = [strong.Id] }, "admin")).Error);
        });
        Assert.True((await RemoveAsync(world, world["manager"] with { RevokedKeys = [plain.Id] }, "viewer")).Succeeded);
    }

    [DatabaseTheory]
    public async Task Preview_ToWhoMayNotSeeOrRevokeKeys_CountsThemOrSaysWhy(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        await world.KeyAsync("developer", "clusters.view");
        await ChangeAsync(world, world["admin"], "viewer");
        string[] manager = [.. ProjectRole.Manager.Permissions.Select(permission => permission.Name)];
        var sees = (await world.OpenAsync((await world.TokenAsync("manager", [.. manager.Except(["keys.revoke", "keys.create"])])).Secret))!;
        var blind = (await world.OpenAsync((await world.TokenAsync("manager", [.. manager.Where(name => !name.StartsWith("keys.", StringComparison.Ordinal))])).Secret))!;

        var seen = (await RemoveAsync(world, sees with { DryRun = true }, "developer")).Value;
        var counted = (await RemoveAsync(world, blind with { DryRun = true }, "developer")).Value;

        Assert.NotNull(Assert.Single(seen.Keys).RefusedToRevoke);
        Assert.Equal((0, 1), (counted.Keys.Count, counted.MoreKeys));
    }

    [DatabaseTheory]
    public async Task MemberRemovalAndRoleChange_WithKeysOfSeveralProjects_RevokeThem(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var elsewhere = await world.Acme.ProjectAsync("elsewhere", (world.User("developer"), ProjectRole.Developer));
        var here = await world.KeyAsync("developer", "clusters.view");
        var there = (await world.Keys.CreateAsync(world["developer"], world.Acme.Scope(elsewhere), KeyWorld.Draft("clusters.view"))).Value;
        var members = world.Database.Get<MembersService>();

        Assert.True((await members.ChangeRoleAsync(world["owner"] with { RevokedKeys = [there.Id] }, world.Acme.Id, new MemberRoleChange(world.User("developer").Id, OrganizationRole.Auditor.Key))).Succeeded);
        Assert.Null(await world.OpenAsync(there.Secret));
        Assert.NotNull(await world.OpenAsync(here.Secret));
        Assert.True((await members.RemoveAsync(world["owner"] with { RevokedKeys = [here.Id] }, world.Acme.Id, new MemberRemoval(world.User("developer").Id))).Succeeded);
        Assert.Null(await world.OpenAsync(here.Secret));
        var revoked = await world.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditActions.KeyRevoked).OrderBy(entry => entry.Id).Select(entry => entry.ProjectId).ToListAsync());
        Assert.Equal([elsewhere.Id, world.Project.Id], revoked);
    }

    [DatabaseTheory]
    public async Task BulkTeamAndLeaving_WithAKeyChosen_RevokeIt(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var ann = await world.Acme.MemberAsync("ann");
        var team = await world.Acme.TeamAsync("core", ann);
        await world.Acme.GrantAsync(world.Project, team, ProjectRole.Developer);
        var (first, second) = ((await world.Keys.CreateAsync(Actors.Of(ann), world.Scope, KeyWorld.Draft("clusters.view"))).Value, await world.KeyAsync("developer", "clusters.view"));
        var third = await world.KeyAsync("manager", "clusters.view");
        var teams = world.Database.Get<TeamsService>();
        var removal = new TeamMemberRemoval(team.Id, ann.Id, "");

        Assert.Equal([first.Id], (await teams.RemoveMemberAsync(world["owner"] with { DryRun = true }, world.Acme.Id, removal)).Value.Keys.Select(key => key.Id));
        Assert.True((await teams.RemoveMemberAsync(world["owner"] with { RevokedKeys = [first.Id] }, world.Acme.Id, removal)).Succeeded);
        var change = new BulkChange([world.User("developer").Id, world.User("admin").Id], new BulkAct.Role(ProjectRole.Viewer.Key), false);
        var bulk = world.Database.Get<BulkService>();
        Assert.Equal([second.Id], (await bulk.ChangeAsync(world["manager"] with { DryRun = true }, world.Scope, change)).Value.Change!.Keys.Select(key => key.Id));
        Assert.Equal(1, (await bulk.ChangeAsync(world["manager"] with { RevokedKeys = [second.Id] }, world.Scope, change)).Value.Refused);
        Assert.True((await world.Database.Get<CollaboratorsService>().LeaveAsync(world["manager"] with { RevokedKeys = [third.Id] }, world.Scope)).Succeeded);

        foreach (var issued in new[] { first, second, third })
        {
            Assert.Null(await world.OpenAsync(issued.Secret));
        }
    }

    [DatabaseTheory]
    public async Task Undo_OfARemovalThatRevokedAKey_LeavesItRevokedAndSaysSo(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var (key, kept) = (await world.KeyAsync("developer", "clusters.view"), await world.KeyAsync("developer", "clusters.view"));
        world.Database.Clock.Advance(TimeSpan.FromSeconds(1));
        var entry = (await RemoveAsync(world, world["admin"] with { RevokedKeys = [key.Id] }, "developer")).Value.EntryId!.Value;
        var undo = world.Database.Get<UndoService>();

        var preview = (await undo.UndoAsync(world["admin"] with { DryRun = true }, world.Scope, entry)).Value;
        Assert.True((await undo.UndoAsync(world["admin"], world.Scope, entry)).Succeeded);

        Assert.Equal(["The API key nightly was revoked with this and stays revoked."], preview.Notes);
        Assert.Null(await world.OpenAsync(key.Secret));
        Assert.NotNull(await world.OpenAsync(kept.Secret));
    }

    [DatabaseTheory]
    public async Task Remove_WithAKeyChosen_WhileItIsUsed_LetsNothingThroughAfterwards(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var issued = await world.KeyAsync("manager", "collaborators.remove");
        var key = (await world.OpenAsync(issued.Secret))!;
        var collaborators = world.Database.Get<CollaboratorsService>();

        var (used, ended) = (Task.Run(() => collaborators.RemoveAsync(key, world.Scope, new Removal(world.User("viewer").Id))),
            Task.Run(() => RemoveAsync(world, world["admin"] with { RevokedKeys = [issued.Id] }, "manager")));
        await Task.WhenAll(used, ended);

        Assert.True((await ended).Succeeded);
        var entries = await world.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.Result == AuditResult.Done).OrderBy(entry => entry.Id).ToListAsync());
        var byKey = entries.FindIndex(entry => entry.ActorKind == AuditActorKind.Key);
        Assert.Equal((await used).Succeeded, byKey >= 0);
        Assert.True(byKey < entries.FindIndex(entry => entry.Action == AuditActions.KeyRevoked));
    }

    [DatabaseTheory]
    public async Task Preview_OfDroppingAnOwnRedundantGrant_NamesTheInvitationsThatEndWithIt(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var boss = await world.Acme.MemberAsync("boss", OrganizationRole.Owner);
        await world.Acme.GrantAsync(world.Project, boss, ProjectRole.Developer);
        var invitations = world.Database.Get<InvitationsService>();
        Assert.True((await invitations.InviteAsync(
            Actors.Of(boss), InvitationPlace.In(world.Scope), new NewInvitations("one@else.test, two@else.test", null, "viewer"), new PublicAddress(new Uri("https://console.acme.test")))).Succeeded);
        var collaborators = world.Database.Get<CollaboratorsService>();

        var preview = (await collaborators.LeaveAsync(Actors.Previewing(boss), world.Scope)).Value;
        var shown = (await world.Database.Get<RemovalPreviewService>().OfLeavingAsync(Actors.Of(boss), world.Scope)).Value;
        var organization = (await world.Database.Get<MembersService>().RemoveAsync(world["owner"] with { DryRun = true }, world.Acme.Id, new MemberRemoval(boss.Id))).Value;

        Assert.Equal(["Takes back 2 open invitations: one@else.test, two@else.test."], preview.Notes);
        Assert.Equal(preview.Notes, shown.Change!.Notes);
        Assert.Equal(preview.Notes, organization.Notes);
        Assert.Equal(2, await world.Database.ReadAsync(db => db.Invitations.CountAsync(row => row.State == ProjectConsole.Domain.Invitations.InvitationState.Pending)));
    }

    private static Task<Result<AccessChange>> RemoveAsync(KeyWorld world, Actor actor, string who) =>
        world.Database.Get<CollaboratorsService>().RemoveAsync(actor, world.Scope, new Removal(world.User(who).Id));

    private static Task<Result<AccessChange>> ChangeAsync(KeyWorld world, Actor actor, string role) =>
        world.Database.Get<CollaboratorsService>().ChangeRoleAsync(actor, world.Scope, new RoleChange(world.User("developer").Id, role));
}
