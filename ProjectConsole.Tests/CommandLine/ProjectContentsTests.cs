using Microsoft.EntityFrameworkCore;
using ProjectConsole.CommandLine;
using ProjectConsole.Domain.Access;
using ProjectConsole.Tests.Api;

namespace ProjectConsole.Tests.CommandLine;

/// <summary>Commands about what is in a project: roles, keys, resources, usage, audit, and why somebody may.</summary>
public sealed class ProjectContentsTests(ListeningServer server) : IClassFixture<ListeningServer>, IDisposable
{
    private readonly TypedPlace _place = new();

    [Fact]
    public async Task Keys_CreatedRotatedAndRevoked_WriteTheSecretAloneToTheOutput()
    {
        var world = await SignInAsync("admin");

        var tried = await _place.TypeAsync("key", "create", "nightly", "--permission", "clusters.view", "--dry-run");
        Assert.Equal(0, tried.Code);
        Assert.DoesNotContain("pck_", tried.Output + tried.Error, StringComparison.Ordinal);
        var made = await _place.TypeAsync("key", "create", "nightly", "--permission", "clusters.view", "--permission", "files.view");
        Assert.Equal(0, made.Code);
        var secret = Assert.Single(made.Lines);
        Assert.StartsWith("pck_", secret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, made.Error, StringComparison.Ordinal);
        Assert.Equal(200, (await world.SendAsync(secret, "GET", "/api/v1/whoami")).Status);
        await using (var db = server.OpenDatabase())
        {
            var key = await db.ProjectKeys.SingleAsync(row => row.ProjectId == world.Scope.ProjectId);
            Assert.Equal(30, Math.Round((key.ExpiresUtc!.Value - key.CreatedUtc).TotalDays));
        }

        var list = await _place.TypeAsync("key", "list");
        Assert.Contains(list.Lines, line => line.StartsWith("nightly", StringComparison.Ordinal) && line.Contains("active", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Usage, (await _place.TypeAsync("key", "rotate", "nightly")).Code);
        var rotated = await _place.TypeAsync("key", "rotate", "nightly", "--yes");
        Assert.Equal((401, 200), ((await world.SendAsync(secret, "GET", "/api/v1/whoami")).Status, (await world.SendAsync(Assert.Single(rotated.Lines), "GET", "/api/v1/whoami")).Status));
        Assert.Equal(0, (await _place.TypeAsync("key", "revoke", "nightly", "--yes")).Code);
        Assert.Equal(401, (await world.SendAsync(rotated.Lines[0], "GET", "/api/v1/whoami")).Status);
        Assert.Equal(ExitCodes.NotFound, (await _place.TypeAsync("key", "revoke", "nightly", "--yes")).Code);
        Assert.Equal(ExitCodes.Usage, (await _place.TypeAsync("key", "create", "empty")).Code);
    }

    [Fact]
    public async Task Resources_CreatedChangedAndDeleted_AreDoneAndSaid()
    {
        var world = await SignInAsync("admin");
        await File.WriteAllTextAsync(Path.Combine(_place.Folder, "spec.json"), """{"media-type":"text/plain"}""");

        Assert.Equal((0, 0), ((await _place.TypeAsync("resource", "create", "files", "notes", "--dry-run")).Code, await CountAsync(world)));
        var made = await _place.TypeAsync("resource", "create", "files", "notes", "--label", "draft", "--description", "What was found", "--spec-file", "spec.json");
        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.Equal(1, await CountAsync(world));
        Assert.Contains((await _place.TypeAsync("resource", "list")).Lines, line => line.StartsWith("files", StringComparison.Ordinal));
        Assert.Contains((await _place.TypeAsync("resource", "list", "files", "--search", "not")).Lines, line => line.StartsWith("notes", StringComparison.Ordinal) && line.Contains("draft", StringComparison.Ordinal));
        Assert.Contains("What was found", (await _place.TypeAsync("resource", "get", "files", "notes")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _place.TypeAsync("resource", "update", "files", "notes", "--description", "What is known")).Code);
        Assert.Equal("What is known", (string?)(await _place.TypeAsync("resource", "get", "files", "notes", "-o", "json")).Json["description"]);
        Assert.Equal(ExitCodes.Usage, (await _place.TypeAsync("resource", "update", "files", "notes")).Code);
        Assert.Equal(ExitCodes.Usage, (await _place.TypeAsync("resource", "create", "files", "more", "--spec", "nothing")).Code);
        Assert.Equal(ExitCodes.Usage, (await _place.TypeAsync("resource", "create", "files", "more", "--spec", "no-such-field=1")).Code);
        Assert.Equal(ExitCodes.NotFound, (await _place.TypeAsync("resource", "list", "kettles")).Code);
        Assert.Equal((ExitCodes.Usage, 1), ((await _place.TypeAsync("resource", "delete", "files", "notes")).Code, await CountAsync(world)));
        Assert.Equal((0, 0), ((await _place.AnswerAsync("notes", "resource", "delete", "files", "notes")).Code, await CountAsync(world)));
    }

    [Fact]
    public async Task RolesUsageAuditAndWhy_AreTablesForPeopleAndJsonForPrograms()
    {
        var world = await SignInAsync("admin");
        var developer = world.User("developer").Email!;

        var roles = await _place.TypeAsync("role", "list");
        Assert.Contains(roles.Lines, line => line.StartsWith("contributor", StringComparison.Ordinal));
        Assert.Contains("clusters.view", (await _place.TypeAsync("role", "describe", "viewer")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NotFound, (await _place.TypeAsync("role", "describe", "no-such")).Code);

        Assert.Matches("^METRIC +USED +LIMIT", (await _place.TypeAsync("usage")).Lines[0]);
        Assert.NotEmpty((await _place.TypeAsync("usage", "-o", "json")).Json["items"]!.AsArray());

        Assert.Equal(0, (await _place.TypeAsync("collaborator", "role", developer, "viewer")).Code);
        var audit = await _place.TypeAsync("audit", "--limit", "5");
        Assert.Contains(audit.Lines, line => line.Contains(developer, StringComparison.Ordinal) && line.Contains("project.collaborator", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Usage, (await _place.TypeAsync("audit", "--from", "yesterday")).Code);

        var why = await _place.TypeAsync("collaborator", "why", developer, "--permission", "clusters.operate");
        Assert.Equal(0, why.Code);
        Assert.Matches("allowed +no", why.Output);
        Assert.True((bool?)(await _place.TypeAsync("collaborator", "why", developer, "-o", "json")).Json["allowed"]);
        Assert.Equal(ExitCodes.NotFound, (await _place.TypeAsync("collaborator", "why", world.User("stranger").Email!)).Code);
    }

    public void Dispose() => _place.Dispose();

    private async Task<ApiWorld> SignInAsync(string who)
    {
        var world = await ApiWorld.CreateAsync(server);
        _place.Variables[ServerAddress.Variable] = server.Address;
        _place.Variables[ServerAddress.TokenVariable] = await world.TokenAsync(who, [.. PermissionCatalogue.All.Select(permission => permission.Name)]);
        _place.Variables[ScopeSources.OrganizationVariable] = world.Organization;
        _place.Variables[ScopeSources.ProjectVariable] = "vision";
        return world;
    }

    private async Task<int> CountAsync(ApiWorld world)
    {
        await using var db = server.OpenDatabase();
        return await db.Resources.CountAsync(row => row.ProjectId == world.Scope.ProjectId);
    }
}
