using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Projects;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>Whose public keys open a cluster.</summary>
public sealed class AuthorizedKeysTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private const string Line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKGJMvFxNm4EtM8iq8iWTz2HyOfgxyvV8aAlsP79MBYL";

    private static readonly SshPublicKey Key = SshPublicKey.Parse(Line, "Key").Value;

    [Theory]
    [InlineData("owner", true)]
    [InlineData("admin", true)]
    [InlineData("manager", true)]
    [InlineData("developer", true)]
    [InlineData("contributor", false)]
    [InlineData("viewer", false)]
    [InlineData("stranger", false)]
    public async Task List_ByRole_HasTheKeysOfThoseWhoMayOperateTheCluster(string who, bool opens)
    {
        var world = await WorldAsync(who);
        var host = await world.KeyAsync("project.view", "clusters.view");

        foreach (var asked in new[] { $"user={world.User(who).Email}", $"fingerprint={Uri.EscapeDataString(Key.Fingerprint)}&user={world.User(who).Email}" })
        {
            var answer = await AskAsync(world, host.Secret, asked);

            Assert.Equal((200, "text/plain"), (answer.Status, answer.MediaType));
            Assert.Equal(opens ? $"{Line} {world.User(who).Email}\n" : "", answer.Text);
        }
    }

    [Fact]
    public async Task List_AfterRemovalOrSuspension_ClosesAtTheNextLogin()
    {
        var world = await WorldAsync("developer", "manager");
        var host = await world.KeyAsync("project.view", "clusters.view");
        Task<ApiAnswer> AskForAsync(string who) => AskAsync(world, host.Secret, $"user={world.User(who).Email}");
        Assert.NotEmpty((await AskForAsync("developer")).Text);

        Assert.True((await world.Get<CollaboratorsService>().RemoveAsync(world["admin"], world.Scope, new Removal(world.User("developer").Id))).Succeeded);
        Assert.Empty((await AskForAsync("developer")).Text);
        Assert.NotEmpty((await AskForAsync("manager")).Text);

        Assert.True((await world.Get<ProjectLifeService>().SuspendAsync(world["admin"], world.Scope)).Succeeded);
        Assert.Empty((await AskForAsync("manager")).Text);
    }

    [Fact]
    public async Task List_AskedByWhoMayNotOrWrongly_IsRefused()
    {
        var (world, other) = (await WorldAsync("developer"), await WorldAsync("developer"));
        var (host, blind, neighbour) = (await world.KeyAsync("clusters.view"), await world.KeyAsync("volumes.view"), await other.KeyAsync("clusters.view"));
        var asked = $"user={world.User("developer").Email}";

        Assert.Equal(401, (await AskAsync(world, null, asked)).Status);
        Assert.Equal(403, (await AskAsync(world, blind.Secret, asked)).Status);
        Assert.Equal(404, (await AskAsync(world, neighbour.Secret, asked)).Status);
        Assert.Equal(404, (await AskAsync(world, host.Secret, asked, "no-such-cluster")).Status);
        Assert.Equal((400, "invalid"), await AskAsync(world, host.Secret, "") is var empty ? (empty.Status, empty.Problem) : default);
        Assert.Empty((await AskAsync(world, host.Secret, "user=%27%20or%201=1")).Text);
        Assert.Equal(400, (await AskAsync(world, host.Secret, "user=%00")).Status);
    }

    private static Task<ApiAnswer> AskAsync(ApiWorld world, string? credential, string asked, string cluster = "gpu-1") =>
        world.CallAsync(credential, HttpMethod.Get, $"/api/v1/organizations/{world.Organization}/projects/vision/clusters/{cluster}/authorized-keys?{asked}");

    private async Task<ApiWorld> WorldAsync(params string[] withKeys)
    {
        var world = await ApiWorld.CreateAsync(server);
        await using var db = server.OpenDatabase();
        var owner = world.User("owner");
        db.Add(new Resource(ResourceOwner.Of(world.Scope), ResourceKinds.Get("cluster"), "gpu-1", ResourceSpec.Empty, owner.Id, owner.Email!, server.Clock.UtcNow));
        db.AddRange(withKeys.Select(who => new SshKey(world.User(who).Id, "laptop", Key, server.Clock.UtcNow)));
        await db.SaveChangesAsync();
        return world;
    }
}
