using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using ProjectConsole.Data;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.AccessRequests;
using ProjectConsole.Features.Assertions;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Catalogue;
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
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features;

/// <summary>A section whose database fails says so in its own place and reads again when it is asked to.</summary>
public sealed class SectionFailureTests : ConsoleTestContext
{
    private BreakableDatabases? _databases;

    public SectionFailureTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddSupplyValueFromQueryProvider();
        Services.AddOrganizationsFeature();
        Services.AddInstallationFeature();
        Services.AddAuditFeature();
        Services.AddCollaboratorsFeature();
        Services.AddInvitationsFeature();
        Services.AddAccessRequestsFeature();
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        Services.AddSingleton<IHostEnvironment>(new HostingEnvironment());
        Services.AddProjectsFeature();
        Services.AddLimitsFeature();
        Services.AddKeysFeature();
        Services.AddTeamsFeature();
        Services.AddAssertionsFeature();
        Services.AddReviewsFeature();
        Services.AddRolesFeature();
        Services.AddRestrictionsFeature();
        Services.AddCatalogueFeature();
        Services.AddResourcesFeature();
        Services.AddResourcePages();
        Services.AddSharingFeature();
        Services.AddMovingFeature();
        Services.AddPersonalSpacesFeature();
    }

    [Theory]
    [InlineData(typeof(ProjectsSection), "The projects could not be loaded")]
    [InlineData(typeof(CollaboratorsSection), "The collaborators could not be loaded")]
    [InlineData(typeof(InvitationsSection), "The invitations could not be loaded")]
    [InlineData(typeof(RequestsSection), "The requests could not be loaded")]
    [InlineData(typeof(AuditSection), "The audit log could not be loaded")]
    [InlineData(typeof(MembersSection), "The members could not be loaded")]
    [InlineData(typeof(WorkspacesSection), "The workspaces could not be loaded")]
    [InlineData(typeof(WorkspaceSection), "The workspace could not be loaded")]
    [InlineData(typeof(RolesSection), "The roles could not be loaded")]
    [InlineData(typeof(OrganizationRolesSection), "The roles could not be loaded")]
    [InlineData(typeof(RestrictionsSection), "The restrictions could not be loaded")]
    [InlineData(typeof(AssertionsSection), "The assertions could not be loaded")]
    [InlineData(typeof(ReviewsSection), "The reviews could not be loaded")]
    [InlineData(typeof(WhoCanSection), "The answer could not be loaded")]
    [InlineData(typeof(TeamsSection), "The teams could not be loaded")]
    [InlineData(typeof(TeamSection), "The team could not be loaded")]
    [InlineData(typeof(OrganizationsPage), "Your organizations could not be loaded")]
    [InlineData(typeof(InstallationOrganizationsSection), "The organizations could not be loaded")]
    [InlineData(typeof(InstallationRequestsSection), "The requests could not be loaded")]
    [InlineData(typeof(InstallationAccountsSection), "The accounts could not be loaded")]
    [InlineData(typeof(KeysSection), "The keys could not be loaded")]
    [InlineData(typeof(TokensPage), "Your tokens could not be loaded")]
    [InlineData(typeof(LimitsView), "The limits could not be loaded")]
    [InlineData(typeof(SharingSection), "What is shared could not be loaded")]
    [InlineData(typeof(ResourceOverviewSection), "The resources could not be loaded")]
    [InlineData(typeof(ResourceListSection), "The volumes could not be loaded")]
    [InlineData(typeof(ResourceSection), "This volume could not be loaded")]
    [InlineData(typeof(AppTypesSection), "The app types could not be loaded")]
    [InlineData(typeof(CleanupSection), "What could be cleaned up could not be loaded")]
    [InlineData(typeof(AllResourcesSection), "The resources could not be loaded")]
    [InlineData(typeof(FormerSpacesSection), "The spaces could not be loaded")]
    [InlineData(typeof(FormerSpaceSection), "The space could not be loaded")]
    [InlineData(typeof(OverviewSection), "The overview could not be loaded")]
    public async Task Section_DatabaseFails_SaysSoAndReadsAgainWhenAsked(Type section, string title)
    {
        var page = await BreakAndRenderAsync(section);

        var alert = page.Find("[role=alert]");
        Assert.Contains(title, alert.TextContent);
        Assert.Contains("The database did not answer. Nothing was changed.", alert.TextContent);
        Assert.DoesNotContain("disk I/O", page.Markup);
        Assert.Matches("^[0-9A-F]{10}$", page.Find("[role=alert] code").TextContent);

        await Retry(page).ClickAsync(new());
        Assert.Contains(title, page.Find("[role=alert]").TextContent);

        _databases!.IsBroken = false;
        await Retry(page).ClickAsync(new());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=alert], [aria-busy=true]")));
        Assert.NotEmpty(page.FindAll("table, .state-view, .detail-grid, .tiles, .app-types"));
    }

    [Fact]
    public void Sections_EveryOneThatListsSomething_IsTriedHere()
    {
        var listing = typeof(ConsoleDbContext).Assembly.GetTypes()
            .Where(type => typeof(IComponent).IsAssignableFrom(type) && type.GetProperties().Any(property => property.IsDefined(typeof(PersistentStateAttribute), inherit: false)))
            // Forms: they carry one thing over, and a page that cannot read it cannot be shown.
            .Except([typeof(GeneralSection), typeof(NewProjectSection), typeof(GeneralSettings), typeof(NewOrganizationPage), typeof(AllowanceCard), typeof(InstallationSettingsSection), typeof(RoleEditor), typeof(OrganizationRoleEditor), typeof(RestrictionEditor), typeof(ResourceFormSection)])
            // Lists that carry nothing over.
            .Concat([typeof(ReviewsSection), typeof(WhoCanSection)]);
        var tried = typeof(SectionFailureTests).GetMethod(nameof(Section_DatabaseFails_SaysSoAndReadsAgainWhenAsked))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>().Select(row => (Type)row.GetData(null!).Single()[0]);

        Assert.Equal(tried.Select(type => type.Name).Order(StringComparer.Ordinal), listing.Where(type => type.Namespace!.Contains(".Features.", StringComparison.Ordinal)).Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    private static AngleSharp.Dom.IElement Retry(IRenderedComponent<IComponent> page) =>
        page.FindAll("button").Single(button => button.TextContent.EndsWith("Try again", StringComparison.Ordinal));

    private async Task<IRenderedComponent<IComponent>> BreakAndRenderAsync(Type section)
    {
        _databases = new BreakableDatabases(Database.Get<IDbContextFactory<ConsoleDbContext>>());
        Services.AddSingleton<IDbContextFactory<ConsoleDbContext>>(_databases);
        var acme = await Given.OrganizationAsync(Database);
        await Database.ChangeAsync<ProjectConsole.Data.Accounts.User>(user => user.IsInstallationAdministrator = true, acme.Owner.Id);
        await acme.ResourceAsync(await acme.ProjectAsync("churn"), "volume", "v");
        await acme.TeamAsync("default");
        var space = new PersonalSpace(acme.Id, Guid.CreateVersion7(), "former@acme.test", Database.Clock.UtcNow);
        space.Leave(Database.Clock.UtcNow);
        await Database.AddAsync(space, new Resource(ResourceOwner.Of(space), ResourceKinds.Get("file"), "f", ResourceSpec.Empty, space.UserId, space.UserName, Database.Clock.UtcNow));
        SignIn(acme.Owner);
        var access = Service<AccessControl>();
        var project = await access.OpenProjectAsync(Actors.Of(acme.Owner), "acme", "churn");
        var organization = await access.OpenOrganizationAsync(Actors.Of(acme.Owner), "acme");
        _databases.IsBroken = true;
        return Render<CascadingValue<ProjectAccess>>(outer => outer.Add(cascade => cascade.Value, project)
            .AddChildContent<CascadingValue<OrganizationAccess>>(inner => inner.Add(cascade => cascade.Value, organization)
                .AddChildContent(builder =>
                {
                    builder.OpenComponent(0, section);
                    if (section.GetProperty(nameof(TeamSection.Slug)) is not null)
                    {
                        builder.AddAttribute(1, nameof(TeamSection.Slug), "default");
                    }

                    if (section == typeof(FormerSpaceSection))
                    {
                        builder.AddAttribute(2, nameof(FormerSpaceSection.SpaceId), space.Id);
                    }

                    if (section == typeof(LimitsView))
                    {
                        builder.AddAttribute(2, nameof(LimitsView.Place), LimitPlace.Defaults);
                    }
                    else if (section.Namespace == typeof(ResourceSection).Namespace && section != typeof(AllResourcesSection))
                    {
                        builder.AddAttribute(2, nameof(ResourceSection.Place), ResourcePlace.Of(project!));
                        if (section != typeof(ResourceOverviewSection) && section != typeof(CleanupSection))
                        {
                            builder.AddAttribute(3, nameof(ResourceSection.Kind), ResourceKinds.Get("volume"));
                        }

                        if (section == typeof(ResourceSection))
                        {
                            builder.AddAttribute(4, nameof(ResourceSection.Name), "v");
                        }
                    }
                    else if (section.GetProperty(nameof(RolesSection.Place)) is not null)
                    {
                        builder.AddAttribute(2, nameof(RolesSection.Place), RolePlace.Of(organization!));
                    }

                    builder.CloseComponent();
                })));
    }

    private sealed class BreakableDatabases(IDbContextFactory<ConsoleDbContext> real) : IDbContextFactory<ConsoleDbContext>
    {
        public bool IsBroken { get; set; }

        public ConsoleDbContext CreateDbContext() => IsBroken ? throw new SqliteException("disk I/O error", 10) : real.CreateDbContext();
    }
}
