using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Catalogue;
using ProjectConsole.Features.Limits;
using ProjectConsole.Features.Moving;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.PersonalSpaces;
using ProjectConsole.Features.Projects;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

/// <summary>Two projects with somebody in every role, people around them, and a second organization.</summary>
internal sealed class ResourceWorld : IAsyncDisposable
{
    private readonly Dictionary<string, User> _people = [];

    private ResourceWorld(TestDatabase database, GivenOrganization acme) => (Database, Acme) = (database, acme);

    public TestDatabase Database { get; }

    public GivenOrganization Acme { get; }

    public Project Vision { get; private set; } = null!;

    public Project Speech { get; private set; } = null!;

    public ResourceOwner InVision => ResourceOwner.Of(Acme.Scope(Vision));

    public ResourceOwner InSpeech => ResourceOwner.Of(Acme.Scope(Speech));

    public ResourceOwner InCatalogue => ResourceOwner.CatalogueOf(Acme.Id);

    public MovingService Moving => Database.Get<MovingService>();

    public FormerSpacesService FormerSpaces => Database.Get<FormerSpacesService>();

    public ResourcesService Resources => Database.Get<ResourcesService>();

    public ResourceListService Lists => Database.Get<ResourceListService>();

    public ResourceDetailService Details => Database.Get<ResourceDetailService>();

    public User this[string who] => _people[who];

    public static async Task<ResourceWorld> CreateAsync(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var database = await TestDatabase.CreateAsync(kind, Features);
        var world = new ResourceWorld(database, await Given.OrganizationAsync(database));
        await world.FillAsync();
        return world;
    }

    /// <summary>What it needs, for a second server on its database.</summary>
    public static void Features(IServiceCollection services) =>
        services.AddResourcesFeature().AddCatalogueFeature().AddSharingFeature().AddMovingFeature().AddPersonalSpacesFeature().AddLimitsFeature().AddOrganizationsFeature().AddProjectsFeature();

    public Actor As(string who) => who == "nobody" ? Actors.Anonymous : Actors.Of(_people[who]);

    /// <summary>What somebody has outside every project.</summary>
    public ResourceOwner SpaceOf(string who) => ResourceOwner.OfPersonalSpace(Acme.Id, this[who].Id);

    /// <summary>A draft; the fields are JSON with single quotes.</summary>
    public static ResourceDraft Draft(string name, string fields = "{}") =>
        new(name, "", [], (JsonObject)JsonNode.Parse(fields.Replace('\'', '"'))!);

    /// <summary>Makes a resource as the project's Admin, through the service.</summary>
    public async Task<Resource> MakeAsync(string kind, string name, string fields = "{}", ResourceOwner? owner = null, string who = "project-admin")
    {
        var made = await Resources.CreateAsync(As(who), owner ?? InVision, ResourceKinds.Get(kind), Draft(name, fields));
        Assert.Null(made.Error);
        return await FindAsync(kind, name, owner ?? InVision);
    }

    public Task<Resource> FindAsync(string kind, string name, ResourceOwner? owner = null)
    {
        var ownerId = (owner ?? InVision).Id;
        return Database.ReadAsync(db => db.Resources.SingleAsync(row => row.OwnerId == ownerId && row.Kind == kind && row.Name == name));
    }

    /// <summary>How much an owner uses of a metric.</summary>
    public Task<long> UsedAsync(Metric metric, ResourceOwner? owner = null)
    {
        var (ownerId, name) = ((owner ?? InVision).Id, metric.Name);
        return Database.ReadAsync(db => db.Usages.Where(row => row.OwnerId == ownerId && row.Metric == name).Select(row => row.Used).SingleOrDefaultAsync());
    }

    /// <summary>Sets a limit of the project past the service.</summary>
    public Task LimitAsync(Metric metric, long amount, Project? project = null) =>
        Database.AddAsync(new Limit(LimitScope.Project, Acme.Id, (project ?? Vision).Id, metric, amount, Acme.Owner.Id, "owner", Database.Clock.UtcNow));

    /// <summary>Takes permissions from what somebody's grant on vision gives.</summary>
    public async Task RestrictAsync(string who, string pattern)
    {
        var (now, personId) = (Database.Clock.UtcNow, this[who].Id);
        var restriction = new Restriction(Acme.Id, Vision.Id, now);
        restriction.Change($"less for {who}", "", RestrictionRules.Of([new RestrictionRule(false, pattern)]));
        await Database.AddAsync(restriction);
        var grantId = await Database.ReadAsync(db => db.Grants.Where(grant => grant.ProjectId == Vision.Id && grant.PrincipalId == personId).Select(grant => grant.Id).SingleAsync());
        await Database.ChangeAsync<Grant>(grant => grant.Restrict(restriction.Id, Acme.Owner.Id, "owner", now), grantId);
    }

    /// <summary>Fails unless what is written as used is the sum of what there is.</summary>
    public async Task AssertUsageIsTheSumAsync(ResourceOwner owner)
    {
        await using var db = Database.Open();
        var resources = await db.Resources.Where(row => row.OwnerId == owner.Id).ToListAsync();
        var sums = resources.SelectMany(row => ResourceUse.Of(ResourceKinds.Get(row.Kind), row.Spec, row.State))
            .GroupBy(use => use.Key.Name).ToDictionary(group => group.Key, group => group.Sum(use => use.Value));
        var used = await db.Usages.Where(row => row.OwnerId == owner.Id).ToDictionaryAsync(row => row.Metric, row => row.Used);
        Assert.Equal(
            sums.Where(sum => sum.Value != 0).OrderBy(sum => sum.Key, StringComparer.Ordinal),
            used.Where(sum => sum.Value != 0).OrderBy(sum => sum.Key, StringComparer.Ordinal));
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private async Task FillAsync()
    {
        _people["owner"] = Acme.Owner;
        _people["org-admin"] = await Acme.MemberAsync("org-admin", OrganizationRole.Admin);
        _people["auditor"] = await Acme.MemberAsync("auditor", OrganizationRole.Auditor);
        foreach (var name in (string[])["project-admin", "manager", "developer", "contributor", "viewer", "member", "neighbour"])
        {
            _people[name] = await Acme.MemberAsync(name);
        }

        _people["stranger"] = await Given.UserAsync(Database, "stranger@else.test");
        Vision = await Acme.ProjectAsync(
            "vision", (this["project-admin"], ProjectRole.Admin), (this["manager"], ProjectRole.Manager), (this["developer"], ProjectRole.Developer),
            (this["contributor"], ProjectRole.Contributor), (this["viewer"], ProjectRole.Viewer));
        Speech = await Acme.ProjectAsync("speech", (this["neighbour"], ProjectRole.Admin));
    }
}
