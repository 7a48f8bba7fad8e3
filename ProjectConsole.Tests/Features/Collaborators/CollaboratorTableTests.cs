using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

/// <summary>Who may do what with collaborators, written out by hand: every role and every outsider, yes and no.</summary>
public sealed class CollaboratorTableTests
{
    private static readonly string[] Everybody =
    [
        "owner", "org-admin", "auditor", "project-admin", "manager", "developer", "contributor", "viewer", "member", "external-admin", "stranger", "other-owner",
    ];

    private static readonly string[] Outsiders = ["member", "stranger", "other-owner"];

    private static readonly Dictionary<string, (string Action, Func<CollaboratorWorld, string, Task<Error?>> Run)> Operations = new()
    {
        ["list"] = ("", async (world, actor) => (await world.List.ListAsync(world.Actor(actor), world.Scope, new CollaboratorQuery())).Error),
        ["add viewer"] = Adding(ProjectRole.Viewer),
        ["add developer"] = Adding(ProjectRole.Developer),
        ["add manager"] = Adding(ProjectRole.Manager),
        ["add admin"] = Adding(ProjectRole.Admin),
        ["promote viewer to manager"] = Changing("viewer", ProjectRole.Manager),
        ["promote developer to admin"] = Changing("developer", ProjectRole.Admin),
        ["demote manager"] = Changing("second-manager", ProjectRole.Viewer),
        ["demote admin"] = Changing("second-admin", ProjectRole.Developer),
        ["expire viewer"] = Expiring("viewer"),
        ["expire admin"] = Expiring("second-admin"),
        ["restrict developer"] = Restricting("developer"),
        ["restrict admin"] = Restricting("second-admin"),
        ["raise viewer to developer"] = Raising("viewer", ProjectRole.Developer),
        ["raise developer to admin"] = Raising("developer", ProjectRole.Admin),
        ["end raise of viewer"] = (AuditActions.CollaboratorRaiseEnded, async (world, actor) => (await world.EndRaiseAsync(actor, world["raised-viewer"].Id)).Error),
        ["end raise to admin"] = (AuditActions.CollaboratorRaiseEnded, async (world, actor) => (await world.EndRaiseAsync(actor, world["raised-admin"].Id)).Error),
        ["add team as developer"] = AddingTeam(ProjectRole.Developer),
        ["add team as admin"] = AddingTeam(ProjectRole.Admin),
        ["demote team"] = OnTeam(AuditActions.CollaboratorRoleChanged, (world, actor, id) => world.Service.ChangeRoleAsync(world.Actor(actor), world.Scope, new RoleChange(id, ProjectRole.Viewer))),
        ["expire team"] = OnTeam(AuditActions.CollaboratorExpiryChanged, (world, actor, id) => world.ExpireAsync(actor, id, world.Now.AddDays(3))),
        ["raise team to manager"] = OnTeam(AuditActions.CollaboratorRaised, (world, actor, id) => world.RaiseAsync(actor, id, ProjectRole.Manager, TimeSpan.FromHours(2))),
        ["remove team"] = OnTeam(AuditActions.CollaboratorRemoved, (world, actor, id) => world.Service.RemoveAsync(world.Actor(actor), world.Scope, new Removal(id))),
        ["remove contributor"] = Removing("contributor"),
        ["remove manager"] = Removing("second-manager"),
        ["remove admin"] = Removing("second-admin"),
    };

    public static TheoryData<string, string> Table => new()
    {
        { "list", "owner org-admin auditor project-admin manager developer contributor viewer external-admin" },
        { "add viewer", "owner org-admin project-admin manager external-admin" },
        { "add developer", "owner org-admin project-admin manager external-admin" },
        { "add manager", "owner org-admin project-admin manager external-admin" },
        { "add admin", "owner org-admin project-admin" },
        { "promote viewer to manager", "owner org-admin project-admin manager external-admin" },
        { "promote developer to admin", "owner org-admin project-admin" },
        { "demote manager", "owner org-admin project-admin manager external-admin" },
        { "demote admin", "owner org-admin project-admin" },
        { "expire viewer", "owner org-admin project-admin manager external-admin" },
        { "expire admin", "owner org-admin project-admin" },
        { "restrict developer", "owner org-admin project-admin manager external-admin" },
        { "restrict admin", "owner org-admin project-admin" },
        { "raise viewer to developer", "owner org-admin project-admin manager external-admin" },
        { "raise developer to admin", "owner org-admin project-admin" },
        { "end raise of viewer", "owner org-admin project-admin manager external-admin" },
        { "end raise to admin", "owner org-admin project-admin" },
        { "add team as developer", "owner org-admin project-admin manager" },
        { "add team as admin", "owner org-admin project-admin" },
        { "demote team", "owner org-admin project-admin manager external-admin" },
        { "expire team", "owner org-admin project-admin manager external-admin" },
        { "raise team to manager", "owner org-admin project-admin manager external-admin" },
        { "remove team", "owner org-admin project-admin manager external-admin" },
        { "remove contributor", "owner org-admin project-admin manager external-admin" },
        { "remove manager", "owner org-admin project-admin manager external-admin" },
        { "remove admin", "owner org-admin project-admin" },
    };

#pragma warning disable xUnit1037 // The first parameter, the database, comes from DatabaseTheory.
    [DatabaseTheory]
    [MemberData(nameof(Table))]
    public async Task Operation_OfThoseWhoMayNot_IsRefusedWritesNothingAndIsAudited(DatabaseKind kind, string operation, string allowed)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        await world.AddMoreAsync();
        var (action, run) = Operations[operation];
        var refused = Everybody.Except(allowed.Split(' ')).ToList();
        foreach (var person in refused)
        {
            Error? error = null;
            await Unchanged.AssertNothingWrittenAsync(world.Database, async () => error = await run(world, person));
            var expected = Outsiders.Contains(person) ? [typeof(NotFound)] : new[] { typeof(Forbidden), typeof(ExceedsOwn), typeof(Invalid) };
            Assert.True(error is not null && expected.Contains(error.GetType()), $"{person}: {error}");
        }

        if (action != "")
        {
            var denied = (await world.AuditAsync(action, AuditResult.Denied)).Select(entry => entry.ActorName);
            // Not knowing the organization's teams is a wrong field, no denial.
            Assert.Equal(refused.Where(person => operation != "add team as developer" || person != "external-admin").Select(person => world[person].Email!).Order(), denied.Order());
        }
    }

    [DatabaseTheory]
    [MemberData(nameof(Table))]
    public async Task Operation_OfThoseWhoMay_IsDoneAndAudited(DatabaseKind kind, string operation, string allowed)
    {
        foreach (var person in allowed.Split(' '))
        {
            await using var world = await CollaboratorWorld.CreateAsync(kind);
            await world.AddMoreAsync();
            var (action, run) = Operations[operation];
            Assert.Null(await run(world, person));
            if (action != "")
            {
                Assert.Equal(world[person].Id, Assert.Single(await world.AuditAsync(action)).ActorId);
            }
        }
    }

#pragma warning restore xUnit1037

    [Theory]
    [InlineData("project-admin")]
    [InlineData("manager")]
    [InlineData("developer")]
    [InlineData("contributor")]
    [InlineData("viewer")]
    [InlineData("external-admin")]
    public async Task Leave_WithAGrant_EndsIt(string person)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        Assert.Null((await world.Service.LeaveAsync(world.Actor(person), world.Scope)).Error);
        Assert.Null(await world.RoleOfAsync(person));
        Assert.Equal(world[person].Email, Assert.Single(await world.AuditAsync(AuditActions.CollaboratorLeft)).ObjectName);
    }

    [Theory]
    [InlineData("owner", typeof(NothingToLeave))]
    [InlineData("org-admin", typeof(NothingToLeave))]
    [InlineData("auditor", typeof(NothingToLeave))]
    [InlineData("member", typeof(NotFound))]
    [InlineData("stranger", typeof(NotFound))]
    [InlineData("other-owner", typeof(NotFound))]
    public async Task Leave_WithoutAGrant_IsRefused(string person, Type expected)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        Error? error = null;
        await Unchanged.AssertNothingWrittenAsync(
            world.Database, async () => error = (await world.Service.LeaveAsync(world.Actor(person), world.Scope)).Error);
        Assert.IsType(expected, error);
    }

    [Fact]
    public void Everybody_IsInOneOfTheTwoColumns() =>
        Assert.All(Table, row => Assert.Subset(Everybody.ToHashSet(), ((string)row[1]).Split(' ').ToHashSet()));

    private static (string, Func<CollaboratorWorld, string, Task<Error?>>) Adding(ProjectRole role) =>
        (AuditActions.CollaboratorAdded, async (world, actor) => (await world.AddAsync(actor, "member@acme.test", role)).Error);

    private static (string, Func<CollaboratorWorld, string, Task<Error?>>) Changing(string target, ProjectRole role) =>
        (AuditActions.CollaboratorRoleChanged, async (world, actor) => (await world.ChangeAsync(actor, target, role)).Error);

    private static (string, Func<CollaboratorWorld, string, Task<Error?>>) Removing(string target) =>
        (AuditActions.CollaboratorRemoved, async (world, actor) => (await world.RemoveAsync(actor, target)).Error);

    private static (string, Func<CollaboratorWorld, string, Task<Error?>>) Expiring(string target) =>
        (AuditActions.CollaboratorExpiryChanged, async (world, actor) => (await world.ExpireAsync(actor, world[target].Id, world.Now.AddDays(3))).Error);

    private static (string, Func<CollaboratorWorld, string, Task<Error?>>) Restricting(string target) =>
        (AuditActions.CollaboratorRestricted, async (world, actor) => (await world.RestrictAsync(actor, world[target].Id, world.NoClusters.Id)).Error);

    private static (string, Func<CollaboratorWorld, string, Task<Error?>>) Raising(string target, ProjectRole role) =>
        (AuditActions.CollaboratorRaised, async (world, actor) => (await world.RaiseAsync(actor, world[target].Id, role, TimeSpan.FromHours(2))).Error);

    private static (string, Func<CollaboratorWorld, string, Task<Error?>>) AddingTeam(ProjectRole role) =>
        (AuditActions.CollaboratorAdded, async (world, actor) => (await world.AddAsync(actor, "new-team", role)).Error);

    private static (string, Func<CollaboratorWorld, string, Task<Error?>>) OnTeam(string action, Func<CollaboratorWorld, string, Guid, Task<Result<AccessChange>>> run) =>
        (action, async (world, actor) => (await run(world, actor, world.Core.Id)).Error);
}
