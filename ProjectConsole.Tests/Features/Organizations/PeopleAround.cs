using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Installation;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Organizations;

/// <summary>An organization with somebody of every kind in and around it.</summary>
public sealed class PeopleAround : IAsyncDisposable
{
    private readonly Dictionary<string, User> _people = [];

    private PeopleAround(TestDatabase database, GivenOrganization acme) => (Database, Acme) = (database, acme);

    public static IReadOnlyList<string> Insiders { get; } = ["owner", "admin", "auditor", "member"];

    public static IReadOnlyList<string> Outsiders { get; } = ["external", "stranger", "neighbour", "administrator", "locked", "nobody"];

    public TestDatabase Database { get; }

    public GivenOrganization Acme { get; }

    public User this[string who] => _people[who];

    public static async Task<PeopleAround> CreateAsync(DatabaseKind kind, int? allowance = null)
    {
        var database = await TestDatabase.CreateAsync(kind, services => services.AddOrganizationsFeature().AddInstallationFeature());
        await database.AddAsync(new InstallationSettings(database.Clock.UtcNow));
        var acme = await Given.OrganizationAsync(database, allowance: allowance);
        var around = new PeopleAround(database, acme);
        around._people["owner"] = acme.Owner;
        around._people["admin"] = await acme.MemberAsync("admin", OrganizationRole.Admin);
        around._people["auditor"] = await acme.MemberAsync("auditor", OrganizationRole.Auditor);
        around._people["member"] = await acme.MemberAsync("member");
        around._people["external"] = await Given.UserAsync(database, "external@partner.test");
        around._people["stranger"] = await Given.UserAsync(database, "stranger@elsewhere.test");
        around._people["neighbour"] = (await Given.OrganizationAsync(database, "globex")).Owner;
        around._people["administrator"] = await Given.InstallationAdministratorAsync(database);
        around._people["locked"] = await acme.MemberAsync("locked", OrganizationRole.Owner);
        await database.ChangeAsync<User>(user => user.LockedUtc = database.Clock.UtcNow, around._people["locked"].Id);
        await acme.ProjectAsync("vision", (around._people["external"], ProjectRole.Manager));
        return around;
    }

    public Actor As(string who) => who == "nobody" ? Actors.Anonymous : Actors.Of(_people[who]);

    public T Get<T>()
        where T : notnull => Database.Get<T>();

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
