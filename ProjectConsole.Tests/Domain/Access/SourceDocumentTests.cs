using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Tests.Domain.Access;

/// <summary>What the four systems say about roles in projects, each sentence as a test in their words.</summary>
public sealed class SourceDocumentTests
{
    private static readonly AccessFacts Member = Deciding.Stranger.As(OrganizationRole.Member);
    private static readonly string[] Work = ["pipelines", "artifacts", "models"];

    public static TheoryData<string> EveryKind() => [.. ResourceKinds.All.Select(kind => kind.Plural)];

    [Fact]
    public void ZenML_ProjectAdmin_HasFullPermissionsAndManagesMembersAndSettings() =>
        AssertMay(ProjectRole.Admin, [.. PermissionCatalogue.Project.Select(permission => permission.Name)]);

    [Fact]
    public void ZenML_ProjectDeveloper_CreatesAndViewsResources() =>
        AssertMay(ProjectRole.Developer, [.. Work.SelectMany(kind => new[] { $"{kind}.create", $"{kind}.view", $"{kind}.update" })]);

    [Fact]
    public void ZenML_ProjectDeveloper_CannotModifySettingsOrMemberRoles() =>
        AssertMayNot(ProjectRole.Developer, "project.update", "integrations.manage", "collaborators.add", "collaborators.change", "collaborators.remove", "roles.manage");

    [Fact]
    public void ZenML_ProjectContributor_CreatesResources() =>
        AssertMay(ProjectRole.Contributor, [.. Work.Select(kind => $"{kind}.create")]);

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void ZenML_ProjectContributor_CannotModifyExistingResourcesOrSettings(string kind) =>
        AssertMayNot(ProjectRole.Contributor, $"{kind}.update", $"{kind}.operate", $"{kind}.delete", $"{kind}.delete-own", "project.update");

    [Fact]
    public void ZenML_ProjectContributor_CannotDeleteEvenItsOwn() =>
        Assert.False(Member.With(ProjectRole.Contributor).Decide().May(ResourceKinds.Find("pipeline")!, "delete", Deciding.Me));

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void ZenML_ProjectViewer_ReadsAndCannotCreateOrModify(string kind)
    {
        AssertMay(ProjectRole.Viewer, $"{kind}.view");
        AssertMayNot(ProjectRole.Viewer, $"{kind}.create", $"{kind}.update", $"{kind}.operate", $"{kind}.delete", $"{kind}.delete-own", $"{kind}.share");
    }

    [Fact]
    public void ZenML_Pipelines_AreVisibleToProjectMembersOnly()
    {
        Assert.True(Member.With(ProjectRole.Viewer).May("pipelines.view"));
        Assert.False(Member.May("pipelines.view"));
        Assert.False(Deciding.Stranger.May("pipelines.view"));
    }

    [Fact]
    public void Together_OrganizationMembers_AreGrantedTheDefaultProject()
    {
        Assert.True(Member.InDefaultProject().May("clusters.create"));
        Assert.False(Member.May("clusters.view"));
    }

    [Fact]
    public void Together_OrganizationAdmin_IsAdminOfEveryProject() =>
        Assert.Equal(ProjectRole.Admin, Deciding.Stranger.As(OrganizationRole.Admin).Decide().Role);

    [Fact]
    public void Together_OrganizationDefaultKey_IsForTheOwnerOnly()
    {
        Assert.True(Deciding.Stranger.As(OrganizationRole.Owner).InOrganizationOnly().May("default-key.view"));
        Assert.All([OrganizationRole.Admin, OrganizationRole.Member, OrganizationRole.Auditor], role =>
            Assert.False(Deciding.Stranger.As(role).InOrganizationOnly().May("default-key.view")));
    }

    [Fact]
    public void Together_Member_UsesEverythingInsideTheProject() =>
        AssertMay(ProjectRole.Developer, "clusters.operate", "volumes.create", "models.view", "endpoints.update", "evaluations.create", "files.create", "keys.create");

    [Fact]
    public void Together_Collaborator_SeesNothingOfAnotherProject() => Assert.True(Member.Decide().Allowed.IsEmpty);

    [Fact]
    public void Together_RemovedCollaborator_LosesClustersVolumesShellAndManagement()
    {
        var before = Member.With(ProjectRole.Admin);
        var after = before with { Grants = [] };

        Assert.All(["clusters.view", "volumes.view", "clusters.operate", "collaborators.add"], permission =>
        {
            Assert.True(before.May(permission));
            Assert.False(after.May(permission));
        });
    }

    [Fact]
    public void CloudStack_ProjectAdministrator_PromotesAddsRemovesSetsLimitsAndDeletes() =>
        AssertMay(ProjectRole.Admin, "collaborators.manage-admins", "collaborators.change", "collaborators.add", "collaborators.remove", "limits.set", "project.delete");

    [Fact]
    public void CloudStack_ProjectMembers_ViewAndManageWhatAnyoneCreated()
    {
        var access = Member.With(ProjectRole.Developer).Decide();

        Assert.True(access.May(ResourceKinds.Find("instance")!, "update", Guid.NewGuid()));
        Assert.True(access.May(ResourceKinds.Find("instance")!, "operate", Guid.NewGuid()));
    }

    [Fact]
    public void CloudStack_MemberAddedWithoutProjectRole_HasAllThatTheRoleGives() =>
        Assert.Equal(ProjectRole.Developer.Permissions, Member.With(ProjectRole.Developer).Decide().Allowed);

    [Fact]
    public void CloudStack_ProjectRole_RestrictsWhatTheAccountRoleAllows()
    {
        var denied = PermissionSet.Of(PermissionCatalogue.Get("networks.delete"));

        Assert.False(Member.With(ProjectRole.Manager, denied).May("networks.delete"));
        Assert.True(Member.With(ProjectRole.Manager, denied).May("networks.update"));
    }

    [Fact]
    public void CloudStack_WhatTheAccountRoleForbids_NoProjectCanAllow() =>
        Assert.All(
            PermissionCatalogue.Project.Where(permission => !permission.IsView),
            permission => Assert.False(Deciding.Stranger.As(OrganizationRole.Auditor).With(ProjectRole.Admin).Decide().May(permission)));

    [Fact]
    public void Apolo_EachRole_ExpandsOnThePreviousOne() =>
        Assert.All(ProjectRole.All.Zip(ProjectRole.All.Skip(1)), pair => Assert.True(pair.First.Permissions.IsSubsetOf(pair.Second.Permissions)));

    [Fact]
    public void Apolo_Reader_DownloadsAndSeesStatusAndPullsImagesOnly()
    {
        AssertMay(ProjectRole.Viewer, "files.view", "buckets.view", "jobs.view", "endpoints.view", "images.view");
        AssertMayNot(ProjectRole.Viewer, "files.create", "files.update", "jobs.create", "jobs.operate", "images.create");
    }

    [Fact]
    public void Apolo_Writer_WritesFilesRunsAndTerminatesWorkloadsAndPushesImages() =>
        AssertMay(ProjectRole.Developer, "files.create", "files.update", "jobs.create", "jobs.operate", "images.create", "images.update");

    [Fact]
    public void Apolo_Writer_InvitesNobody() => AssertMayNot(ProjectRole.Developer, "collaborators.add", "collaborators.change", "collaborators.remove");

    [Fact]
    public void Apolo_Manager_InvitesAndPromotesUpToManager()
    {
        AssertMay(ProjectRole.Manager, "collaborators.add", "collaborators.change", "collaborators.remove");
        var manager = Member.With(ProjectRole.Manager).Decide();
        Assert.True(manager.Exceeding(ProjectRole.Manager.Permissions).IsEmpty);
        Assert.False(manager.Exceeding(ProjectRole.Admin.Permissions).IsEmpty);
    }

    [Fact]
    public void Apolo_Manager_NeitherRemovesTheProjectNorTouchesAdministrators() =>
        AssertMayNot(ProjectRole.Manager, "project.delete", "collaborators.manage-admins");

    [Fact]
    public void Apolo_Admin_RemovesTheProjectAndPromotesAndDemotesAdministrators() =>
        AssertMay(ProjectRole.Admin, "project.delete", "collaborators.manage-admins");

    private static void AssertMay(ProjectRole role, params string[] permissions) =>
        Assert.All(permissions, permission => Assert.True(Member.With(role).May(permission), $"{role}: {permission}"));

    private static void AssertMayNot(ProjectRole role, params string[] permissions) =>
        Assert.All(permissions, permission => Assert.False(Member.With(role).May(permission), $"{role}: {permission}"));
}
