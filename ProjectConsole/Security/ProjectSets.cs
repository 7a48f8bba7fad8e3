using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;

namespace ProjectConsole.Security;

/// <summary>Which projects of an organization suit a person, as SQL predicates that agree with the decision.</summary>
public sealed class ProjectSets(TimeProvider clock)
{
    /// <summary>Of the given projects of an organization those in which the person's effective role is at least this one.</summary>
    public async Task<IQueryable<Project>> WithRoleAsync(
        ConsoleDbContext db, OrganizationAccess organization, IQueryable<Project> projects, ProjectRole least, CancellationToken ct)
    {
        bool Suffices(PermissionSet given) => ProjectRole.LargestIn(given) is { } role && role.Rank >= least.Rank;
        var granted = await GrantedAsync(db, organization, Suffices, ct);
        return granted is null ? projects : projects.Where(granted.Among);
    }

    /// <summary>Of the given projects of an organization those in which the person holds some permissions; permissions with the same projects stand together.</summary>
    public async Task<IReadOnlyList<PermittedProjects>> WithPermissionsAsync(
        ConsoleDbContext db, OrganizationAccess organization, IQueryable<Project> projects, IReadOnlyList<Permission> permissions, CancellationToken ct)
    {
        var paths = await ProjectPaths.ReadAsync(db, organization, given => permissions.All(given.Contains), clock.GetUtcNow().UtcDateTime, ct);
        return [.. permissions.Select(permission => (Permission: permission, Granted: paths.With(given => given.Contains(permission))))
            .GroupBy(entry => entry.Granted?.Key).Select(same => (Permissions: same.Select(entry => entry.Permission), same.First().Granted))
            .Select(same => new PermittedProjects([.. same.Permissions], same.Granted is null ? projects : projects.Where(same.Granted.Among)))];
    }

    /// <summary>The deleted projects of an organization that the person can still restore.</summary>
    public async Task<IQueryable<Project>> RestorableAsync(ConsoleDbContext db, OrganizationAccess organization, CancellationToken ct)
    {
        var (organizationId, oldest) = (organization.Id, clock.GetUtcNow().UtcDateTime - Project.RestorableFor);
        var projects = db.Projects.Where(project =>
            project.OrganizationId == organizationId && project.State == ProjectState.Deleted && project.DeletedUtc > oldest);
        if (organization.Access.Block != AccessBlock.None)
        {
            return projects.Where(_ => false);
        }

        var granted = await GrantedAsync(db, organization, given => given.Contains(Permissions.ProjectDelete), ct);
        return granted is null ? projects : projects.Where(granted.Among);
    }

    // Null where the organization role alone suffices in every project.
    private async Task<SufficientProjects?> GrantedAsync(
        ConsoleDbContext db, OrganizationAccess organization, Func<PermissionSet, bool> suffices, CancellationToken ct) =>
        (await ProjectPaths.ReadAsync(db, organization, suffices, clock.GetUtcNow().UtcDateTime, ct)).With(suffices);
}

/// <summary>The projects in which a person holds each of some permissions.</summary>
/// <param name="Permissions">The permissions.</param>
/// <param name="Projects">The projects.</param>
public sealed record PermittedProjects(IReadOnlyList<Permission> Permissions, IQueryable<Project> Projects);
