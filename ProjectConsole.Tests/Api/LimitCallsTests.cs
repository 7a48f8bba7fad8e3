using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>Limits through the API.</summary>
public sealed class LimitCallsTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task Limit_SetAndCleared_CountsBelowTheOneAbove()
    {
        var world = await ApiWorld.CreateAsync(server);
        var owner = await world.TokenAsync("owner", ApiWorld.Everything);
        var (own, above) = ($"{world.Address}/limits", $"{world.OrganizationAddress}/limits");

        Assert.Equal(204, (await world.SendAsync(owner, "PUT", $"{above}/gpus", new { amount = 32 })).Status);
        Assert.Equal(204, (await world.SendAsync(owner, "PUT", $"{own}/gpus", new { amount = 16, seen = (long?)null })).Status);
        Assert.Equal(new Row(16, "project", 16, 32, "organization"), await GpusAsync(world, owner, own));
        Assert.Equal((412, "stale"), ((await world.SendAsync(owner, "PUT", $"{own}/gpus", new { amount = 8, seen = 12 })) is { } late ? (late.Status, late.Problem) : default));
        Assert.Equal(400, (await world.SendAsync(owner, "PUT", $"{own}/gpus", new { amount = 33 })).Status);
        Assert.Equal(204, (await world.SendAsync(owner, "PUT", $"{own}/gpus?dryRun=true", new { amount = 1 })).Status);
        Assert.Equal(16, (await GpusAsync(world, owner, own)).Amount);
        Assert.Equal(204, (await world.SendAsync(owner, "DELETE", $"{own}/gpus")).Status);
        Assert.Equal(new Row(32, "organization", null, 32, "organization"), await GpusAsync(world, owner, own));
        Assert.Equal(204, (await world.SendAsync(owner, "PUT", $"{world.OrganizationAddress}/personal-space-limits/gpus", new { amount = 2 })).Status);
        Assert.Equal(2, (await GpusAsync(world, owner, $"{world.OrganizationAddress}/personal-space/limits")).Amount);
    }

    [Theory]
    [InlineData("viewer", 200, 403, 200, 403)]
    [InlineData("manager", 200, 403, 200, 403)]
    [InlineData("admin", 200, 204, 200, 403)]
    [InlineData("owner", 200, 204, 200, 204)]
    [InlineData("stranger", 404, 404, 404, 404)]
    public async Task Limits_ByRole_AreWhatTheRoleMay(string who, int list, int set, int listAbove, int setAbove)
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync(who, ApiWorld.Everything);

        Assert.Equal(list, (await world.SendAsync(token, "GET", $"{world.Address}/limits")).Status);
        Assert.Equal(set, (await world.SendAsync(token, "PUT", $"{world.Address}/limits/gpus", new { amount = 3 })).Status);
        Assert.Equal(set, (await world.SendAsync(token, "DELETE", $"{world.Address}/limits/cpu-cores")).Status);
        Assert.Equal(listAbove, (await world.SendAsync(token, "GET", $"{world.OrganizationAddress}/limits")).Status);
        Assert.Equal(setAbove, (await world.SendAsync(token, "PUT", $"{world.OrganizationAddress}/limits/gpus", new { amount = 5 })).Status);
        await using var db = server.OpenDatabase();
        Assert.Equal((set == 204 ? 1 : 0) + (setAbove == 204 ? 1 : 0), await db.Limits.CountAsync(limit => limit.ScopeId == world.Scope.ProjectId || limit.ScopeId == world.Scope.OrganizationId));
    }

    [Fact]
    public async Task Limits_OfTheInstallation_AreItsAdministrators()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("stranger", [.. PermissionCatalogue.All.Select(permission => permission.Name)]);
        foreach (var address in new[] { "/api/v1/installation/limits", "/api/v1/installation/limit-bounds" })
        {
            Assert.InRange((await world.SendAsync(token, "GET", address)).Status, 403, 404);
            Assert.InRange((await world.SendAsync(token, "PUT", $"{address}/gpus", new { amount = 1 })).Status, 403, 404);
        }

        await server.ChangeAsync(world.User("stranger"), user => user.IsInstallationAdministrator = true);
        foreach (var address in new[] { "/api/v1/installation/limits", "/api/v1/installation/limit-bounds" })
        {
            Assert.Equal(204, (await world.SendAsync(token, "PUT", $"{address}/gpus", new { amount = 60 })).Status);
            Assert.Equal(60, (await GpusAsync(world, token, address)).Own);
            Assert.Equal(204, (await world.SendAsync(token, "DELETE", $"{address}/gpus")).Status);
            Assert.InRange((await world.SendAsync(await world.TokenAsync("stranger", "project.view"), "GET", address)).Status, 403, 404);
        }
    }

    [Theory]
    [InlineData("gpus", """{"amount":-1}""", 400)]
    [InlineData("gpus", """{"amount":null}""", 400)]
    [InlineData("gpus", """{}""", 400)]
    [InlineData("gpus", """{"amount":"3"}""", 400)]
    [InlineData("gpus", """{"amount":1.5}""", 400)]
    [InlineData("gpus", """{"amount":1e30}""", 400)]
    [InlineData("gpus", """{"amount":3,"metric":"keys"}""", 400)]
    [InlineData("colour", """{"amount":3}""", 404)]
    public async Task Limit_ThatMakesNoSense_IsRefused(string metric, string body, int status)
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("admin", ApiWorld.Everything);

        Assert.Equal(status, (await world.SendAsync(token, "PUT", $"{world.Address}/limits/{metric}", new StringContent(body, null, "application/json"))).Status);
        await using var db = server.OpenDatabase();
        Assert.False(await db.Limits.AnyAsync(limit => limit.ScopeId == world.Scope.ProjectId));
    }

    private sealed record Row(long? Amount, string? SetBy, long? Own, long? Most, string? MostBy);

    private static async Task<Row> GpusAsync(ApiWorld world, string token, string address)
    {
        var answer = await world.SendAsync(token, "GET", address);
        Assert.True(answer.Status == 200, answer.Text);
        var gpus = answer.Items.Single(row => row.GetProperty("metric").GetString() == "gpus");
        return new Row(Number("amount"), gpus.GetProperty("setBy").GetString(), Number("own"), Number("most"), gpus.GetProperty("mostBy").GetString());

        long? Number(string name) => gpus.GetProperty(name) is { ValueKind: System.Text.Json.JsonValueKind.Number } number ? number.GetInt64() : null;
    }
}
