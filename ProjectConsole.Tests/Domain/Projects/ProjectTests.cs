using ProjectConsole.Domain.Projects;
using ProjectConsole.Shared;

namespace ProjectConsole.Tests.Domain.Projects;

public sealed class ProjectTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Suspend_Active_IsSuspendedAndActivatesAgain()
    {
        var project = Make();

        Assert.True(project.Suspend(throughOrganizationRole: false).Succeeded);
        Assert.Equal(ProjectState.Suspended, project.State);
        Assert.True(project.Activate(throughOrganizationRole: false).Succeeded);
        Assert.Equal(ProjectState.Active, project.State);
    }

    [Fact]
    public void Activate_SuspendedByTheOrganization_NeedsAnOrganizationRole()
    {
        var project = Make();
        project.Suspend(throughOrganizationRole: true);

        Assert.IsType<SuspendedByTheOrganization>(project.Activate(throughOrganizationRole: false).Error);
        Assert.Equal(ProjectState.Suspended, project.State);
        Assert.True(project.Activate(throughOrganizationRole: true).Succeeded);
    }

    [Fact]
    public void Suspend_SuspendedByAnAdmin_TheOrganizationTakesItOverOnce()
    {
        var project = Make();
        project.Suspend(throughOrganizationRole: false);
        var version = project.Version;

        Assert.IsType<WrongProjectState>(project.Suspend(throughOrganizationRole: false).Error);
        Assert.False(project.SuspendedByOrganization);
        Assert.True(project.Suspend(throughOrganizationRole: true).Succeeded);
        Assert.Equal((ProjectState.Suspended, true), (project.State, project.SuspendedByOrganization));
        Assert.NotEqual(version, project.Version);
        Assert.IsType<WrongProjectState>(project.Suspend(throughOrganizationRole: true).Error);
        Assert.IsType<SuspendedByTheOrganization>(project.Activate(throughOrganizationRole: false).Error);
    }

    [Fact]
    public void Restore_WasSuspendedByTheOrganization_ComesBackSuspended()
    {
        var project = Make();
        project.Suspend(throughOrganizationRole: true);
        project.Delete(Now);

        Assert.True(project.Restore(Now.AddDays(1)).Succeeded);
        Assert.Equal(ProjectState.Suspended, project.State);
        Assert.True(project.SuspendedByOrganization);
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public void Restore_AfterDays_OnlyWithinThirty(int days, bool succeeds)
    {
        var project = Make();
        project.Delete(Now);

        Assert.Equal(succeeds, project.Restore(Now.AddDays(days)).Succeeded);
        Assert.Equal(succeeds ? ProjectState.Active : ProjectState.Deleted, project.State);
    }

    [Fact]
    public void EveryAct_InTheWrongState_IsRefused()
    {
        var project = Make();

        Assert.IsType<WrongProjectState>(project.Activate(true).Error);
        Assert.IsType<WrongProjectState>(project.Restore(Now).Error);
        project.Suspend(false);
        Assert.IsType<WrongProjectState>(project.Suspend(false).Error);
        project.Delete(Now);
        Assert.IsType<WrongProjectState>(project.Delete(Now).Error);
        Assert.IsType<WrongProjectState>(project.Suspend(false).Error);
    }

    [Fact]
    public void DefaultProject_SuspendOrDelete_IsRefused()
    {
        var project = Make(isDefault: true);

        Assert.IsType<DefaultProjectStays>(project.Suspend(true).Error);
        Assert.IsType<DefaultProjectStays>(project.Delete(Now).Error);
        Assert.Equal(ProjectState.Active, project.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\u202Eb")]
    [InlineData("a\nb")]
    public void Check_NameThatHidesOrLacksText_IsRefusedBesideTheField(string name) =>
        Assert.NotNull(Assert.IsType<Invalid>(ProjectDetails.Check(name, "", null, [], []).Error).For("Name"));

    [Fact]
    public void Check_Markup_IsKeptAsTyped() =>
        Assert.Equal("<script>alert(1)</script>", ProjectDetails.Check(" <script>alert(1)</script> ", "", null, [], []).Value.Name);

    [Fact]
    public void Check_SeveralWrongFields_ListsThemAll()
    {
        var error = Assert.IsType<Invalid>(ProjectDetails.Check(
            new string('x', 101), new string('x', 1001), "planet", [new string('x', 41)], [new ConfigurationValue("1a", ""), new ConfigurationValue("B", "")]).Error);

        Assert.Equal(["Name", "Description", "Structure", "Labels", "Configuration"], error.Fields.Select(field => field.Field));
    }

    [Fact]
    public void Check_ConfigurationNameTwice_IsRefused() => Assert.Contains(
        "stands twice", ProjectDetails.Check("a", "", null, [], [new ConfigurationValue("REGION", "a"), new ConfigurationValue("region", "b")]).Error!.Message, StringComparison.Ordinal);

    private static Project Make(bool isDefault = false) =>
        new(Guid.NewGuid(), Guid.NewGuid(), "churn", ProjectDetails.Named("Churn"), Guid.NewGuid(), Now, isDefault);
}
