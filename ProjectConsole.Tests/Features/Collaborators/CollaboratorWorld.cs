using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

/// <summary>A project with somebody in every role, and the people around it.</summary>
internal sealed class CollaboratorWorld : IAsyncDisposable
{
    private readonly Dictionary<string, User> _people = [];

    private CollaboratorWorld(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public GivenOrganization Acme { get; private set; } = null!;

    public GivenOrganization Other { get; private set; } = null!;

    public Project Vision { get; private set; } = null!;

    public Project Neighbour { get; private set; } = null!;

    public ProjectScope Scope => Acme.Scope(Vision);

    public CollaboratorsService Service => Database.Get<CollaboratorsService>();

    public CollaboratorListService List => Database.Get<CollaboratorListService>();

    public RemovalPreviewService Previews => Database.Get<RemovalPreviewService>();

    public User this[string person] => _people[person];

    public static async Task<CollaboratorWorld> CreateAsync(DatabaseKind kind = DatabaseKind.Sqlite, bool externals = true)
    {
        var world = new CollaboratorWorld(await TestDatabase.CreateAsync(kind, services => services.AddCollaboratorsFeature()));
        await world.FillAsync(externals);
        return world;
    }

    public Actor Actor(string person) => Actors.Of(this[person]);

    public Task<Result<AccessChange>> AddAsync(string actor, string email, ProjectRole role, bool isExternal = false) =>
        Service.AddAsync(Actor(actor), Scope, new NewCollaborator(email, role, isExternal));

    public Task<Result<AccessChange>> ChangeAsync(string actor, string target, ProjectRole role, string? heir = null) =>
        Service.ChangeRoleAsync(Actor(actor), Scope, new RoleChange(this[target].Id, role, null, heir));

    public Task<Result<AccessChange>> RemoveAsync(string actor, string target, string? heir = null) =>
        Service.RemoveAsync(Actor(actor), Scope, new Removal(this[target].Id, null, heir));

    public UpgradeService Upgrades => Database.Get<UpgradeService>();

    public BulkService Bulk => Database.Get<BulkService>();

    public DateTime Now => Database.Clock.UtcNow;

    public Task<Result<AccessChange>> AddAsync(string actor, NewCollaborator person) => Service.AddAsync(Actor(actor), Scope, person);

    public Task<Result<AccessChange>> ExpireAsync(string actor, Guid principalId, DateTime? expiresUtc) =>
        Service.ChangeExpiryAsync(Actor(actor), Scope, new ExpiryChange(principalId, expiresUtc));

    public Task<Result<AccessChange>> RestrictAsync(string actor, Guid principalId, Guid? restrictionId) =>
        Service.RestrictAsync(Actor(actor), Scope, new RestrictionChange(principalId, restrictionId));

    public Task<Result<AccessChange>> RaiseAsync(string actor, Guid principalId, ProjectRole role, TimeSpan length) =>
        Upgrades.RaiseAsync(Actor(actor), Scope, new Upgrade(principalId, role.Key, Now + length));

    public Task<Result<AccessChange>> EndRaiseAsync(string actor, Guid principalId) => Upgrades.EndAsync(Actor(actor), Scope, new UpgradeEnd(principalId));

    /// <summary>A team that is a collaborator as Developer, once there is more.</summary>
    public Team Core { get; private set; } = null!;

    /// <summary>A restriction that spares Admins, once there is more.</summary>
    public Restriction NoClusters { get; private set; } = null!;

    /// <summary>Adds teams, a restriction and people who are raised for a while.</summary>
    public async Task AddMoreAsync()
    {
        _people["core-person"] = await Acme.MemberAsync("core-person");
        (Core, NoClusters) = (await TeamAsync("core", "core-person"), await RestrictionAsync("no-clusters", "deny clusters.*"));
        await TeamAsync("new-team", "core-person");
        await Database.AddAsync(Grant.OnProject(Acme.Id, Vision.Id, Core.Id, ProjectRole.Developer, Acme.Owner.Id, Acme.Owner.Email!, Now));
        foreach (var (name, role) in new[] { ("raised-viewer", ProjectRole.Developer), ("raised-admin", ProjectRole.Admin) })
        {
            _people[name] = await Acme.MemberAsync(name);
            await Acme.GrantAsync(Vision, this[name], ProjectRole.Viewer);
            await Database.AddAsync(Grant.OnProject(Acme.Id, Vision.Id, this[name].Id, role, Acme.Owner.Id, Acme.Owner.Email!, Now).AsUpgrade(Now.AddHours(2)));
        }
    }

    /// <summary>Switches grants beside teams and people from outside on or off.</summary>
    public Task ChangeSettingsAsync(bool beside, bool externals) => Database.ChangeAsync<Organization>(
        organization => organization.Change(new OrganizationSettings { Name = "acme", AllowsGrantsBesideTeams = beside, AllowsExternalCollaborators = externals }), Acme.Id);

    /// <summary>A team with these people.</summary>
    public async Task<Team> TeamAsync(string slug, params string[] people)
    {
        var team = new Team(Acme.Id, slug, slug, "", Now);
        await Database.AddAsync([team, .. people.Select(person => (object)Principal.OfTeam(team.Id, this[person].Id, Now))]);
        return team;
    }

    /// <summary>A restriction of the organization.</summary>
    public async Task<Restriction> RestrictionAsync(string name, string rules)
    {
        var restriction = new Restriction(Acme.Id, null, Now);
        restriction.Change(name, "", RestrictionRules.Parse(rules));
        await Database.AddAsync(restriction);
        return restriction;
    }

    /// <summary>What a person may do in the project now.</summary>
    public async Task<EffectiveAccess> AccessAsync(string person) => (await Database.Get<AccessControl>().InProjectAsync(Actor(person), Scope))!.Access;

    /// <summary>The stored name of a person's role on the project, or null.</summary>
    public Task<string?> RoleOfAsync(string person) => RoleOfAsync(this[person].Id);

    public Task<string?> RoleOfAsync(Guid userId) => Database.ReadAsync(db =>
        db.Grants.Where(grant => grant.ProjectId == Vision.Id && grant.PrincipalId == userId && !grant.IsUpgrade).Select(grant => (string?)grant.RoleKey).FirstOrDefaultAsync());

    /// <summary>The row of a person as somebody sees it, or null.</summary>
    public async Task<CollaboratorRow?> RowAsync(string reader, string person) =>
        (await List.ListAsync(Actor(reader), Scope, new CollaboratorQuery { Page = new PageRequest(1, 100) })).Value.Page.Rows
            .SingleOrDefault(row => row.PrincipalId == this[person].Id);

    /// <summary>The entries of an action, oldest first.</summary>
    public async Task<List<AuditEntry>> AuditAsync(string action, AuditResult result = AuditResult.Done)
    {
        await Database.Get<DeniedAttempts>().FlushAsync();
        return await Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.Action == action && entry.Result == result).OrderBy(entry => entry.Id).ToListAsync());
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private async Task FillAsync(bool externals)
    {
        Acme = await Given.OrganizationAsync(Database, settings: settings => settings with { AllowsExternalCollaborators = externals });
        Other = await Given.OrganizationAsync(Database, "umbrella");
        _people["owner"] = Acme.Owner;
        _people["other-owner"] = Other.Owner;
        _people["org-admin"] = await Acme.MemberAsync("org-admin", OrganizationRole.Admin);
        _people["auditor"] = await Acme.MemberAsync("auditor", OrganizationRole.Auditor);
        foreach (var name in (string[])["project-admin", "second-admin", "manager", "second-manager", "developer", "contributor", "viewer", "member"])
        {
            _people[name] = await Acme.MemberAsync(name);
        }

        _people["external-admin"] = await Given.UserAsync(Database, "external-admin@partner.test");
        _people["stranger"] = await Given.UserAsync(Database, "stranger@elsewhere.test");
        Vision = await Acme.ProjectAsync(
            "vision",
            (this["project-admin"], ProjectRole.Admin), (this["second-admin"], ProjectRole.Admin),
            (this["manager"], ProjectRole.Manager), (this["second-manager"], ProjectRole.Manager),
            (this["developer"], ProjectRole.Developer), (this["contributor"], ProjectRole.Contributor), (this["viewer"], ProjectRole.Viewer),
            (this["external-admin"], ProjectRole.Admin));
        Neighbour = await Acme.ProjectAsync("neighbour", (this["member"], ProjectRole.Admin));
    }
}
