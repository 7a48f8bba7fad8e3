using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Organizations;

/// <summary>Who may do what in an organization: every operation by everybody in and around it.</summary>
public sealed class OrganizationPermissionTests
{
    private static readonly Dictionary<string, Func<PeopleAround, Actor, Task<Error?>>> Operations = new()
    {
        ["read settings"] = async (world, actor) => (await world.Get<OrganizationSettingsService>().GetAsync(actor, world.Acme.Id)).Error,
        ["read members"] = async (world, actor) => (await world.Get<MemberDirectory>().ListAsync(
            actor, world.Acme.Id, new MemberQuery(null, null, MemberSort.Address, false, new PageRequest(1, 25)))).Error,
        ["read workspaces"] = async (world, actor) => (await world.Get<WorkspacesService>().ListAsync(actor, world.Acme.Id)).Error,
        ["read allowance"] = async (world, actor) => (await world.Get<AllowanceService>().GetAsync(actor, world.Acme.Id)).Error,
        ["find movable projects"] = async (world, actor) =>
            (await world.Get<WorkspacesService>().FindOutsideAsync(actor, world.Acme.Id, world.Acme.Workspace.Id, null)).Error,
        ["change settings"] = async (world, actor) => (await world.Get<OrganizationSettingsService>().ChangeAsync(
            actor, world.Acme.Id, new OrganizationSettings { Name = "Acme Ltd" }, null)).Error,
        ["ask for projects"] = async (world, actor) =>
            (await world.Get<AllowanceService>().RequestAsync(actor, world.Acme.Id, new MoreProjects(20, ""))).Error,
        ["add member"] = async (world, actor) => (await world.Get<MemberAddition>().AddAsync(
            actor, world.Acme.Id, new NewMembers("stranger@elsewhere.test", "member"))).Error,
        ["change role"] = async (world, actor) => (await world.Get<MembersService>().ChangeRoleAsync(
            actor, world.Acme.Id, new MemberRoleChange(world["member"].Id, "auditor"))).Error,
        ["preview role"] = async (world, actor) => (await world.Get<MembersService>().ChangeRoleAsync(
            actor with { DryRun = true }, world.Acme.Id, new MemberRoleChange(world["member"].Id, "auditor"))).Error,
        ["tick"] = async (world, actor) =>
            (await world.Get<MembersService>().LetCreateProjectsAsync(actor, world.Acme.Id, world["member"].Id, true)).Error,
        ["remove member"] = async (world, actor) =>
            (await world.Get<MembersService>().RemoveAsync(actor, world.Acme.Id, new MemberRemoval(world["member"].Id))).Error,
        ["remove external"] = async (world, actor) =>
            (await world.Get<MembersService>().RemoveAsync(actor, world.Acme.Id, new MemberRemoval(world["external"].Id))).Error,
        ["create workspace"] = async (world, actor) =>
            (await world.Get<WorkspacesService>().CreateAsync(actor, world.Acme.Id, new NewWorkspace("Research", "research"))).Error,
        ["rename workspace"] = async (world, actor) =>
            (await world.Get<WorkspacesService>().RenameAsync(actor, world.Acme.Id, world.Acme.Workspace.Id, "Main", null)).Error,
        ["delete"] = async (world, actor) => (await world.Get<OrganizationsService>().DeleteAsync(actor, world.Acme.Id, "acme")).Error,
    };

    [DatabaseTheory]
    [InlineData("read settings", "owner,admin,auditor,member")]
    [InlineData("read members", "owner,admin,auditor,member")]
    [InlineData("read workspaces", "owner,admin,auditor,member")]
    [InlineData("read allowance", "owner,admin,auditor,member")]
    [InlineData("find movable projects", "owner,admin")]
    [InlineData("change settings", "owner,admin")]
    [InlineData("ask for projects", "owner,admin")]
    [InlineData("add member", "owner,admin")]
    [InlineData("change role", "owner,admin")]
    [InlineData("preview role", "owner,admin")]
    [InlineData("tick", "owner,admin")]
    [InlineData("remove member", "owner,admin")]
    [InlineData("remove external", "owner,admin")]
    [InlineData("create workspace", "owner,admin")]
    [InlineData("rename workspace", "owner,admin")]
    [InlineData("delete", "owner")]
    public async Task Operation_ByEverybody_IsDoneOnlyByThoseWhoMay(DatabaseKind kind, string operation, string may)
    {
        foreach (var who in PeopleAround.Insiders.Concat(PeopleAround.Outsiders))
        {
            await using var world = await PeopleAround.CreateAsync(kind, allowance: 5);
            if (may.Split(',').Contains(who))
            {
                Assert.True(await Operations[operation](world, world.As(who)) is null, $"{who} may {operation}");
                continue;
            }

            await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            {
                var error = await Operations[operation](world, world.As(who));
                Assert.True(PeopleAround.Insiders.Contains(who) ? error is Forbidden : error is NotFound, $"{who}, {operation}: {error}");
            });
        }
    }

    [DatabaseTheory]
    public async Task Operations_OwnerOfAnotherOrganization_FindsNothing(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var globex = await world.Database.ReadAsync(db => db.Organizations.FirstAsync(row => row.Slug == "globex"));
        var actor = world.As("neighbour");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            // Own organization, the neighbour's people, workspace and project.
            Assert.IsType<NoSuchMember>((await world.Get<MembersService>().RemoveAsync(actor, globex.Id, new MemberRemoval(world["member"].Id))).Error);
            Assert.IsType<NoSuchMember>((await world.Get<MembersService>().ChangeRoleAsync(
                actor, globex.Id, new MemberRoleChange(world["member"].Id, "auditor"))).Error);
            Assert.IsType<NoSuchMember>((await world.Get<MembersService>().LetCreateProjectsAsync(actor, globex.Id, world["member"].Id, true)).Error);
            Assert.IsType<NoSuchWorkspace>((await world.Get<WorkspacesService>().RenameAsync(actor, globex.Id, world.Acme.Workspace.Id, "x", null)).Error);
            Assert.IsType<NoSuchWorkspace>((await world.Get<WorkspacesService>().MoveAsync(
                actor, globex.Id, world.Acme.DefaultProject.Id, world.Acme.Workspace.Id)).Error);
        });
        var workspace = (await world.Get<WorkspacesService>().CreateAsync(actor, globex.Id, new NewWorkspace("Lab", "lab"))).Value;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<NotFound>((await world.Get<WorkspacesService>().MoveAsync(actor, globex.Id, world.Acme.DefaultProject.Id, workspace)).Error));
    }

    [DatabaseTheory]
    public async Task Move_ByEverybody_IsDoneOnlyByOwnersAndAdmins(DatabaseKind kind)
    {
        foreach (var who in PeopleAround.Insiders.Concat(PeopleAround.Outsiders))
        {
            await using var world = await PeopleAround.CreateAsync(kind);
            var research = await world.Acme.WorkspaceAsync("research");
            var vision = await world.Database.ReadAsync(db => db.Projects.FirstAsync(project => project.Slug == "vision"));

            var result = await world.Get<WorkspacesService>().MoveAsync(world.As(who), world.Acme.Id, vision.Id, research.Id);

            var moved = await world.Database.ReadAsync(db => db.Projects.AnyAsync(project => project.Id == vision.Id && project.WorkspaceId == research.Id));
            Assert.Equal(who is "owner" or "admin", result.Succeeded);
            Assert.Equal(result.Succeeded, moved);
        }
    }
}
