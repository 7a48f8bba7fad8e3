#pragma warning disable xUnit1012 // The first parameter is the database, which the analyzer does not count: the null is a Type.
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Keys;

public sealed class KeysServiceTests
{
    [DatabaseTheory]
    [InlineData("owner", null, null)]
    [InlineData("organization-admin", null, null)]
    [InlineData("admin", null, null)]
    [InlineData("manager", null, null)]
    [InlineData("developer", null, null)]
    [InlineData("contributor", typeof(Forbidden), typeof(Forbidden))]
    [InlineData("viewer", typeof(Forbidden), typeof(Forbidden))]
    [InlineData("auditor", null, typeof(Forbidden))]
    [InlineData("member", typeof(NotFound), typeof(NotFound))]
    [InlineData("stranger", typeof(NotFound), typeof(NotFound))]
    [InlineData("neighbour", typeof(NotFound), typeof(NotFound))]
    public async Task Keys_ByRole_AreListedMadeRotatedAndRevoked(DatabaseKind kind, string who, Type? reading, Type? writing)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var others = await world.KeyAsync("admin", "clusters.view");

        Assert.Equal(reading, (await world.Directory.ListAsync(world[who], world.Scope)).Error?.GetType());
        if (writing is null)
        {
            var made = await world.Keys.CreateAsync(world[who], world.Scope, KeyWorld.Draft("clusters.view"));
            Assert.True(made.Succeeded);
            Assert.True((await world.Keys.RotateAsync(world[who], world.Scope, made.Value.Id, TimeSpan.Zero)).Succeeded);
            Assert.True((await world.Keys.RevokeAsync(world[who], world.Scope, others.Id)).Succeeded);
            return;
        }

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.Equal(writing, (await world.Keys.CreateAsync(world[who], world.Scope, KeyWorld.Draft("clusters.view"))).Error?.GetType());
            Assert.Equal(writing, (await world.Keys.RotateAsync(world[who], world.Scope, others.Id, TimeSpan.Zero)).Error?.GetType());
            Assert.Equal(writing, (await world.Keys.RevokeAsync(world[who], world.Scope, others.Id)).Error?.GetType());
        });
    }

    [DatabaseTheory]
    public async Task Create_MoreThanOneHolds_IsRefusedNamingIt(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var refusal = (await world.Keys.CreateAsync(world["developer"], world.Scope, KeyWorld.Draft("clusters.delete"))).Error;
            Assert.Contains(PermissionCatalogue.Get("clusters.delete").Title, Assert.IsType<ExceedsOwn>(refusal).Message, StringComparison.Ordinal);
        });
    }

    [DatabaseTheory]
    [InlineData("keys.create")]
    [InlineData("collaborators.manage-admins")]
    [InlineData("members.view")]
    [InlineData("no.such")]
    [InlineData("")]
    public async Task Create_WhatNoKeyHolds_IsRefusedBesideTheField(DatabaseKind kind, string permission)
    {
        await using var world = await KeyWorld.CreateAsync(kind);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var refusal = (await world.Keys.CreateAsync(world["owner"], world.Scope, KeyWorld.Draft(permission.Split(' ', StringSplitOptions.RemoveEmptyEntries)))).Error;
            Assert.NotNull(Assert.IsType<Invalid>(refusal).For(nameof(KeyTerms.Permissions)));
        });
    }

    [DatabaseTheory]
    [InlineData("owner@acme.test", true)]
    [InlineData("@", true)]
    [InlineData("owner\uFF20acme.test", true)]
    [InlineData("owner\uFE6Bacme.test", true)]
    [InlineData("nightly at acme", false)]
    public async Task Create_NamedLikeAnAddress_IsRefusedBecauseItWouldBeTakenForAPerson(DatabaseKind kind, string name, bool isRefused)
    {
        await using var world = await KeyWorld.CreateAsync(kind);

        var made = await world.Keys.CreateAsync(world["admin"], world.Scope, KeyWorld.Draft("clusters.view") with { Name = name });

        Assert.Equal(isRefused, (made.Error as Invalid)?.For(nameof(KeyTerms.Name))?.Contains("person", StringComparison.Ordinal) is true);
        Assert.Equal(isRefused ? 0 : 1, await world.Database.ReadAsync(db => db.ProjectKeys.CountAsync()));
    }

    [DatabaseTheory]
    public async Task List_KeysMadeInTheSameMinute_AreShownApart(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var keys = new[] { await world.KeyAsync("admin", "clusters.view"), await world.KeyAsync("admin", "clusters.view"), await world.KeyAsync("admin", "clusters.view") };

        var shown = (await world.Directory.ListAsync(world["admin"], world.Scope)).Value.Rows.ToDictionary(row => row.Id, row => row.Shown);

        Assert.Equal(3, shown.Values.Distinct().Count());
        // What is shown is found in the text that its holder has.
        Assert.All(keys, key => Assert.Contains(shown[key.Id].Replace("pck_…", "", StringComparison.Ordinal) + "_", key.Secret, StringComparison.Ordinal));
    }

    [DatabaseTheory]
    public async Task Create_ByWhoHasARoleUntilADate_LivesNoLongerThanTheRole(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var end = world.Now.AddDays(10);
        var guest = await world.Acme.MemberAsync("guest");
        await world.Acme.GrantAsync(world.Project, guest, ProjectRole.Developer, end);

        Assert.IsType<OutlivesOwn>((await world.Keys.CreateAsync(Actors.Of(guest), world.Scope, KeyWorld.Draft("clusters.view"))).Error);
        Assert.IsType<OutlivesOwn>((await world.Keys.CreateAsync(Actors.Of(guest), world.Scope, KeyWorld.Draft("clusters.view") with { ExpiresUtc = end.AddMinutes(1) })).Error);
        Assert.True((await world.Keys.CreateAsync(Actors.Of(guest), world.Scope, KeyWorld.Draft("clusters.view") with { ExpiresUtc = end })).Succeeded);
    }

    [DatabaseTheory]
    [InlineData(null, false)]
    [InlineData(0, false)]
    [InlineData(8, false)]
    [InlineData(7, true)]
    public async Task Create_WhereKeysLiveSevenDays_TakesNoLongerExpiry(DatabaseKind kind, int? days, bool passes)
    {
        await using var world = await KeyWorld.CreateAsync(kind, settings => settings with { LongestKeyLifeDays = 7 });

        var made = await world.Keys.CreateAsync(world["admin"], world.Scope, KeyWorld.Draft("clusters.view") with { ExpiresUtc = days is { } some ? world.Now.AddDays(some) : null });

        Assert.Equal(passes, made.Succeeded);
        Assert.Equal(!passes, (made.Error as Invalid)?.For(nameof(KeyTerms.ExpiresUtc)) is not null);
    }

    [DatabaseTheory]
    public async Task Keys_OfAnotherProjectOrOrganization_AreNotFound(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var key = await world.KeyAsync("admin", "clusters.view");
        var other = await world.Acme.ProjectAsync("other", (world.User("admin"), ProjectRole.Admin));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await world.Keys.RotateAsync(world["admin"], world.Acme.Scope(other), key.Id, TimeSpan.Zero)).Error);
            Assert.IsType<NotFound>((await world.Keys.RevokeAsync(world["admin"], world.Acme.Scope(other), key.Id)).Error);
            Assert.IsType<NotFound>((await world.Keys.RevokeAsync(world["neighbour"], world.Scope with { OrganizationId = world.Neighbour.Id }, key.Id)).Error);
        });
    }

    [DatabaseTheory]
    public async Task RotateAndRevoke_KeyThatHoldsMoreThanTheActor_IsRefused(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var strong = await world.KeyAsync("admin", "clusters.delete");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<ExceedsOwn>((await world.Keys.RotateAsync(world["developer"], world.Scope, strong.Id, TimeSpan.Zero)).Error);
            Assert.IsType<ExceedsOwn>((await world.Keys.RevokeAsync(world["developer"], world.Scope, strong.Id)).Error);
        });
        Assert.True((await world.Keys.RevokeAsync(world["manager"], world.Scope, strong.Id)).Succeeded);
    }

    [DatabaseTheory]
    public async Task List_KeysOfSomebodyWhoLeft_AreMarkedAndOpenOn(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var key = await world.KeyAsync("developer", "clusters.view");
        await world.Database.Get<CollaboratorsService>().RemoveAsync(world["admin"], world.Scope, new Removal(world.User("developer").Id, null));

        var row = Assert.Single((await world.Directory.ListAsync(world["admin"], world.Scope)).Value.Rows);

        Assert.True(row.IsCreatorGone);
        Assert.NotNull(await world.OpenAsync(key.Secret));
    }

    [DatabaseTheory]
    public async Task DefaultKey_IsTheOwnersAlone(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var home = world.Acme.Scope(world.Acme.DefaultProject);

        var before = Assert.Single((await world.Directory.ListAsync(world["owner"], home)).Value.Rows);
        Assert.True(before is { IsOrganizationDefault: true, State: KeyState.WithoutSecret, Shown: "", RefusedToRevoke: not null });
        foreach (var who in new[] { "organization-admin", "member", "developer" })
        {
            Assert.Empty((await world.Directory.ListAsync(world[who], home)).Value.Rows);
            await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
                Assert.IsType<Forbidden>((await world.Keys.RotateDefaultAsync(world[who], world.Acme.Id, TimeSpan.Zero)).Error));
        }

        Assert.IsType<NotFound>((await world.Keys.RotateDefaultAsync(world["neighbour"], world.Acme.Id, TimeSpan.Zero)).Error);
        var first = (await world.Keys.RotateDefaultAsync(world["owner"], world.Acme.Id, TimeSpan.Zero)).Value;
        var opened = await world.OpenAsync(first.Secret);
        Assert.Equal(KeyTerms.OfOrganizationDefault.Permissions, opened!.Credential!.Permissions);
        Assert.IsType<NotFound>((await world.Keys.RevokeAsync(world["owner"], home, first.Id)).Error);
        Assert.IsType<NotFound>((await world.Keys.RotateAsync(world["organization-admin"], home, first.Id, TimeSpan.Zero)).Error);

        var second = (await world.Keys.RotateDefaultAsync(world["owner"], world.Acme.Id, TimeSpan.Zero)).Value;
        Assert.Null(await world.OpenAsync(first.Secret));
        Assert.NotNull(await world.OpenAsync(second.Secret));
        Assert.Equal(1, await world.Database.ReadAsync(db => db.ProjectKeys.CountAsync()));
    }

    [DatabaseTheory]
    public async Task Create_ManyAtOnceWithRoomForThree_MakesThree(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        await world.Database.AddAsync(new Limit(LimitScope.Project, world.Acme.Id, world.Project.Id, Metric.Keys, 3, world.Acme.Owner.Id, "owner@acme.test", world.Now));

        var made = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => world.Keys.CreateAsync(world["developer"], world.Scope, KeyWorld.Draft("clusters.view")))));

        Assert.Equal(3, made.Count(result => result.Succeeded));
        Assert.All(made.Where(result => !result.Succeeded), result => Assert.IsType<LimitReached>(result.Error));
        Assert.Equal(3, await world.Database.ReadAsync(db => db.ProjectKeys.CountAsync()));
        // What is revoked makes room.
        Assert.True((await world.Keys.RevokeAsync(world["developer"], world.Scope, made.First(result => result.Succeeded).Value.Id)).Succeeded);
        Assert.True((await world.Keys.CreateAsync(world["developer"], world.Scope, KeyWorld.Draft("clusters.view"))).Succeeded);
    }

    [DatabaseTheory]
    public async Task Keys_WhatIsDoneWithThem_IsAuditedWithoutSecrets(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var key = await world.KeyAsync("developer", "clusters.view");
        var rotated = (await world.Keys.RotateAsync(world["developer"], world.Scope, key.Id, TimeSpan.FromHours(1))).Value;
        await world.Keys.RevokeAsync(world["admin"], world.Scope, key.Id);
        await world.Keys.RevokeAsync(world["admin"], world.Scope, key.Id);

        var entries = await world.Database.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).ToListAsync());

        Assert.Equal(
            [(AuditActions.KeyCreated, "developer@acme.test"), (AuditActions.KeyRotated, "developer@acme.test"), (AuditActions.KeyRevoked, "admin@acme.test")],
            entries.Select(entry => (entry.Action, entry.ActorName)));
        Assert.All(entries, entry => Assert.Equal(("key", key.Id, world.Project.Id), (entry.ObjectKind, entry.ObjectId, entry.ProjectId)));
        var all = string.Join(' ', entries.Select(entry => $"{entry.Before} {entry.After} {entry.ObjectName}"));
        foreach (var secret in new[] { key.Secret, rotated.Secret })
        {
            Assert.True(KeyText.TryParse(secret, out var text));
            Assert.DoesNotContain(text.Secret, all, StringComparison.Ordinal);
            Assert.DoesNotContain(text.Hash(), all, StringComparison.Ordinal);
        }
    }
}
