using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.E2E.Benchmarks;

/// <summary>One organization of a given size, written in bulk. Its Owner signs in with <see cref="Password"/>.</summary>
internal sealed class BenchmarkTenant
{
    public const string Email = "owner@acme.test";
    public const string MemberEmail = "person-77@acme.test";
    public const string Password = "correct horse battery staple";

    private static readonly string[] Words = ["vision", "speech", "churn", "forecast", "search", "ranking", "fraud", "support", "translation", "pricing"];

    private readonly BenchmarkDatabase _database;
    private readonly DateTime _now = DateTime.UnixEpoch.AddYears(56);
    private string _size = "";
    private int _count;

    private BenchmarkTenant(BenchmarkDatabase database) => _database = database;

    public Guid OrganizationId { get; private set; }

    public Guid OwnerId { get; private set; }

    public Guid WorkspaceId { get; private set; }

    public List<Guid> Users { get; } = [];

    public List<Guid> Projects { get; } = [];

    public static async Task<BenchmarkTenant> CreateAsync(BenchmarkDatabase database, int users, int projects, int grants, int inLargest, int auditEntries)
    {
        var tenant = new BenchmarkTenant(database) { _count = projects, _size = $"{users:N0} members, {projects:N0} projects, {grants:N0} grants, {auditEntries:N0} audit entries" };
        await tenant.AddOrganizationAsync();
        await using var connection = database.Connect();
        await connection.OpenAsync();
        var indexes = await BeginBulkAsync(connection);
        await tenant.AddUsersAsync(connection, users);
        await tenant.AddProjectsAsync(connection, projects);
        await tenant.AddGrantsAsync(connection, grants, Math.Min(inLargest, users));
        await tenant.AddAuditAsync(connection, auditEntries);
        await EndBulkAsync(database, connection, indexes);
        return tenant;
    }

    /// <summary>The tenant that a kept database already holds.</summary>
    public static async Task<BenchmarkTenant> FindAsync(BenchmarkDatabase database)
    {
        await using var db = database.Open();
        var organization = await db.Organizations.SingleAsync();
        var tenant = new BenchmarkTenant(database) { OrganizationId = organization.Id };
        tenant.OwnerId = await db.Users.Where(user => user.Email == Email).Select(user => user.Id).SingleAsync();
        // In the order in which they were written, which their names tell.
        var users = await db.Users.Where(user => user.Id != tenant.OwnerId).Select(user => new { user.Id, user.Email }).ToListAsync();
        tenant.Users.AddRange(users.OrderBy(user => Number(user.Email!.Split('@')[0])).Select(user => user.Id));
        var projects = await db.Projects.Where(project => !project.IsDefault).Select(project => new { project.Id, project.Slug }).ToListAsync();
        tenant.Projects.AddRange(projects.OrderBy(project => Number(project.Slug)).Select(project => project.Id));
        tenant._count = tenant.Projects.Count;
        return tenant;
    }

    /// <summary>Gives one of the many members a password, so that pages are measured for somebody who has but a few projects.</summary>
    public static async Task LetMemberSignInAsync(BenchmarkDatabase database)
    {
        await using var db = database.Open();
        var member = await db.Users.SingleAsync(user => user.Email == MemberEmail);
        member.PasswordHash = new PasswordHasher<User>().HashPassword(member, Password);
        member.SecurityStamp = Guid.NewGuid().ToString("N");
        await db.SaveChangesAsync();
    }

    public ProjectScope Scope(int project) => new(OrganizationId, Projects[project]);

    /// <summary>The project that was written last; its number stands in no other name.</summary>
    public (string Slug, string Name) Last => (Slug(_count - 1), Name(_count - 1));

    public string Describe() => _size;

    private static string Slug(int number) => $"{Words[number % Words.Length]}-{number}";

    private static int Number(string name) => int.Parse(name[(name.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture);

    private static string Name(int number) => $"{Words[number % Words.Length]} {number}";

    private async Task AddOrganizationAsync()
    {
        var organization = new Organization("acme", "Acme", null, _now);
        organization.Change(new OrganizationSettings { Name = "Acme", AllowsExternalCollaborators = true });
        var workspace = new Workspace(organization.Id, "default", "default", _now);
        var owner = new User
        {
            UserName = Email,
            Email = Email,
            NormalizedUserName = Email.ToUpperInvariant(),
            NormalizedEmail = Email.ToUpperInvariant(),
            EmailConfirmed = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedUtc = _now,
        };
        owner.PasswordHash = new PasswordHasher<User>().HashPassword(owner, Password);
        (OrganizationId, OwnerId, WorkspaceId) = (organization.Id, owner.Id, workspace.Id);
        await using var db = _database.Open();
        db.AddRange(organization, workspace, owner, Principal.OfUser(owner.Id), new Member(organization.Id, owner.Id, OrganizationRole.Owner, _now));
        db.Add(new Project(organization.Id, workspace.Id, "default", ProjectDetails.Named("Default Project"), owner.Id, _now, isDefault: true));
        await db.SaveChangesAsync();
    }

    private async Task AddUsersAsync(DbConnection connection, int count)
    {
        Users.AddRange(Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()));
        await using (var table = await BulkTable.OpenAsync(
            connection, "Users", "Id", "UserName", "NormalizedUserName", "Email", "NormalizedEmail", "EmailConfirmed", "PhoneNumberConfirmed",
            "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount", "DisplayName", "IsInstallationAdministrator", "CreatedUtc"))
        {
            for (var number = 0; number < count; number++)
            {
                var email = $"person-{number}@acme.test";
                await table.AddAsync(
                    Users[number], email, email.ToUpperInvariant(), email, email.ToUpperInvariant(), true, false, false, true, 0, $"Person {number}", false, _now);
            }
        }

        await using (var table = await BulkTable.OpenAsync(connection, "Principals", "Id", "UserId"))
        {
            foreach (var user in Users)
            {
                await table.AddAsync(user, user);
            }
        }

        await using (var table = await BulkTable.OpenAsync(connection, "Members", "OrganizationId", "UserId", "RoleKey", "MayCreateProjects", "JoinedUtc", "Version"))
        {
            foreach (var user in Users)
            {
                await table.AddAsync(OrganizationId, user, "member", false, _now, Guid.NewGuid());
            }
        }
    }

    private async Task AddProjectsAsync(DbConnection connection, int count)
    {
        await using var table = await BulkTable.OpenAsync(
            connection, "Projects", "Id", "OrganizationId", "WorkspaceId", "Slug", "Name", "NameFolded", "SearchText", "Description", "Labels", "Configuration",
            "Documentation", "State", "IsDefault", "SuspendedByOrganization", "CreatedBy", "CreatedUtc", "LastActivityUtc", "AccessVersion", "Version");
        for (var number = 0; number < count; number++)
        {
            var (id, slug, name) = (Guid.CreateVersion7(), Slug(number), Name(number));
            Projects.Add(id);
            await table.AddAsync(
                id, OrganizationId, WorkspaceId, slug, name, name, $"{name}\n{slug}", "", "[]", "[]", "", number % 50 == 0 ? "Suspended" : "Active", false, false,
                OwnerId, _now.AddSeconds(number), _now.AddSeconds(number * 7 % count), 0L, Guid.NewGuid());
        }
    }

    // The first project has the most collaborators; the rest is spread evenly. A person has one grant on a project.
    private async Task AddGrantsAsync(DbConnection connection, int count, int inLargest)
    {
        string[] roles = ["viewer", "contributor", "developer", "manager", "admin"];
        await using var table = await BulkTable.OpenAsync(
            connection, "Grants", "Id", "OrganizationId", "ProjectId", "PrincipalId", "RoleKey", "IsUpgrade", "GrantedBy", "GrantedByName", "GrantedUtc", "Version");
        // Whoever creates a project is its Admin; without one nobody else who is Admin could be removed.
        foreach (var project in Projects)
        {
            await table.AddAsync(Guid.CreateVersion7(), OrganizationId, project, OwnerId, "admin", false, OwnerId, Email, _now, Guid.NewGuid());
        }

        for (var number = 0; number < count; number++)
        {
            var rest = number - inLargest;
            var (project, user) = rest < 0 ? (0, number) : (1 + (rest % (Projects.Count - 1)), ((rest / (Projects.Count - 1) * 7919) + (rest % (Projects.Count - 1))) % Users.Count);
            await table.AddAsync(
                Guid.CreateVersion7(), OrganizationId, Projects[project], Users[user], roles[number % roles.Length], false, OwnerId, Email, _now, Guid.NewGuid());
        }
    }

    private async Task AddAuditAsync(DbConnection connection, int count)
    {
        string[] actions = ["project.changed", "project.collaborator.added", "project.collaborator.removed", "project.collaborator.role-changed", "organization.member.added"];
        await using var table = await BulkTable.OpenAsync(
            connection, "AuditEntries", "OrganizationId", "ProjectId", "WhenUtc", "ActorKind", "ActorId", "ActorName", "Action", "ObjectKind", "ObjectId",
            "ObjectName", "Result", "Reason", "Address", "RequestId", "Count", "SealNumber", "SealHash");
        for (var number = 0; number < count; number++)
        {
            var actor = number * 31 % Users.Count;
            await table.AddAsync(
                OrganizationId, Projects[number * 17 % Projects.Count], _now.AddSeconds(number), "Person", Users[actor], $"person-{actor}@acme.test",
                actions[number % actions.Length], "project", Projects[number * 17 % Projects.Count], "a project", number % 100 == 0 ? "Denied" : "Done", "", "192.0.2.1", "bench", 1,
                // As in a log that was sealed all along; that its chain proves nothing is not measured.
                number + 1L, "bench");
        }
    }

    // SQLite builds an index faster from all rows than row by row.
    internal static async Task<IReadOnlyList<(string Name, string Sql)>> BeginBulkAsync(DbConnection connection)
    {
        var indexes = new List<(string Name, string Sql)>();
        if (connection is not SqliteConnection)
        {
            return indexes;
        }

        await ExecuteAsync(connection, "PRAGMA synchronous=OFF; PRAGMA cache_size=-800000; PRAGMA foreign_keys=OFF; PRAGMA temp_store=MEMORY;");
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                indexes.Add((reader.GetString(0), reader.GetString(1)));
            }
        }

        foreach (var (name, _) in indexes)
        {
            await ExecuteAsync(connection, $"DROP INDEX \"{name}\"");
        }

        return indexes;
    }

    internal static async Task EndBulkAsync(BenchmarkDatabase database, DbConnection connection, IReadOnlyList<(string Name, string Sql)> indexes)
    {
        foreach (var (_, sql) in indexes)
        {
            await ExecuteAsync(connection, sql);
        }

        // PostgreSQL gathers its statistics by itself after a while; those of SQLite went with its indexes, and are written again.
        await ExecuteAsync(connection, connection is SqliteConnection ? "PRAGMA wal_checkpoint(TRUNCATE)" : "ANALYZE");
        await database.PrepareAsync();
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
