using ProjectConsole.Domain.Access;

namespace ProjectConsole.Tests.Domain.Access;

public sealed class PermissionCatalogueTests
{
    [Fact]
    public void Build_UnknownName_StopsTheProgram()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Build(Definition("a.view"), Definition("a.update", "b.view")));

        Assert.Equal("The permission a.update includes b.view, which the catalogue does not have.", refused.Message);
    }

    [Fact]
    public void Build_DuplicateName_StopsTheProgram()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Build(Definition("a.view"), Definition("a.view")));

        Assert.Equal("The permission a.view stands twice in the catalogue.", refused.Message);
    }

    [Fact]
    public void Build_Circle_StopsTheProgram()
    {
        var refused = Assert.Throws<InvalidOperationException>(
            () => Build(Definition("a.view", "b.view"), Definition("b.view", "c.view"), Definition("c.view", "a.view")));

        Assert.Contains("includes itself", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_MoreThanASetHolds_StopsTheProgram() =>
        Assert.Throws<InvalidOperationException>(
            () => Build([.. Enumerable.Range(0, PermissionSet.Capacity + 1).Select(number => Definition($"a.verb{number}"))]));

    [Fact]
    public void Build_SamePartTwice_IsNoCircle()
    {
        PermissionCatalogue.Build(
            [Definition("a.view"), Definition("a.update", "a.view"), Definition("a.delete", "a.update", "a.view")], out var byName, out var closures);

        Assert.Equal(3, closures[byName["a.delete"].Index].Count);
    }

    [Fact]
    public void All_TheConsoles_HasEveryNameOnceWithTitleAndSentence()
    {
        Assert.Equal(PermissionCatalogue.All.Count, PermissionCatalogue.All.Select(permission => permission.Name).Distinct().Count());
        Assert.All(PermissionCatalogue.All, permission =>
        {
            Assert.Matches("^[a-z-]+\\.[a-z-]+$", permission.Name);
            Assert.NotEmpty(permission.Title);
            Assert.EndsWith(".", permission.Sentence, StringComparison.Ordinal);
            Assert.Same(permission, PermissionCatalogue.Find(permission.Name));
        });
        Assert.Null(PermissionCatalogue.Find("clusters.explode"));
    }

    [Fact]
    public void WithIncluded_EveryPermissionOfAProject_BringsProjectView() =>
        Assert.All(PermissionCatalogue.Project, permission =>
            Assert.True(PermissionCatalogue.WithIncluded(permission).Contains(Permissions.ProjectView), permission.Name));

    [Theory]
    [InlineData("clusters.update", "clusters.update clusters.view project.view")]
    [InlineData("clusters.delete", "clusters.delete clusters.delete-own clusters.view project.view")]
    [InlineData("collaborators.add", "collaborators.add collaborators.view project.view")]
    [InlineData("shares.accept", "project.view shares.accept")]
    [InlineData("members.manage", "members.manage members.view organization.view")]
    public void WithIncluded_Permission_BringsExactlyThese(string name, string included) =>
        Assert.Equal(included, Names(PermissionCatalogue.WithIncluded(PermissionCatalogue.Get(name))));

    [Theory]
    [InlineData("clusters.view", "clusters.create clusters.delete clusters.delete-own clusters.operate clusters.share clusters.update clusters.view")]
    [InlineData("clusters.delete-own", "clusters.delete clusters.delete-own")]
    [InlineData("keys.view", "keys.create keys.revoke keys.view")]
    public void WithIncluding_DeniedPermission_TakesExactlyThese(string name, string taken) =>
        Assert.Equal(taken, Names(PermissionCatalogue.WithIncluding(PermissionCatalogue.Get(name))));

    [Fact]
    public void WhileSuspended_IsEveryViewAndWhatEndsThings()
    {
        var more = PermissionCatalogue.WhileSuspended - PermissionCatalogue.ProjectViews;

        Assert.Equal("collaborators.remove keys.revoke project.delete project.suspend", Names(more));
        Assert.True(PermissionCatalogue.ProjectViews.IsSubsetOf(PermissionCatalogue.WhileSuspended));
    }

    private static string Names(PermissionSet set) => string.Join(' ', set.Select(permission => permission.Name).Order(StringComparer.Ordinal));

    private static PermissionDefinition Definition(string name, params string[] includes) =>
        new(name, PermissionScope.Project, name, name, false, includes);

    private static void Build(params PermissionDefinition[] definitions) => PermissionCatalogue.Build(definitions, out _, out _);
}
