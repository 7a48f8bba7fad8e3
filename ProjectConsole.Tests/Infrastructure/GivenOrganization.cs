using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Shared;

namespace ProjectConsole.Tests.Infrastructure;

/// <summary>An organization that <see cref="Given"/> made, and what a test adds to it.</summary>
/// <param name="Database">Where it is.</param>
/// <param name="Organization">Itself, as it was made.</param>
/// <param name="Workspace">Its workspace <c>default</c>.</param>
/// <param name="DefaultProject">Its Default Project.</param>
/// <param name="Owner">Its first Owner.</param>
public sealed record GivenOrganization(TestDatabase Database, Organization Organization, Workspace Workspace, Project DefaultProject, User Owner)
{
    /// <summary>Its id.</summary>
    public Guid Id => Organization.Id;

    /// <summary>Its slug.</summary>
    public string Slug => Organization.Slug;

    private DateTime Now => Database.Clock.UtcNow;

    /// <summary>A project of it as services take it.</summary>
    public ProjectScope Scope(Project project) => new(Id, project.Id);

    /// <summary>A new account that is a member; a name without @ is completed to <c>name@(slug).test</c>.</summary>
    public async Task<User> MemberAsync(string name, OrganizationRole? role = null)
    {
        var user = await Given.UserAsync(Database, name.Contains('@', StringComparison.Ordinal) ? name : $"{name}@{Slug}.test");
        await JoinAsync(user, role);
        return user;
    }

    /// <summary>Makes an account a member.</summary>
    public Task JoinAsync(User user, OrganizationRole? role = null) =>
        Database.AddAsync(new Member(Id, user.Id, role ?? OrganizationRole.Member, Now));

    /// <summary>
    /// A project, made by the Owner. Without an Admin among the collaborators the Owner is one, as after Create Project.
    /// </summary>
    public async Task<Project> ProjectAsync(string slug, params (User User, ProjectRole Role)[] collaborators)
    {
        var project = new Project(Id, Workspace.Id, slug, ProjectDetails.Named(slug), Owner.Id, Now);
        await Database.AddAsync(project, new ProjectSlug(Id, slug));
        if (!collaborators.Any(collaborator => collaborator.Role == ProjectRole.Admin))
        {
            await GrantAsync(project, Owner, ProjectRole.Admin);
        }

        foreach (var (user, role) in collaborators)
        {
            await GrantAsync(project, user, role);
        }

        return project;
    }

    /// <summary>Another workspace.</summary>
    public async Task<Workspace> WorkspaceAsync(string slug)
    {
        var workspace = new Workspace(Id, slug, slug, Now);
        await Database.AddAsync(workspace);
        return workspace;
    }

    /// <summary>Gives a person a role in a project.</summary>
    public Task<Grant> GrantAsync(Project project, User user, ProjectRole role, DateTime? expiresUtc = null) =>
        SaveAsync(Grant.OnProject(Id, project.Id, user.Id, role, Owner.Id, Owner.Email!, Now), expiresUtc);

    /// <summary>Gives a person a role in every project of a workspace.</summary>
    public Task<Grant> GrantAsync(Workspace workspace, User user, ProjectRole role, DateTime? expiresUtc = null) =>
        SaveAsync(Grant.OnWorkspace(Id, workspace.Id, user.Id, role, Owner.Id, Owner.Email!, Now), expiresUtc);

    /// <summary>A team with these people in it.</summary>
    public async Task<Team> TeamAsync(string slug, params User[] people)
    {
        var team = new Team(Id, slug, slug, "", Now);
        await Database.AddAsync(team);
        await Database.AddAsync([.. people.Select(person => Principal.OfTeam(team.Id, person.Id, Now))]);
        return team;
    }

    /// <summary>Gives a team a role in a project.</summary>
    public Task<Grant> GrantAsync(Project project, Team team, ProjectRole role, DateTime? expiresUtc = null) =>
        SaveAsync(Grant.OnProject(Id, project.Id, team.Id, role, Owner.Id, Owner.Email!, Now), expiresUtc);

    /// <summary>Gives a team a role in every project of a workspace.</summary>
    public Task<Grant> GrantAsync(Workspace workspace, Team team, ProjectRole role, DateTime? expiresUtc = null) =>
        SaveAsync(Grant.OnWorkspace(Id, workspace.Id, team.Id, role, Owner.Id, Owner.Email!, Now), expiresUtc);

    /// <summary>An organization role of its own.</summary>
    public async Task<OrganizationRole> OrganizationRoleAsync(string name, PermissionSet rights, ProjectRole? inEveryProject = null, PermissionSet? ceiling = null)
    {
        var role = new CustomOrganizationRole(Id, Now);
        role.Change(name, "", rights, inEveryProject, ceiling ?? PermissionCatalogue.Project);
        await Database.AddAsync(role);
        return role.ToRole();
    }

    /// <summary>A resource of a project.</summary>
    public async Task<Resource> ResourceAsync(Project project, string kind, string name, User? createdBy = null)
    {
        var resource = new Resource(
            ResourceOwner.Of(new ProjectScope(Id, project.Id)), ResourceKinds.Get(kind), name, ResourceSpec.Empty, (createdBy ?? Owner).Id, (createdBy ?? Owner).Email!, Now);
        await Database.AddAsync(resource);
        return resource;
    }

    /// <summary>Changes a project as its entity would: <c>ChangeAsync(churn, project => project.Suspend(false))</c>.</summary>
    public Task ChangeAsync(Project project, Action<Project> change) => Database.ChangeAsync(change, project.Id);

    private async Task<Grant> SaveAsync(Grant grant, DateTime? expiresUtc)
    {
        await using var db = Database.Open();
        db.Add(grant).Property(entity => entity.ExpiresUtc).CurrentValue = expiresUtc;
        await db.SaveChangesAsync();
        return grant;
    }
}
