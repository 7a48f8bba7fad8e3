using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Restrictions;
using ProjectConsole.Features.Roles;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Roles;

/// <summary>Who may do what with roles and restrictions: every operation by everybody in and around the organization.</summary>
public sealed class RolePermissionTests
{
    private static readonly PermissionSet Small = PermissionSet.Of(Permissions.ProjectView);

    private static readonly Dictionary<string, Func<RoleWorld, Actor, Task<Error?>>> Operations = new()
    {
        ["read project's roles"] = async (world, actor) => (await world.Database.Get<RoleDirectory>().ListAsync(actor, world.InVision)).Error,
        ["read a project's role"] = async (world, actor) => (await world.Database.Get<RoleDirectory>().GetAsync(actor, world.InVision, "developer")).Error,
        ["read project's restrictions"] = async (world, actor) => (await world.Database.Get<RestrictionDirectory>().ListAsync(actor, world.InVision)).Error,
        ["list options"] = async (world, actor) => (await world.Database.Get<RestrictionOptions>().ListAsync(actor, world.Acme.Scope(world.Vision))).Error,
        ["create project's role"] = async (world, actor) => (await world.Roles.CreateAsync(actor, world.InVision, RoleWorld.Draft("Trainer", Small))).Error,
        ["change project's role"] = async (world, actor) =>
            (await world.Roles.ChangeAsync(actor, world.InVision, (await world.RoleAsync(world.InVision, "Old", Small)).Key, RoleWorld.Draft("New", Small), null)).Error,
        ["preview project's role"] = async (world, actor) => (await world.Roles.ChangeAsync(
            actor with { DryRun = true }, world.InVision, (await world.RoleAsync(world.InVision, "Old", Small)).Key, RoleWorld.Draft("New", Small), null)).Error,
        ["delete project's role"] = async (world, actor) =>
            (await world.Roles.DeleteAsync(actor, world.InVision, (await world.RoleAsync(world.InVision, "Old", Small)).Key, null)).Error,
        ["create project's restriction"] = async (world, actor) => (await world.Restrictions.CreateAsync(actor, world.InVision, Rules("r"))).Error,
        ["change project's restriction"] = async (world, actor) => (await world.Restrictions.ChangeAsync(
            actor, world.InVision, (await world.RestrictionAsync(world.InVision, "r", new RestrictionRule(false, "*"))).Id, Rules("s"), null)).Error,
        ["delete project's restriction"] = async (world, actor) => (await world.Restrictions.DeleteAsync(
            actor, world.InVision, (await world.RestrictionAsync(world.InVision, "r", new RestrictionRule(false, "*"))).Id, null, takesOff: true)).Error,
        ["read organization's roles"] = async (world, actor) => (await world.Database.Get<RoleDirectory>().ListAsync(actor, world.InAcme)).Error,
        ["read organization roles"] = async (world, actor) => (await world.OrganizationRoles.ListAsync(actor, world.Acme.Id)).Error,
        ["read organization's restrictions"] = async (world, actor) => (await world.Database.Get<RestrictionDirectory>().ListAsync(actor, world.InAcme)).Error,
        ["create organization's role"] = async (world, actor) => (await world.Roles.CreateAsync(actor, world.InAcme, RoleWorld.Draft("Trainer", Small))).Error,
        ["delete organization's role"] = async (world, actor) =>
            (await world.Roles.DeleteAsync(actor, world.InAcme, (await world.RoleAsync(world.InAcme, "Old", Small)).Key, null)).Error,
        ["create organization role"] = async (world, actor) => (await world.OrganizationRoles.CreateAsync(actor, world.Acme.Id, OrganizationDraft("Contractor"))).Error,
        ["change organization role"] = async (world, actor) => (await world.OrganizationRoles.ChangeAsync(
            actor, world.Acme.Id, (await world.OrganizationRoleAsync("Old", Small, null, Small)).Key, OrganizationDraft("New"), null)).Error,
        ["delete organization role"] = async (world, actor) => (await world.OrganizationRoles.DeleteAsync(
            actor, world.Acme.Id, (await world.OrganizationRoleAsync("Old", Small, null, Small)).Key, null)).Error,
        ["create organization's restriction"] = async (world, actor) => (await world.Restrictions.CreateAsync(actor, world.InAcme, Rules("r"))).Error,
    };

    // Who is let through, and who is told that a permission is missing; for all others it does not exist.
    [DatabaseTheory]
    [InlineData("read project's roles", "owner,org-admin,auditor,project-admin,manager,developer,viewer,external", "")]
    [InlineData("read a project's role", "owner,org-admin,auditor,project-admin,manager,developer,viewer,external", "")]
    [InlineData("read project's restrictions", "owner,org-admin,auditor,project-admin,manager,developer,viewer,external", "")]
    [InlineData("list options", "owner,org-admin,auditor,project-admin,manager,developer,viewer,external", "")]
    [InlineData("create project's role", "owner,org-admin,project-admin,external", "auditor,manager,developer,viewer")]
    [InlineData("change project's role", "owner,org-admin,project-admin,external", "auditor,manager,developer,viewer")]
    [InlineData("preview project's role", "owner,org-admin,project-admin,external", "auditor,manager,developer,viewer")]
    [InlineData("delete project's role", "owner,org-admin,project-admin,external", "auditor,manager,developer,viewer")]
    [InlineData("create project's restriction", "owner,org-admin,project-admin,external", "auditor,manager,developer,viewer")]
    [InlineData("change project's restriction", "owner,org-admin,project-admin,external", "auditor,manager,developer,viewer")]
    [InlineData("delete project's restriction", "owner,org-admin,project-admin,external", "auditor,manager,developer,viewer")]
    [InlineData("read organization's roles", "owner,org-admin,auditor,project-admin,manager,developer,viewer,member", "")]
    [InlineData("read organization roles", "owner,org-admin,auditor,project-admin,manager,developer,viewer,member", "")]
    [InlineData("read organization's restrictions", "owner,org-admin,auditor,project-admin,manager,developer,viewer,member", "")]
    [InlineData("create organization's role", "owner,org-admin", "auditor,project-admin,manager,developer,viewer,member")]
    [InlineData("delete organization's role", "owner,org-admin", "auditor,project-admin,manager,developer,viewer,member")]
    [InlineData("create organization role", "owner,org-admin", "auditor,project-admin,manager,developer,viewer,member")]
    [InlineData("change organization role", "owner,org-admin", "auditor,project-admin,manager,developer,viewer,member")]
    [InlineData("delete organization role", "owner,org-admin", "auditor,project-admin,manager,developer,viewer,member")]
    [InlineData("create organization's restriction", "owner,org-admin", "auditor,project-admin,manager,developer,viewer,member")]
    public async Task Operation_EverybodyAround_IsAllowedForbiddenOrUnknown(DatabaseKind kind, string operation, string allowed, string forbidden)
    {
        await using var world = await RoleWorld.CreateAsync(kind);
        foreach (var who in RoleWorld.Everybody)
        {
            var error = await Operations[operation](world, world.As(who));

            Assert.True(
                (allowed.Split(',').Contains(who), forbidden.Split(',').Contains(who)) switch
                {
                    (true, _) => error is null,
                    (_, true) => error is Forbidden,
                    _ => error is NotFound,
                },
                $"{who}: {error}");
            await world.ForgetAsync();
        }
    }

    [Fact]
    public async Task Ids_OfANeighbour_AreNothingHere()
    {
        await using var world = await RoleWorld.CreateAsync();
        var (inSpeech, inGlobex) = (RoleOwner.Of(world.Acme.Scope(world.Speech)), RoleOwner.Of(world.Other.Id));
        var roles = new[] { await world.RoleAsync(inSpeech, "A", Small), await world.RoleAsync(inGlobex, "B", Small), await world.RoleAsync(world.InAcme, "C", Small) };
        var deny = new RestrictionRule(false, "*");
        var restrictions = new[] { await world.RestrictionAsync(inSpeech, "A", deny), await world.RestrictionAsync(inGlobex, "B", deny), await world.RestrictionAsync(world.InAcme, "C", deny) };
        var admin = world.As("project-admin");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var role in roles)
            {
                Assert.IsType<NoSuchRole>((await world.Roles.ChangeAsync(admin, world.InVision, role.Key, RoleWorld.Draft("Mine", Small), null)).Error);
                Assert.IsType<NoSuchRole>((await world.Roles.DeleteAsync(admin, world.InVision, role.Key, null)).Error);
            }

            foreach (var restriction in restrictions)
            {
                Assert.IsType<NoSuchRestriction>((await world.Restrictions.ChangeAsync(admin, world.InVision, restriction.Id, Rules("mine"), null)).Error);
                Assert.IsType<NoSuchRestriction>((await world.Restrictions.DeleteAsync(admin, world.InVision, restriction.Id, null, takesOff: true)).Error);
            }
        });
        var listed = (await world.Database.Get<RoleDirectory>().ListAsync(admin, world.InVision)).Value;
        Assert.Equal(["Viewer", "Contributor", "Developer", "Manager", "Admin", "C"], listed.Select(row => row.Name));
        Assert.Equal(["C"], (await world.Database.Get<RestrictionDirectory>().ListAsync(admin, world.InVision)).Value.Select(row => row.Name));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public async Task Lists_AnyNumberOfRows_TakeTheSameStatements(int rows)
    {
        using var statements = new StatementCounter();
        await using var world = await RoleWorld.CreateAsync();
        for (var row = 0; row < rows; row++)
        {
            await world.RoleAsync(world.InVision, $"Role {row}", Small);
            await world.OrganizationRoleAsync($"Role {row}", Small, null, Small);
            await world.RestrictionAsync(world.InVision, $"restriction {row}", new RestrictionRule(false, "*.delete"));
        }

        statements.Watch(world.Database);
        Assert.Equal(3, await CountAsync(() => world.Database.Get<RoleDirectory>().ListAsync(world.As("viewer"), world.InVision)));
        Assert.Equal(8, await CountAsync(() => world.Database.Get<RoleDirectory>().ListAsync(world.As("member"), world.InAcme)));
        Assert.Equal(3, await CountAsync(() => world.OrganizationRoles.ListAsync(world.As("member"), world.Acme.Id)));
        Assert.Equal(2, await CountAsync(() => world.Database.Get<RestrictionDirectory>().ListAsync(world.As("viewer"), world.InVision)));

        async Task<int> CountAsync(Func<Task> read)
        {
            statements.Reset();
            await read();
            return statements.Count;
        }
    }

    private static RestrictionDraft Rules(string name) => new(name, "", [new RestrictionRule(false, "clusters.delete")]);

    private static OrganizationRoleDraft OrganizationDraft(string name) => new(name, "", ["members.view"], null, ["clusters.view"]);
}
