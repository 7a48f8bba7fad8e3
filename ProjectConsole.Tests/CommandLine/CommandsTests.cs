using Microsoft.EntityFrameworkCore;
using ProjectConsole.CommandLine;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Tests.Api;

namespace ProjectConsole.Tests.CommandLine;

/// <summary>Commands against a running console.</summary>
public sealed class CommandsTests(ListeningServer server) : IClassFixture<ListeningServer>, IDisposable
{
    private readonly TypedPlace _place = new();

    [Fact]
    public async Task Login_WithATokenThatIsPipedIn_IsStoredAndUsed()
    {
        var (world, token) = await SignInAsync("admin");

        var who = await _place.TypeAsync("whoami");

        Assert.Equal(0, who.Code);
        Assert.Contains(world.User("admin").Email!, who.Output, StringComparison.Ordinal);
        Assert.Contains("none", who.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(token, who.Output + who.Error, StringComparison.Ordinal);
        var json = await _place.TypeAsync("whoami", "--output", "json");
        Assert.Equal("person", (string?)json.Json["kind"]);

        Assert.Equal(0, (await _place.TypeAsync("logout")).Code);
        Assert.Equal(401, (await world.CallAsync(token, HttpMethod.Get, "/api/v1/whoami")).Status);
        Assert.DoesNotContain(token, await File.ReadAllTextAsync(_place.SettingsPath), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NotSignedIn, (await _place.TypeAsync("whoami")).Code);
    }

    [Fact]
    public async Task Login_WithATokenThatOpensNothing_StoresNothing()
    {
        var (_, token) = await SignInAsync("admin");
        var before = await File.ReadAllTextAsync(_place.SettingsPath);

        var wrong = await _place.PipeAsync(token[..^1] + (token[^1] == 'a' ? 'b' : 'a'), "login", "--token", "--server", server.Address);
        var none = await _place.PipeAsync("", "login", "--token", "--server", server.Address);
        var argument = await _place.TypeAsync("login", $"--token={token}");
        var word = await _place.TypeAsync("login", "--token", token);

        Assert.Equal((ExitCodes.NotSignedIn, ExitCodes.Usage, ExitCodes.Usage, ExitCodes.Usage), (wrong.Code, none.Code, argument.Code, word.Code));
        Assert.All([wrong, none, argument, word], typed => Assert.DoesNotContain(token[..12], typed.Output + typed.Error, StringComparison.Ordinal));
        Assert.Equal(before, await File.ReadAllTextAsync(_place.SettingsPath));
    }

    [Theory]
    [InlineData("collaborator", "remove")]
    [InlineData("project", "delete")]
    public async Task Command_WithADotForAName_TouchesNothingAboveIt(string noun, string verb)
    {
        var (world, _) = await SignInAsync("admin");

        foreach (var name in new[] { "..", ".", "" })
        {
            var typed = await _place.TypeAsync(noun, verb, name, "--organization", world.Organization, "--project", "vision", "--yes");
            Assert.Equal(ExitCodes.Usage, typed.Code);
        }

        await using var db = server.OpenDatabase();
        Assert.False(await db.Projects.AnyAsync(row => row.Id == world.Scope.ProjectId && row.DeletedUtc != null));
    }

    [Fact]
    public async Task Login_WithAKey_MakesItsProjectTheActiveOne()
    {
        var world = await ApiWorld.CreateAsync(server);
        var key = await world.KeyAsync("clusters.view");

        Assert.Equal(0, (await _place.PipeAsync(key.Secret, "login", "--token", "--server", server.Address)).Code);

        var who = await _place.TypeAsync("whoami");
        Assert.Contains($"{world.Organization}/vision", who.Output, StringComparison.Ordinal);
        Assert.Contains("vision  (from the active project)", who.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Projects_FromCreationToRestoration_AreDoneAndSaid()
    {
        var (world, _) = await SignInAsync("owner");
        _place.Variables[ScopeSources.OrganizationVariable] = world.Organization;

        var tried = await _place.TypeAsync("project", "create", "churn", "--name", "Churn", "--dry-run");
        Assert.Equal((0, false), (tried.Code, await ExistsAsync(world, "churn")));
        Assert.Contains("Nothing was changed", tried.Output, StringComparison.Ordinal);
        var made = await _place.TypeAsync("project", "create", "churn", "--name", "Churn", "--collaborator", $"{world.User("viewer").Email}=contributor");
        Assert.Equal((0, true, ""), (made.Code, await ExistsAsync(world, "churn"), made.Error));

        var list = await _place.TypeAsync("project", "list");
        Assert.Matches("^PROJECT ID +NAME +STATE +ROLE", list.Lines[0]);
        Assert.Contains(list.Lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["churn", "Churn", "active", "Admin", ..]);
        var json = (await _place.TypeAsync("project", "list", "--limit", "1", "-o", "json")).Json;
        Assert.Equal((1, true), (json["items"]!.AsArray().Count, (bool?)json["more"]));

        Assert.Equal(0, (await _place.TypeAsync("project", "set", "churn")).Code);
        Assert.Contains("Churn", (await _place.TypeAsync("project", "describe")).Output, StringComparison.Ordinal);
        Assert.Equal("churn", (string?)(await _place.TypeAsync("project", "describe", "-o", "json")).Json["id"]);

        var preview = await _place.TypeAsync("project", "suspend", "--dry-run");
        Assert.Equal((0, "active"), (preview.Code, await StateAsync(world, "churn")));
        Assert.Contains($"{world.User("viewer").Email} in churn: loses", preview.Output, StringComparison.Ordinal);
        Assert.Equal((0, "suspended"), ((await _place.TypeAsync("project", "suspend")).Code, await StateAsync(world, "churn")));
        Assert.Equal((0, "active"), ((await _place.TypeAsync("project", "activate", "churn")).Code, await StateAsync(world, "churn")));

        var unasked = await _place.TypeAsync("project", "delete", "churn");
        Assert.Equal((ExitCodes.Usage, "active"), (unasked.Code, await StateAsync(world, "churn")));
        Assert.Contains("--yes", unasked.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Refused, "active"), ((await _place.AnswerAsync("vision", "project", "delete", "churn")).Code, await StateAsync(world, "churn")));
        Assert.Equal((0, "active"), ((await _place.TypeAsync("project", "delete", "churn", "--dry-run")).Code, await StateAsync(world, "churn")));
        Assert.Equal((0, "deleted"), ((await _place.AnswerAsync("churn", "project", "delete", "churn")).Code, await StateAsync(world, "churn")));
        Assert.Equal((0, "active"), ((await _place.TypeAsync("project", "restore", "churn")).Code, await StateAsync(world, "churn")));
        Assert.Equal((0, "deleted"), ((await _place.TypeAsync("project", "delete", "churn", "--yes")).Code, await StateAsync(world, "churn")));
    }

    [Fact]
    public async Task Collaborators_AddedChangedAndRemoved_AreDoneAndSaid()
    {
        var (world, _) = await SignInAsync("admin");
        await world.JoinAsync("stranger");
        var stranger = world.User("stranger").Email!;
        _place.Variables[ScopeSources.OrganizationVariable] = world.Organization;
        _place.Variables[ScopeSources.ProjectVariable] = "vision";
        Assert.Equal(0, (await _place.TypeAsync("init")).Code);
        _place.Variables.Remove(ScopeSources.OrganizationVariable);
        _place.Variables.Remove(ScopeSources.ProjectVariable);
        _place.Folder = Directory.CreateDirectory(Path.Combine(_place.Folder, "below")).FullName;

        var tried = await _place.TypeAsync("collaborator", "add", stranger, "--role", "viewer", "--dry-run");
        Assert.Contains($"{stranger} in vision: gains", tried.Output, StringComparison.Ordinal);
        Assert.Null(await RoleAsync(world, "stranger"));
        Assert.Equal(0, (await _place.TypeAsync("collaborator", "add", stranger, "--role", "viewer", "--expires", "30d")).Code);
        Assert.Equal("viewer", await RoleAsync(world, "stranger"));
        var again = await _place.TypeAsync("collaborator", "add", stranger);
        Assert.Equal((ExitCodes.Conflict, ""), (again.Code, again.Output));

        Assert.Equal(0, (await _place.TypeAsync("collaborator", "role", stranger, "contributor")).Code);
        Assert.Equal("contributor", await RoleAsync(world, "stranger"));
        var wrong = await _place.TypeAsync("collaborator", "role", stranger, "no-such-role");
        Assert.NotEqual(0, wrong.Code);
        var list = await _place.TypeAsync("collaborator", "list");
        Assert.Contains(list.Lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var who, "person", "Contributor", ..] && who == stranger);

        Assert.Equal((ExitCodes.Usage, "contributor"), ((await _place.TypeAsync("collaborator", "remove", stranger)).Code, await RoleAsync(world, "stranger")));
        var removal = await _place.TypeAsync("collaborator", "remove", stranger, "--dry-run", "-o", "json");
        Assert.Equal((true, stranger), ((bool?)removal.Json["dryRun"], (string?)removal.Json["people"]![0]!["email"]));
        Assert.Equal((0, null), ((await _place.AnswerAsync("yes", "collaborator", "remove", stranger)).Code, await RoleAsync(world, "stranger")));
    }

    [Fact]
    public async Task Refusals_OfEveryKind_HaveTheirExitCodeAndNextStep()
    {
        var (world, token) = await SignInAsync("viewer");
        string[] here = ["--organization", world.Organization, "--project", "vision"];

        var forbidden = await _place.TypeAsync(["collaborator", "add", world.User("owner").Email!, .. here]);
        var missing = await _place.TypeAsync("project", "describe", "no-such", "--organization", world.Organization);
        var nowhere = await _place.TypeAsync("project", "describe");
        var unreachable = await _place.TypeAsync("whoami", "--server", "http://localhost:1");
        _place.Variables[ServerAddress.TokenVariable] = "pct_nothing";
        var unknown = await _place.TypeAsync("whoami");
        var silent = await _place.TypeAsync("whoami", "--server", "http://localhost:1");
        var programs = await _place.TypeAsync(["project", "describe", "-o", "json", .. here]);

        Assert.Equal(
            (ExitCodes.Refused, ExitCodes.NotFound, ExitCodes.Usage, ExitCodes.NotSignedIn, ExitCodes.NotSignedIn, ExitCodes.Unreachable),
            (forbidden.Code, missing.Code, nowhere.Code, unreachable.Code, unknown.Code, silent.Code));
        Assert.All([forbidden, missing, nowhere, unreachable, unknown, silent], typed => Assert.Contains("Next: ", typed.Error, StringComparison.Ordinal));
        Assert.All([forbidden, missing, nowhere, unreachable, unknown, silent, programs], typed => Assert.Equal("", typed.Output));
        Assert.All([forbidden, missing, nowhere, unreachable, unknown, silent, programs], typed => Assert.DoesNotContain(token, typed.Error, StringComparison.Ordinal));
        var told = System.Text.Json.Nodes.JsonNode.Parse(programs.Error)!;
        Assert.Equal((3, "unauthorized"), ((int?)told["exitCode"], (string?)told["problem"]!["type"]));
    }

    [Fact]
    public async Task Names_ThatWouldMoveTheCursor_AreShownWithoutIt()
    {
        var (world, _) = await SignInAsync("owner");
        await using (var db = server.OpenDatabase())
        {
            await db.Projects.Where(row => row.OrganizationId == world.Scope.OrganizationId).ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, "a\u001b[2Jb\u202Ec"));
        }

        var list = await _place.TypeAsync("project", "list", "--organization", world.Organization);

        Assert.Contains("a\uFFFD[2Jb\uFFFDc", list.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _place.Dispose();

    private async Task<(ApiWorld World, string Token)> SignInAsync(string who)
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync(who, [.. PermissionCatalogue.All.Select(permission => permission.Name)]);
        var typed = await _place.PipeAsync(token + "\n", "login", "--token", "--server", server.Address);
        Assert.True(typed.Code == 0, typed.Error);
        Assert.DoesNotContain(token, typed.Output + typed.Error, StringComparison.Ordinal);
        return (world, token);
    }

    private async Task<bool> ExistsAsync(ApiWorld world, string project)
    {
        await using var db = server.OpenDatabase();
        return await db.Projects.AnyAsync(row => row.OrganizationId == world.Scope.OrganizationId && row.Slug == project);
    }

    private async Task<string> StateAsync(ApiWorld world, string project)
    {
        await using var db = server.OpenDatabase();
        return await db.Projects.Where(row => row.OrganizationId == world.Scope.OrganizationId && row.Slug == project).Select(row => row.State).SingleAsync() switch
        {
            ProjectState.Active => "active",
            ProjectState.Suspended => "suspended",
            ProjectState.Deleted => "deleted",
            var other => other.ToString(),
        };
    }

    private async Task<string?> RoleAsync(ApiWorld world, string who)
    {
        var id = world.User(who).Id;
        await using var db = server.OpenDatabase();
        return await db.Grants.Where(grant => grant.ProjectId == world.Scope.ProjectId && grant.PrincipalId == id).Select(grant => grant.RoleKey).SingleOrDefaultAsync();
    }
}
