using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Roles;

/// <summary>Where grants hang, by name.</summary>
internal static class GrantPlaces
{
    /// <summary>Names of the projects, then of the workspaces, each once: those that the actor may see. The others are counted.</summary>
    public static async Task<HeldPlaces> NamesAsync(AccessControl access, Command command, IQueryable<Grant> grants, CancellationToken ct)
    {
        var db = command.Db;
        var (projects, workspaces) = (
            db.Projects.Where(project => grants.Any(grant => grant.ProjectId == project.Id)),
            db.Workspaces.Where(workspace => grants.Any(grant => grant.WorkspaceId == workspace.Id)));
        var visible = (await access.VisibleProjectsEverywhereAsync(db, command.Actor, ct)).Select(project => project.Id);
        var organizationAccess = await access.InOrganizationAsync(db, command.Actor, command.Target.OrganizationId!.Value, ct);
        var names = await projects.Where(project => visible.Contains(project.Id)).OrderBy(project => project.NameFolded)
            .Select(project => project.Name).ToListAsync(ct);
        if (organizationAccess?.May(Permissions.WorkspacesView) is true)
        {
            names.AddRange(await workspaces.OrderBy(workspace => workspace.NameFolded).Select(workspace => "workspace " + workspace.Name).ToListAsync(ct));
        }

        return new HeldPlaces(names, await projects.CountAsync(ct) + await workspaces.CountAsync(ct) - names.Count);
    }
}
