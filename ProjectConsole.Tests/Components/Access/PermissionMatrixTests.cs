using Bunit;
using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Domain.Access;

namespace ProjectConsole.Tests.Components.Access;

public sealed class PermissionMatrixTests : BunitContext
{
    public PermissionMatrixTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void Tick_Delete_BringsWhatItIncludesAndSaysSo()
    {
        var (matrix, chosen) = RenderEditable(PermissionSet.Of(Permissions.ProjectView));

        Box(matrix, "Delete clusters").Change(true);

        Assert.Equal(["clusters.delete", "clusters.delete-own", "clusters.view", "project.view"], Names(chosen()));
        Assert.Contains("Also ticked: View clusters, Delete own clusters", matrix.Find("[aria-live]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Untick_View_TakesWhatIncludesIt()
    {
        var (matrix, chosen) = RenderEditable(ProjectRole.Developer.Permissions);

        Box(matrix, "View clusters").Change(false);

        Assert.DoesNotContain(chosen(), permission => permission.Subject == "clusters");
        Assert.Contains("Also unticked", matrix.Find("[aria-live]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Boxes_BeyondTheEditorOrFixed_AreDisabled()
    {
        var (matrix, _) = RenderEditable(ProjectRole.Viewer.Permissions, holdable: ProjectRole.Developer.Permissions);

        Assert.True(Box(matrix, "Delete clusters").HasAttribute("disabled"));
        Assert.Contains("You do not hold this yourself", Box(matrix, "Delete clusters").GetAttribute("title"), StringComparison.Ordinal);
        Assert.False(Box(matrix, "Change clusters").HasAttribute("disabled"));
        Assert.True(Line(matrix, "View the project").HasAttribute("disabled"));
    }

    [Fact]
    public void Tick_BoxThatIsDisabled_ChangesNothingWhenTheEventIsForged()
    {
        var (matrix, chosen) = RenderEditable(ProjectRole.Viewer.Permissions, holdable: ProjectRole.Developer.Permissions);

        Box(matrix, "Delete clusters").Change(true);

        Assert.Equal(ProjectRole.Viewer.Permissions, chosen());
    }

    [Fact]
    public void Column_OneMissing_TicksAllOfIt()
    {
        var (matrix, chosen) = RenderEditable(ProjectRole.Viewer.Permissions);

        matrix.Find("button[aria-label='Create for every kind']").Click();

        Assert.Equal(ProjectRole.Contributor.Permissions, chosen());
    }

    [Fact]
    public void Search_Word_FindsTitlesSentencesAndNames()
    {
        var (matrix, _) = RenderEditable(ProjectRole.Viewer.Permissions);

        matrix.Find("input[type=search]").Change("manage-admins");

        Assert.Contains("Manage Admins", Assert.Single(matrix.FindAll(".permission-list li")).TextContent, StringComparison.Ordinal);
        matrix.Find("input[type=search]").Change("spaceship");
        Assert.Contains("No permission matches", matrix.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_FromTheBase_AreNamedInTheLabel()
    {
        var matrix = Render<PermissionMatrix>(parameters => parameters
            .Add(m => m.Value, PermissionChoice.Tick(ProjectRole.Viewer.Permissions, PermissionCatalogue.Get("jobs.create")))
            .Add(m => m.Base, ProjectRole.Viewer.Permissions)
            .Add(m => m.ValueChanged, EventCallback.Factory.Create<PermissionSet>(this, _ => { })));

        Assert.Single(matrix.FindAll("input[aria-label='Create jobs (added)']"));
    }

    [Fact]
    public void Readable_WithoutAHandler_HasNoBoxAndSaysYesOrNo()
    {
        var matrix = Render<PermissionMatrix>(parameters => parameters.Add(m => m.Value, ProjectRole.Viewer.Permissions));

        Assert.Empty(matrix.FindAll("input[type=checkbox]"));
        Assert.Equal(ProjectRole.Viewer.Permissions.Count, matrix.FindAll(".permission-mark").Count(mark => mark.TextContent.Contains("Yes", StringComparison.Ordinal)));
        Assert.Equal(PermissionCatalogue.Project.Count, matrix.FindAll(".permission-mark").Count);
    }

    private (IRenderedComponent<PermissionMatrix> Matrix, Func<PermissionSet> Chosen) RenderEditable(PermissionSet set, PermissionSet? holdable = null)
    {
        var chosen = set;
        IRenderedComponent<PermissionMatrix>? matrix = null;
        matrix = Render<PermissionMatrix>(parameters => parameters
            .Add(m => m.Value, set)
            .Add(m => m.Holdable, holdable ?? PermissionCatalogue.Project)
            .Add(m => m.ValueChanged, EventCallback.Factory.Create<PermissionSet>(this, next => chosen = next)));
        return (matrix, () => chosen);
    }

    private static AngleSharp.Dom.IElement Box(IRenderedComponent<PermissionMatrix> matrix, string title) => matrix.Find($"input[aria-label='{title}']");

    private static AngleSharp.Dom.IElement Line(IRenderedComponent<PermissionMatrix> matrix, string title) =>
        matrix.FindAll("label.check").First(label => label.TextContent.StartsWith(title, StringComparison.Ordinal)).QuerySelector("input")!;

    private static IEnumerable<string> Names(PermissionSet set) => set.Select(permission => permission.Name).Order(StringComparer.Ordinal);
}
