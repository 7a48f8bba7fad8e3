using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Keys;
using ProjectConsole.Tests.Features.Keys;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>What a personal token does with itself, and what it cannot do with its kind.</summary>
public sealed class OwnCredentialCallsTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private const string Own = "/api/v1/account/token";

    [Fact]
    public async Task OwnToken_OfTheSmallestSet_ReadsAndEndsItselfAlone()
    {
        var world = await ApiWorld.CreateAsync(server);
        var (token, other) = (await world.TokenAsync("viewer", "project.view"), await world.TokenAsync("viewer", ApiWorld.Everything));

        var read = await world.CallAsync(token, HttpMethod.Get, Own);
        Assert.Equal((200, "[\"project.view\"]"), (read.Status, read["permissions"]));
        Assert.DoesNotContain(token[(token.LastIndexOf('_') + 1)..], read.Text, StringComparison.Ordinal);
        Assert.Equal(204, (await world.CallAsync(token, HttpMethod.Delete, Own + "?dryRun=true")).Status);
        Assert.Equal(200, (await world.CallAsync(token, HttpMethod.Get, Own)).Status);

        Assert.Equal(204, (await world.CallAsync(token, HttpMethod.Delete, Own)).Status);

        Assert.Equal(401, (await world.CallAsync(token, HttpMethod.Get, Own)).Status);
        Assert.Equal(200, (await world.CallAsync(other, HttpMethod.Get, Own)).Status);
        Assert.Single(await server.AuditAsync(AuditActions.TokenRevoked), entry => entry.ObjectId == Guid.Parse(read["id"]!));
    }

    [Fact]
    public async Task OwnToken_AskedByAProjectKey_IsRefused()
    {
        var world = await ApiWorld.CreateAsync(server);
        var key = (await world.KeyAsync("project.view", "keys.revoke")).Secret;

        Assert.Equal(403, (await world.CallAsync(key, HttpMethod.Get, Own)).Status);
        Assert.Equal(403, (await world.CallAsync(key, HttpMethod.Delete, Own)).Status);
        Assert.Equal(200, (await world.CallAsync(key, HttpMethod.Get, "/api/v1/whoami")).Status);
    }

    [Fact]
    public async Task SshKeys_OfTheCallerAlone_AreListed()
    {
        var world = await ApiWorld.CreateAsync(server);
        Assert.True((await world.Get<SshKeysService>().AddAsync(world["developer"], "laptop", OwnKeysTests.PublicKey())).Succeeded);

        var own = await world.CallAsync(await world.TokenAsync("developer", "clusters.view"), HttpMethod.Get, "/api/v1/account/ssh-keys");
        var others = await world.CallAsync(await world.TokenAsync("owner", ApiWorld.Everything), HttpMethod.Get, "/api/v1/account/ssh-keys");

        Assert.Equal("laptop", Assert.Single(own.Items).GetProperty("name").GetString());
        Assert.Empty(others.Items);
    }
}
