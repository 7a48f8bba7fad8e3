using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Collaborators;
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
        var (action, run) = Operations[operation];
        var refused = Everybody.Except(allowed.Split(' ')).ToList();
        foreach (var person in refused)
        {
            Error? error = null;
            await Unchanged.AssertNothingWrittenAsync(world.Database, async () => error = await run(world, person));
            var expected = Outsiders.Contains(person) ? [typeof(NotFound)] : new[] { typeof(Forbidden), typeof(ExceedsOwn) };
            Assert.True(error is not null && expected.Contains(error.GetType()), $"{person}: {error}");
        }

        if (action != "")
        {
            var denied = (await world.AuditAsync(action, AuditResult.Denied)).Select(entry => entry.ActorName);
            Assert.Equal(refused.Select(person => world[person].Email!).Order(), denied.Order());
        }
    }

    [DatabaseTheory]
    [MemberData(nameof(Table))]
    public async Task Operation_OfThoseWhoMay_IsDoneAndAudited(DatabaseKind kind, string operation, string allowed)
    {
        foreach (var person in allowed.Split(' '))
        {
            await using var world = await CollaboratorWorld.CreateAsync(kind);
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
}
