using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Reviews;

/// <summary>
/// Tells, a week ahead and once for each grant, the person whose access ends and in one mail the Admins of the project. The
/// audit entry that says so is what keeps it from being told twice; a grant that was changed since is told anew.
/// </summary>
public sealed class ExpiryAnnouncements(IDbContextFactory<ConsoleDbContext> databases, ConsoleWriter writer, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>How long before its end a grant is announced.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    private const int MostInATurn = 100;
    private const int MostOfAProject = 500;

    /// <summary>Announces what is due.</summary>
    internal async Task RunAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var projects = await (from grant in Due(db, now)
                              join project in db.Projects.Where(project => project.State != ProjectState.Deleted) on grant.ProjectId equals project.Id
                              select new { project.OrganizationId, project.Id }).Distinct().Take(MostInATurn).ToListAsync(ct);
        foreach (var project in projects)
        {
            if (await ProjectAdmins.SystemAsync(db, project.OrganizationId, ct) is { } actor)
            {
                await AnnounceAsync(actor, new ProjectScope(project.OrganizationId, project.Id), ct);
            }
        }
    }

    // An upgrade of an hour is no news a week ahead; who gets it knows.
    private static IQueryable<Grant> Due(ConsoleDbContext db, DateTime now)
    {
        var soon = now + Ahead;
        return db.Grants.Where(grant => grant.ProjectId != null && !grant.IsUpgrade && grant.ExpiresUtc > now && grant.ExpiresUtc <= soon
            && !db.AuditEntries.Any(entry => entry.OrganizationId == grant.OrganizationId && entry.ProjectId == grant.ProjectId
                && entry.Action == AuditActions.CollaboratorExpiryAnnounced && entry.ObjectId == grant.Id && entry.WhenUtc >= grant.GrantedUtc));
    }

    private Task<Result> AnnounceAsync(Actor actor, ProjectScope scope, CancellationToken ct) => writer.WriteAsync(
        actor, CommandTarget.InProject(scope, Permissions.ProjectView, AuditActions.CollaboratorExpiryAnnounced, CommandLock.Exclusive), async command =>
        {
            var (db, projectId) = (command.Db, scope.ProjectId);
            var rows = await (from grant in Due(db, command.NowUtc).Where(grant => grant.ProjectId == projectId)
                              from user in db.Users.Where(user => user.Id == grant.PrincipalId).DefaultIfEmpty()
                              from team in db.Teams.Where(team => team.Id == grant.PrincipalId).DefaultIfEmpty()
                              orderby grant.ExpiresUtc
                              select new Ending(grant.Id, grant.ExpiresUtc!.Value, (string?)user!.Email, (string?)team!.Name)).Take(MostOfAProject).ToListAsync(ct);
            foreach (var row in rows)
            {
                command.Audit(AuditActions.CollaboratorExpiryAnnounced, new AuditObject("grant", row.GrantId, row.Name), after: new { Expires = row.EndsUtc });
            }

            var admins = rows.Count == 0 ? [] : await ProjectAdmins.AddressesAsync(db, scope, command.NowUtc, ct);
            db.OutgoingMails.AddRange(rows.Where(row => row.Email is not null).Select(row => ToPerson(command, row)));
            db.OutgoingMails.AddRange(admins.Select(email => ToAdmin(command, email, rows)));
            return Result.Ok;
        }, ct);

    private static OutgoingMail ToPerson(Command command, Ending row) => new(
        row.Email!,
        $"Your access to {command.Project.Project.Name} ends on {Day(row.EndsUtc)}",
        $"""
        What {command.Project.Project.Name} in {command.Project.Organization.Name} grants you ends on {Day(row.EndsUtc)}, {row.EndsUtc.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC.

        An Admin of the project can set another date. You need to do nothing if it may end.
        """,
        command.NowUtc);

    private OutgoingMail ToAdmin(Command command, string email, IReadOnlyList<Ending> rows) => new(
        email,
        $"{(rows.Count == 1 ? "1 grant ends" : $"{rows.Count} grants end")} soon in {command.Project.Project.Name}",
        $"""
        Within a week ends in {command.Project.Project.Name} what the project grants these people and teams:

        {string.Join(Environment.NewLine, rows.Select(row => $"{Day(row.EndsUtc)}  {row.Name}"))}

        {MailLinks.To(configuration, ConsoleUrls.Collaborators(command.Project.Organization.Slug, command.Project.Project.Slug), "Project settings, Collaborators")}
        """,
        command.NowUtc);

    private static string Day(DateTime utc) => utc.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private sealed record Ending(Guid GrantId, DateTime EndsUtc, string? Email, string? Team)
    {
        public string Name => Team ?? Email ?? "";
    }
}
