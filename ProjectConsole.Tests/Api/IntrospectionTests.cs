using ProjectConsole.Domain.Keys;
using ProjectConsole.Features.Keys;
using ProjectConsole.Features.Projects;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>What a program learns of a key that it was shown.</summary>
public sealed class IntrospectionTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task Introspect_AKeyOfTheProject_SaysWhatItMayDoNow()
    {
        var world = await ApiWorld.CreateAsync(server);
        var (guard, key) = (await world.KeyAsync("project.view", "keys.view"), await world.KeyAsync("clusters.view", "project.view"));

        var answer = await AskAsync(world, guard.Secret, key.Secret);

        Assert.Equal((200, "True", "clusters.view project.view", key.Id.ToString(), "Bearer"), (answer.Status, answer["active"], answer["scope"], answer["client_id"], answer["token_type"]));
        Assert.Equal((world.Organization, "vision"), (answer["organization"], answer["project"]));
        Assert.DoesNotContain(key.Secret, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Introspect_WhateverIsNotTheAskersToKnow_IsInactiveAndNothingElse()
    {
        var (world, other) = (await ApiWorld.CreateAsync(server), await ApiWorld.CreateAsync(server));
        var (guard, blind) = (await world.KeyAsync("project.view", "keys.view"), await world.KeyAsync("project.view"));
        var (neighbours, revoked) = (await other.KeyAsync("project.view"), await world.KeyAsync("project.view"));
        Assert.True((await world.Get<KeysService>().RevokeAsync(world["admin"], world.Scope, revoked.Id)).Succeeded);
        var token = await world.TokenAsync("admin", "project.view");

        (string Asking, string Asked)[] rows =
        [
            (guard.Secret, neighbours.Secret), (guard.Secret, revoked.Secret), (guard.Secret, token), (guard.Secret, "nothing"), (blind.Secret, guard.Secret),
            (guard.Secret, KeyText.Create(KeyPrefix.ProjectKey, blind.Id).ToString()), (await other.TokenAsync("stranger", "keys.view"), guard.Secret),
        ];
        foreach (var (asking, asked) in rows)
        {
            var answer = await AskAsync(world, asking, asked);
            Assert.Equal((200, "{\"active\":false}"), (answer.Status, answer.Text));
        }
    }

    [Fact]
    public async Task Introspect_AKeyOfADeletedProject_IsInactive()
    {
        var world = await ApiWorld.CreateAsync(server);
        var key = await world.KeyAsync("project.view", "keys.view");
        Assert.Equal("True", (await AskAsync(world, key.Secret, key.Secret))["active"]);

        Assert.True((await world.Get<ProjectLifeService>().DeleteAsync(world["owner"], world.Scope, "vision")).Succeeded);

        Assert.NotEqual("True", (await AskAsync(world, await world.TokenAsync("owner", "keys.view", "project.view"), key.Secret))["active"]);
    }

    [Fact]
    public async Task Introspect_WithoutATokenOrAForm_IsRefused()
    {
        var world = await ApiWorld.CreateAsync(server);
        var key = await world.KeyAsync("project.view", "keys.view");
        Task<ApiAnswer> SendAsync(string? credential, HttpContent? body) => world.CallAsync(credential, HttpMethod.Post, "/oauth/introspect", body);

        Assert.Equal(401, (await SendAsync(null, Form("token", key.Secret))).Status);
        Assert.Equal(415, (await SendAsync(key.Secret, null)).Status);
        Assert.Equal(415, (await SendAsync(key.Secret, new StringContent("{}", System.Text.Encoding.UTF8, "application/json"))).Status);
        Assert.Equal(400, (await SendAsync(key.Secret, Form("key", "x"))).Status);
        Assert.Equal(400, (await SendAsync(key.Secret, Form("token", new string('x', 100_000)))).Status);
    }

    private static FormUrlEncodedContent Form(string name, string value) => new([KeyValuePair.Create(name, value)]);

    private static Task<ApiAnswer> AskAsync(ApiWorld world, string asking, string asked) => world.CallAsync(asking, HttpMethod.Post, "/oauth/introspect", Form("token", asked));
}
