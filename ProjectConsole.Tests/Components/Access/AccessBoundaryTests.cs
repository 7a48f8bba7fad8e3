using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Components.Layout;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;
using Radzen;

namespace ProjectConsole.Tests.Components.Access;

public sealed class AccessBoundaryTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const string Lost = "You no longer have access to that project.";

    [Fact]
    public async Task Project_Collaborator_SeesThePageAndTheSectionsThatAreOpen()
    {
        await using var world = await World.CreateAsync(this);

        var page = Render(world.Project(world.Viewer, ProjectSection.Settings, ProjectSettingsSection.Collaborators));

        Assert.Equal("vision as Viewer", page.Find("#inside").TextContent);
        Assert.Equal(["acme", "vision"], Texts(page, ".scope-path a"));
        Assert.Equal(["Overview", "Resources", "Settings"], Texts(page, ".section-tabs a"));
        Assert.Equal(["General", "Collaborators", "Roles", "Restrictions", "Access review", "Limits", "Sharing", "Danger zone"], Texts(page, ".settings-list a"));
        Assert.Equal("Collaborators", page.Find(".settings-list a[aria-current=page]").TextContent.Trim());
    }

    [Fact]
    public async Task Project_Admin_SeesEverySection()
    {
        await using var world = await World.CreateAsync(this);

        var page = Render(world.Project(world.Owner, ProjectSection.Settings, ProjectSettingsSection.Audit));

        Assert.Equal(["General", "Collaborators", "Roles", "Restrictions", "Access review", "API Keys", "Limits", "Sharing", "Audit", "Danger zone"], Texts(page, ".settings-list a"));
        Assert.Single(page.FindAll("#inside"));
    }

    [Fact]
    public async Task Project_SeveralWorkspaces_ShowsTheLevelToMembersOnly()
    {
        await using var world = await World.CreateAsync(this);
        await world.Acme.WorkspaceAsync("research");
        var outsider = await Given.UserAsync(world.Database, "external@partner.test");
        await world.Acme.GrantAsync(world.Vision, outsider, ProjectRole.Viewer);

        var member = Render(world.Project(world.Viewer, ProjectSection.Overview));
        Assert.Equal(["acme", "default", "vision"], Texts(member, ".scope-path a"));
        await DisposeComponentsAsync();
        var external = Render(world.Project(outsider, ProjectSection.Overview));

        Assert.Equal(["acme", "vision"], Texts(external, ".scope-path a"));
    }

    [Theory]
    [InlineData("acme", "vision")]
    [InlineData("acme", "missing")]
    [InlineData("missing", "vision")]
    [InlineData("other", "vision")]
    public async Task Project_StrangerOrWrongAddress_IsNotFoundAndShowsNothing(string organization, string project)
    {
        await using var world = await World.CreateAsync(this);
        await Given.OrganizationAsync(world.Database, "other");
        var stranger = await world.Acme.MemberAsync("member");
        var missed = 0;
        Services.GetRequiredService<NavigationManager>().OnNotFound += (_, _) => missed++;

        var page = Render(world.Project(stranger, ProjectSection.Overview, null, organization, project));

        Assert.Equal(1, missed);
        Assert.Empty(page.FindAll("#inside"));
        Assert.Empty(page.FindAll("nav"));
    }

    [Fact]
    public async Task Project_StrangerWithinACircuit_IsNotedForEachMoveAndNotForThePrerenderedPage()
    {
        await using var world = await World.CreateAsync(this);
        var stranger = await world.Acme.MemberAsync("member");
        async Task<int> NotedAsync()
        {
            await Services.GetRequiredService<DeniedAttempts>().FlushAsync();
            return await world.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditActions.ProjectOpened).SumAsync(entry => entry.Count));
        }

        Render(world.Project(stranger, ProjectSection.Overview));
        Assert.Equal(0, await NotedAsync());

        await DisposeComponentsAsync();
        world.Navigation.NavigateTo("/organizations/acme/projects/vision");
        Render(world.Project(stranger, ProjectSection.Overview));
        Assert.Equal(1, await NotedAsync());
    }

    [Fact]
    public async Task Project_SectionWithoutPermission_SaysWhatIsMissingAndWhoCanGiveIt()
    {
        await using var world = await World.CreateAsync(this);

        var page = Render(world.Project(world.Viewer, ProjectSection.Settings, ProjectSettingsSection.Audit));

        Assert.Empty(page.FindAll("#inside"));
        Assert.Contains("View the audit log", page.Find(".state-view").TextContent);
        Assert.Contains("an Admin of the project", page.Find(".state-view").TextContent);
    }

    [Fact]
    public async Task Project_AccessRemovedWhileOpen_LeavesToProjectsWithoutNamingIt()
    {
        await using var world = await World.CreateAsync(this);
        var page = Render(world.Project(world.Viewer, ProjectSection.Overview));

        var left = world.NextLocationAsync();
        await world.RemoveAsync(world.Viewer);

        Assert.EndsWith("/organizations/acme/projects", await left.WaitAsync(Patience));
        Assert.Empty(page.FindAll("#inside"));
        Assert.Equal(Lost, Assert.Single(world.Notifications.Messages).Summary);
    }

    [Fact]
    public async Task Project_LastAccessOfAnExternalPersonRemoved_LeavesToOrganizations()
    {
        await using var world = await World.CreateAsync(this);
        var outsider = await Given.UserAsync(world.Database, "external@partner.test");
        await world.Acme.GrantAsync(world.Vision, outsider, ProjectRole.Viewer);
        var page = Render(world.Project(outsider, ProjectSection.Overview));

        var left = world.NextLocationAsync();
        await world.RemoveAsync(outsider);

        Assert.EndsWith("/organizations", await left.WaitAsync(Patience));
        Assert.Equal(Lost, Assert.Single(world.Notifications.Messages).Summary);
    }

    [Fact]
    public async Task Project_RoleLoweredWhileOpen_KeepsThePageWithLess()
    {
        await using var world = await World.CreateAsync(this);
        var manager = await world.Acme.MemberAsync("manager");
        await world.Acme.GrantAsync(world.Vision, manager, ProjectRole.Manager);
        var page = Render(world.Project(manager, ProjectSection.Overview));
        Assert.Equal("vision as Manager", page.Find("#inside").TextContent);

        await world.WriteAsync(async command =>
        {
            var grant = command.Db.Grants.Single(grant => grant.PrincipalId == manager.Id);
            await command.AffectsAsync([manager.Id], default);
            grant.ChangeRole(ProjectRole.Viewer, world.Owner.Id, world.Owner.Email!, command.NowUtc);
        });

        page.WaitForAssertion(() => Assert.Equal("vision as Viewer", page.Find("#inside").TextContent));
        Assert.Empty(world.Notifications.Messages);
    }

    [Fact]
    public async Task Project_SectionLostWhileOpen_StaysInTheProject()
    {
        await using var world = await World.CreateAsync(this);
        var admin = await world.Acme.MemberAsync("admin");
        await world.Acme.GrantAsync(world.Vision, admin, ProjectRole.Admin);
        var page = Render(world.Project(admin, ProjectSection.Settings, ProjectSettingsSection.Audit));

        await world.WriteAsync(command =>
        {
            command.Db.Grants.Single(grant => grant.PrincipalId == admin.Id).ChangeRole(ProjectRole.Viewer, world.Owner.Id, world.Owner.Email!, command.NowUtc);
            return Task.CompletedTask;
        });

        page.WaitForAssertion(() => Assert.Contains("View the audit log", page.Find(".state-view").TextContent));
        Assert.Empty(page.FindAll("#inside"));
        Assert.DoesNotContain("Audit", Texts(page, ".settings-list a"));
    }

    [Fact]
    public async Task Project_OwnDeparture_ClearsThePageAndLeavesWordsAndWayToTheCommand()
    {
        await using var world = await World.CreateAsync(this);
        var page = Render(world.Project(world.Viewer, ProjectSection.Overview));
        var (before, departure) = (world.Navigation.Uri, Services.GetRequiredService<OwnDeparture>());

        await page.InvokeAsync(async () =>
        {
            using var own = departure.Begin();
            await world.RemoveAsync(world.Viewer);
            departure.Go();
        });

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#inside")), Patience);
        Assert.Equal(0, Services.GetRequiredService<AccessWatch>().Count);
        Assert.Empty(world.Notifications.Messages);
        Assert.Equal(before, world.Navigation.Uri);
    }

    [Fact]
    public async Task Project_AccessTakenWhileADepartureIsAskedAbout_ClearsAtOnceAndSaysFarewellAfterIt()
    {
        await using var world = await World.CreateAsync(this);
        var page = Render(world.Project(world.Viewer, ProjectSection.Overview));
        var before = world.Navigation.Uri;
        var question = Services.GetRequiredService<OwnDeparture>().Begin();

        await world.RemoveAsync(world.Viewer);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#inside")), Patience);
        Assert.Equal(0, Services.GetRequiredService<AccessWatch>().Count);
        Assert.Empty(world.Notifications.Messages);
        Assert.Equal(before, world.Navigation.Uri);

        var left = world.NextLocationAsync();
        await page.InvokeAsync(question.Dispose);

        Assert.EndsWith("/organizations/acme/projects", await left.WaitAsync(Patience));
        Assert.Equal(Lost, Assert.Single(world.Notifications.Messages).Summary);
    }

    [Fact]
    public async Task Project_Expired_LeavesAtThatMoment()
    {
        await using var world = await World.CreateAsync(this);
        var guest = await world.Acme.MemberAsync("guest");
        await world.Acme.GrantAsync(world.Vision, guest, ProjectRole.Viewer, world.Database.Clock.UtcNow.AddMinutes(5));
        var page = Render(world.Project(guest, ProjectSection.Overview));
        Assert.Single(page.FindAll("#inside"));

        var left = world.NextLocationAsync();
        world.Database.Clock.Advance(TimeSpan.FromMinutes(5));

        await left.WaitAsync(Patience);
        Assert.Equal(Lost, Assert.Single(world.Notifications.Messages).Summary);
    }

    [Fact]
    public async Task Dispose_Boundary_IsNotWatchedAnyMore()
    {
        await using var world = await World.CreateAsync(this);
        Render(world.Project(world.Viewer, ProjectSection.Overview));
        Assert.Equal(2, Services.GetRequiredService<AccessWatch>().Count);

        await DisposeComponentsAsync();

        Assert.Equal(0, Services.GetRequiredService<AccessWatch>().Count);
    }

    [Fact]
    public async Task Organization_Member_SeesWhatTheRoleOpens()
    {
        await using var world = await World.CreateAsync(this);

        var member = Render(world.Organization(world.Viewer, OrganizationSection.Settings, OrganizationSettingsSection.General));
        Assert.Equal(["Projects", "Members", "Teams", "Roles", "Catalogue", "Settings"], Texts(member, ".section-tabs a"));
        Assert.Equal(["General", "Workspaces", "Limits", "Assertions", "Danger zone"], Texts(member, ".settings-list a"));
        await DisposeComponentsAsync();
        var owner = Render(world.Organization(world.Owner, OrganizationSection.Audit));

        Assert.Equal(["Projects", "Members", "Teams", "Roles", "Catalogue", "Audit", "Settings"], Texts(owner, ".section-tabs a"));
    }

    [Fact]
    public async Task Organization_External_SeesProjectsAndNothingElse()
    {
        await using var world = await World.CreateAsync(this);
        var outsider = await Given.UserAsync(world.Database, "external@partner.test");
        await world.Acme.GrantAsync(world.Vision, outsider, ProjectRole.Viewer);

        var projects = Render(world.Organization(outsider, OrganizationSection.Projects));
        Assert.Equal(["Projects"], Texts(projects, ".section-tabs a"));
        Assert.Single(projects.FindAll("#inside"));
        await DisposeComponentsAsync();
        var members = Render(world.Organization(outsider, OrganizationSection.Members));

        Assert.Empty(members.FindAll("#inside"));
        Assert.Empty(Texts(members, ".section-tabs a").Except(["Projects"]));
    }

    [Fact]
    public async Task Organization_Stranger_IsNotFound()
    {
        await using var world = await World.CreateAsync(this);
        var stranger = await Given.UserAsync(world.Database, "stranger@elsewhere.test");
        var missed = 0;
        Services.GetRequiredService<NavigationManager>().OnNotFound += (_, _) => missed++;

        var page = Render(world.Organization(stranger, OrganizationSection.Projects));

        Assert.Equal(1, missed);
        Assert.Empty(page.FindAll("#inside"));
    }

    [Fact]
    public async Task Organization_MemberRemovedWhileOpen_LeavesToOrganizations()
    {
        await using var world = await World.CreateAsync(this);
        var page = Render(world.Organization(world.Viewer, OrganizationSection.Members));

        var left = world.NextLocationAsync();
        await world.Writer.WriteAsync(
            Actors.Of(world.Owner),
            CommandTarget.InOrganization(world.Acme.Id, Permissions.MembersManage, AuditActions.MemberRemoved, CommandLock.Access),
            command =>
            {
                command.Db.Members.Remove(command.Db.Members.Single(member => member.UserId == world.Viewer.Id));
                command.Db.Grants.RemoveRange(command.Db.Grants.Where(grant => grant.PrincipalId == world.Viewer.Id));
                return Task.FromResult(Result.Ok);
            });

        Assert.EndsWith("/organizations", await left.WaitAsync(Patience));
        Assert.Equal("You no longer have access to that organization.", Assert.Single(world.Notifications.Messages).Summary);
    }

    [Fact]
    public async Task Organization_WorkspaceOfTheAddress_IsALevelOfTheHeader()
    {
        await using var world = await World.CreateAsync(this);
        await world.Acme.WorkspaceAsync("research");

        world.Navigation.NavigateTo("/organizations/acme/projects?workspace=research");
        var narrowed = Render(world.Organization(world.Viewer, OrganizationSection.Projects));
        Assert.Equal(["acme", "research"], Texts(narrowed, ".scope-path a"));

        world.Navigation.NavigateTo("/organizations/acme/projects");
        narrowed.WaitForAssertion(() => Assert.Equal(["acme", "All workspaces"], Texts(narrowed, ".scope-path a")));
    }

    private static IEnumerable<string> Texts(IRenderedComponent<IComponent> page, string selector) =>
        page.FindAll(selector).Select(element => element.TextContent.Trim());

    private sealed record World(BunitContext Context, TestDatabase Database, GivenOrganization Acme, Project Vision, User Viewer) : IAsyncDisposable
    {
        public User Owner => Acme.Owner;

        public ConsoleWriter Writer => Context.Services.GetRequiredService<ConsoleWriter>();

        public BunitNavigationManager Navigation => Context.Services.GetRequiredService<BunitNavigationManager>();

        public NotificationService Notifications => Context.Services.GetRequiredService<NotificationService>();

        public required BunitAuthorizationContext Authorization { get; init; }

        public static async Task<World> CreateAsync(BunitContext context)
        {
            var database = await TestDatabase.CreateAsync();
            database.AddTo(context.Services);
            context.Services.AddControls();
            context.Services.AddAccessBoundaries();
            context.Services.TryAddScoped<CurrentActor>();
            var authorization = context.AddAuthorization();
            context.JSInterop.Mode = JSRuntimeMode.Loose;
            context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
            var acme = await Given.OrganizationAsync(database);
            var viewer = await acme.MemberAsync("viewer");
            var vision = await acme.ProjectAsync("vision", (viewer, ProjectRole.Viewer));
            return new World(context, database, acme, vision, viewer) { Authorization = authorization };
        }

        public RenderFragment Project(
            User person, ProjectSection section, ProjectSettingsSection? settings = null, string organization = "acme", string project = "vision")
        {
            SignIn(person);
            RenderFragment<ProjectAccess> inside = access => builder =>
            {
                builder.OpenElement(0, "p");
                builder.AddAttribute(1, "id", "inside");
                builder.AddContent(2, $"{access.Project.Slug} as {access.Access.Role}");
                builder.CloseElement();
            };
            return Framed(builder =>
            {
                builder.OpenComponent<ProjectBoundary>(0);
                builder.AddComponentParameter(1, nameof(ProjectBoundary.Organization), organization);
                builder.AddComponentParameter(2, nameof(ProjectBoundary.Project), project);
                builder.AddComponentParameter(3, nameof(ProjectBoundary.Section), section);
                builder.AddComponentParameter(4, nameof(ProjectBoundary.SettingsSection), settings);
                builder.AddComponentParameter(5, nameof(ProjectBoundary.ChildContent), Cascaded(inside));
                builder.CloseComponent();
            });
        }

        public RenderFragment Organization(User person, OrganizationSection section, OrganizationSettingsSection? settings = null)
        {
            SignIn(person);
            RenderFragment<OrganizationAccess> inside = access => builder =>
            {
                builder.OpenElement(0, "p");
                builder.AddAttribute(1, "id", "inside");
                builder.AddContent(2, access.Organization.Slug);
                builder.CloseElement();
            };
            return Framed(builder =>
            {
                builder.OpenComponent<OrganizationBoundary>(0);
                builder.AddComponentParameter(1, nameof(OrganizationBoundary.Organization), "acme");
                builder.AddComponentParameter(2, nameof(OrganizationBoundary.Section), section);
                builder.AddComponentParameter(3, nameof(OrganizationBoundary.SettingsSection), settings);
                builder.AddComponentParameter(4, nameof(OrganizationBoundary.ChildContent), Cascaded(inside));
                builder.CloseComponent();
            });
        }

        public Task<string> NextLocationAsync()
        {
            var next = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            Navigation.LocationChanged += (_, change) => next.TrySetResult(change.Location);
            return next.Task;
        }

        public Task RemoveAsync(User person) => WriteAsync(command =>
        {
            command.Db.Grants.Remove(command.Db.Grants.Single(grant => grant.PrincipalId == person.Id));
            return Task.CompletedTask;
        });

        public async Task WriteAsync(Func<Command, Task> body)
        {
            var target = CommandTarget.InProject(Acme.Scope(Vision), Permissions.CollaboratorsRemove, AuditActions.CollaboratorRemoved, CommandLock.Access);
            var result = await Writer.WriteAsync(Actors.Of(Owner), target, async command =>
            {
                await body(command);
                return Result.Ok;
            });
            Assert.True(result.Succeeded, result.Error?.Message);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        private void SignIn(User person)
        {
            Authorization.SetAuthorized(person.Email!);
            Authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, person.Id.ToString()));
        }

        // The header's places, as the layout has them.
        private static RenderFragment Framed(RenderFragment page) => builder =>
        {
            builder.OpenComponent<ScopePath>(0);
            builder.CloseComponent();
            builder.OpenComponent<PageTabs>(1);
            builder.CloseComponent();
            builder.AddContent(2, page);
        };

        private static RenderFragment Cascaded<T>(RenderFragment<T> inside) => builder =>
        {
            builder.OpenComponent<Inside<T>>(0);
            builder.AddComponentParameter(1, nameof(Inside<T>.Content), inside);
            builder.CloseComponent();
        };
    }

    /// <summary>Stands for a page's section: draws what the boundary cascades.</summary>
    private sealed class Inside<T> : ComponentBase
    {
        [CascadingParameter]
        public T Access { get; set; } = default!;

        [Parameter]
        public RenderFragment<T>? Content { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
            builder.AddContent(0, Content!(Access));
    }
}
