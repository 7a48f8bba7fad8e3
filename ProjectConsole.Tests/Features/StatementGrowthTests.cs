using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Features.AccessRequests;
using ProjectConsole.Features.Assertions;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Explanations;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Features.Keys;
using ProjectConsole.Features.Limits;
using ProjectConsole.Features.Moving;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.PersonalSpaces;
using ProjectConsole.Features.Projects;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Restrictions;
using ProjectConsole.Features.Reviews;
using ProjectConsole.Features.Roles;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features;

/// <summary>What a person reads takes as many statements over thirty rows of everything as over three.</summary>
public sealed partial class StatementGrowthTests
{
    // How to ask each read that answers rows. What it answers is looked at, so that nothing is measured that was refused.
    private static readonly Dictionary<string, Func<World, Task<object?>>> Reads = new()
    {
        ["AccessRequestListService.ListAsync"] = async world => (await world.Get<AccessRequestListService>().ListAsync(world.Actor, world.Scope, null, Page)).Value.Page.Rows,
        ["AllowanceRequests.ListAsync"] = async world => (await world.Get<AllowanceRequests>().ListAsync(world.Actor, true, Page)).Value.Page.Rows,
        ["AssertionsService.ListAsync"] = async world => (await world.Get<AssertionsService>().ListAsync(world.Actor, world.Acme.Id)).Value,
        ["AssertionsService.OpenAsync"] = async world =>
            (await world.Get<AssertionsService>().OpenAsync(world.Actor, world.Acme.Id, await world.FirstAsync(db => db.Assertions.OrderBy(row => row.CreatedUtc).Select(row => row.Id)))).Value.State.Breaking,
        ["AllResourcesService.ListAsync"] = async world =>
            (await world.Get<AllResourcesService>().ListAsync(world.Actor, world.Acme.Id, new AllResourcesQuery { Page = Page })).Value.Page.Rows,
        ["AllResourcesService.ListAsync by label"] = async world =>
            (await world.Get<AllResourcesService>().ListAsync(world.Actor, world.Acme.Id, new AllResourcesQuery { Label = "nightly", Page = Page })).Value.Page.Rows,
        ["AllResourcesService.ListAsync of a member"] = async world =>
            (await world.Get<AllResourcesService>().ListAsync(Actors.Of(world.Member), world.Acme.Id, new AllResourcesQuery { Page = Page })).Value.Projects,
        ["AuditService.ListAsync"] = async world => (await world.Get<AuditService>().ListAsync(world.Actor, world.Acme.Id, new AuditQuery())).Value.Lines,
        ["AuditService.ListAsync of a project"] = async world => (await world.Get<AuditService>().ListAsync(world.Actor, world.Scope, new AuditQuery())).Value.Lines,
        ["AuditService.ListAsync by actor"] = async world =>
            (await world.Get<AuditService>().ListAsync(world.Actor, world.Acme.Id, new AuditQuery { Actor = "person", ObjectName = "o" })).Value.Lines,
        ["CleanupService.ListAsync"] = async world =>
            (await world.Get<CleanupService>().ListAsync(world.Actor, ResourceOwner.Of(world.Scope), new CleanupQuery { Reason = CleanupReason.Failed, Page = Page })).Value.Page.Rows,
        ["CleanupService.ListAsync of creators who left"] = async world =>
            (await world.Get<CleanupService>().ListAsync(world.Actor, ResourceOwner.Of(world.Scope), new CleanupQuery { IsCreatorGone = true, Page = Page })).Value.Kinds,
        ["CollaboratorListService.ListAsync"] = async world => (await world.Get<CollaboratorListService>().ListAsync(world.Actor, world.Scope, new CollaboratorQuery())).Value.Page.Rows,
        ["InstallationAccounts.ListAsync"] = async world => (await world.Get<InstallationAccounts>().ListAsync(world.Actor, new AccountQuery(null, null, Page))).Value.Rows,
        ["InstallationOrganizations.ListAsync"] = async world => (await world.Get<InstallationOrganizations>().ListAsync(world.Actor, null, Page)).Value.Rows,
        ["AuthorizedKeysService.ListAsync"] = async world =>
            (await world.Get<AuthorizedKeysService>().ListAsync(world.Actor, world.Scope, "gpu-0", world.Acme.Owner.Email, null)).Value,
        ["KeyDirectory.ListAsync"] = async world => (await world.Get<KeyDirectory>().ListAsync(world.Actor, world.Scope)).Value.Rows,
        ["TokensService.ListAsync"] = async world => (await world.Get<TokensService>().ListAsync(world.Actor)).Value.Rows,
        ["SshKeysService.ListAsync"] = async world => await world.Get<SshKeysService>().ListAsync(world.Actor),
        ["LimitsService.ListAsync"] = async world => (await world.Get<LimitsService>().ListAsync(world.Actor, LimitPlace.Of(world.Scope))).Value.Rows,
        ["InvitationListService.ListAsync"] = async world =>
            (await world.Get<InvitationListService>().ListAsync(world.Actor, InvitationPlace.In(world.Scope), new InvitationQuery(null, null, Page))).Value.Rows,
        ["FormerSpacesService.ListAsync"] = async world => (await world.Get<FormerSpacesService>().ListAsync(world.Actor, world.Acme.Id)).Value,
        ["FormerSpacesService.OpenAsync"] = async world => (await world.Get<FormerSpacesService>().OpenAsync(
            world.Actor, world.Acme.Id, await world.FirstAsync(db => db.PersonalSpaces.OrderBy(row => row.UserName).Select(row => row.Id)))).Value.Resources,
        ["MoveTargets.ListAsync"] = async world => (await world.Get<MoveTargets>().ListAsync(world.Actor, ResourceOwner.Of(world.Scope), ["volume", "job"], "")).Value.Rows,
        ["PersonalSpacesService.MineAsync"] = async world => await world.Get<PersonalSpacesService>().MineAsync(world.Actor),
        ["MemberDirectory.ListAsync"] = async world => (await world.Get<MemberDirectory>().ListAsync(world.Actor, world.Acme.Id, Members(null))).Value.Page.Rows,
        ["MemberDirectory.ListAsync of external people"] = async world =>
            (await world.Get<MemberDirectory>().ListAsync(world.Actor, world.Acme.Id, Members(MemberQuery.External))).Value.Page.Rows,
        ["OrganizationRolesService.GetAsync"] = async world =>
            (await world.Get<OrganizationRolesService>().GetAsync(world.Actor, world.Acme.Id, await world.FirstAsync(db => db.OrganizationRoles.OrderBy(row => row.Name).Select(row => row.Key)))).Value,
        ["OrganizationRolesService.ListAsync"] = async world => (await world.Get<OrganizationRolesService>().ListAsync(world.Actor, world.Acme.Id)).Value,
        ["OrganizationsService.MineAsync"] = async world => await world.Get<OrganizationsService>().MineAsync(world.Actor),
        ["ProjectFinder.EverywhereAsync"] = async world => (await world.Get<ProjectFinder>().EverywhereAsync(world.Actor, "p")).All.Rows,
        ["ProjectFinder.EverywhereAsync of a member"] = async world => (await world.Get<ProjectFinder>().EverywhereAsync(Actors.Of(world.Member), "")).All.Rows,
        ["ProjectFinder.InOrganizationAsync"] = async world => (await world.Get<ProjectFinder>().InOrganizationAsync(world.Actor, world.Acme.Id, "")).All.Rows,
        ["ProjectFinder.OrganizationsAsync"] = async world => (await world.Get<ProjectFinder>().OrganizationsAsync(world.Actor, "")).Rows,
        ["ProjectFinder.WorkspacesAsync"] = async world => (await world.Get<ProjectFinder>().WorkspacesAsync(world.Actor, world.Acme.Id, "")).Rows,
        ["ProjectInventoryService.ListRunningAsync"] = async world => (await world.Get<ProjectInventoryService>().ListRunningAsync(world.Actor, world.Scope)).Value,
        ["ProjectInventoryService.InventoryAsync"] = async world => (await world.Get<ProjectInventoryService>().InventoryAsync(world.Actor, world.Scope)).Value,
        ["ProjectListService.ListAsync"] = async world => (await world.Get<ProjectListService>().ListAsync(world.Actor, world.Acme.Id, new ProjectQuery())).Value.Projects.Rows,
        ["ProjectListService.SliceAsync"] = async world => (await world.Get<ProjectListService>().SliceAsync(world.Actor, world.Acme.Id, new ProjectQuery())).Value.Rows,
        ["ProjectListService.ListAsync of a member"] = async world =>
            (await world.Get<ProjectListService>().ListAsync(Actors.Of(world.Member), world.Acme.Id, new ProjectQuery())).Value.Projects.Rows,
        ["ProjectOverviewService.GetAsync"] = async world => (await world.Get<ProjectOverviewService>().GetAsync(world.Actor, world.Scope)).Value,
        ["ProjectStartService.FindAlikeAsync"] = async world => (await world.Get<ProjectStartService>().FindAlikeAsync(world.Actor, world.Acme.Id, "vision")).Value,
        ["ProjectStartService.StartAsync"] = async world => (await world.Get<ProjectStartService>().StartAsync(world.Actor, world.Acme.Id)).Value.Workspaces,
        ["ResourceDetailService.GetAsync"] = async world =>
            (await world.Get<ResourceDetailService>().GetAsync(world.Actor, ResourceOwner.Of(world.Scope), ResourceKinds.Get("volume"), "v0")).Value.UsedBy.Shown,
        ["ResourceDetailService.ListDependentsAsync"] = async world => (await DependentsAsync(world)).Over.Shown,
        ["ResourceDetailService.ListDependentsAsync of those in use"] = async world => (await DependentsAsync(world)).InUse.Shown,
        ["ResourceListService.ListAsync"] = async world =>
            (await world.Get<ResourceListService>().ListAsync(world.Actor, ResourceOwner.Of(world.Scope), ResourceKinds.Get("volume"), new ResourceQuery { Page = Page })).Value.Page.Rows,
        ["ResourceListService.ListAsync by label"] = async world => (await world.Get<ResourceListService>().ListAsync(
            world.Actor, ResourceOwner.Of(world.Scope), ResourceKinds.Get("volume"), new ResourceQuery { Label = "nightly", Page = Page })).Value.Page.Rows,
        ["ResourceListService.ListSharedAsync"] = async world => (await world.Get<ResourceListService>().ListSharedAsync(
            world.Actor, ResourceOwner.Of(world.Acme.Scope(await world.FirstAsync(db => db.Projects.Where(project => project.Slug == "p0")))), ResourceKinds.Get("volume"), new ResourceQuery(), Page)).Value.Rows,
        ["RestrictionDirectory.GetAsync"] = async world =>
            (await world.Get<RestrictionDirectory>().GetAsync(world.Actor, RoleOwner.Of(world.Acme.Id), await world.FirstAsync(db => db.Restrictions.Where(row => row.Name == "r0").Select(row => row.Id)))).Value.Attachments,
        ["RestrictionDirectory.ListAsync"] = async world => (await world.Get<RestrictionDirectory>().ListAsync(world.Actor, RoleOwner.Of(world.Acme.Id))).Value,
        ["RestrictionDirectory.ListAsync of a project"] = async world => (await world.Get<RestrictionDirectory>().ListAsync(world.Actor, RoleOwner.Of(world.Scope))).Value,
        ["ReviewListService.ListAsync"] = async world => (await world.Get<ReviewListService>().ListAsync(world.Actor, world.Scope)).Value,
        ["ReviewListService.OpenAsync"] = async world =>
            (await world.Get<ReviewListService>().OpenAsync(world.Actor, world.Scope, await world.FirstAsync(db => db.AccessReviewRows.Select(row => row.ReviewId)), Page)).Value.Rows.Rows,
        ["RoleDirectory.GetAsync"] = async world =>
            (await world.Get<RoleDirectory>().GetAsync(world.Actor, RoleOwner.Of(world.Acme.Id), await world.FirstAsync(db => db.ProjectRoles.OrderBy(row => row.Name).Select(row => row.Key)))).Value,
        ["RoleDirectory.ListAsync"] = async world => (await world.Get<RoleDirectory>().ListAsync(world.Actor, RoleOwner.Of(world.Acme.Id))).Value,
        ["RoleDirectory.ListAsync of a project"] = async world => (await world.Get<RoleDirectory>().ListAsync(world.Actor, RoleOwner.Of(world.Scope))).Value,
        ["SharingDirectory.GetAsync"] = async world => (await world.Get<SharingDirectory>().GetAsync(world.Actor, world.Scope)).Value.Given,
        ["SharingDirectory.GetOfResourceAsync"] = async world => (await world.Get<SharingDirectory>().GetOfResourceAsync(
            world.Actor, ResourceOwner.Of(world.Scope), await world.FirstAsync(db => db.Resources.Where(row => row.Kind == "volume" && row.Name == "v0").Select(row => row.Id)))).Value.Shares,
        ["SharingDirectory.ListAsync"] = async world => (await world.Get<SharingDirectory>().ListAsync(world.Actor, world.Scope, null, Page)).Value.Rows,
        ["SharingDirectory.ListVisibleAsync"] = async world => (await world.Get<SharingDirectory>().ListVisibleAsync(world.Actor, world.Scope, Page)).Value.Rows,
        ["TeamDirectory.GetAsync"] = async world => (await world.Get<TeamDirectory>().GetAsync(world.Actor, world.Acme.Id, "everybody", Page)).Value.People.Rows,
        ["TeamDirectory.GetAsync of its places"] = async world => (await world.Get<TeamDirectory>().GetAsync(world.Actor, world.Acme.Id, "everybody", Page)).Value.Places,
        ["TeamDirectory.ListAsync"] = async world =>
            (await world.Get<TeamDirectory>().ListAsync(world.Actor, world.Acme.Id, new TeamQuery(null, TeamSort.Name, false, Page))).Value.Page.Rows,
        ["WhoCanService.ListAsync"] = async world => (await world.Get<WhoCanService>().ListAsync(world.Actor, world.Scope, Permissions.ProjectView, Page)).Value.People.Rows,
        ["WhoCanService.ListAsync of teams"] = async world => (await world.Get<WhoCanService>().ListAsync(world.Actor, world.Scope, Permissions.ProjectView, Page)).Value.Teams,
        ["WorkspaceDirectory.GetAsync"] = async world => (await world.Get<WorkspaceDirectory>().GetAsync(world.Actor, world.Acme.Id, "other")).Value.Grants,
        ["WorkspacesService.FindOutsideAsync"] = async world => (await world.Get<WorkspacesService>().FindOutsideAsync(world.Actor, world.Acme.Id, world.OtherWorkspace.Id, "")).Value,
        ["WorkspacesService.ListAsync"] = async world => (await world.Get<WorkspacesService>().ListAsync(world.Actor, world.Acme.Id)).Value,
    };

    // Each answers one thing whatever else there is.
    private static readonly string[] OfOne =
    [
        "AccessCheckService.CheckAsync", "ResourceDoor.OpenAsync",
        "AllowanceService.GetAsync", "AppTypesService.GetAsync", "AuditService.OpenAsync", "InstallationSettingsService.GetAsync", "OrganizationSettingsService.GetAsync",
        "ProfileService.GetAsync", "ProjectSettingsService.GetAsync", "ProjectStartService.CheckAsync",
        "CollaboratorListService.FindAsync", "CollaboratorListService.FindIdAsync", "MemberDirectory.FindAsync", "TeamDirectory.FindMemberAsync", "TokensService.GetOwnAsync",
    ];

    // Named like reads, and write a row for everybody.
    private static readonly string[] Writes = ["ReviewsService.StartAsync"];

    // The newest of all that an organization has, which ends when the page is full; and how many hold a role, counted in an index alone.
    private static readonly string[] Wide = ["AuditService.ListAsync", "RoleDirectory.GetAsync", "RoleDirectory.ListAsync"];

    // One row of each organization, and the count that its allowance of projects is held against.
    private static readonly string[] Narrow = ["IX_Projects_Default ", "COVERING INDEX IX_Projects_OrganizationId_SearchText_State "];

    public static TheoryData<string> Names => [.. Reads.Keys];

    private static PageRequest Page => new(1, 100);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Read_ThirtyRowsOfEverything_TakesTheStatementsOfThree(string name)
    {
        using var counter = new StatementCounter();
        await using var world = await World.CreateAsync();
        counter.Watch(world.Database);
        await world.GrowAsync(3);
        var few = await CountAsync();
        await world.GrowAsync(30);

        Assert.InRange(few, 1, 13);
        // A list whose page is full asks for the total in one statement more.
        Assert.InRange(await CountAsync(), few, few + 1);

        async Task<int> CountAsync()
        {
            await Reads[name](world);
            counter.Reset();
            var answer = await Reads[name](world);
            Assert.NotNull(answer);
            Assert.NotEmpty(answer as System.Collections.IEnumerable ?? "one");
            return counter.Count;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Read_OfALargeOrganization_SearchesWhatItAnswers(string name)
    {
        using var counter = new StatementCounter();
        await using var world = await World.CreateAsync();
        counter.Watch(world.Database);
        await world.GrowAsync(3);
        counter.Reset();

        await Reads[name](world);

        // Who owns the organization sees all of its projects; who is but a member must not have to go through them.
        string[] large = ["AuditEntries", "Grants", "Resources", .. name.EndsWith("of a member", StringComparison.Ordinal) ? ["Projects"] : Array.Empty<string>()];
        var wide = new List<string>();
        foreach (var statement in counter.Texts.Where(text => text.StartsWith("SELECT", StringComparison.Ordinal)).Distinct())
        {
            wide.AddRange((await SqlitePlan.WideStepsAsync(world.Database, statement, large)).Where(step => !Narrow.Any(step.Contains)).Select(step => $"{step} in {statement}"));
        }

        Assert.True(Wide.Contains(name) == wide.Count > 0, wide.Count == 0 ? "Nothing is read widely any more." : string.Join("\n\n", wide));
    }

    [Fact]
    public void Reads_EveryOneOfAService_IsMeasured()
    {
        Type[] means = [typeof(AccessControl), typeof(IDbContextFactory<ConsoleDbContext>)];
        var reads = typeof(ConsoleDbContext).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsNested: false } && (type == typeof(ProjectFinder) || type.Namespace?.StartsWith("ProjectConsole.Features", StringComparison.Ordinal) is true))
            .Where(type => type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => means.Contains(parameter.ParameterType))))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetParameters() is [{ ParameterType: var first }, ..] && first == typeof(Actor) && Reading().IsMatch(method.Name))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Distinct();

        Assert.Equal(Reads.Keys.Select(name => name.Split(' ')[0]).Concat(OfOne).Concat(Writes).Distinct().Order(StringComparer.Ordinal), reads.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("^(List|Find|Get|Mine|Start|Check|Open|Inventory|InOrganization|Everywhere|Organizations|Workspaces|Slice)")]
    private static partial Regex Reading();

    private static async Task<ResourceDependents> DependentsAsync(World world) => (await world.Get<ResourceDetailService>().ListDependentsAsync(
        world.Actor, ResourceOwner.Of(world.Scope), ResourceKinds.Get("volume"), await world.FirstAsync(db => db.Resources.Where(row => row.Kind == "volume" && row.Name == "v0").Select(row => row.Id)))).Value;

    private static MemberQuery Members(string? role) => new(null, role, MemberSort.Address, false, Page);

    private sealed record World(TestDatabase Database, GivenOrganization Acme, User Member, Project Vision, Workspace OtherWorkspace) : IAsyncDisposable
    {
        private int _grown;

        public Actor Actor => Actors.Of(Acme.Owner);

        public ProjectScope Scope => Acme.Scope(Vision);

        public T Get<T>()
            where T : notnull => Database.Get<T>();

        public static async Task<World> CreateAsync()
        {
            var database = await TestDatabase.CreateAsync(configure: services =>
            {
                services.AddAccessRequestsFeature();
                services.AddInvitationsFeature();
                services.AddAssertionsFeature();
                services.AddAuditFeature();
                services.AddCollaboratorsFeature();
                services.AddInstallationFeature();
                services.AddOrganizationsFeature();
                services.AddProjectsFeature();
                services.AddLimitsFeature();
                services.AddKeysFeature();
                services.AddResourcesFeature();
                services.AddSharingFeature();
                services.AddMovingFeature();
                services.AddPersonalSpacesFeature();
                services.AddRestrictionsFeature();
                services.AddReviewsFeature();
                services.AddRolesFeature();
                services.AddTeamsFeature();
            });
            var acme = await Given.OrganizationAsync(database);
            await database.ChangeAsync<User>(user => user.IsInstallationAdministrator = true, acme.Owner.Id);
            return new World(database, acme, await acme.MemberAsync("member"), await acme.ProjectAsync("vision"), await acme.WorkspaceAsync("other"));
        }

        public Task<T> FirstAsync<T>(Func<ConsoleDbContext, IQueryable<T>> rows) => Database.ReadAsync(db => rows(db).FirstAsync());

        public async Task GrowAsync(int rows)
        {
            for (; _grown < rows; _grown++)
            {
                var person = await Acme.MemberAsync($"person{_grown}", OrganizationRole.All[_grown % OrganizationRole.All.Count]);
                var outsider = await Given.UserAsync(Database, $"outsider{_grown}@partner.test");
                var project = await Acme.ProjectAsync($"p{_grown}", (Member, ProjectRole.Developer), (outsider, ProjectRole.Viewer));
                await Acme.GrantAsync(Vision, person, ProjectRole.Developer);
                var outside = await Acme.GrantAsync(Vision, outsider, ProjectRole.Viewer);
                await Acme.ResourceAsync(Vision, "cluster", $"gpu-{_grown}", person);
                await Acme.ChangeAsync(project, row => row.Change(ProjectDetails.Named("Vision")));
                var workspace = await Acme.WorkspaceAsync($"w{_grown}");
                await Acme.GrantAsync(workspace, person, ProjectRole.Viewer);
                await Acme.GrantAsync(OtherWorkspace, person, ProjectRole.Viewer);
                var team = await Acme.TeamAsync($"t{_grown}", person);
                await Acme.GrantAsync(Vision, team, ProjectRole.Viewer);
                var everybody = _grown == 0 ? await Acme.TeamAsync("everybody") : await Database.ReadAsync(db => db.Teams.SingleAsync(row => row.Slug == "everybody"));
                await Acme.GrantAsync(project, everybody, ProjectRole.Viewer);
                await Acme.GrantAsync(workspace, everybody, ProjectRole.Viewer);
                await Database.AddAsync(Principal.OfTeam(everybody.Id, person.Id, Database.Clock.UtcNow));
                var key = new KeyTerms($"k{_grown}", PermissionSet.Of(Permissions.ProjectView), null);
                await Database.AddAsync(
                    new ProjectKey(Scope, key, person.Id, person.Email!, Database.Clock.UtcNow), new PersonalToken(Acme.Owner.Id, key, Database.Clock.UtcNow),
                    new SshKey(Acme.Owner.Id, $"s{_grown}", new SshPublicKey("ssh-ed25519 AAAA", $"SHA256:{_grown}", ""), Database.Clock.UtcNow));
                await RuleAsync(outside, person);
                await OwnAsync(project);
                var other = await Given.OrganizationAsync(Database, $"other{_grown}");
                await other.JoinAsync(Acme.Owner);
                var space = new PersonalSpace(Acme.Id, Guid.CreateVersion7(), $"former{_grown:00}", Database.Clock.UtcNow);
                space.Leave(Database.Clock.UtcNow);
                await Database.AddAsync(space, new Resource(ResourceOwner.Of(space), ResourceKinds.Get("file"), "f", ResourceSpec.Empty, space.UserId, space.UserName, Database.Clock.UtcNow));
                var first = await FirstAsync(db => db.PersonalSpaces.OrderBy(row => row.UserName));
                await Database.AddAsync(new Resource(ResourceOwner.Of(first), ResourceKinds.Get("file"), $"f{_grown}", ResourceSpec.Empty, space.UserId, space.UserName, Database.Clock.UtcNow));
                var invitation = new Invitation(Acme.Id, outsider.Email!, outsider.NormalizedEmail!, new InvitationOffer("member", Vision.Id, "viewer", null));
                invitation.Send($"{_grown}", Acme.Owner.Id, Acme.Owner.Email!, Database.Clock.UtcNow);
                await Database.AddAsync(
                    invitation,
                    new AccessRequest(Acme.Id, Vision.Id, person.Id, person.Email!, new AccessAsk("admin", "why", null), Database.Clock.UtcNow),
                    new AllowanceRequest(other.Id, Acme.Owner.Id, Acme.Owner.Email!, 10, "More.", Database.Clock.UtcNow),
                    new AuditEntry(Actors.Of(person).InAudit(Acme.Id, Vision.Id, Database.Clock.UtcNow), AuditActions.ProjectChanged, new AuditObject("project", Vision.Id, "vision"), AuditResult.Done),
                    new ProjectVisit(Acme.Id, project.Id, Acme.Owner.Id, Database.Clock.UtcNow));
            }
        }

        // Roles, restrictions, assertions and reviews; the first restriction and the first review hang on more each time.
        private async Task RuleAsync(Grant outside, User person)
        {
            var now = Database.Clock.UtcNow;
            await Acme.OrganizationRoleAsync($"o{_grown}", PermissionSet.Empty);
            var role = new CustomProjectRole(Acme.Id, null, "viewer", now);
            role.Change($"c{_grown}", "", ProjectRole.Viewer.Permissions);
            var restriction = new Restriction(Acme.Id, null, now);
            restriction.Change($"r{_grown}", "", RestrictionRules.Of([new(false, "clusters.delete")]));
            var permission = PermissionCatalogue.Project.Skip(_grown).First();
            await Database.AddAsync(
                role, restriction,
                new Assertion(Acme.Id, Vision.Id, AssertionForm.NotExternal, Permissions.ProjectView, "owner", now.AddSeconds(_grown)),
                new Assertion(Acme.Id, null, AssertionForm.Only, permission, "owner", now.AddSeconds(_grown)).OnlyRole(role.Key));
            var first = await FirstAsync(db => db.Restrictions.Where(row => row.Name == "r0").Select(row => row.Id));
            await Database.ChangeAsync<Grant>(grant => grant.Restrict(first, Acme.Owner.Id, "owner", now), outside.Id);
            var review = new AccessReview(Acme.Id, Vision.Id, "owner", now.AddDays(1), UnansweredRows.Keep, now);
            if (_grown > 0)
            {
                review.Close("owner", now);
            }

            await Database.AddAsync(review);
            var running = await Database.ReadAsync(db => db.AccessReviews.SingleAsync(row => row.ClosedUtc == null));
            await Database.AddAsync(new AccessReviewRow(running, person.Id, false, person.Email!, "developer", "Developer", null));
        }

        // Resources that name the first one, and are shared.
        private async Task OwnAsync(Project other)
        {
            var volume = await Acme.ResourceAsync(Vision, "volume", $"v{_grown}");
            var job = await Acme.ResourceAsync(Vision, "job", $"j{_grown}");
            var first = await FirstAsync(db => db.Resources.Where(row => row.Kind == "volume" && row.Name == "v0"));
            await Database.ChangeAsync<Resource>(
                resource =>
                {
                    resource.ShowToOrganization(true);
                    resource.Change("", ["nightly"], ResourceSpec.Empty, Database.Clock.UtcNow);
                },
                volume.Id);
            await Database.ChangeAsync<Resource>(resource => resource.Enter("failed", Database.Clock.UtcNow), job.Id);
            var running = await Acme.ResourceAsync(Vision, "job", $"r{_grown}");
            await Database.AddAsync(
                new ResourceLink(Acme.Id, job.Id, first.Id, "volume"),
                new ResourceLink(Acme.Id, running.Id, first.Id, "volume"),
                new ResourceShare(first, other.Id, null, ShareLevel.View, Acme.Owner.Id, "owner", Database.Clock.UtcNow),
                new ResourceStateChange(volume, "owner"),
                new ResourceShare(volume, other.Id, null, ShareLevel.Use, Acme.Owner.Id, "owner", Database.Clock.UtcNow));
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
