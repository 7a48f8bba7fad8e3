using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Sharing;

/// <summary>What is offered to a workspace is answered and given back by those who hold it in each of its projects.</summary>
public sealed class WorkspaceShareTests
{
    private enum Answer
    {
        Yes,

        // Sees the offer, and may not answer for the whole workspace; is told who can.
        NotForAll,

        // Sees the offer and accepts nothing here at all.
        No,

        Unknown,
    }

    // By hand: how somebody comes to the project, and whether that is enough to answer.
    private static readonly (string Who, OrganizationRole? Belongs, Func<Person, Task> Holds, Answer Answer)[] Table =
    [
        ("viewer-by-project", OrganizationRole.Member, person => person.InProjectAsync(ProjectRole.Viewer), Answer.No),
        ("developer-by-project", OrganizationRole.Member, person => person.InProjectAsync(ProjectRole.Developer), Answer.No),
        ("manager-by-project", OrganizationRole.Member, person => person.InProjectAsync(ProjectRole.Manager), Answer.NotForAll),
        ("admin-by-project", OrganizationRole.Member, person => person.InProjectAsync(ProjectRole.Admin), Answer.NotForAll),
        ("manager-by-team-in-project", OrganizationRole.Member, person => person.ByTeamInProjectAsync(ProjectRole.Manager), Answer.NotForAll),
        ("viewer-by-workspace", OrganizationRole.Member, person => person.InWorkspaceAsync(ProjectRole.Viewer), Answer.No),
        ("developer-by-workspace", OrganizationRole.Member, person => person.InWorkspaceAsync(ProjectRole.Developer), Answer.No),
        ("manager-by-workspace", OrganizationRole.Member, person => person.InWorkspaceAsync(ProjectRole.Manager), Answer.Yes),
        ("admin-by-workspace", OrganizationRole.Member, person => person.InWorkspaceAsync(ProjectRole.Admin), Answer.Yes),
        ("manager-until-tomorrow", OrganizationRole.Member, person => person.InWorkspaceAsync(ProjectRole.Manager, days: 1), Answer.Yes),
        ("viewer-by-team", OrganizationRole.Member, person => person.ByTeamInWorkspaceAsync(ProjectRole.Viewer), Answer.No),
        ("manager-by-team", OrganizationRole.Member, person => person.ByTeamInWorkspaceAsync(ProjectRole.Manager), Answer.Yes),
        ("restricted-manager", OrganizationRole.Member, person => person.InWorkspaceAsync(ProjectRole.Manager, denied: "shares.accept"), Answer.No),
        ("elsewhere-restricted-manager", OrganizationRole.Member, person => person.InWorkspaceAsync(ProjectRole.Manager, denied: "*.delete"), Answer.Yes),
        ("restricted-manager-and-in-project", OrganizationRole.Member, async person =>
        {
            await person.InWorkspaceAsync(ProjectRole.Manager, denied: "shares.accept");
            await person.InProjectAsync(ProjectRole.Manager);
        }, Answer.NotForAll),
        ("expired-manager", OrganizationRole.Member, person => person.InWorkspaceAsync(ProjectRole.Manager, days: -1), Answer.Unknown),
        ("expired-manager-and-in-project", OrganizationRole.Member, async person =>
        {
            await person.InWorkspaceAsync(ProjectRole.Manager, days: -1);
            await person.InProjectAsync(ProjectRole.Manager);
        }, Answer.NotForAll),
        ("manager-of-another-workspace", OrganizationRole.Member, person => person.InAnotherWorkspaceAsync(ProjectRole.Manager), Answer.Unknown),
        ("manager-of-another-workspace-and-in-project", OrganizationRole.Member, async person =>
        {
            await person.InAnotherWorkspaceAsync(ProjectRole.Manager);
            await person.InProjectAsync(ProjectRole.Manager);
        }, Answer.NotForAll),
        ("auditor-manager-by-workspace", OrganizationRole.Auditor, person => person.InWorkspaceAsync(ProjectRole.Manager), Answer.No),
        ("outside-manager-by-project", null, person => person.InProjectAsync(ProjectRole.Manager), Answer.NotForAll),
        ("outside-manager-by-workspace", null, person => person.InWorkspaceAsync(ProjectRole.Manager), Answer.Yes),
        ("outside-nothing", null, _ => Task.CompletedTask, Answer.Unknown),
        ("only-member", OrganizationRole.Member, _ => Task.CompletedTask, Answer.Unknown),
        ("organization-auditor", OrganizationRole.Auditor, _ => Task.CompletedTask, Answer.No),
        ("organization-admin", OrganizationRole.Admin, _ => Task.CompletedTask, Answer.Yes),
        ("organization-owner", OrganizationRole.Owner, _ => Task.CompletedTask, Answer.Yes),
    ];

    [DatabaseTheory]
    [InlineData("accept", ShareState.Accepted)]
    [InlineData("decline", ShareState.Declined)]
    [InlineData("leave", ShareState.Ended)]
    public async Task WorkspaceShare_HoweverSomebodyHolds_IsAnsweredByWhoHoldsItInAllOfIt(DatabaseKind kind, string operation, ShareState becomes)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        foreach (var (who, belongs, holds, answer) in Table)
        {
            var user = belongs is null ? await Given.UserAsync(world.Database, $"{who}@else.test") : await world.Acme.MemberAsync(who, belongs);
            await holds(new Person(world, user));
            var share = await OfferedAsync(world, who, operation == "leave");
            var actor = Actors.Of(user);

            Assert.True(answer == Answer.Unknown ? await ShownAsync(world, actor, share) is null : await ShownAsync(world, actor, share) == (answer == Answer.Yes), $"{who}: what is offered");
            if (answer == Answer.Yes)
            {
                Assert.True(await ActAsync(world, actor, world.Vision, share, operation) is null, $"{who} may {operation}");
                Assert.Equal((becomes, user.Email), await world.Database.ReadAsync(db => db.ResourceShares.Where(row => row.Id == share).Select(row => new ValueTuple<ShareState, string?>(row.State, row.AnsweredByName)).SingleAsync()));
                continue;
            }

            await Unchanged.AssertNothingWrittenAsync(world.Database, async () => AssertRefused(who, answer, await ActAsync(world, actor, world.Vision, share, operation)));
        }
    }

    [DatabaseTheory]
    public async Task WorkspaceShare_InASuspendedProject_IsAnsweredThroughAnother(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await new Person(world, world["member"]).InWorkspaceAsync(ProjectRole.Manager);
        var share = await OfferedAsync(world, "calls", isAccepted: false);
        await world.Acme.ChangeAsync(world.Vision, project => project.Suspend(throughOrganizationRole: false));

        Assert.False(await ShownAsync(world, world.As("member"), share));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<ProjectIsSuspended>(await ActAsync(world, world.As("member"), world.Vision, share, "accept")));
        Assert.Null(await ActAsync(world, world.As("member"), world.Acme.DefaultProject, share, "accept"));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<ProjectIsSuspended>(await ActAsync(world, world.As("member"), world.Vision, share, "leave")));
        Assert.Null(await ActAsync(world, world.As("member"), world.Acme.DefaultProject, share, "leave"));
    }

    // By hand: what a role of the organization's own gives in every project, and whether that is enough to answer for all of a workspace.
    [DatabaseTheory]
    public async Task WorkspaceShare_OrganizationRoleOfItsOwn_AnswersWithWhatItGivesInEveryProject(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var entered = PermissionSet.Of(Permissions.OrganizationView);
        foreach (var (who, inEveryProject, inThisProject, denied, answer) in ((string, ProjectRole?, ProjectRole?, string?, Answer)[])
                 [("everywhere-manager", ProjectRole.Manager, null, null, Answer.Yes), ("everywhere-developer", ProjectRole.Developer, null, null, Answer.No),
                  ("everywhere-developer-manager-here", ProjectRole.Developer, ProjectRole.Manager, null, Answer.NotForAll),
                  ("everywhere-manager-under-a-ceiling", ProjectRole.Manager, ProjectRole.Manager, "shares.accept", Answer.No), ("nowhere", null, ProjectRole.Manager, null, Answer.NotForAll)])
        {
            PermissionSet? ceiling = denied is null ? null : PermissionCatalogue.Project - PermissionSet.Of(PermissionCatalogue.Get(denied));
            var user = await world.Acme.MemberAsync(who, await world.Acme.OrganizationRoleAsync(who, entered, inEveryProject, ceiling));
            if (inThisProject is not null)
            {
                await world.Acme.GrantAsync(world.Vision, user, inThisProject);
            }

            var share = await OfferedAsync(world, who, isAccepted: false);
            Assert.True(await ShownAsync(world, Actors.Of(user), share) == (answer == Answer.Yes), $"{who}: what is offered");
            if (answer == Answer.Yes)
            {
                Assert.True(await ActAsync(world, Actors.Of(user), world.Vision, share, "accept") is null, who);
                continue;
            }

            await Unchanged.AssertNothingWrittenAsync(world.Database, async () => AssertRefused(who, answer, await ActAsync(world, Actors.Of(user), world.Vision, share, "accept")));
        }
    }

    // A token cuts what its person holds, and the key of a project is of that project alone.
    [DatabaseTheory]
    public async Task WorkspaceShare_ThroughATokenOrKey_NeedsWhatThePersonAndTheTokenHold(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await new Person(world, world["member"]).InWorkspaceAsync(ProjectRole.Manager);
        await new Person(world, world["project-admin"]).InWorkspaceAsync(ProjectRole.Viewer);
        string[] accepting = ["shares.accept", "volumes.view"];
        var share = await OfferedAsync(world, "calls", isAccepted: false);

        var key = await KeyAsync(world, accepting);
        var narrow = await TokenAsync(world, world["member"], "volumes.view");
        var steward = await world.Acme.MemberAsync("steward", await world.Acme.OrganizationRoleAsync(
            "steward", PermissionSet.Of(Permissions.OrganizationView, Permissions.WorkspacesView, Permissions.WorkspacesManage)));
        await world.Acme.GrantAsync(world.Vision, steward, ProjectRole.Manager);
        var ofSteward = await TokenAsync(world, steward, accepting);
        var narrowOfOrganizationAdmin = await TokenAsync(world, world["org-admin"], "volumes.view", "workspaces.manage");
        var ofProjectAdmin = await TokenAsync(world, world["project-admin"], accepting);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.False(await ShownAsync(world, key, share));
            AssertRefused("key", Answer.NotForAll, await ActAsync(world, key, world.Vision, share, "accept"));
            Assert.IsType<TokenLacks>(await ActAsync(world, narrow, world.Vision, share, "accept"));
            Assert.IsType<TokenLacks>(await ActAsync(world, narrowOfOrganizationAdmin, world.Vision, share, "accept"));
            Assert.Equal(new TokenLacks("Manage workspaces"), await ActAsync(world, ofSteward, world.Vision, share, "accept"));
            AssertRefused("project-admin", Answer.NotForAll, await ActAsync(world, ofProjectAdmin, world.Vision, share, "accept"));
        });

        var token = await TokenAsync(world, world["member"], accepting);
        Assert.True(await ShownAsync(world, token, share));
        Assert.Null(await ActAsync(world, token, world.Vision, share, "accept"));
        Assert.Null(await ActAsync(world, await TokenAsync(world, world["org-admin"], accepting), world.Vision, share, "leave"));
    }

    private static void AssertRefused(string who, Answer answer, Error? refusal)
    {
        Assert.True(answer == Answer.Unknown ? refusal is NotFound : refusal is Forbidden, $"{who}: {refusal}");
        Assert.Equal(
            answer == Answer.NotForAll,
            refusal!.Message.Contains("it needs \"Accept shares in the whole workspace\". Ask a Manager of the workspace, or an Owner or Admin of the organization.", StringComparison.Ordinal));
    }

    // Whether it is offered for an answer, as the page and the API list it; null for who does not see the project.
    private static async Task<bool?> ShownAsync(ResourceWorld world, Actor actor, Guid shareId)
    {
        var read = await world.Database.Get<SharingDirectory>().GetAsync(actor, world.Acme.Scope(world.Vision));
        if (!read.Succeeded)
        {
            return null;
        }

        var row = read.Value.Pending.Concat(read.Value.Received).Single(row => row.Id == shareId);
        return row.State == ShareState.Pending ? row.MayAnswer : row.MayEnd;
    }

    private static async Task<Error?> ActAsync(ResourceWorld world, Actor actor, Project project, Guid shareId, string operation)
    {
        var (shares, scope) = (world.Database.Get<SharingService>(), world.Acme.Scope(project));
        return (operation == "leave" ? await shares.LeaveAsync(actor, scope, shareId) : await shares.AnswerAsync(actor, scope, shareId, operation == "accept")).Error;
    }

    private static async Task<Guid> OfferedAsync(ResourceWorld world, string name, bool isAccepted)
    {
        var volume = await world.Acme.ResourceAsync(world.Speech, "volume", name);
        var share = new ResourceShare(volume, null, world.Acme.Workspace.Id, ShareLevel.Use, world.Acme.Owner.Id, "owner", world.Database.Clock.UtcNow);
        if (isAccepted)
        {
            share.Enter(ShareState.Accepted, "owner", world.Database.Clock.UtcNow);
        }

        await world.Database.AddAsync(share);
        return share.Id;
    }

    private static Task<Actor> KeyAsync(ResourceWorld world, params string[] permissions) => OpenAsync(
        world, KeyPrefix.ProjectKey, new ProjectKey(world.Acme.Scope(world.Vision), Terms(permissions), world["project-admin"].Id, "project-admin", world.Database.Clock.UtcNow));

    private static Task<Actor> TokenAsync(ResourceWorld world, User user, params string[] permissions) =>
        OpenAsync(world, KeyPrefix.PersonalToken, new PersonalToken(user.Id, Terms(permissions), world.Database.Clock.UtcNow));

    private static KeyTerms Terms(string[] permissions) =>
        new("nightly", PermissionSet.Of(permissions.SelectMany(name => PermissionCatalogue.WithIncluded(PermissionCatalogue.Get(name)))), null);

    private static async Task<Actor> OpenAsync(ResourceWorld world, KeyPrefix prefix, StoredKey stored)
    {
        var text = KeyText.Create(prefix, stored.Id);
        stored.Rotate(text.Hash(), TimeSpan.Zero, world.Database.Clock.UtcNow);
        await world.Database.AddAsync(stored);
        return (await world.Database.Get<Credentials>().OpenAsync(text, new RequestOrigin("192.0.2.7", "test")))!;
    }

    /// <summary>Somebody who comes to the project in one way or another.</summary>
    private sealed record Person(ResourceWorld World, User User)
    {
        public Task<Grant> InProjectAsync(ProjectRole role) => World.Acme.GrantAsync(World.Vision, User, role);

        public async Task ByTeamInProjectAsync(ProjectRole role) => await World.Acme.GrantAsync(World.Vision, await TeamAsync(), role);

        public async Task ByTeamInWorkspaceAsync(ProjectRole role) => await World.Acme.GrantAsync(World.Acme.Workspace, await TeamAsync(), role);

        public async Task InAnotherWorkspaceAsync(ProjectRole role) => await World.Acme.GrantAsync(await World.Acme.WorkspaceAsync(Name), User, role);

        public async Task InWorkspaceAsync(ProjectRole role, int? days = null, string? denied = null)
        {
            var now = World.Database.Clock.UtcNow;
            var grant = await World.Acme.GrantAsync(World.Acme.Workspace, User, role, days is { } some ? now.AddDays(some) : null);
            if (denied is not null)
            {
                var restriction = new Restriction(World.Acme.Id, null, now);
                restriction.Change($"less for {Name}", "", RestrictionRules.Of([new RestrictionRule(false, denied)]));
                await World.Database.AddAsync(restriction);
                await World.Database.ChangeAsync<Grant>(row => row.Restrict(restriction.Id, World.Acme.Owner.Id, "owner", now), grant.Id);
            }
        }

        private string Name => User.Email!.Split('@')[0];

        private Task<Team> TeamAsync() => World.Acme.TeamAsync(Name, User);
    }
}
