using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>The workspaces of an organization, and which project is in which.</summary>
public sealed class WorkspacesService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer, GrantAuthority authority)
{
    /// <summary>The most projects that a search for one to move answers.</summary>
    public const int MostFound = 20;

    private const string SlugWord = "Workspace ID";

    /// <summary>All workspaces, by name.</summary>
    public async Task<Result<IReadOnlyList<WorkspaceRow>>> ListAsync(Actor actor, Guid organizationId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.WorkspacesView) is { } refusal)
        {
            return refusal;
        }

        // What is counted is what the actor may see.
        var visible = access.VisibleProjects(db, organization!);
        return await db.Workspaces.Where(workspace => workspace.OrganizationId == organizationId)
            .OrderBy(workspace => workspace.NameFolded).ThenBy(workspace => workspace.Slug)
            .Select(workspace => new WorkspaceRow(
                workspace.Id, workspace.Slug, workspace.Name, visible.Count(project => project.WorkspaceId == workspace.Id), workspace.CreatedUtc, workspace.Version))
            .ToListAsync(ct);
    }

    /// <summary>Projects that could be moved into a workspace, by name.</summary>
    public async Task<Result<IReadOnlyList<MovableProject>>> FindOutsideAsync(
        Actor actor, Guid organizationId, Guid workspaceId, string? search, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, organizationId, ct);
        if (AccessRefusal.InOrganization(organization, Permissions.WorkspacesManage) is { } refusal)
        {
            return refusal;
        }

        var pattern = TextRules.LikePattern(TextRules.Fold(TextRules.Clean(search)));
        return await (from project in access.VisibleProjects(db, organization!)
                      where project.WorkspaceId != workspaceId && EF.Functions.Like(project.SearchText, pattern, @"\")
                      join workspace in db.Workspaces on project.WorkspaceId equals workspace.Id
                      orderby project.NameFolded, project.Slug
                      select new MovableProject(project.Id, project.Slug, project.Name, workspace.Name)).Take(MostFound).ToListAsync(ct);
    }

    /// <summary>Creates a workspace.</summary>
    public Task<Result<Guid>> CreateAsync(Actor actor, Guid organizationId, NewWorkspace typed, CancellationToken ct = default) => writer.WriteAsync(
        actor,
        CommandTarget.InOrganization(organizationId, Permissions.WorkspacesManage, AuditActions.WorkspaceCreated, CommandLock.Exclusive),
        command => CreateAsync(command, typed, ct),
        ct);

    /// <summary>Gives a workspace another name.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="typed">The name as typed.</param>
    /// <param name="version">The edit token under which the row was read; null to save over what others did.</param>
    /// <param name="ct">Ends the command.</param>
    public Task<Result> RenameAsync(
        Actor actor, Guid organizationId, Guid workspaceId, string typed, Guid? version, CancellationToken ct = default) => writer.WriteAsync(
        actor,
        CommandTarget.InOrganization(organizationId, Permissions.WorkspacesManage, AuditActions.WorkspaceRenamed, CommandLock.Exclusive),
        async command =>
        {
            var name = TextRules.Clean(typed);
            if (NameError(name) is { } error)
            {
                return new Invalid(nameof(NewWorkspace.Name), error);
            }

            if (await FindAsync(command, workspaceId, ct) is not { } workspace)
            {
                return new NoSuchWorkspace();
            }

            if (version is not null && workspace.Version != version)
            {
                return new Stale();
            }

            command.Audit(AuditActions.WorkspaceRenamed, ObjectOf(workspace), new { workspace.Name }, new { Name = name });
            workspace.Rename(name);
            return Result.Ok;
        },
        ct);

    /// <summary>
    /// Puts a project into another workspace, whose grants count in it from then on in place of those of the one that it
    /// leaves. In a dry run answers what that changes for the people whom the two workspaces grant a role.
    /// </summary>
    public Task<Result<AccessChange>> MoveAsync(
        Actor actor, Guid organizationId, Guid projectId, Guid workspaceId, CancellationToken ct = default) => writer.WriteAccessAsync(
        actor,
        CommandTarget.InOrganization(organizationId, Permissions.WorkspacesManage, AuditActions.ProjectMoved, CommandLock.Access),
        command => MoveAsync(command, projectId, workspaceId, ct),
        ct);

    private static async Task<Result<Guid>> CreateAsync(Command command, NewWorkspace typed, CancellationToken ct)
    {
        var (name, slug) = (TextRules.Clean(typed.Name), Slug.Clean(typed.Slug));
        var errors = new List<FieldError>();
        if (NameError(name) is { } nameError)
        {
            errors.Add(new(nameof(typed.Name), nameError));
        }

        if ((Slug.Error(slug, SlugWord) ?? await TakenAsync(command, slug, ct)) is { } slugError)
        {
            errors.Add(new(nameof(typed.Slug), slugError));
        }

        if (errors.Count > 0)
        {
            return new Invalid(errors);
        }

        var workspace = new Workspace(command.Organization.Id, slug, name, command.NowUtc);
        command.Db.Workspaces.Add(workspace);
        command.Audit(AuditActions.WorkspaceCreated, ObjectOf(workspace), after: new { slug, name });
        return workspace.Id;
    }

    private async Task<Result> MoveAsync(Command command, Guid projectId, Guid workspaceId, CancellationToken ct)
    {
        var (db, organizationId) = (command.Db, command.Organization.Id);
        if (await FindAsync(command, workspaceId, ct) is not { } workspace)
        {
            return new NoSuchWorkspace();
        }

        var project = await db.Projects.FirstOrDefaultAsync(
            row => row.OrganizationId == organizationId && row.Id == projectId && row.State != ProjectState.Deleted, ct);
        if (project is null || (await access.InProjectAsync(db, command.Actor, new ProjectScope(organizationId, projectId), ct))?.May(Permissions.ProjectView) != true)
        {
            return new NotFound();
        }

        if (project.WorkspaceId == workspaceId)
        {
            return new AlreadyInWorkspace(project.Name, workspace.Name);
        }

        var former = await db.Workspaces.FirstAsync(row => row.Id == project.WorkspaceId, ct);
        var grants = await db.Grants.Where(grant => grant.WorkspaceId == former.Id || grant.WorkspaceId == workspaceId).AsNoTracking().ToListAsync(ct);
        if (await RefuseAsync(command, project.Id, former.Id, grants, ct) is { } refusal)
        {
            return refusal;
        }

        var people = from grant in db.Grants
                     where grant.WorkspaceId == former.Id || grant.WorkspaceId == workspaceId
                     join principal in db.Principals on grant.PrincipalId equals principal.Id
                     select principal.UserId;
        await command.AffectsAsync(await people.Distinct().ToListAsync(ct), db.Projects.Where(row => row.Id == projectId), ct);
        project.MoveTo(workspaceId);
        command.AuditIn(
            organizationId, project.Id, AuditActions.ProjectMoved, new AuditObject("project", project.Id, project.Name),
            new { Workspace = former.Slug }, new { Workspace = workspace.Slug });
        return Result.Ok;
    }

    // What the new workspace's grants give in the project, and what those of the former one gave, must be the actor's own there.
    private async Task<Error?> RefuseAsync(Command command, Guid projectId, Guid formerId, IReadOnlyCollection<Grant> grants, CancellationToken ct)
    {
        var coming = await GrantAuthority.ReadAsync(command, [.. grants.Where(grant => grant.WorkspaceId != formerId)], ct);
        var going = await GrantAuthority.ReadAsync(command, [.. grants.Where(grant => grant.WorkspaceId == formerId && grant.PrincipalId != command.Actor.UserId)], ct);
        return await authority.RefuseAsync(
            command,
            [
                .. coming.Select(grant => grant with { ProjectId = projectId, WorkspaceId = null }),
                .. going.Select(grant => grant with { ProjectId = projectId, WorkspaceId = null, UntilUtc = command.NowUtc }),
            ],
            ct);
    }

    private static Task<Workspace?> FindAsync(Command command, Guid workspaceId, CancellationToken ct)
    {
        var organizationId = command.Organization.Id;
        return command.Db.Workspaces.FirstOrDefaultAsync(workspace => workspace.OrganizationId == organizationId && workspace.Id == workspaceId, ct);
    }

    private static async Task<string?> TakenAsync(Command command, string slug, CancellationToken ct)
    {
        var (organizationId, folded) = (command.Organization.Id, Slug.Fold(slug));
        return await command.Db.Workspaces.AnyAsync(row => row.OrganizationId == organizationId && row.Slug.Replace("_", "-") == folded, ct)
            ? $"{slug} is taken in this organization. Hyphens and underscores count as equal."
            : null;
    }

    private static string? NameError(string name) => TextRules.NameError(name, "Workspace name", Workspace.LongestName);

    private static AuditObject ObjectOf(Workspace workspace) => new("workspace", workspace.Id, workspace.Name);
}

/// <summary>One workspace of a list.</summary>
public sealed record WorkspaceRow(Guid Id, string Slug, string Name, int Projects, DateTime CreatedUtc, Guid Version);

/// <summary>A project that can be moved.</summary>
public sealed record MovableProject(Guid Id, string Slug, string Name, string Workspace);

/// <summary>What a person typed to create a workspace.</summary>
public sealed record NewWorkspace(string Name, string Slug);
