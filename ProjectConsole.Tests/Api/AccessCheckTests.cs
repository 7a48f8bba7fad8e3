using System.Net.Http.Json;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Projects;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>What programs are told about who may do what.</summary>
public sealed class AccessCheckTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private static readonly string[] Asked = ["project.view", "clusters.create", "collaborators.add", "project.delete"];

    [Theory]
    [InlineData("admin", true, true, true, true)]
    [InlineData("manager", true, true, true, false)]
    [InlineData("developer", true, true, false, false)]
    [InlineData("viewer", true, false, false, false)]
    [InlineData("stranger", false, false, false, false)]
    public async Task Check_ByRole_IsTheDecision(string who, params bool[] allowed)
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync(who, [.. PermissionCatalogue.Project.Select(permission => permission.Name).Except(["keys.create", "collaborators.manage-admins"])]);

        Assert.Equal(allowed, await world.CheckAsync(token, [.. Asked.Select(permission => world.Question(permission))]));
    }

    [Fact]
    public async Task Check_ThroughATokenOfLess_IsLess()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("admin", "project.view");

        Assert.Equal([true, false], await world.CheckAsync(token, world.Question("project.view"), world.Question("clusters.create")));
    }

    [Fact]
    public async Task Check_ByAKey_CountsInItsProjectAlone()
    {
        var world = await ApiWorld.CreateAsync(server);
        var other = await ApiWorld.CreateAsync(server);
        var key = await world.KeyAsync("project.view", "clusters.create");

        Assert.Equal(
            [true, true, false, false],
            await world.CheckAsync(key.Secret, world.Question("project.view"), world.Question("clusters.create"), world.Question("project.delete"), other.Question("project.view")));
    }

    [Fact]
    public async Task Check_WhatDoesNotExistOrIsSomebodyElses_IsNotAllowed()
    {
        var world = await ApiWorld.CreateAsync(server);
        var other = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("admin", "project.view", "organization.view");

        Assert.Equal(
            [false, false, false, true],
            await world.CheckAsync(
                token, other.Question("project.view"), new { organization = world.Organization, project = "nothing", permission = "project.view" },
                new { organization = other.Organization, permission = "organization.view" }, new { organization = world.Organization, permission = "organization.view" }));
    }

    [Fact]
    public async Task Check_AboutSomebodyElse_NeedsToSeeTheCollaborators()
    {
        var world = await ApiWorld.CreateAsync(server);
        var (manager, blind) = (await world.TokenAsync("manager", "project.view", "collaborators.view"), await world.TokenAsync("manager", "project.view"));
        var stranger = await world.TokenAsync("stranger", "project.view", "collaborators.view");
        var (developer, viewer) = (world.User("developer").Email!, world.User("viewer").Email!);

        Assert.Equal(
            [true, false, false, false],
            await world.CheckAsync(
                manager, world.Question("clusters.create", developer), world.Question("clusters.create", viewer),
                world.Question("project.view", world.User("stranger").Email), world.Question("project.view", "nobody@nowhere.test")));
        Assert.Equal([true], await world.CheckAsync(blind, world.Question("project.view", world.User("manager").Email!.ToUpperInvariant())));
        Assert.Equal((403, "forbidden"), await RefusedAsync(blind));
        Assert.Equal((404, "not-found"), await RefusedAsync(stranger));

        async Task<(int, string?)> RefusedAsync(string token)
        {
            var answer = await world.CallAsync(token, HttpMethod.Post, "/api/v1/access:check", JsonContent.Create(new { questions = new[] { world.Question("project.view", viewer) } }));
            return (answer.Status, answer.Problem);
        }
    }

    [Fact]
    public async Task Check_AfterTheCollaboratorWasRemoved_IsNoAtTheNextCall()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("developer", "project.view");
        Assert.Equal([true], await world.CheckAsync(token, world.Question("project.view")));

        Assert.True((await world.Get<CollaboratorsService>().RemoveAsync(world["admin"], world.Scope, new Removal(world.User("developer").Id))).Succeeded);

        Assert.Equal([false], await world.CheckAsync(token, world.Question("project.view")));
    }

    [Fact]
    public async Task Check_InADeletedProject_IsYesForWhoeverRestoresIt()
    {
        var world = await ApiWorld.CreateAsync(server);
        string[] all = [.. PermissionCatalogue.Project.Select(permission => permission.Name)];
        var (admin, manager, narrow) = (await world.TokenAsync("admin", all), await world.TokenAsync("manager", all), await world.TokenAsync("admin", "project.view"));
        Assert.True((await world.Get<ProjectLifeService>().DeleteAsync(world["admin"], world.Scope, "vision")).Succeeded);
        object[] questions = [world.Question("project.delete"), world.Question("project.view"), world.Question("project.update")];

        Assert.Equal([true, false, false], await world.CheckAsync(admin, questions));
        Assert.Equal([false, false, false], await world.CheckAsync(manager, questions));
        Assert.Equal([false, false, false], await world.CheckAsync(narrow, questions));
        Assert.Equal([false], await world.CheckAsync(await world.TokenAsync("stranger", all), world.Question("project.delete")));
    }

    [Fact]
    public async Task Permissions_ListTheWholeCatalogue()
    {
        var world = await ApiWorld.CreateAsync(server);

        var answer = await world.CallAsync(await world.TokenAsync("viewer", "project.view"), HttpMethod.Get, "/api/v1/permissions");

        var rows = answer.Body!.Value.GetProperty("permissions").EnumerateArray().ToDictionary(row => row.GetProperty("name").GetString()!, row => row.GetProperty("scope").GetString());
        Assert.Equal(PermissionCatalogue.All.Count, rows.Count);
        Assert.Equal(("project", "organization"), (rows["clusters.create"], rows["members.manage"]));
    }
}
