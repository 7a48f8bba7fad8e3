using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Installation;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>Writes accounts and settings straight into the database of a <see cref="ConsoleServer"/>.</summary>
internal static class ConsoleServerAccounts
{
    /// <summary>Changes an account.</summary>
    public static async Task ChangeAsync(this ConsoleServer server, User user, Action<User> change)
    {
        await using var db = server.OpenDatabase();
        change(await db.Users.SingleAsync(row => row.Id == user.Id));
        await db.SaveChangesAsync();
    }

    /// <summary>Opens or closes registration.</summary>
    public static async Task LetRegisterAsync(this ConsoleServer server, bool isOpen)
    {
        await using var db = server.OpenDatabase();
        var settings = await db.Installation.SingleOrDefaultAsync() ?? db.Installation.Add(new InstallationSettings(server.Clock.UtcNow)).Entity;
        settings.Change(isOpen, everybodyCreatesOrganizations: false);
        await db.SaveChangesAsync();
    }

    /// <summary>An organization with one project; its owner is the project's Admin, the others are members. Answers the ids of both.</summary>
    public static async Task<(Guid OrganizationId, Guid ProjectId)> AddProjectAsync(
        this ConsoleServer server, string organizationSlug, string projectSlug, User owner, params (User User, ProjectRole Role)[] collaborators)
    {
        var now = server.Clock.UtcNow;
        var organization = new Organization(organizationSlug, organizationSlug, null, now);
        var workspace = new Workspace(organization.Id, "default", "default", now);
        var project = new Project(organization.Id, workspace.Id, projectSlug, ProjectDetails.Named(projectSlug), owner.Id, now);
        await using var db = server.OpenDatabase();
        db.AddRange(organization, workspace, project, new ProjectSlug(organization.Id, projectSlug), new Member(organization.Id, owner.Id, OrganizationRole.Owner, now));
        db.AddRange(collaborators.Select(collaborator => new Member(organization.Id, collaborator.User.Id, OrganizationRole.Member, now)));
        foreach (var (user, role) in collaborators.Prepend((owner, ProjectRole.Admin)))
        {
            db.Add(Grant.OnProject(organization.Id, project.Id, user.Id, role, owner.Id, owner.Email!, now));
        }

        await db.SaveChangesAsync();
        return (organization.Id, project.Id);
    }

    /// <summary>Reads an account by its address; null where there is none.</summary>
    public static async Task<User?> FindAsync(this ConsoleServer server, string email)
    {
        await using var db = server.OpenDatabase();
        return await db.Users.SingleOrDefaultAsync(user => user.Email == email);
    }
}
