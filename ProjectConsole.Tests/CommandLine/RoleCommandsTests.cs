using ProjectConsole.CommandLine;
using ProjectConsole.Domain.Access;
using ProjectConsole.Tests.Api;

namespace ProjectConsole.Tests.CommandLine;

/// <summary>Commands about the roles of a project, and why somebody may.</summary>
public sealed class RoleCommandsTests(ListeningServer server) : IClassFixture<ListeningServer>, IDisposable
{
    private readonly TypedPlace _place = new();

    [Fact]
    public async Task RolesAndWhy_AreTablesForPeopleAndJsonForPrograms()
    {
        var world = await SignInAsync("admin");
        var developer = world.User("developer").Email!;

        var roles = await _place.TypeAsync("role", "list");
        Assert.Contains(roles.Lines, line => line.StartsWith("contributor", StringComparison.Ordinal));
        Assert.Contains("clusters.view", (await _place.TypeAsync("role", "describe", "viewer")).Output, StringComparison.Ordinal);
        Assert.NotEqual(ExitCodes.Done, (await _place.TypeAsync("role", "describe", "no-such")).Code);

        Assert.Equal(0, (await _place.TypeAsync("collaborator", "role", developer, "viewer")).Code);

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
}
