using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Installation;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Assertions;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Features.Keys;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Projects;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Keys;

/// <summary>A project with a person for each role, and a neighbour.</summary>
internal sealed class KeyWorld : IAsyncDisposable
{
    private readonly Dictionary<string, User> _people = [];

    private KeyWorld(TestDatabase database, GivenOrganization acme, GivenOrganization neighbour, Project project) =>
        (Database, Acme, Neighbour, Project) = (database, acme, neighbour, project);

    public TestDatabase Database { get; }

    public GivenOrganization Acme { get; }

    public GivenOrganization Neighbour { get; }

    public Project Project { get; }

    public ProjectScope Scope => Acme.Scope(Project);

    public DateTime Now => Database.Clock.UtcNow;

    public KeysService Keys => Database.Get<KeysService>();

    public KeyDirectory Directory => Database.Get<KeyDirectory>();

    public TokensService Tokens => Database.Get<TokensService>();

    public Actor this[string who] => Actors.Of(User(who));

    public User User(string who) => _people[who];

    public static KeyDraft Draft(params string[] permissions) => new("nightly", permissions, null);

    public static async Task<KeyWorld> CreateAsync(DatabaseKind kind, Func<OrganizationSettings, OrganizationSettings>? settings = null)
    {
        var database = await TestDatabase.CreateAsync(kind, services => services.AddKeysFeature().AddCollaboratorsFeature().AddOrganizationsFeature().AddProjectsFeature().AddInvitationsFeature().AddAssertionsFeature().AddUndoFeature());
        // By its row the commands on accounts wait for each other.
        await database.AddAsync(new InstallationSettings(database.Clock.UtcNow));
        var acme = await Given.OrganizationAsync(database, settings: settings);
        var neighbour = await Given.OrganizationAsync(database, "neighbour");
        var people = new Dictionary<string, User>
        {
            ["owner"] = acme.Owner,
            ["neighbour"] = neighbour.Owner,
            ["organization-admin"] = await acme.MemberAsync("organization-admin", OrganizationRole.Admin),
            ["auditor"] = await acme.MemberAsync("auditor", OrganizationRole.Auditor),
            ["member"] = await acme.MemberAsync("member"),
            ["stranger"] = await Given.UserAsync(database, "stranger@else.test"),
        };
        var roles = ProjectRole.All.Select(role => (role.Key, role)).ToList();
        foreach (var (name, _) in roles)
        {
            people[name] = await acme.MemberAsync(name);
        }

        var project = await acme.ProjectAsync("vision", [.. roles.Select(role => (people[role.Key], role.role))]);
        var world = new KeyWorld(database, acme, neighbour, project);
        foreach (var (name, user) in people)
        {
            world._people[name] = user;
        }

        return world;
    }

    /// <summary>A key that somebody made.</summary>
    public async Task<IssuedKey> KeyAsync(string who, params string[] permissions) => (await Keys.CreateAsync(this[who], Scope, Draft(permissions))).Value;

    /// <summary>A token that somebody made.</summary>
    public async Task<IssuedKey> TokenAsync(string who, params string[] permissions) => (await Tokens.CreateAsync(this[who], Draft(permissions))).Value;

    /// <summary>The actor of a presented text; null where it opens nothing.</summary>
    public async Task<Actor?> OpenAsync(string text) =>
        KeyText.TryParse(text, out var key) ? await Database.Get<Credentials>().OpenAsync(key, new RequestOrigin("192.0.2.7", "test")) : null;

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
