using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Invitations;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Invitations;

/// <summary>Lists invitations for those who may invite there, and says what their dialog offers.</summary>
public sealed class InvitationListService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, TimeProvider clock)
{
    /// <summary>A page of a place's invitations, newest first.</summary>
    public async Task<Result<Page<InvitationRow>>> ListAsync(Actor actor, InvitationPlace place, InvitationQuery query, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await RefuseAsync(db, actor, place, ct) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var matching = Matching(db, place, query, now);
        var total = await matching.CountAsync(ct);
        var rows = await (from invitation in matching.OrderByDescending(invitation => invitation.SentUtc).Skip(query.Page.Skip).Take(query.Page.Size)
                          from project in db.Projects.Where(project => project.Id == invitation.ProjectId).DefaultIfEmpty()
                          orderby invitation.SentUtc descending
                          select new { Invitation = invitation, Project = project!.Name }).AsNoTracking().ToListAsync(ct);
        var titles = await TitlesAsync(db, place.OrganizationId, ct);
        return new Page<InvitationRow>([.. rows.Select(row => Row(row.Invitation, place.ProjectId is null ? row.Project : null, titles, now))], total, query.Page.Number, query.Page.Size);
    }

    /// <summary>How people join, and which roles can be offered here.</summary>
    public async Task<Result<InvitationChoices>> ChoicesAsync(Actor actor, InvitationPlace place, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await RefuseAsync(db, actor, place, ct) is { } refusal)
        {
            return refusal;
        }

        var joining = await db.Organizations.Where(organization => organization.Id == place.OrganizationId).Select(organization => organization.Joining).FirstAsync(ct);
        var organization = await access.InOrganizationAsync(db, actor, place.OrganizationId, ct);
        var organizationRoles = organization?.May(Permissions.MembersManage) is true ? await RoleCatalogue.OrganizationRolesAsync(db, place.OrganizationId, ct) : [];
        var projectRoles = place.ProjectId is { } projectId ? await RoleCatalogue.ProjectRolesAsync(db, new ProjectScope(place.OrganizationId, projectId), ct) : [];
        return new InvitationChoices(
            joining,
            [.. organizationRoles.Where(role => Organizations.MemberRules.RefuseToGive(organization!.Access, role) is null).Select(role => new InvitedRole(role.Key, role.Title))],
            [.. projectRoles.Select(role => new InvitedRole(role.Key, role.Title))]);
    }

    private async Task<Error?> RefuseAsync(ConsoleDbContext db, Actor actor, InvitationPlace place, CancellationToken ct) => place.ProjectId is { } projectId
        ? AccessRefusal.InProject(await access.InProjectAsync(db, actor, new ProjectScope(place.OrganizationId, projectId), ct), Permissions.CollaboratorsAdd)
        : AccessRefusal.InOrganization(await access.InOrganizationAsync(db, actor, place.OrganizationId, ct), Permissions.MembersManage);

    private static IQueryable<Invitation> Matching(ConsoleDbContext db, InvitationPlace place, InvitationQuery query, DateTime now)
    {
        var (organizationId, projectId) = (place.OrganizationId, place.ProjectId);
        var rows = db.Invitations.Where(row => row.OrganizationId == organizationId);
        rows = projectId is null ? rows.Where(row => row.OrganizationRoleKey != null) : rows.Where(row => row.ProjectId == projectId);
        if (TextRules.Clean(query.Search) is { Length: > 0 } search)
        {
            var pattern = TextRules.LikePattern(Domain.Accounts.EmailAddress.Normalize(search));
            rows = rows.Where(row => EF.Functions.Like(row.NormalizedEmail, pattern, "\\"));
        }

        return query.State switch
        {
            null => rows,
            InvitationState.Pending => rows.Where(row => row.State == InvitationState.Pending && row.ExpiresUtc > now),
            InvitationState.Expired => rows.Where(row => row.State == InvitationState.Expired || (row.State == InvitationState.Pending && row.ExpiresUtc <= now)),
            var state => rows.Where(row => row.State == state),
        };
    }

    private static async Task<Dictionary<string, string>> TitlesAsync(ConsoleDbContext db, Guid organizationId, CancellationToken ct)
    {
        var custom = await db.ProjectRoles.Where(role => role.OrganizationId == organizationId).Select(role => new { role.Key, role.Name })
            .Concat(db.OrganizationRoles.Where(role => role.OrganizationId == organizationId).Select(role => new { role.Key, role.Name })).ToListAsync(ct);
        var titles = new Dictionary<string, string>();
        foreach (var role in custom)
        {
            titles[role.Key] = role.Name;
        }

        return titles;
    }

    private static InvitationRow Row(Invitation row, string? project, Dictionary<string, string> titles, DateTime now)
    {
        var there = row.OrganizationRoleKey is { } key ? OrganizationRole.Find(key)?.Title ?? titles.GetValueOrDefault(key, "a role that is gone") : null;
        var here = row.ProjectRoleKey is { } role ? ProjectRole.Find(role)?.Title ?? titles.GetValueOrDefault(role, "a role that is gone") : null;
        var inProject = here is null || project is null ? here : $"{here} in {project}";
        var words = string.Join(", ", new[] { inProject, there is null ? null : here is null ? there : $"{there} of the organization" }.OfType<string>());
        return new InvitationRow(row.Id, row.Email, words, row.StateAt(now), row.SentUtc, row.ExpiresUtc, row.InvitedByName, row.OrganizationRoleKey is null);
    }
}

/// <summary>What the dialog offers.</summary>
/// <param name="Joining">How people join the organization.</param>
/// <param name="OrganizationRoles">Roles of the organization that the person may give; none where they may not invite to it.</param>
/// <param name="ProjectRoles">Roles of the project; none without a project.</param>
public sealed record InvitationChoices(Joining Joining, IReadOnlyList<InvitedRole> OrganizationRoles, IReadOnlyList<InvitedRole> ProjectRoles);

/// <summary>A role to choose.</summary>
public sealed record InvitedRole(string Key, string Title);
