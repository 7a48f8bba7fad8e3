using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Reviews;

/// <summary>
/// Tells, a week ahead and once for each grant, the people whose access ends, those of a team too, and in one mail the Admins of
/// the project, or for a workspace the Owners. The audit entry that says so is what keeps it from being told twice; a grant that
/// was changed since is told anew.
/// </summary>
public sealed class ExpiryAnnouncements(IDbContextFactory<ConsoleDbContext> databases, ConsoleWriter writer, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>How long before its end a grant is announced.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    private const int MostOfAPlace = 500;

    /// <summary>Announces what is due.</summary>
    internal async Task RunAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var due = Due(db, clock.GetUtcNow().UtcDateTime);
        var projects = await (from grant in due
                              join project in db.Projects.Where(project => project.State != ProjectState.Deleted) on grant.ProjectId equals project.Id
                              select new { project.OrganizationId, project.Id }).Distinct().ToListAsync(ct);
        foreach (var project in projects)
        {
            if (await ProjectAdmins.SystemAsync(db, project.OrganizationId, ct) is { } actor)
            {
                await AnnounceAsync(actor, new ProjectScope(project.OrganizationId, project.Id), ct);
            }
        }

        var workspaces = await due.Where(grant => grant.WorkspaceId != null).Select(grant => new { grant.OrganizationId, Id = grant.WorkspaceId!.Value }).Distinct().ToListAsync(ct);
        foreach (var workspace in workspaces)
        {
            if (await ProjectAdmins.SystemAsync(db, workspace.OrganizationId, ct) is { } actor)
            {
                await AnnounceAsync(actor, workspace.OrganizationId, workspace.Id, ct);
            }
        }
    }

    // An upgrade of an hour is no news a week ahead; who gets it knows.
    private static IQueryable<Grant> Due(ConsoleDbContext db, DateTime now)
    {
        var soon = now + Ahead;
        return db.Grants.Where(grant => !grant.IsUpgrade && grant.ExpiresUtc > now && grant.ExpiresUtc <= soon
            && db.Organizations.Any(organization => organization.Id == grant.OrganizationId && organization.DeletedUtc == null)
            && !db.AuditEntries.Any(entry => entry.OrganizationId == grant.OrganizationId && entry.ProjectId == grant.ProjectId
                && entry.Action == AuditActions.CollaboratorExpiryAnnounced && entry.ObjectId == grant.Id && entry.WhenUtc >= grant.GrantedUtc));
    }

    private Task<Result> AnnounceAsync(Actor actor, ProjectScope scope, CancellationToken ct) => writer.WriteAsync(
        actor, CommandTarget.InProject(scope, Permissions.ProjectView, AuditActions.CollaboratorExpiryAnnounced, CommandLock.Exclusive), async command =>
        {
            var projectId = scope.ProjectId;
            var rows = await TellAsync(command, Due(command.Db, command.NowUtc).Where(grant => grant.ProjectId == projectId), ct);
            var admins = rows.Count == 0 ? [] : await ProjectAdmins.AddressesAsync(command.Db, scope, command.NowUtc, ct);
            var (project, organization) = (command.Project.Project, command.Project.Organization);
            var place = new ExpiryPlace(
                project.Name, organization.Name, "project", MailLinks.To(configuration, ConsoleUrls.Collaborators(organization.Slug, project.Slug), "Project settings, Collaborators"));
            await MailAsync(command, place, rows, admins, ct);
            return Result.Ok;
        }, ct);

    private Task<Result> AnnounceAsync(Actor actor, Guid organizationId, Guid workspaceId, CancellationToken ct) => writer.WriteAsync(
        actor, CommandTarget.InOrganization(organizationId, Permissions.OrganizationView, AuditActions.CollaboratorExpiryAnnounced, CommandLock.Exclusive), async command =>
        {
            var organization = command.Organization.Organization;
            var workspace = await command.Db.Workspaces.Where(row => row.OrganizationId == organizationId && row.Id == workspaceId)
                .Select(row => new { row.Slug, row.Name }).FirstOrDefaultAsync(ct);
            if (workspace is null)
            {
                return new NotFound();
            }

            var rows = await TellAsync(command, Due(command.Db, command.NowUtc).Where(grant => grant.WorkspaceId == workspaceId), ct);
            var owners = rows.Count == 0 ? [] : await ProjectAdmins.OwnersAsync(command.Db, organizationId, ct);
            var place = new ExpiryPlace(
                workspace.Name, organization.Name, "workspace", MailLinks.To(configuration, ConsoleUrls.Workspace(organization.Slug, workspace.Slug), "Organization settings, Workspaces"));
            await MailAsync(command, place, rows, owners, ct);
            return Result.Ok;
        }, ct);

    private static async Task<IReadOnlyList<ExpiringGrant>> TellAsync(Command command, IQueryable<Grant> due, CancellationToken ct)
    {
        var db = command.Db;
        var rows = await (from grant in due
                          from user in db.Users.Where(user => user.Id == grant.PrincipalId).DefaultIfEmpty()
                          from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
                          orderby grant.ExpiresUtc
                          select new ExpiringGrant(grant.Id, grant.PrincipalId, grant.ExpiresUtc!.Value, (string?)user!.Email, (string?)team!.Name)).Take(MostOfAPlace).ToListAsync(ct);
        foreach (var row in rows)
        {
            command.Audit(AuditActions.CollaboratorExpiryAnnounced, new AuditObject("grant", row.GrantId, row.Name), after: new { Expires = row.EndsUtc });
        }

        return rows;
    }

    private static async Task MailAsync(Command command, ExpiryPlace place, IReadOnlyList<ExpiringGrant> rows, IReadOnlyList<string> admins, CancellationToken ct)
    {
        var db = command.Db;
        var principals = rows.Select(row => row.PrincipalId).ToList();
        var people = await (from principal in db.Principals.Where(principal => principals.Contains(principal.Id))
                            join user in db.Users.Where(user => user.LockedUtc == null) on principal.UserId equals user.Id
                            orderby user.NormalizedEmail
                            select new { principal.Id, Email = user.Email ?? "" }).ToListAsync(ct);
        var byPrincipal = people.ToLookup(person => person.Id, person => person.Email);
        db.OutgoingMails.AddRange(rows.SelectMany(row => byPrincipal[row.PrincipalId].Select(email => ExpiryMails.ToPerson(place, row, email, command.NowUtc))));
        db.OutgoingMails.AddRange(admins.Select(email => ExpiryMails.ToAdmin(place, rows, email, command.NowUtc)));
    }
}
