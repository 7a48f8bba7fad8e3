using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Keys;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Keys;

/// <summary>What acts through keys and tokens may do, on real databases.</summary>
public sealed class CredentialsTests
{
    [DatabaseTheory]
    public async Task Open_SecretRotatedExpiredOrRevoked_OpensNothingFromThatMomentOn(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var key = (await world.Keys.CreateAsync(world["admin"], world.Scope, KeyWorld.Draft("clusters.view") with { ExpiresUtc = world.Now.AddDays(2) })).Value;
        var rotated = (await world.Keys.RotateAsync(world["admin"], world.Scope, key.Id, TimeSpan.FromHours(1))).Value;

        Assert.NotNull(await world.OpenAsync(key.Secret));
        Assert.NotNull(await world.OpenAsync(rotated.Secret));
        world.Database.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await world.OpenAsync(key.Secret));
        Assert.NotNull(await world.OpenAsync(rotated.Secret));
        world.Database.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Null(await world.OpenAsync(rotated.Secret));
        Assert.IsType<ProjectConsole.Features.Keys.KeyIsOver>((await world.Keys.RotateAsync(world["admin"], world.Scope, key.Id, TimeSpan.Zero)).Error);

        var other = await world.KeyAsync("admin", "clusters.view");
        await world.Keys.RevokeAsync(world["admin"], world.Scope, other.Id);
        Assert.Null(await world.OpenAsync(other.Secret));
    }

    [DatabaseTheory]
    public async Task Open_WrongSecretOfARealKey_OpensNothing(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var key = await world.KeyAsync("admin", "clusters.view");

        Assert.Null(await world.OpenAsync(KeyText.Create(KeyPrefix.ProjectKey, key.Id).ToString()));
        Assert.Null(await world.OpenAsync(KeyText.Create(KeyPrefix.PersonalToken, key.Id).ToString()));
        Assert.Null(await world.OpenAsync(KeyText.Create(KeyPrefix.ProjectKey, Guid.NewGuid()).ToString()));
    }

    [DatabaseTheory]
    public async Task Key_ActsInItsOwnProjectAlone_AndIsNamedInTheAudit(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var key = (await world.OpenAsync((await world.KeyAsync("admin", [.. ProjectRole.Viewer.Permissions.Select(permission => permission.Name), "collaborators.remove"])).Secret))!;
        var other = await world.Acme.ProjectAsync("other", (world.User("admin"), ProjectRole.Admin));
        var access = world.Database.Get<AccessControl>();

        Assert.NotNull(await access.OpenProjectAsync(key, "acme", "vision"));
        Assert.Null(await access.OpenProjectAsync(key, "acme", "other"));
        Assert.Null(await access.OpenOrganizationAsync(key, "acme"));
        Assert.False((await access.InInstallationAsync(key)).May(Permissions.OrganizationsCreate));
        var collaborators = world.Database.Get<CollaboratorsService>();
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await collaborators.RemoveAsync(key, world.Acme.Scope(other), new Removal(world.User("admin").Id, null))).Error);
            Assert.IsType<Forbidden>((await world.Database.Get<ProjectLifeService>().SuspendAsync(key, world.Scope)).Error);
        });

        Assert.True((await collaborators.RemoveAsync(key, world.Scope, new Removal(world.User("viewer").Id, null))).Succeeded);
        var entry = await world.Database.ReadAsync(db => db.AuditEntries.SingleAsync(entry => entry.Action == AuditActions.CollaboratorRemoved));
        Assert.Equal((AuditActorKind.Key, key.UserId, "nightly"), (entry.ActorKind, entry.ActorId, entry.ActorName));
    }

    [DatabaseTheory]
    public async Task Token_OfAnOwner_DoesWhatItHoldsAndIsToldWhatItLacks(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var token = (await world.OpenAsync((await world.TokenAsync("owner", "collaborators.remove", "organization.view")).Secret))!;
        var collaborators = world.Database.Get<CollaboratorsService>();

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<TokenLacks>((await world.Database.Get<ProjectLifeService>().SuspendAsync(token, world.Scope)).Error);
            Assert.IsType<TokenLacks>((await world.Database.Get<MembersService>().RemoveAsync(token, world.Acme.Id, new MemberRemoval(world.User("member").Id, null))).Error);
            Assert.IsType<NotThroughCredential>((await world.Tokens.CreateAsync(token, KeyWorld.Draft("project.view"))).Error);
            Assert.IsType<NotThroughCredential>((await world.Database.Get<SshKeysService>().AddAsync(token, "laptop", "x")).Error);
            // Next to nothing is needed for these, and so any token would do.
            Assert.IsType<NotThroughCredential>((await world.Database.Get<MembersService>().LeaveAsync(token, world.Acme.Id)).Error);
            Assert.IsType<NotThroughCredential>((await collaborators.LeaveAsync(token, world.Scope)).Error);
            // The Admin holds more than the token: nobody takes what they do not hold.
            Assert.NotNull((await collaborators.RemoveAsync(token, world.Scope, new Removal(world.User("admin").Id, null))).Error);
        });

        Assert.True((await collaborators.RemoveAsync(token, world.Scope, new Removal(world.User("viewer").Id, null))).Error is ProjectConsole.Domain.Collaborators.ExceedsOwn);
    }

    [DatabaseTheory]
    public async Task Token_ThatEnds_MakesNoKeyThatOutlivesItAndNeverTheDefaultOne(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var end = world.Now.AddDays(1);
        var made = (await world.Tokens.CreateAsync(world["owner"], new KeyDraft("short", ["project.view", "keys.create", "default-key.rotate"], end))).Value;
        var token = (await world.OpenAsync(made.Secret))!;

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<ProjectConsole.Domain.Collaborators.OutlivesOwn>((await world.Keys.CreateAsync(token, world.Scope, KeyWorld.Draft("project.view"))).Error);
            Assert.IsType<NotThroughCredential>((await world.Keys.RotateDefaultAsync(token, world.Acme.Id, TimeSpan.Zero)).Error);
        });

        Assert.True((await world.Keys.CreateAsync(token, world.Scope, new KeyDraft("as-long", ["project.view"], end))).Succeeded);
        Assert.DoesNotContain(made.Secret, made.ToString(), StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task Token_SeesTheProjectsOfItsPersonWhereItHoldsTheView(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var sees = (await world.OpenAsync((await world.TokenAsync("developer", "project.view", "organization.view")).Secret))!;
        var blind = (await world.OpenAsync((await world.TokenAsync("developer", "organization.view")).Secret))!;
        var access = world.Database.Get<AccessControl>();

        Assert.Equal(["default", "vision"], await VisibleAsync(sees));
        Assert.Empty(await VisibleAsync(blind));
        Assert.Null(await access.OpenProjectAsync(blind, "acme", "vision"));

        async Task<List<string>> VisibleAsync(Actor actor)
        {
            await using var db = world.Database.Open();
            var organization = (await access.OpenOrganizationAsync(actor, "acme"))!;
            var one = await access.VisibleProjects(db, organization).OrderBy(project => project.Slug).Select(project => project.Slug).ToListAsync();
            Assert.Equal(one, await (await access.VisibleProjectsEverywhereAsync(db, actor, default)).OrderBy(project => project.Slug).Select(project => project.Slug).ToListAsync());
            return one;
        }
    }

    [DatabaseTheory]
    public async Task Token_LosesWhatItsPersonLoses(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var secret = (await world.TokenAsync("developer", "clusters.view", "clusters.create")).Secret;
        var token = (await world.OpenAsync(secret))!;
        var access = world.Database.Get<AccessControl>();
        Assert.True((await access.OpenProjectAsync(token, "acme", "vision"))!.May(PermissionCatalogue.Get("clusters.create")));

        await world.Database.Get<CollaboratorsService>().RemoveAsync(world["admin"], world.Scope, new Removal(world.User("developer").Id, null));
        Assert.Null(await access.OpenProjectAsync(token, "acme", "vision"));

        await world.Database.ChangeAsync<ProjectConsole.Data.Accounts.User>(user => user.LockedUtc = world.Now, world.User("developer").Id);
        Assert.Null(await world.OpenAsync(secret));
    }

    [DatabaseTheory]
    public async Task Command_ThroughAKeyThatWasRevokedSince_IsRefusedAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var issued = await world.KeyAsync("admin", "collaborators.remove");
        var token = (await world.OpenAsync((await world.TokenAsync("admin", "collaborators.remove")).Secret))!;
        var key = (await world.OpenAsync(issued.Secret))!;
        await world.Keys.RevokeAsync(world["admin"], world.Scope, issued.Id);
        await world.Tokens.RevokeAsync(world["admin"], token.Credential!.Id);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var actor in new[] { key, token })
            {
                Assert.IsType<CredentialEnded>((await world.Database.Get<CollaboratorsService>().RemoveAsync(actor, world.Scope, new Removal(world.User("viewer").Id, null))).Error);
            }
        });
    }

    [DatabaseTheory]
    public async Task Uses_OfManyCalls_AreWrittenOnceAMinute(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var key = await world.KeyAsync("admin", "clusters.view");
        var uses = world.Database.Get<CredentialUses>();
        await world.OpenAsync(key.Secret);
        await world.OpenAsync(key.Secret);
        await uses.FlushAsync();
        var first = world.Now;
        world.Database.Clock.Advance(TimeSpan.FromSeconds(59));
        await world.OpenAsync(key.Secret);
        await uses.FlushAsync();

        Assert.Equal(first, await LastAsync());
        world.Database.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.OpenAsync(key.Secret);
        await uses.FlushAsync();
        Assert.Equal(world.Now, await LastAsync());

        Task<DateTime?> LastAsync() => world.Database.ReadAsync(db => db.ProjectKeys.Select(row => row.LastUsedUtc).SingleAsync());
    }
}
