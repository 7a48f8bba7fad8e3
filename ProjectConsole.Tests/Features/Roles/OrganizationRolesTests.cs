using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Roles;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Roles;

public sealed class OrganizationRolesTests
{
    [Theory]
    [InlineData("default-key.view")]
    [InlineData("default-key.rotate")]
    [InlineData("organization.delete")]
    [InlineData("clusters.view")]
    [InlineData("installation.manage")]
    [InlineData("members.fly")]
    public async Task Create_RightThatNoCustomRoleHas_IsRefusedAtTheField(string right)
    {
        await using var world = await RoleWorld.CreateAsync();

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.NotNull(Assert.IsType<Invalid>(
            (await world.OrganizationRoles.CreateAsync(world.As("owner"), world.Acme.Id, Draft("Supporter", [right]))).Error).For(nameof(OrganizationRoleDraft.Rights))));
    }

    [Theory]
    [InlineData("Owner")]
    [InlineData("external")]
    [InlineData("MEMBER")]
    [InlineData("")]
    [InlineData("contractor")]
    public async Task Create_NameThatIsTakenOrEmpty_IsRefusedAtTheField(string name)
    {
        await using var world = await RoleWorld.CreateAsync();
        await world.OrganizationRoleAsync("Contractor", PermissionSet.Empty, null, PermissionCatalogue.Project);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.NotNull(Assert.IsType<Invalid>(
            (await world.OrganizationRoles.CreateAsync(world.As("owner"), world.Acme.Id, Draft(name, []))).Error).For(nameof(OrganizationRoleDraft.Name))));
    }

    [Fact]
    public async Task Create_UnknownRoleInEveryProject_IsRefusedAtTheField()
    {
        await using var world = await RoleWorld.CreateAsync();
        var custom = await world.RoleAsync(world.InAcme, "Trainer", ProjectRole.Viewer.Permissions);

        foreach (var key in (string[])["god", custom.Key])
        {
            Assert.NotNull(Assert.IsType<Invalid>((await world.OrganizationRoles.CreateAsync(
                world.As("owner"), world.Acme.Id, Draft("Supporter", []) with { InEveryProject = key })).Error).For(nameof(OrganizationRoleDraft.InEveryProject)));
        }
    }

    [DatabaseTheory]
    public async Task Change_LoweredCeiling_PreviewSaysWhatItTakesInWhichProjects(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var role = await world.OrganizationRoleAsync("Contractor", PermissionSet.Empty, null, PermissionCatalogue.Project);
        var ann = await world.Acme.MemberAsync("ann", role.ToRole());
        await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Manager);
        var draft = Draft("Contractor", []) with { Ceiling = Names(PermissionCatalogue.ProjectViews) };
        IReadOnlyList<ProjectChanged> preview = [];

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var person = Assert.Single((await world.OrganizationRoles.ChangeAsync(Actors.Previewing(world["owner"]), world.Acme.Id, role.Key, draft, role.Version)).Value.People);
            preview = [.. person.Projects.Select(change => new ProjectChanged(change.ProjectName, change.Loses, change.After!.Allowed))];
        });

        Assert.Equal(["Default Project", "vision"], preview.Select(change => change.Name));
        Assert.Equal(ProjectRole.Manager.Permissions - PermissionCatalogue.ProjectViews, preview[1].Loses);
        Assert.True((await world.OrganizationRoles.ChangeAsync(world.As("owner"), world.Acme.Id, role.Key, draft, role.Version)).Succeeded);
        Assert.Equal(preview[1].After, (await world.AccessAsync(ann, world.Vision)).Allowed);
        Assert.Equal(preview[0].After, (await world.AccessAsync(ann, world.Acme.DefaultProject)).Allowed);
    }

    [Fact]
    public async Task Change_RoleInEveryProject_PreviewNamesProjectsWithoutAGrant()
    {
        await using var world = await RoleWorld.CreateAsync();
        var role = await world.OrganizationRoleAsync("Watcher", PermissionSet.Empty, null, PermissionCatalogue.Project);
        await world.Acme.MemberAsync("ann", role.ToRole());

        var preview = await world.OrganizationRoles.ChangeAsync(
            Actors.Previewing(world["owner"]), world.Acme.Id, role.Key, Draft("Watcher", []) with { InEveryProject = "viewer" }, null);

        var gained = Assert.Single(preview.Value.People).Projects.Where(change => !change.Gains.IsEmpty);
        Assert.Equal(["speech", "vision"], gained.Select(change => change.ProjectName));
    }

    [DatabaseTheory]
    public async Task Change_CeilingOfTheOnlyAdmin_IsRefused(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var role = await world.OrganizationRoleAsync("Lead", PermissionSet.Empty, null, PermissionCatalogue.Project);
        var ann = await world.Acme.MemberAsync("ann", role.ToRole());
        await world.Acme.ProjectAsync("churn", (ann, ProjectRole.Admin));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(["churn"], Assert.IsType<LastAdmin>((await world.OrganizationRoles.ChangeAsync(
            world.As("owner"), world.Acme.Id, role.Key, Draft("Lead", []) with { Ceiling = Names(ProjectRole.Manager.Permissions) }, null)).Error).Projects));
    }

    [DatabaseTheory]
    public async Task Change_CeilingOfTheOnlyAdminWithAnHeir_HandsOver(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var role = await world.OrganizationRoleAsync("Lead", PermissionSet.Empty, null, PermissionCatalogue.Project);
        var (ann, ben) = (await world.Acme.MemberAsync("ann", role.ToRole()), await world.Acme.MemberAsync("ben", role.ToRole()));
        var churn = await world.Acme.ProjectAsync("churn", (ann, ProjectRole.Admin));
        var low = Draft("Lead", []) with { Ceiling = Names(ProjectRole.Manager.Permissions) };

        // Who is under the ceiling that is lowered cannot be Admin afterwards.
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<LastAdmin>(
            (await world.OrganizationRoles.ChangeAsync(world.As("owner"), world.Acme.Id, role.Key, low, null, ben.Email)).Error));
        Assert.True((await world.OrganizationRoles.ChangeAsync(world.As("owner"), world.Acme.Id, role.Key, low, null, "member@acme.test")).Succeeded);
        Assert.Equal(ProjectRole.Admin, (await world.AccessAsync(world["member"], churn)).Role);
    }

    [Fact]
    public async Task Change_RoleInMoreProjectsThanAreCompared_SaysHowManyAreLeft()
    {
        await using var world = await RoleWorld.CreateAsync();
        var role = await world.OrganizationRoleAsync("Watcher", PermissionSet.Empty, null, PermissionCatalogue.Project);
        for (var person = 0; person < 8; person++)
        {
            await world.Acme.MemberAsync($"watcher{person}", role.ToRole());
        }

        for (var number = 0; number < AccessPreview.MostProjects; number++)
        {
            await world.Acme.ProjectAsync($"p{number:000}");
        }

        var preview = (await world.OrganizationRoles.ChangeAsync(
            Actors.Previewing(world["owner"]), world.Acme.Id, role.Key, Draft("Watcher", []) with { InEveryProject = "viewer" }, null)).Value;

        // vision, speech and the Default Project are there too; so many people are compared in half of the projects.
        Assert.Equal(AccessPreview.MostProjects + 3, preview.Compared + preview.Uncompared);
        Assert.InRange(preview.Uncompared, 1, AccessPreview.MostProjects);
    }

    [Fact]
    public async Task Write_ByACustomRole_StaysWithinItsRightsItsRoleAndItsCeiling()
    {
        await using var world = await RoleWorld.CreateAsync();
        var supporter = await world.OrganizationRoleAsync(
            "Supporter", PermissionCatalogue.WithIncluded(Permissions.OrganizationRolesManage), ProjectRole.Developer, ProjectRole.Developer.Permissions);
        var ann = Actors.Of(await world.Acme.MemberAsync("ann", supporter.ToRole()));
        var small = Draft("Small", ["org-roles.view"]) with { InEveryProject = "viewer", Ceiling = Names(ProjectRole.Viewer.Permissions) };

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var draft in (OrganizationRoleDraft[])
                [small with { Rights = ["members.manage"] }, small with { InEveryProject = "manager" }, small with { Ceiling = null }, small with { Ceiling = Names(ProjectRole.Manager.Permissions) }])
            {
                Assert.IsType<ExceedsOwn>((await world.OrganizationRoles.CreateAsync(ann, world.Acme.Id, draft)).Error);
                Assert.IsType<ExceedsOwn>((await world.OrganizationRoles.ChangeAsync(ann, world.Acme.Id, supporter.Key, draft with { Name = "Supporter" }, null)).Error);
            }

            Assert.IsType<ExceedsOwn>((await world.Roles.CreateAsync(ann, world.InAcme, RoleWorld.Draft("Large", "clusters.delete"))).Error);
        });
        Assert.True((await world.OrganizationRoles.CreateAsync(ann, world.Acme.Id, small)).Succeeded);
        Assert.True((await world.Roles.CreateAsync(ann, world.InAcme, RoleWorld.Draft("Small", "clusters.update"))).Succeeded);
    }

    [Fact]
    public async Task MembersManage_InACustomRole_ReachesNeitherOwnersNorTheOwnCeiling()
    {
        await using var world = await RoleWorld.CreateAsync();
        var steward = await world.OrganizationRoleAsync(
            "Steward", OrganizationRole.Member.Rights | PermissionCatalogue.WithIncluded(Permissions.MembersManage), null, PermissionCatalogue.ProjectViews);
        var ann = await world.Acme.MemberAsync("ann", steward.ToRole());
        await world.Acme.GrantAsync(world.Vision, ann, ProjectRole.Admin);
        var members = world.Database.Get<MembersService>();

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<OwnersOnly>((await members.ChangeRoleAsync(Actors.Of(ann), world.Acme.Id, new MemberRoleChange(world["owner"].Id, "member"))).Error);
            Assert.IsType<OwnersOnly>((await members.RemoveAsync(Actors.Of(ann), world.Acme.Id, new MemberRemoval(world["owner"].Id))).Error);
            Assert.IsType<OwnersOnly>((await members.ChangeRoleAsync(Actors.Of(ann), world.Acme.Id, new MemberRoleChange(ann.Id, "owner"))).Error);
            Assert.IsType<ExceedsOwn>((await members.ChangeRoleAsync(Actors.Of(ann), world.Acme.Id, new MemberRoleChange(ann.Id, "admin"))).Error);
            // Without a ceiling her Admin grant would count.
            Assert.IsType<ExceedsOwn>((await members.ChangeRoleAsync(Actors.Of(ann), world.Acme.Id, new MemberRoleChange(ann.Id, "member"))).Error);
        });
    }

    [DatabaseTheory]
    public async Task Delete_RoleOfAMember_IsRefusedUntilNobodyHasIt(DatabaseKind kind)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        var role = await world.OrganizationRoleAsync("Contractor", PermissionSet.Empty, null, PermissionCatalogue.Project);
        var ann = await world.Acme.MemberAsync("ann", role.ToRole());

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(1, Assert.IsType<OrganizationRoleInUse>(
            (await world.OrganizationRoles.DeleteAsync(world.As("owner"), world.Acme.Id, role.Key, role.Version)).Error).Members));
        await using (var db = world.Database.Open())
        {
            await db.Members.Where(member => member.UserId == ann.Id).ExecuteDeleteAsync();
        }

        Assert.True((await world.OrganizationRoles.DeleteAsync(world.As("owner"), world.Acme.Id, role.Key, role.Version)).Succeeded);
    }

    private static OrganizationRoleDraft Draft(string name, IReadOnlyList<string> rights) => new(name, "", rights, null, null);

    private static IReadOnlyList<string> Names(PermissionSet set) => [.. set.Select(permission => permission.Name)];

    private sealed record ProjectChanged(string Name, PermissionSet Loses, PermissionSet After);
}
