using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>Lists requests: a project's for those who answer them, and one's own.</summary>
public sealed class AccessRequestListService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access)
{
    private const int MostOwn = 50;

    /// <summary>How many wait; none for somebody who may not answer.</summary>
    public async Task<int> CountAsync(Actor actor, ProjectScope project, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await RefuseAsync(db, actor, project, ct) is not null ? 0
            : await db.AccessRequests.CountAsync(row => row.ProjectId == project.ProjectId && row.State == AccessRequestState.Pending, ct);
    }

    /// <summary>A page of the project's requests in a state, or of all; newest first.</summary>
    public async Task<Result<AccessRequestList>> ListAsync(Actor actor, ProjectScope project, AccessRequestState? state, PageRequest page, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await RefuseAsync(db, actor, project, ct) is { } refusal)
        {
            return refusal;
        }

        var matching = db.AccessRequests.AsNoTracking().Where(row => row.OrganizationId == project.OrganizationId && row.ProjectId == project.ProjectId
            && (state == null || row.State == state));
        var total = await matching.CountAsync(ct);
        var rows = await matching.OrderByDescending(row => row.RequestedUtc).Skip(page.Skip).Take(page.Size).ToListAsync(ct);
        var roles = await RoleCatalogue.ProjectRolesAsync(db, project, ct);
        return new AccessRequestList(new Page<AccessRequestRow>([.. rows.Select(row => Row(row, roles))], total, page.Number, page.Size), roles);
    }

    /// <summary>
    /// The person's requests, newest first, those by a Project ID alone among them. Of a project that the person does not see, the list
    /// says what the person typed and what was answered, and nothing by which one that does not exist could be told from it.
    /// </summary>
    public async Task<IReadOnlyList<OwnRequestRow>> OwnAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var visible = (await access.VisibleProjectsEverywhereAsync(db, actor, ct)).Select(project => project.Id);
        var rows = await (from request in db.AccessRequests.AsNoTracking().Where(row => row.UserId == actor.UserId)
                          join organization in db.Organizations.Where(organization => organization.DeletedUtc == null) on request.OrganizationId equals organization.Id
                          from project in db.Projects.Where(project => project.Id == request.ProjectId).DefaultIfEmpty()
                          let isVisible = project != null && visible.Contains(project.Id)
                          where isVisible || request.Slug != "" || request.State == AccessRequestState.Declined
                          orderby request.RequestedUtc descending
                          select new { Request = request, project!.Slug, project!.Name, Organization = organization.Name, OrganizationSlug = organization.Slug, IsVisible = isVisible })
            .Take(MostOwn).ToListAsync(ct);
        return
        [
            .. rows.Select(row => new OwnRequestRow(
                row.Request.Id, row.Organization, row.OrganizationSlug, row.IsVisible ? row.Name : Typed(row.Request, row.Slug), row.IsVisible ? row.Slug : Typed(row.Request, row.Slug),
                ProjectRole.Find(row.Request.RoleKey)?.Title ?? "Custom role", AccessRequestWords.Length(row.Request.Hours), row.Request.RequestedUtc, row.Request.State,
                row.Request.AnsweredBy == actor.UserId ? "" : row.Request.AnsweredByName, row.Request.Answer)),
        ];
    }

    /// <summary>Which roles somebody who sees the project can ask for, smallest first.</summary>
    public async Task<IReadOnlyList<ProjectRole>> RolesAsync(Actor actor, ProjectScope project, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await access.InProjectAsync(db, actor, project, ct) is { } opened && opened.May(Permissions.ProjectView)
            ? [.. (await RoleCatalogue.ProjectRolesAsync(db, project, ct)).Where(role => !role.Permissions.IsSubsetOf(opened.Access.HeldUntil(null)))]
            : [];
    }

    private static string Typed(AccessRequest request, string? slug) => request.Slug != "" ? request.Slug : slug ?? "";

    private async Task<Error?> RefuseAsync(ConsoleDbContext db, Actor actor, ProjectScope project, CancellationToken ct) =>
        AccessRefusal.InProject(await access.InProjectAsync(db, actor, project, ct), Permissions.CollaboratorsChange);

    private static AccessRequestRow Row(AccessRequest row, IReadOnlyList<ProjectRole> roles) => new(
        row.Id, row.UserId, row.UserName, row.RoleKey, roles.FirstOrDefault(role => role.Key == row.RoleKey)?.Title ?? "a role that is gone", row.Reason, row.Hours, row.RequestedUtc,
        row.State, row.AnsweredByName, row.Answer, row.AnsweredUtc);
}

/// <summary>Requests, and the roles that an answer can give.</summary>
public sealed record AccessRequestList(Page<AccessRequestRow> Page, IReadOnlyList<ProjectRole> Roles);
