using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Installation;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Installation;

public sealed class HostCommandsTests
{
    private const string Password = "correct horse battery";

    [Theory]
    [InlineData(true, "admin")]
    [InlineData(true, "admin", "no-such")]
    [InlineData(false, "--Urls", "http://localhost:0")]
    [InlineData(false, "serve")]
    public void IsMeant_OnlyByItsName(bool meant, params string[] args) => Assert.Equal(meant, HostCommands.IsMeant(args));

    [DatabaseTheory]
    public async Task CreateUser_WithAPasswordThatIsPipedIn_CanSignInOnce(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        _ = await Given.OrganizationAsync(database);

        var made = await RunAsync(database, Password, "create-user", "new@acme.test", "--administrator");
        var again = await RunAsync(database, Password, "create-user", "NEW@acme.test");
        var weak = await RunAsync(database, "short", "create-user", "weak@acme.test");
        var wrong = await RunAsync(database, Password, "create-user", "no-address");

        Assert.Equal((0, "new@acme.test can sign in."), (made.Code, made.Output));
        Assert.Equal((1, 1, 1), (again.Code, weak.Code, wrong.Code));
        Assert.All([again, weak, wrong], typed => Assert.Equal("", typed.Output));
        var users = await database.ReadAsync(db => db.Users.Where(user => user.NormalizedEmail == "NEW@ACME.TEST" || user.NormalizedEmail == "WEAK@ACME.TEST").ToListAsync());
        Assert.Equal((1, true, true), (users.Count, users[0].EmailConfirmed, users[0].IsInstallationAdministrator));
        Assert.True(await database.ReadAsync(db => db.Principals.AnyAsync(row => row.UserId == users[0].Id)));
        Assert.Equal(1, await database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.AccountRegistered && entry.ActorKind == AuditActorKind.System)));
    }

    [Fact]
    public async Task CreateUser_InAnEmptyInstallation_IsTheAdministratorOrNobody()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);

        Assert.Equal(1, (await RunAsync(database, Password, "create-user", "first@acme.test")).Code);
        Assert.False(await database.ReadAsync(db => db.Users.AnyAsync()));
        Assert.Equal(0, (await RunAsync(database, Password, "create-user", "first@acme.test", "--administrator")).Code);
    }

    [DatabaseTheory]
    public async Task CreateToken_OfAPerson_IsShownOnceAndStoredAsAHash(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        _ = await Given.OrganizationAsync(database);
        await RunAsync(database, Password, "create-user", "new@acme.test");

        var made = await RunAsync(database, "", "create-token", "new@acme.test", "nightly", "project.view", "--days", "2");
        var nobody = await RunAsync(database, "", "create-token", "nobody@acme.test", "nightly", "project.view");
        var unknown = await RunAsync(database, "", "create-token", "new@acme.test", "nightly", "no.such");
        var nothing = await RunAsync(database, "", "create-token", "new@acme.test", "nightly");

        Assert.StartsWith("pct_", made.Output, StringComparison.Ordinal);
        var stray = await RunAsync(database, "", "create-token", "new@acme.test", "other", "project.view", "--organization", "acme");
        Assert.Equal((0, 1, 1, 2, 2), (made.Code, nobody.Code, unknown.Code, nothing.Code, stray.Code));
        var token = await database.ReadAsync(db => db.PersonalTokens.SingleAsync());
        Assert.Equal(("nightly", "project.view"), (token.Name, token.PermissionNames));
        Assert.Equal(2, Math.Round((token.ExpiresUtc!.Value - token.CreatedUtc).TotalDays));
        var entry = await database.ReadAsync(db => db.AuditEntries.SingleAsync(entry => entry.Action == AuditActions.TokenCreated));
        Assert.DoesNotContain(made.Output[^20..], entry.After + entry.ObjectName, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task SetAllowance_OfAnOrganization_IsAudited(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var slug = acme.Slug;

        var set = await RunAsync(database, "", "set-allowance", slug, "7");
        Assert.Equal((0, $"{slug} may have 7 projects.", ""), set);
        Assert.Equal(7, await database.ReadAsync(db => db.Organizations.Where(row => row.Id == acme.Id).Select(row => row.ProjectAllowance).SingleAsync()));
        Assert.Equal(1, (await RunAsync(database, "", "set-allowance", slug, "0")).Code);
        Assert.Equal(2, (await RunAsync(database, "", "set-allowance", slug, "many")).Code);
        Assert.Equal(1, (await RunAsync(database, "", "set-allowance", "no-such", "7")).Code);
        Assert.Equal(0, (await RunAsync(database, "", "set-allowance", slug, "none")).Code);
        Assert.Null(await database.ReadAsync(db => db.Organizations.Where(row => row.Id == acme.Id).Select(row => row.ProjectAllowance).SingleAsync()));
        Assert.Equal(2, await database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.AllowanceChanged && entry.OrganizationId == acme.Id)));
    }

    [DatabaseTheory]
    public async Task VerifyAudit_OfOneOrAll_EndsWithZeroUntilAnEntryIsBroken(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var (acme, other) = (await Given.OrganizationAsync(database), await Given.OrganizationAsync(database, "other"));
        foreach (var organizationId in new Guid?[] { acme.Id, acme.Id, other.Id, null })
        {
            await database.AddAsync(new AuditEntry(
                Actor.System.InAudit(organizationId, null, database.Clock.UtcNow), AuditActions.OrganizationChanged, new AuditObject("organization", organizationId, "o"), AuditResult.Done));
        }

        Assert.Equal((0, "acme: no entry is sealed yet", ""), await RunAsync(database, "", "verify-audit", "--organization", "acme"));
        await database.Get<AuditSealer>().FlushAsync();

        var all = await RunAsync(database, "", "verify-audit");
        Assert.Equal((0, ""), (all.Code, all.Error));
        var lines = all.Output.Split(Environment.NewLine);
        Assert.Equal(["installation: 1 entry", "acme: 2 entries", "other: 1 entry"], lines.Select(line => line.Split(',')[0]));
        Assert.Contains($"unbroken up to {database.Clock.UtcNow:yyyy-MM-dd'T'HH:mm:ss}Z, hash of the last ", lines[1], StringComparison.Ordinal);

        await database.ReadAsync(db => db.AuditEntries.Where(entry => entry.OrganizationId == acme.Id && entry.SealNumber == 2).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.ObjectName, "p")));
        var broken = await RunAsync(database, "", "verify-audit");
        Assert.Equal((1, ""), (broken.Code, broken.Output));
        Assert.StartsWith("acme: Entry 2 was changed after it was sealed." + Environment.NewLine + "installation: 1 entry", broken.Error, StringComparison.Ordinal);
        Assert.Equal((1, "", "acme: Entry 2 was changed after it was sealed."), await RunAsync(database, "", "verify-audit", "--organization=acme"));
        Assert.Equal(0, (await RunAsync(database, "", "verify-audit", "--organization", "other")).Code);
        var missing = await RunAsync(database, "", "verify-audit", "--organization", "no-such");
        Assert.Equal((1, ""), (missing.Code, missing.Output));
        Assert.Equal(2, (await RunAsync(database, "", "verify-audit", "acme")).Code);
        Assert.Equal(2, (await RunAsync(database, "", "verify-audit", "--organization")).Code);
    }

    [Fact]
    public async Task Migrate_AnEmptyDatabase_BringsItUpToDateAndOthersRefuseBefore()
    {
        var folder = Directory.CreateTempSubdirectory("projectconsole-host-");
        try
        {
            string[] settings = [$"--Console:DataDirectory={folder.FullName}", $"--ConnectionStrings:Console=Data Source={Path.Combine(folder.FullName, "console.db")};Pooling=False"];
            var refused = await Assert.ThrowsAsync<StartRefusedException>(() => RunAsync(["admin", "set-allowance", "acme", "3", .. settings], ""));
            Assert.Contains("migrations", refused.Message, StringComparison.Ordinal);

            Assert.Equal((0, "The database is up to date.", ""), await RunAsync(["admin", "migrate", .. settings], ""));
            Assert.Equal(1, (await RunAsync(["admin", "set-allowance", "acme", "3", .. settings], "")).Code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Run_AnUnknownCommand_ListsThoseThatThereAre()
    {
        var typed = await RunAsync(["admin", "no-such"], "");

        Assert.Equal((2, ""), (typed.Code, typed.Output));
        Assert.All(["create-user", "create-token", "set-allowance", "verify-audit", "migrate", "reconcile-usage"], name => Assert.Contains($"admin {name}", typed.Error, StringComparison.Ordinal));
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(TestDatabase database, string input, params string[] args) =>
        RunAsync(["admin", .. args, $"--Database:Provider={database.Kind}", $"--ConnectionStrings:Console={database.ConnectionString}"], input);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] args, string input)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        using var reader = new StringReader(input);
        var code = await HostCommands.RunAsync(args, reader, output, error);
        return (code, output.ToString().Trim(), error.ToString().Trim());
    }
}
