using Microsoft.EntityFrameworkCore;
using ProjectConsole.CommandLine;
using ProjectConsole.Domain.Access;
using ProjectConsole.Tests.Api;

namespace ProjectConsole.Tests.CommandLine;

/// <summary>Commands that make, change and delete roles.</summary>
public sealed class RoleCommandsTests(ListeningServer server) : IClassFixture<ListeningServer>, IDisposable
{
    private readonly TypedPlace _place = new();

    [Fact]
    public async Task Roles_OfAProject_AreMadeChangedAndDeleted()
    {
        var world = await SignInAsync("admin");
        var developer = world.User("developer").Email!;

        var tried = await _place.TypeAsync("role", "create", "Steward", "--permission", "files.create", "--dry-run");
        Assert.Equal((0, ""), (tried.Code, tried.Error));
        Assert.Null(await FindAsync(world, "Steward"));
        var made = await _place.TypeAsync("role", "create", "Steward", "--permission", "files.create", "--permission", "project.view", "--description", "Keeps files");
        Assert.True(made.Code == 0, made.Error);
        var role = (await FindAsync(world, "Steward"))!;
        Assert.Equal(("viewer", "Keeps files"), (role.BasedOn, role.Description));
        Assert.Contains("files.create", role.PermissionNames, StringComparison.Ordinal);
        Assert.DoesNotContain("clusters.view", role.PermissionNames, StringComparison.Ordinal);
        Assert.Contains(role.Key, made.Output, StringComparison.Ordinal);
        Assert.Equal(role.Key, (string?)(await _place.TypeAsync("role", "describe", "steward", "-o", "json")).Json["key"]);

        Assert.Equal(0, (await _place.TypeAsync("collaborator", "role", developer, role.Key)).Code);
        var preview = await _place.TypeAsync("role", "set", "Steward", "--permission", "files.view", "--dry-run");
        Assert.Contains($"{developer} in vision: loses files.create", preview.Output, StringComparison.Ordinal);
        Assert.Contains("files.create", (await FindAsync(world, "Steward"))!.PermissionNames, StringComparison.Ordinal);
        var held = await _place.TypeAsync("role", "delete", "Steward", "--yes");
        Assert.Equal(ExitCodes.Conflict, held.Code);
        var changed = await _place.TypeAsync("role", "set", role.Key, "--name", "Reader of files", "--permission", "files.view", "-o", "json");
        Assert.Equal((0, false), (changed.Code, (bool?)changed.Json["dryRun"]));
        Assert.Null(await FindAsync(world, "Steward"));
        var reader = (await FindAsync(world, "Reader of files"))!;
        Assert.DoesNotContain("files.create", reader.PermissionNames, StringComparison.Ordinal);
        Assert.Equal("Keeps files", reader.Description);

        Assert.Equal(0, (await _place.TypeAsync("collaborator", "role", developer, "viewer")).Code);
        Assert.Equal(ExitCodes.Usage, (await _place.TypeAsync("role", "delete", "Reader of files")).Code);
        Assert.Equal(ExitCodes.Refused, (await _place.AnswerAsync("no", "role", "delete", "Reader of files")).Code);
        Assert.Equal(0, (await _place.TypeAsync("role", "delete", "Reader of files", "--dry-run")).Code);
        Assert.NotNull(await FindAsync(world, "Reader of files"));
        Assert.Equal(0, (await _place.AnswerAsync("yes", "role", "delete", "Reader of files")).Code);
        Assert.Null(await FindAsync(world, "Reader of files"));
    }

    [Fact]
    public async Task Roles_OfTheOrganization_AreMadeChangedAndDeleted()
    {
        var world = await SignInAsync("owner");

        Assert.Equal(0, (await _place.TypeAsync("role", "create", "Reader", "--based-on", "Contributor", "--shared")).Code);
        var shared = (await FindAsync(world, "Reader"))!;
        Assert.Equal((null, "contributor"), (shared.ProjectId, shared.BasedOn));
        Assert.Equal(ProjectRole.Contributor.Permissions, shared.Permissions);
        Assert.Contains((await _place.TypeAsync("role", "list", "--shared")).Lines, line => line.StartsWith(shared.Key, StringComparison.Ordinal));
        // The project uses it, and does not keep it.
        Assert.Equal(ExitCodes.NotFound, (await _place.TypeAsync("role", "delete", "Reader", "--yes")).Code);
        Assert.Equal(0, (await _place.TypeAsync("role", "set", "Reader", "--description", "Reads", "--shared")).Code);
        Assert.Equal(ProjectRole.Contributor.Permissions, (await FindAsync(world, "Reader"))!.Permissions);
        Assert.Equal(0, (await _place.TypeAsync("role", "delete", "Reader", "--yes", "--shared")).Code);
        Assert.Null(await FindAsync(world, "Reader"));

        var made = await _place.TypeAsync("organization-role", "create", "Bookkeeper", "--right", "org-limits.view", "--in-every-project", "viewer", "--ceiling", "project.view", "-o", "json");
        Assert.True(made.Code == 0, made.Error);
        var books = (await BooksAsync(world))!;
        Assert.Equal(((string?)made.Json["key"], "viewer", "project.view"), (books.Key, books.InEveryProject, books.CeilingNames));
        Assert.Contains("org-limits.view", books.RightNames, StringComparison.Ordinal);
        Assert.Contains((await _place.TypeAsync("organization-role", "list")).Lines, line => line.Contains("Bookkeeper", StringComparison.Ordinal));
        Assert.Contains("org-limits.view", (await _place.TypeAsync("organization-role", "describe", "Bookkeeper")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _place.TypeAsync("organization-role", "set", "Bookkeeper", "--in-every-project", "none", "--ceiling", "none")).Code);
        books = (await BooksAsync(world))!;
        Assert.Null(books.InEveryProject);
        Assert.Contains("clusters.view", books.CeilingNames, StringComparison.Ordinal);
        Assert.Contains("org-limits.view", books.RightNames, StringComparison.Ordinal);
        Assert.Equal(0, (await _place.TypeAsync("organization-role", "delete", "Bookkeeper", "--yes")).Code);
        Assert.Null(await BooksAsync(world));
    }

    [Fact]
    public async Task Commands_OfSomebodyWhoMayNot_ChangeNothing()
    {
        var world = await SignInAsync("admin");
        Assert.Equal(0, (await _place.TypeAsync("role", "create", "Steward", "--permission", "files.create")).Code);
        string[][] commands =
        [
            ["role", "create", "Other"], ["role", "set", "Steward", "--description", "Changed"], ["role", "delete", "Steward", "--yes"],
            ["role", "create", "Other", "--shared"], ["organization-role", "create", "Other", "--right", "members.view"],
        ];

        // Admin of the project, and nobody in the organization's own roles.
        Assert.Equal(ExitCodes.Refused, (await _place.TypeAsync(commands[4])).Code);
        foreach (var (who, expected) in new[] { ("viewer", ExitCodes.Refused), ("stranger", ExitCodes.NotFound) })
        {
            _place.Variables[ServerAddress.TokenVariable] = await world.TokenAsync(who, [.. PermissionCatalogue.All.Select(permission => permission.Name)]);
            foreach (var command in commands)
            {
                var typed = await _place.TypeAsync(command);
                Assert.True(expected == typed.Code, $"{who}: {string.Join(' ', command)}: {typed.Code} {typed.Error}");
                Assert.Equal("", typed.Output);
            }
        }

        Assert.Equal("", (await FindAsync(world, "Steward"))!.Description);
        Assert.Null(await FindAsync(world, "Other"));
        await using var db = server.OpenDatabase();
        Assert.False(await db.OrganizationRoles.AnyAsync(row => row.OrganizationId == world.Scope.OrganizationId));
    }

    [Fact]
    public async Task Delete_OfWhatChangedWhileItWasAsked_IsRefused()
    {
        var world = await SignInAsync("admin");
        Assert.Equal(0, (await _place.TypeAsync("role", "create", "Steward")).Code);

        var typed = await _place.AnswerAsync(
            () =>
            {
                using var db = server.OpenDatabase();
                var role = db.ProjectRoles.Single(row => row.ProjectId == world.Scope.ProjectId);
                role.Change(role.Name, "Changed meanwhile", role.Permissions);
                db.SaveChanges();
                return "yes";
            },
            "role", "delete", "Steward");

        Assert.Equal((ExitCodes.Conflict, ""), (typed.Code, typed.Output));
        Assert.Contains("Look at it again", typed.Error, StringComparison.Ordinal);
        Assert.Equal("Changed meanwhile", (await FindAsync(world, "Steward"))!.Description);
    }

    [Fact]
    public async Task Commands_ThatAreWrong_SayWhatIsMissing()
    {
        await SignInAsync("admin");

        var nothing = await _place.TypeAsync("role", "set", "viewer");
        var unknown = await _place.TypeAsync("role", "set", "no-such", "--name", "Other");
        var builtIn = await _place.TypeAsync("role", "set", "viewer", "--name", "Other");
        var permission = await _place.TypeAsync("role", "create", "Other", "--permission", "kettles.boil");
        var start = await _place.TypeAsync("role", "create", "Other", "--based-on", "no-such");

        Assert.Equal(
            (ExitCodes.Usage, ExitCodes.NotFound, ExitCodes.NotFound, ExitCodes.Usage, ExitCodes.NotFound),
            (nothing.Code, unknown.Code, builtIn.Code, permission.Code, start.Code));
        Assert.Contains("kettles.boil", permission.Error, StringComparison.Ordinal);
        Assert.Contains("role list", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HelpAndCompletion_KnowTheCommands()
    {
        var help = await _place.TypeAsync("role", "create", "--help");
        var completion = await _place.TypeAsync("completion", "bash");

        Assert.All(["--permission", "--based-on", "--shared", "--dry-run"], option => Assert.Contains(option, help.Output, StringComparison.Ordinal));
        Assert.Contains("\"role\") words=\"list describe create set delete\"", completion.Output, StringComparison.Ordinal);
        Assert.Contains("\"organization-role\") words=\"list describe create set delete\"", completion.Output, StringComparison.Ordinal);
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

    private async Task<CustomProjectRole?> FindAsync(ApiWorld world, string name)
    {
        await using var db = server.OpenDatabase();
        return await db.ProjectRoles.SingleOrDefaultAsync(row => row.OrganizationId == world.Scope.OrganizationId && row.Name == name);
    }

    private async Task<CustomOrganizationRole?> BooksAsync(ApiWorld world)
    {
        await using var db = server.OpenDatabase();
        return await db.OrganizationRoles.SingleOrDefaultAsync(row => row.OrganizationId == world.Scope.OrganizationId && row.Name == "Bookkeeper");
    }
}
