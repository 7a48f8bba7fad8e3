using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Organizations;

/// <summary>Settings, workspaces, and asking for more projects.</summary>
public sealed class OrganizationRunningTests
{
    [DatabaseTheory]
    public async Task ChangeSettings_ExternalsSwitchedOff_TakesEffectAtOnce(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var (service, access) = (world.Get<OrganizationSettingsService>(), world.Get<AccessControl>());
        var read = (await service.GetAsync(world.As("admin"), world.Acme.Id)).Value;
        Assert.NotNull(await access.OpenProjectAsync(world.As("external"), "acme", "vision"));
        var before = (await access.OpenOrganizationAsync(world.As("owner"), "acme"))!.Versions.Organization;

        var changed = await service.ChangeAsync(world.As("admin"), world.Acme.Id, read.Settings with { AllowsExternalCollaborators = false, Name = " Acme " }, read.Version);

        Assert.True(changed.Succeeded);
        Assert.Null(await access.OpenProjectAsync(world.As("external"), "acme", "vision"));
        var after = await access.OpenOrganizationAsync(world.As("owner"), "acme");
        Assert.Equal((before + 1, "Acme"), (after!.Versions.Organization, after.Organization.Name));
        var entry = await world.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Action == "organization.settings.changed"));
        Assert.Contains("\"allowsExternalCollaborators\":true", entry.Before, StringComparison.Ordinal);
        Assert.Contains("\"allowsExternalCollaborators\":false", entry.After, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task ChangeSettings_ReadBeforeSomebodyElsesChange_IsAChoice(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var service = world.Get<OrganizationSettingsService>();
        var read = (await service.GetAsync(world.As("owner"), world.Acme.Id)).Value;
        await service.ChangeAsync(world.As("admin"), world.Acme.Id, read.Settings with { Name = "Theirs" }, read.Version);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<Stale>(
            (await service.ChangeAsync(world.As("owner"), world.Acme.Id, read.Settings with { Name = "Mine" }, read.Version)).Error));
        Assert.True((await service.ChangeAsync(world.As("owner"), world.Acme.Id, read.Settings with { Name = "Mine" }, null)).Succeeded);
        Assert.Equal("Mine", (await service.GetAsync(world.As("owner"), world.Acme.Id)).Value.Settings.Name);
    }

    [DatabaseTheory]
    public async Task ChangeSettings_WrongFields_ListsEachAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var wrong = new OrganizationSettings { Name = "", ProjectsPerPerson = 0, ProjectIdPattern = "(", IdleSignOutMinutes = 2 };

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var invalid = Assert.IsType<Invalid>((await world.Get<OrganizationSettingsService>().ChangeAsync(world.As("owner"), world.Acme.Id, wrong, null)).Error);
            Assert.Equal(["Name", "ProjectsPerPerson", "ProjectIdPattern", "IdleSignOutMinutes"], invalid.Fields.Select(field => field.Field));
        });
    }

    [DatabaseTheory]
    public async Task Workspace_CreatedTwiceOrWrong_IsRefusedBesideTheField(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var (service, owner) = (world.Get<WorkspacesService>(), world.As("owner"));
        Assert.True((await service.CreateAsync(owner, world.Acme.Id, new NewWorkspace("Big lab", "big_lab"))).Succeeded);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.NotNull(Assert.IsType<Invalid>((await service.CreateAsync(owner, world.Acme.Id, new NewWorkspace("Big lab", "big-lab"))).Error).For("Slug"));
            var both = Assert.IsType<Invalid>((await service.CreateAsync(owner, world.Acme.Id, new NewWorkspace("", "-"))).Error);
            Assert.Equal(["Name", "Slug"], both.Fields.Select(field => field.Field));
        });
        Assert.Equal(["big_lab 0", "default 2"], (await service.ListAsync(owner, world.Acme.Id)).Value.Select(row => $"{row.Slug} {row.Projects}"));
        // A member counts what a member sees.
        Assert.Equal(["big_lab 0", "default 1"], (await service.ListAsync(world.As("member"), world.Acme.Id)).Value.Select(row => $"{row.Slug} {row.Projects}"));
    }

    [DatabaseTheory]
    public async Task Rename_ReadBeforeSomebodyElsesChange_IsStale(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var (service, owner) = (world.Get<WorkspacesService>(), world.As("owner"));
        var row = (await service.ListAsync(owner, world.Acme.Id)).Value.Single();
        await service.RenameAsync(world.As("admin"), world.Acme.Id, row.Id, "Theirs", row.Version);

        Assert.IsType<Stale>((await service.RenameAsync(owner, world.Acme.Id, row.Id, "Mine", row.Version)).Error);
        Assert.Equal("Theirs", (await service.ListAsync(owner, world.Acme.Id)).Value.Single().Name);
    }

    [DatabaseTheory]
    public async Task Move_Project_BringsTheGrantsOfItsNewWorkspaceAsPreviewed(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var (service, access) = (world.Get<WorkspacesService>(), world.Get<AccessControl>());
        var research = await world.Acme.WorkspaceAsync("research");
        await world.Acme.GrantAsync(research, world["member"], ProjectRole.Developer);
        await world.Acme.GrantAsync(world.Acme.Workspace, world["auditor"], ProjectRole.Viewer);
        var speech = await world.Acme.ProjectAsync("speech");
        Assert.Null(await access.OpenProjectAsync(world.As("member"), "acme", "speech"));

        var preview = (await service.MoveAsync(world.As("admin") with { DryRun = true }, world.Acme.Id, speech.Id, research.Id)).Value;
        var change = preview.People.Single(person => person.UserId == world["member"].Id).Projects.Single(project => project.ProjectId == speech.Id);
        Assert.True(ProjectRole.Developer.Permissions.IsSubsetOf(change.Gains));
        Assert.Null(await access.OpenProjectAsync(world.As("member"), "acme", "speech"));

        Assert.True((await service.MoveAsync(world.As("admin"), world.Acme.Id, speech.Id, research.Id)).Succeeded);

        Assert.Equal(ProjectRole.Developer, (await access.OpenProjectAsync(world.As("member"), "acme", "speech"))!.Access.Role);
        Assert.IsType<AlreadyInWorkspace>((await service.MoveAsync(world.As("admin"), world.Acme.Id, speech.Id, research.Id)).Error);
        Assert.DoesNotContain(
            (await service.FindOutsideAsync(world.As("admin"), world.Acme.Id, research.Id, "SPEE")).Value, project => project.Id == speech.Id);
        Assert.Equal("speech", (await service.FindOutsideAsync(world.As("admin"), world.Acme.Id, world.Acme.Workspace.Id, "SPEE")).Value.Single().Slug);
    }

    [DatabaseTheory]
    public async Task RequestProjects_OnePendingAtATime(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind, allowance: 3);
        var service = world.Get<AllowanceService>();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(index =>
            Task.Run(() => service.RequestAsync(world.As(index % 2 == 0 ? "owner" : "admin"), world.Acme.Id, new MoreProjects(10 + index, "growth")))));

        Assert.Equal(1, results.Count(result => result.Succeeded));
        Assert.Equal(3, results.Count(result => result.Error is AllowanceRequestPending));
        var view = (await service.GetAsync(world.As("member"), world.Acme.Id)).Value;
        Assert.Equal((2, 3), (view.Used, view.Allowance));
        Assert.NotNull(view.Pending);
    }

    [DatabaseTheory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(AllowanceRequest.Most + 1)]
    public async Task RequestProjects_NoMoreThanNow_IsRefused(DatabaseKind kind, int projects)
    {
        await using var world = await PeopleAround.CreateAsync(kind, allowance: 3);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.NotNull(Assert.IsType<Invalid>(
            (await world.Get<AllowanceService>().RequestAsync(world.As("owner"), world.Acme.Id, new MoreProjects(projects, ""))).Error).For("Projects")));
    }

    [Fact]
    public async Task RequestProjects_WithoutAnAllowance_HasNothingToAskFor()
    {
        await using var world = await PeopleAround.CreateAsync(DatabaseKind.Sqlite);

        Assert.IsType<NoAllowance>((await world.Get<AllowanceService>().RequestAsync(world.As("owner"), world.Acme.Id, new MoreProjects(9, ""))).Error);
    }
}
