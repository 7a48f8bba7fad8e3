using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>Writes what a test starts from straight into its database, past services and their rules.</summary>
public static class Given
{
    /// <summary>An account with a confirmed address, and its principal.</summary>
    public static async Task<User> UserAsync(TestDatabase database, string email, Action<User>? change = null)
    {
        var user = new User
        {
            UserName = email,
            Email = email,
            NormalizedUserName = email.ToUpperInvariant(),
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedUtc = database.Clock.UtcNow,
        };
        change?.Invoke(user);
        await database.AddAsync(user);
        await database.AddAsync(Principal.OfUser(user.Id));
        return user;
    }

    /// <summary>The account that answers for the installation.</summary>
    public static Task<User> InstallationAdministratorAsync(TestDatabase database, string email = "administrator@console.test") =>
        UserAsync(database, email, user => user.IsInstallationAdministrator = true);

    /// <summary>
    /// An organization with its default workspace, its Default Project and an Owner <c>owner@(slug).test</c>; no allowance,
    /// externals on.
    /// </summary>
    public static async Task<GivenOrganization> OrganizationAsync(
        TestDatabase database, string slug = "acme", int? allowance = null, Func<OrganizationSettings, OrganizationSettings>? settings = null)
    {
        var now = database.Clock.UtcNow;
        var organization = new Organization(slug, slug, allowance, now);
        var start = new OrganizationSettings { Name = slug, AllowsExternalCollaborators = true };
        organization.Change(settings is null ? start : settings(start));
        var workspace = new Workspace(organization.Id, "default", "default", now);
        var owner = await UserAsync(database, $"owner@{slug}.test");
        var project = new Project(organization.Id, workspace.Id, "default", ProjectDetails.Named("Default Project"), owner.Id, now, isDefault: true);
        await database.AddAsync(organization);
        await database.AddAsync(workspace, new Member(organization.Id, owner.Id, OrganizationRole.Owner, now));
        await database.AddAsync(project, new ProjectSlug(organization.Id, "default"));
        return new GivenOrganization(database, organization, workspace, project, owner);
    }
}
