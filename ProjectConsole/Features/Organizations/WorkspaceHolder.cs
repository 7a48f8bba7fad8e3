using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Organizations;

/// <summary>A person or team that may be given a role on a workspace.</summary>
/// <param name="PrincipalId">The user's or team's id.</param>
/// <param name="People">Whom it reaches.</param>
/// <param name="Audited">What the log calls it.</param>
internal sealed record WorkspaceHolder(Guid PrincipalId, IReadOnlyCollection<Guid> People, AuditObject Audited)
{
    /// <summary>The row of a grant that ended by itself: there is one for each principal, so it is given anew.</summary>
    public Grant? Ended { get; private init; }

    /// <summary>Whom typed text names: an address has an @, and no Team ID has one.</summary>
    public static async Task<(WorkspaceHolder? Holder, Error? Refusal)> FindAsync(Command command, Workspace workspace, string typed, CancellationToken ct)
    {
        var text = TextRules.Clean(typed);
        var (holder, refusal) = text.Length == 0 ? (null, new Invalid(nameof(NewWorkspaceGrant.Holder), "Email address or Team ID is required."))
            : text.Contains('@', StringComparison.Ordinal) ? await PersonAsync(command, workspace, text, ct)
            : await TeamAsync(command, text, ct);
        if (holder is null)
        {
            return (null, refusal);
        }

        var existing = await command.Db.Grants.FirstOrDefaultAsync(
            grant => grant.WorkspaceId == workspace.Id && grant.PrincipalId == holder.PrincipalId && !grant.IsUpgrade, ct);
        if (existing is null || existing.ExpiresUtc <= command.NowUtc)
        {
            return (holder with { Ended = existing }, null);
        }

        var role = await RoleCatalogue.FindProjectRoleAsync(command.Db, command.Organization.Id, existing.RoleKey, ct);
        return (null, new WorkspaceGrantAlready(holder.Audited.Name, role?.Title ?? existing.RoleKey));
    }

    private static async Task<(WorkspaceHolder? Holder, Error? Refusal)> PersonAsync(Command command, Workspace workspace, string address, CancellationToken ct)
    {
        if (EmailAddress.Problem(address) is { } problem)
        {
            return (null, new Invalid(nameof(NewWorkspaceGrant.Holder), problem));
        }

        var (db, organizationId, normalized) = (command.Db, command.Organization.Id, EmailAddress.Normalize(address));
        var found = await (from user in db.Users.Where(user => user.NormalizedEmail == normalized && user.EmailConfirmed)
                           join member in db.Members on user.Id equals member.UserId
                           where member.OrganizationId == organizationId
                           select new { user.Id, user.Email, member.RoleKey }).FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return (null, new NoAccountHere());
        }

        var person = new PersonBeside(found.Id, found.Email ?? address);
        var role = await RoleCatalogue.FindOrganizationRoleAsync(db, organizationId, found.RoleKey, ct);
        if (role?.Everywhere.Contains(Permissions.CollaboratorsManageAdmins) == true)
        {
            return (null, new AdminAlready(person.Email, role.Title));
        }

        return await BesideTeams.RefuseInWorkspaceAsync(command, organizationId, workspace.Id, person, ct) is { } refusal
            ? (null, refusal)
            : (new WorkspaceHolder(found.Id, [found.Id], new AuditObject("collaborator", found.Id, person.Email)), null);
    }

    private static async Task<(WorkspaceHolder? Holder, Error? Refusal)> TeamAsync(Command command, string typed, CancellationToken ct)
    {
        var (db, organizationId, slug) = (command.Db, command.Organization.Id, Slug.Clean(typed));
        var team = await db.Teams.Where(row => row.OrganizationId == organizationId && row.Slug == slug).AsNoTracking().FirstOrDefaultAsync(ct);
        if (team is null)
        {
            return (null, new Invalid(nameof(NewWorkspaceGrant.Holder), $"There is no team {typed} in this organization."));
        }

        var people = await db.Principals.Where(principal => principal.Id == team.Id).Select(principal => principal.UserId).ToListAsync(ct);
        return (new WorkspaceHolder(team.Id, people, new AuditObject("team", team.Id, team.Name)), null);
    }
}
