using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Features.Keys;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Keys;

/// <summary>The tokens and SSH keys of a person: bounds, duplicates, and those of others.</summary>
public sealed class OwnKeysTests
{
    private static readonly string[] Others = ["owner", "admin", "neighbour"];

    [DatabaseTheory]
    public async Task SshKey_Duplicate_IsRefusedToItsPersonAloneAndComesBackAfterRemoval(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var (service, text) = (world.Database.Get<SshKeysService>(), PublicKey());
        Assert.True((await service.AddAsync(world["developer"], "laptop", text)).Succeeded);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.NotNull(Assert.IsType<Invalid>((await service.AddAsync(world["developer"], "another name", text.Replace("comment", "other", StringComparison.Ordinal))).Error).For(SshKeysService.KeyField)));
        Assert.True((await service.AddAsync(world["viewer"], "", text)).Succeeded);
        Assert.Equal("comment of a key", Assert.Single(await service.ListAsync(world["viewer"])).Name);
        var row = Assert.Single(await service.ListAsync(world["developer"]));
        Assert.True((await service.RemoveAsync(world["developer"], row.Id)).Succeeded);
        Assert.IsType<NotFound>((await service.RemoveAsync(world["developer"], row.Id)).Error);
        Assert.True((await service.AddAsync(world["developer"], "laptop", text)).Succeeded);
    }

    [DatabaseTheory]
    public async Task SshKey_OfSomebodyElse_IsNotFound(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var service = world.Database.Get<SshKeysService>();
        await service.AddAsync(world["developer"], "laptop", PublicKey());
        var id = Assert.Single(await service.ListAsync(world["developer"])).Id;

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var who in Others)
            {
                Assert.IsType<NotFound>((await service.RemoveAsync(world[who], id)).Error);
                Assert.Empty(await service.ListAsync(world[who]));
            }

            Assert.IsType<NotFound>((await service.AddAsync(Actors.Anonymous, "x", PublicKey())).Error);
        });
    }

    [DatabaseTheory]
    [InlineData(80, true)]
    [InlineData(81, false)]
    public async Task SshKey_NameOfSomeLength_IsTakenUpToTheMost(DatabaseKind kind, int length, bool passes)
    {
        await using var world = await KeyWorld.CreateAsync(kind);

        var added = await world.Database.Get<SshKeysService>().AddAsync(world["developer"], new string('n', length), PublicKey());

        Assert.Equal(passes, added.Succeeded);
        Assert.Equal(!passes, (added.Error as Invalid)?.For("Name") is not null);
    }

    [DatabaseTheory]
    public async Task SshKey_OneMoreThanTheMost_IsRefusedAlsoWhenManyComeAtOnce(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var service = world.Database.Get<SshKeysService>();
        await using (var db = world.Database.Open())
        {
            db.AddRange(Enumerable.Range(2, SshKey.Most - 1).Select(number => new SshKey(world.User("developer").Id, $"key {number}", SshPublicKey.Parse(PublicKey(), "Key").Value, world.Now)));
            await db.SaveChangesAsync();
        }

        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => service.AddAsync(world["developer"], "one more", PublicKey()))));

        Assert.Equal(1, added.Count(result => result.Succeeded));
        Assert.All(added.Where(result => !result.Succeeded), result => Assert.IsType<TooMany>(result.Error));
        Assert.Equal(SshKey.Most, await world.Database.ReadAsync(db => db.SshKeys.CountAsync()));
    }

    [DatabaseTheory]
    public async Task Token_OfSomebodyElse_IsNotFound(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var token = await world.TokenAsync("developer", "project.view");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var who in Others)
            {
                Assert.IsType<NotFound>((await world.Tokens.RotateAsync(world[who], token.Id, TimeSpan.Zero)).Error);
                Assert.IsType<NotFound>((await world.Tokens.RevokeAsync(world[who], token.Id)).Error);
                Assert.Empty((await world.Tokens.ListAsync(world[who])).Value.Rows);
            }
        });
        Assert.NotNull(await world.OpenAsync(token.Secret));
    }

    [DatabaseTheory]
    public async Task Token_OneMoreThanTheMost_IsRefusedUntilOneEnds(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var terms = KeyTerms.Check("t", ["project.view"], TokensService.Holdable, null, null, world.Now).Value;
        await using (var db = world.Database.Open())
        {
            db.AddRange(Enumerable.Range(1, TokensService.Most - 1).Select(_ => new PersonalToken(world.User("developer").Id, terms, world.Now)));
            await db.SaveChangesAsync();
        }

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            world.Tokens.CreateAsync(world["developer"], KeyWorld.Draft("project.view") with { ExpiresUtc = world.Now.AddMinutes(1) }))));

        Assert.Equal(1, made.Count(result => result.Succeeded));
        Assert.All(made.Where(result => !result.Succeeded), result => Assert.IsType<TooMany>(result.Error));
        Assert.True((await world.Tokens.CreateAsync(world["viewer"], KeyWorld.Draft("project.view"))).Succeeded);
        // What has ended makes room.
        world.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await world.Tokens.CreateAsync(world["developer"], KeyWorld.Draft("project.view"))).Succeeded);
        Assert.IsType<TooMany>((await world.Tokens.CreateAsync(world["developer"], KeyWorld.Draft("project.view"))).Error);
    }

    [DatabaseTheory]
    public async Task Token_RotatedWithGrace_OpensWithBothUntilItIsOver(DatabaseKind kind)
    {
        await using var world = await KeyWorld.CreateAsync(kind);
        var token = await world.TokenAsync("developer", "project.view");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var grace in new[] { TimeSpan.FromSeconds(-1), KeyTerms.LongestGrace + TimeSpan.FromTicks(1) })
            {
                Assert.NotNull(Assert.IsType<Invalid>((await world.Tokens.RotateAsync(world["developer"], token.Id, grace)).Error).For("Grace"));
            }
        });

        var rotated = (await world.Tokens.RotateAsync(world["developer"], token.Id, KeyTerms.LongestGrace)).Value;
        Assert.NotNull(await world.OpenAsync(token.Secret));
        world.Database.Clock.Advance(KeyTerms.LongestGrace);
        Assert.Null(await world.OpenAsync(token.Secret));
        Assert.NotNull(await world.OpenAsync(rotated.Secret));
        await world.Tokens.RevokeAsync(world["developer"], token.Id);
        Assert.IsType<KeyIsOver>((await world.Tokens.RotateAsync(world["developer"], token.Id, TimeSpan.Zero)).Error);
    }

    /// <summary>A public key that nobody else has.</summary>
    internal static string PublicKey()
    {
        var type = "ssh-ed25519"u8;
        var blob = new byte[4 + type.Length + 4 + 32];
        BinaryPrimitives.WriteInt32BigEndian(blob, type.Length);
        type.CopyTo(blob.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(blob.AsSpan(4 + type.Length), 32);
        RandomNumberGenerator.Fill(blob.AsSpan(8 + type.Length));
        return $"{Encoding.ASCII.GetString(type)} {Convert.ToBase64String(blob)} comment of a key";
    }
}
