using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Resources;

namespace ProjectConsole.Tests.Domain.Access;

/// <summary>Who may do what, written out by hand and compared with the decision in both directions.</summary>
public sealed class RoleTableTests
{
    // Project roles: Viewer, Contributor, Developer, Manager, Admin.
    // Organization roles without a grant: Owner, Admin, Auditor (a Member without a grant has nothing).
    // With the project role Admin granted: Member, aUditor, eXternal.
    private static readonly (string Permission, string ProjectRoles, string OrganizationRoles, string WithAdminGrant)[] Project =
    [
        ("project.view", "V C D M A", "Owner Admin Auditor", "M U X"),
        ("project.update", "A", "Owner Admin", "M X"),
        ("project.suspend", "A", "Owner Admin", "M X"),
        ("project.delete", "A", "Owner Admin", "M"),
        ("collaborators.view", "V C D M A", "Owner Admin Auditor", "M U X"),
        ("collaborators.add", "M A", "Owner Admin", "M X"),
        ("collaborators.change", "M A", "Owner Admin", "M X"),
        ("collaborators.remove", "M A", "Owner Admin", "M X"),
        ("collaborators.manage-admins", "A", "Owner Admin", "M"),
        ("roles.view", "V C D M A", "Owner Admin Auditor", "M U X"),
        ("roles.manage", "A", "Owner Admin", "M X"),
        ("keys.view", "D M A", "Owner Admin Auditor", "M U X"),
        ("keys.create", "D M A", "Owner Admin", "M X"),
        ("keys.revoke", "D M A", "Owner Admin", "M X"),
        ("limits.view", "V C D M A", "Owner Admin Auditor", "M U X"),
        ("limits.set", "A", "Owner Admin", "M X"),
        ("usage.view", "V C D M A", "Owner Admin Auditor", "M U X"),
        ("usage.report", "A", "Owner Admin", "M X"),
        ("alerts.view", "V C D M A", "Owner Admin Auditor", "M U X"),
        ("alerts.acknowledge", "D M A", "Owner Admin", "M X"),
        ("integrations.view", "A", "Owner Admin Auditor", "M U X"),
        ("integrations.manage", "A", "Owner Admin", "M X"),
        ("audit.view", "A", "Owner Admin Auditor", "M U X"),
        ("shares.accept", "M A", "Owner Admin", "M X"),
        ("work.claim", "A", "Owner Admin", "M X"),
    ];

    private static readonly (string Verb, string ProjectRoles, string OrganizationRoles, string WithAdminGrant)[] Verbs =
    [
        ("view", "V C D M A", "Owner Admin Auditor", "M U X"),
        ("create", "C D M A", "Owner Admin", "M X"),
        ("update", "D M A", "Owner Admin", "M X"),
        ("operate", "D M A", "Owner Admin", "M X"),
        ("delete-own", "D M A", "Owner Admin", "M X"),
        ("delete", "M A", "Owner Admin", "M X"),
        ("share", "M A", "Owner Admin", "M X"),
    ];

    private static readonly string[] Kinds =
    [
        "pipelines", "runs", "templates", "evaluations", "artifacts", "models", "files", "images", "secrets", "clusters",
        "instances", "jobs", "endpoints", "apps", "volumes", "disks", "snapshots", "buckets", "networks", "ip-addresses",
    ];

    // Owner, Admin, Member, Auditor. Creating projects depends on a setting and has a test of its own.
    private static readonly (string Permission, string Roles)[] Organization =
    [
        ("organization.view", "Owner Admin Member Auditor"),
        ("organization.update", "Owner Admin"),
        ("organization.delete", "Owner"),
        ("members.view", "Owner Admin Member Auditor"),
        ("members.manage", "Owner Admin"),
        ("teams.view", "Owner Admin Member Auditor"),
        ("teams.manage", "Owner Admin"),
        ("workspaces.view", "Owner Admin Member Auditor"),
        ("workspaces.manage", "Owner Admin"),
        ("org-roles.view", "Owner Admin Member Auditor"),
        ("org-roles.manage", "Owner Admin"),
        ("org-limits.view", "Owner Admin Member Auditor"),
        ("org-limits.manage", "Owner Admin"),
        ("catalogue.view", "Owner Admin Member Auditor"),
        ("catalogue.manage", "Owner Admin"),
        ("assertions.view", "Owner Admin Member Auditor"),
        ("assertions.manage", "Owner Admin"),
        ("projects.create", "Owner Admin"),
        ("projects.view-all", "Owner Admin Auditor"),
        ("org-audit.view", "Owner Admin Auditor"),
        ("default-key.view", "Owner"),
        ("default-key.rotate", "Owner"),
    ];

    public static TheoryData<string, string, string, string> ProjectRows()
    {
        var rows = new TheoryData<string, string, string, string>();
        foreach (var (permission, projectRoles, organizationRoles, withAdminGrant) in Project)
        {
            rows.Add(permission, projectRoles, organizationRoles, withAdminGrant);
        }

        foreach (var kind in Kinds)
        {
            foreach (var (verb, projectRoles, organizationRoles, withAdminGrant) in Verbs)
            {
                rows.Add($"{kind}.{verb}", projectRoles, organizationRoles, withAdminGrant);
            }
        }

        return rows;
    }

    public static TheoryData<string, string> OrganizationRows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var (permission, roles) in Organization)
        {
            rows.Add(permission, roles);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(ProjectRows))]
    public void Decide_EveryRoleInAProject_IsTheTable(string permission, string projectRoles, string organizationRoles, string withAdminGrant)
    {
        foreach (var role in ProjectRole.All)
        {
            var granted = Deciding.Stranger.As(OrganizationRole.Member).With(role);
            Assert.True(projectRoles.Split(' ').Contains(role.Title[..1]) == granted.May(permission), $"{role} and {permission}");
        }

        foreach (var role in OrganizationRole.All)
        {
            var ungranted = Deciding.Stranger.As(role);
            Assert.True(organizationRoles.Split(' ').Contains(role.Title) == ungranted.May(permission), $"{role} of the organization and {permission}");
        }

        Assert.False(Deciding.Stranger.May(permission), "a stranger");
        Assert.Equal(withAdminGrant.Contains('M'), Deciding.Stranger.As(OrganizationRole.Member).With(ProjectRole.Admin).May(permission));
        Assert.Equal(withAdminGrant.Contains('U'), Deciding.Stranger.As(OrganizationRole.Auditor).With(ProjectRole.Admin).May(permission));
        Assert.Equal(withAdminGrant.Contains('X'), Deciding.Stranger.With(ProjectRole.Admin).May(permission));
    }

    [Theory]
    [MemberData(nameof(OrganizationRows))]
    public void Decide_EveryRoleInAnOrganization_IsTheTable(string permission, string roles)
    {
        foreach (var role in OrganizationRole.All)
        {
            var facts = Deciding.Stranger.As(role).Creating(ProjectCreation.Admins).InOrganizationOnly();
            Assert.True(roles.Split(' ').Contains(role.Title) == facts.May(permission), $"{role} and {permission}");
        }

        Assert.False(Deciding.Stranger.With(ProjectRole.Admin).InOrganizationOnly().May(permission), "an external collaborator");
    }

    [Theory]
    [InlineData(ProjectCreation.Everyone, false, "Owner Admin Member")]
    [InlineData(ProjectCreation.Everyone, true, "Owner Admin Member")]
    [InlineData(ProjectCreation.TickedMembers, false, "Owner Admin")]
    [InlineData(ProjectCreation.TickedMembers, true, "Owner Admin Member")]
    [InlineData(ProjectCreation.Admins, false, "Owner Admin")]
    [InlineData(ProjectCreation.Admins, true, "Owner Admin")]
    public void Decide_CreatingProjects_FollowsTheOrganizationsSetting(ProjectCreation creation, bool ticked, string roles)
    {
        foreach (var role in OrganizationRole.All)
        {
            var facts = Deciding.Stranger.As(role, ticked).Creating(creation).InOrganizationOnly();
            Assert.True(roles.Split(' ').Contains(role.Title) == facts.May("projects.create"), $"{role}");
        }

        Assert.False(Deciding.Stranger.Creating(creation).InOrganizationOnly().May("projects.create"));
    }

    [Theory]
    [InlineData(false, false, false, false)]
    [InlineData(true, false, true, true)]
    [InlineData(false, true, false, true)]
    public void Decide_InTheInstallation_AdministratorsManageAndTheSettingLetsEverybodyCreate(
        bool administrator, bool everybodyCreates, bool manages, bool creates)
    {
        var facts = new AccessFacts(RandomSets.Now, new PersonFacts(Deciding.Me, false, administrator, everybodyCreates), null, null, null, []);

        Assert.Equal(manages, facts.May("installation.manage"));
        Assert.Equal(creates, facts.May("organizations.create"));
    }

    [Fact]
    public void Decide_InstallationAdministratorInsideAnOrganization_HasNothingByThat()
    {
        var facts = Deciding.Stranger with { Person = new PersonFacts(Deciding.Me, false, IsInstallationAdministrator: true, MayCreateOrganizations: true) };

        Assert.True(facts.Decide().Allowed.IsEmpty);
        Assert.True(facts.InOrganizationOnly().Decide().Allowed.IsEmpty);
    }

    [Fact]
    public void Table_AllPermissions_StandInItOnce()
    {
        var written = ProjectRows().Select(row => (string)row[0]).Concat(Organization.Select(row => row.Permission));

        Assert.Equal(
            PermissionCatalogue.All.Where(permission => permission.Scope != PermissionScope.Installation).Select(permission => permission.Name).Order(StringComparer.Ordinal),
            written.Order(StringComparer.Ordinal));
        Assert.Equal(Kinds, ResourceKinds.All.Select(kind => kind.Plural));
    }

    [Fact]
    public void ProjectRoles_EachOne_ContainsTheOneBeforeIt()
    {
        Assert.Equal(["Viewer", "Contributor", "Developer", "Manager", "Admin"], ProjectRole.All.Select(role => role.Title));
        foreach (var (smaller, larger) in ProjectRole.All.Zip(ProjectRole.All.Skip(1)))
        {
            Assert.True(smaller.Permissions.IsSubsetOf(larger.Permissions), $"{larger} contains {smaller}");
            Assert.NotEqual(smaller.Permissions, larger.Permissions);
        }
    }

    [Fact]
    public void Find_EveryStoredName_IsItsRoleAndAnUnknownOneNone()
    {
        Assert.All(ProjectRole.All, role => Assert.Same(role, ProjectRole.Find(role.Key)));
        Assert.All(OrganizationRole.All, role => Assert.Same(role, OrganizationRole.Find(role.Key)));
        Assert.Null(ProjectRole.Find("superuser"));
        Assert.Null(OrganizationRole.Find("root"));
    }
}
