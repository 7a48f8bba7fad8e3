using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Data;

/// <summary>What must hold in the model of every provider; no server is needed.</summary>
public sealed class ModelTests
{
    // SQL Server indexes at most 1,700 bytes, and a character takes two.
    private const int LongestIndexed = 850;

    private static readonly string[] Folded = ["NameFolded", "SearchText", "Folded", "NormalizedEmail", "NormalizedUserName", "Slug"];

    public static TheoryData<DatabaseKind> Kinds() => [.. DatabaseKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Migrations_OfEveryProvider_CoverTheModel(DatabaseKind kind)
    {
        using var db = Context(kind);

        Assert.False(db.Database.HasPendingModelChanges());
        Assert.NotEmpty(db.Database.GetMigrations());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ForeignKeys_AllOfThem_Restrict(DatabaseKind kind)
    {
        using var db = Context(kind);

        Assert.All(Keys(db), key => Assert.True(key.DeleteBehavior == DeleteBehavior.Restrict, $"{key}"));
        Assert.DoesNotContain("CASCADE", Script(db), StringComparison.OrdinalIgnoreCase);
        static IEnumerable<IForeignKey> Keys(ConsoleDbContext db) => db.Model.GetEntityTypes().SelectMany(type => type.GetForeignKeys()).Where(key => !key.IsOwnership);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void IndexedStrings_AllOfThem_AreBounded(DatabaseKind kind)
    {
        using var db = Context(kind);
        var indexed = db.Model.GetEntityTypes()
            .SelectMany(type => type.GetIndexes().SelectMany(index => index.Properties).Concat(type.GetKeys().SelectMany(key => key.Properties)))
            .Where(property => (property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType) == typeof(string)).Distinct().ToList();

        Assert.NotEmpty(indexed);
        Assert.All(indexed, property => Assert.True(property.GetMaxLength() is > 0 and <= LongestIndexed, $"{property.DeclaringType.DisplayName()}.{property.Name}"));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, null)]
    [InlineData(DatabaseKind.PostgreSql, "C")]
    [InlineData(DatabaseKind.SqlServer, "Latin1_General_100_BIN2")]
    public void FoldedColumns_AllOfThem_CompareBytes(DatabaseKind kind, string? collation)
    {
        using var db = Context(kind);
        var folded = db.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(property => Folded.Contains(property.Name)).ToList();

        Assert.True(folded.Count >= Folded.Length);
        Assert.All(folded, property => Assert.Equal(collation, property.GetCollation()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Times_AllOfThem_GoThroughTheConverter(DatabaseKind kind)
    {
        using var db = Context(kind);
        var times = db.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Where(property => Nullable.GetUnderlyingType(property.ClrType) == typeof(DateTime) || property.ClrType == typeof(DateTime)).ToList();

        Assert.True(times.Count > 10);
        Assert.All(times, property => Assert.IsType<UtcConverter>(property.GetTypeMapping().Converter));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AuditEntries_AreNumberedByTheDatabase(DatabaseKind kind)
    {
        using var db = Context(kind);
        var key = Assert.Single(db.Model.FindEntityType(typeof(AuditEntry))!.FindPrimaryKey()!.Properties);

        Assert.Equal((typeof(long), ValueGenerated.OnAdd), (key.ClrType, key.ValueGenerated));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Passkeys_AreInTheModelAndInTheMigrations(DatabaseKind kind)
    {
        using var db = Context(kind);

        Assert.Equal("UserPasskeys", db.Model.FindEntityType(typeof(IdentityUserPasskey<Guid>))?.GetTableName());
        Assert.Matches(new Regex("CREATE TABLE [^ ]*UserPasskeys"), Script(db));
        Assert.DoesNotContain(db.Model.GetEntityTypes(), type => type.ClrType.Name.StartsWith("IdentityRole", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(Organization), "Slug")]
    [InlineData(typeof(Workspace), "OrganizationId,Slug")]
    [InlineData(typeof(Project), "OrganizationId,Slug")]
    [InlineData(typeof(Grant), "PrincipalId,ProjectId,IsUpgrade")]
    [InlineData(typeof(Grant), "PrincipalId,WorkspaceId,IsUpgrade")]
    [InlineData(typeof(Resource), "OwnerId,Kind,Name")]
    [InlineData(typeof(ProjectConsole.Data.Accounts.User), "NormalizedUserName")]
    public void UniqueRows_HaveAUniqueIndexOnEveryDatabase(Type entity, string columns)
    {
        foreach (var kind in DatabaseKinds.All)
        {
            using var db = Context(kind);
            Assert.Contains(db.Model.FindEntityType(entity)!.GetIndexes(), index => index.IsUnique && string.Join(',', index.Properties.Select(property => property.Name)) == columns);
        }
    }

    [Fact]
    public void SqlServer_ScriptOfAllMigrations_IsMadeWithoutAServer()
    {
        using var db = Context(DatabaseKind.SqlServer);
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        Assert.Contains("CREATE TABLE [Projects]", script, StringComparison.Ordinal);
        Assert.Contains("COLLATE Latin1_General_100_BIN2", script, StringComparison.Ordinal);
        Assert.DoesNotContain("ON DELETE CASCADE", script, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex(@"CREATE (UNIQUE )?INDEX[^;]*nvarchar\(max\)", RegexOptions.IgnoreCase), script);
        // A unique index over a column that may be null would let one row without it exist.
        Assert.Matches(new Regex(@"CREATE UNIQUE INDEX \[IX_Grants_PrincipalId_ProjectId_IsUpgrade\][^;]*WHERE \[ProjectId\] IS NOT NULL"), script);
        // An index that held those without an end too would be read whole by whoever looks for them.
        Assert.Matches(new Regex(@"CREATE INDEX \[IX_Grants_ExpiresUtc\][^;]*WHERE ""ExpiresUtc"" IS NOT NULL"), script);
    }

    [Fact]
    public void TenantTables_AllOfThem_CarryTheOrganization()
    {
        Type[] installationWide =
        [
            typeof(Organization), typeof(Principal), typeof(ProjectConsole.Domain.Installation.InstallationSettings), typeof(ProjectConsole.Domain.Commands.CommandReceipt),
            typeof(ProjectConsole.Domain.Accounts.UserSession), typeof(ProjectConsole.Domain.Accounts.OutgoingMail), typeof(ProjectConsole.Data.Protection.ProtectionKey), typeof(ProjectConsole.Data.Accounts.User),
            typeof(ProjectConsole.Domain.Commands.IdempotentCall), typeof(ProjectConsole.Domain.Keys.PersonalToken), typeof(ProjectConsole.Domain.Keys.SshKey),
        ];
        using var db = Context(DatabaseKind.Sqlite);
        var tenants = db.Model.GetEntityTypes().Where(type => type.ClrType.Namespace!.StartsWith("ProjectConsole.", StringComparison.Ordinal) && !installationWide.Contains(type.ClrType)).ToList();

        Assert.True(tenants.Count >= 8);
        Assert.All(tenants, type => Assert.NotNull(type.FindProperty("OrganizationId")));
    }

    private static string Script(ConsoleDbContext db) => db.GetService<IMigrator>().GenerateScript();

    private static ConsoleDbContext Context(DatabaseKind kind) => kind switch
    {
        DatabaseKind.Sqlite => new SqliteDesignTimeFactory().CreateDbContext([]),
        DatabaseKind.PostgreSql => new PostgreSqlDesignTimeFactory().CreateDbContext([]),
        _ => new SqlServerDesignTimeFactory().CreateDbContext([]),
    };
}
