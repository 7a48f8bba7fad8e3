using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Projects;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Projects;

public sealed class ProjectSettingsTests
{
    [DatabaseTheory]
    [InlineData("owner", true)]
    [InlineData("admin", true)]
    [InlineData("external admin", true)]
    [InlineData("manager", false)]
    [InlineData("developer", false)]
    [InlineData("viewer", false)]
    [InlineData("auditor", false)]
    [InlineData("member", false)]
    [InlineData("stranger", false)]
    public async Task SaveAsync_EachRole_OnlyAdmins(DatabaseKind kind, string who, bool may)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (person, churn) = await ProjectsTest.PersonAsync(acme, who);
        var service = database.Get<ProjectSettingsService>();
        var typed = await ReadAsync(database, acme, churn) with { Name = "Renamed", Labels = ["a"], Configuration = [new("REGION", "eu")], Documentation = "# New\r\n" };

        if (!may)
        {
            await Unchanged.AssertNothingWrittenAsync(database, async () =>
                Assert.True((await service.SaveAsync(Actors.Of(person), acme.Scope(churn), typed)).Error is NotFound or Forbidden));
            return;
        }

        Assert.True((await service.SaveAsync(Actors.Of(person), acme.Scope(churn), typed)).Succeeded);
        var saved = await ReadAsync(database, acme, churn);
        Assert.Equal(("Renamed", "# New\n"), (saved.Name, saved.Documentation));
        Assert.Equal(2, await database.ReadAsync(db => db.AuditEntries.CountAsync(entry =>
            entry.ProjectId == churn.Id && (entry.Action == AuditActions.ProjectChanged || entry.Action == AuditActions.ProjectDocumented))));
    }

    [DatabaseTheory]
    public async Task SaveAsync_StalePage_IsAChoiceAndNothingIsLost(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (churn, service, owner) = (await acme.ProjectAsync("churn"), database.Get<ProjectSettingsService>(), Actors.Of(acme.Owner));
        var (mine, theirs) = (await ReadAsync(database, acme, churn), await ReadAsync(database, acme, churn));
        Assert.True((await service.SaveAsync(owner, acme.Scope(churn), theirs with { Name = "Theirs" })).Succeeded);

        Assert.IsType<Stale>((await service.SaveAsync(owner, acme.Scope(churn), mine with { Name = "Mine" })).Error);
        Assert.Equal("Theirs", (await ReadAsync(database, acme, churn)).Name);
        var now = await ReadAsync(database, acme, churn);
        Assert.True((await service.SaveAsync(owner, acme.Scope(churn), mine with { Name = "Mine", Version = now.Version })).Succeeded);
        Assert.Equal("Mine", (await ReadAsync(database, acme, churn)).Name);
    }

    [DatabaseTheory]
    public async Task SaveAsync_LongestTexts_TheEntryShowsEveryChangeAndNoValue(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (churn, service, owner) = (await acme.ProjectAsync("churn"), database.Get<ProjectSettingsService>(), Actors.Of(acme.Owner));

        // Each of these letters takes six characters in JSON, so the description alone is longer than an entry.
        var first = await ReadAsync(database, acme, churn) with { Description = new string('é', 1000), Configuration = [new("KEPT", "same"), new("TOKEN", "old-value")] };
        Assert.True((await service.SaveAsync(owner, acme.Scope(churn), first)).Succeeded);
        var second = await ReadAsync(database, acme, churn);
        Assert.True((await service.SaveAsync(owner, acme.Scope(churn), second with
        {
            Description = new string('é', 999) + "è",
            Configuration = [new("KEPT", "same"), new("TOKEN", "new-value")],
            Documentation = "# New\n",
        })).Succeeded);

        var entries = await database.ReadAsync(db => db.AuditEntries.OrderBy(row => row.Id).ToListAsync());
        var (changed, documented) = (entries.Last(entry => entry.Action == AuditActions.ProjectChanged), entries.Single(entry => entry.Action == AuditActions.ProjectDocumented));
        Assert.StartsWith($"{{\"configuration\":{{\"TOKEN\":\"{Fingerprint.Of("old-value")}\"}},\"description\":", changed.Before, StringComparison.Ordinal);
        Assert.StartsWith($"{{\"configuration\":{{\"TOKEN\":\"{Fingerprint.Of("new-value")}\"}},\"description\":", changed.After, StringComparison.Ordinal);
        Assert.Equal((AuditEntry.LongestState, AuditEntry.LongestState), (changed.Before!.Length, changed.After!.Length));
        Assert.NotEqual(changed.Before[^Fingerprint.Length..], changed.After[^Fingerprint.Length..]);
        Assert.All(entries, entry => Assert.DoesNotContain("-value", entry.Before + entry.After, StringComparison.Ordinal));
        Assert.Equal($"{{\"characters\":6,\"fingerprint\":\"{Fingerprint.Of("# New\n")}\"}}", documented.After);
    }

    [DatabaseTheory]
    public async Task SaveAsync_NothingChanged_WritesNoEntry(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var churn = await acme.ProjectAsync("churn");
        var before = await ReadAsync(database, acme, churn);

        Assert.True((await database.Get<ProjectSettingsService>().SaveAsync(Actors.Of(acme.Owner), acme.Scope(churn), before)).Succeeded);

        Assert.Equal(before.Version, (await ReadAsync(database, acme, churn)).Version);
        Assert.Equal(0, await database.ReadAsync(db => db.AuditEntries.CountAsync()));
    }

    [DatabaseTheory]
    public async Task SaveAsync_WrongValues_ListsThemAllAndWritesNothing(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var churn = await acme.ProjectAsync("churn");
        var typed = await ReadAsync(database, acme, churn) with { Name = "a\u202Eb", Documentation = new string('x', ProjectDetails.LongestDocumentation + 1) };

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
        {
            var refused = Assert.IsType<Invalid>((await database.Get<ProjectSettingsService>().SaveAsync(Actors.Of(acme.Owner), acme.Scope(churn), typed)).Error);
            Assert.Equal(["Name", "Documentation"], refused.Fields.Select(field => field.Field));
        });
    }

    [DatabaseTheory]
    public async Task SaveAsync_SuspendedOrDeletedMeanwhile_SaysSo(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (churn, service, owner) = (await acme.ProjectAsync("churn"), database.Get<ProjectSettingsService>(), Actors.Of(acme.Owner));
        var typed = await ReadAsync(database, acme, churn) with { Name = "Renamed" };

        await acme.ChangeAsync(churn, project => project.Suspend(false));
        Assert.IsType<ProjectIsSuspended>((await service.SaveAsync(owner, acme.Scope(churn), typed)).Error);
        await acme.ChangeAsync(churn, project => project.Delete(database.Clock.UtcNow));
        Assert.IsType<NotFound>((await service.SaveAsync(owner, acme.Scope(churn), typed)).Error);
    }

    [DatabaseTheory]
    [InlineData("admin", true, true)]
    [InlineData("viewer", true, false)]
    [InlineData("auditor", true, true)]
    [InlineData("member", false, false)]
    public async Task Overview_EachRole_ShowsActivityOnlyToWhoMaySeeAudit(DatabaseKind kind, string who, bool opens, bool seesActivity)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (person, churn) = await ProjectsTest.PersonAsync(acme, who);
        await acme.ResourceAsync(churn, "model", "m");
        await database.Get<ProjectSettingsService>().SaveAsync(
            Actors.Of(acme.Owner), acme.Scope(churn), await ReadAsync(database, acme, churn) with { Name = "Renamed" });

        var result = await database.Get<ProjectOverviewService>().GetAsync(Actors.Of(person), acme.Scope(churn));

        Assert.Equal(opens, result.Succeeded);
        if (opens)
        {
            Assert.Equal([("Model", 1)], result.Value.Kinds.Select(count => (count.Title, count.Count)));
            Assert.Equal(seesActivity, result.Value.Activity is { Count: 1 });
            Assert.NotNull(result.Value.People);
        }
    }

    private static async Task<ProjectSettings> ReadAsync(TestDatabase database, GivenOrganization organization, Project project) =>
        (await database.Get<ProjectSettingsService>().GetAsync(Actors.Of(organization.Owner), organization.Scope(project))).Value;
}
