using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Account.Mail;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.AccessRequests;

/// <summary>
/// Tells those who can answer: one mail per project and <see cref="Window"/>, which lists all that is open. Whoever asks in between
/// is in the next one.
/// </summary>
public sealed class AccessRequestMails(AccessControl access)
{
    /// <summary>How far two of these mails about one project are apart at least.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const int MostReaders = 10;
    private const int MostLines = 20;

    /// <summary>Adds the mail about a request that is in the context and not saved yet.</summary>
    public async Task AnnounceAsync(Command command, ProjectScope project, AccessRequest request, PublicAddress? site, CancellationToken ct)
    {
        var (db, now, organizationId, projectId) = (command.Db, command.NowUtc, project.OrganizationId, project.ProjectId);
        var names = await (from row in db.Projects.Where(row => row.Id == projectId)
                           join organization in db.Organizations on row.OrganizationId equals organization.Id
                           select new { row.Name, row.Slug, Organization = organization.Slug }).FirstAsync(ct);
        var subject = $"Requests for access to {names.Name} ({names.Organization}/{names.Slug})";
        var since = now - Window;
        var recent = await db.OutgoingMails.Where(mail => mail.Subject == subject && (mail.NextUtc != null || mail.CreatedUtc > since || mail.SentUtc > since)).ToListAsync(ct);
        var open = await db.AccessRequests.AsNoTracking().Where(row => row.ProjectId == projectId && row.State == AccessRequestState.Pending && row.Id != request.Id)
            .OrderBy(row => row.RequestedUtc).Take(MostLines).ToListAsync(ct);
        var body = Body(names.Name, [request, .. open], site?.Link(ConsoleUrls.ProjectRequests(names.Organization, names.Slug)));
        var readers = await ReadersAsync(db, project, request.UserId, now, ct);
        var asks = (await access.InProjectAsync(db, request.UserId, project, ct))?.May(Permissions.CollaboratorsChange) is true ? request.UserName : null;

        // What waits for somebody who may answer no longer is not for their eyes. Who asks keeps the one about the others.
        db.OutgoingMails.RemoveRange(recent.Where(mail => mail.NextUtc is not null && mail.To != asks && !readers.Contains(mail.To)));
        foreach (var address in readers)
        {
            Tell(db, new OutgoingMail(address, subject, body, now), [.. recent.Where(mail => mail.To == address)]);
        }
    }

    /// <summary>Adds the mail that tells who asked what came of it.</summary>
    public static void Answered(Command command, AccessRequest request, string to, string role, string project, DateTime? untilUtc) => MailOutbox.Write(
        command.Db,
        new ConsoleMail(
            to,
            request.State == AccessRequestState.Granted ? $"You are {role} in {project}" : $"Your request for {project} was declined",
            $"""
            {(request.State == AccessRequestState.Granted
                ? $"{request.AnsweredByName} gave you {role} in {project}{(untilUtc is { } end ? $", until {end:yyyy-MM-dd HH:mm} UTC" : "")}."
                : $"{request.AnsweredByName} declined your request for {role} in {project}.")}
            {(request.Answer == "" ? "" : $"\n{request.Answer}\n")}
            """),
        command.NowUtc);

    private static void Tell(ConsoleDbContext db, OutgoingMail mail, IReadOnlyList<OutgoingMail> recent)
    {
        var waiting = recent.Where(earlier => earlier.NextUtc is not null).ToList();
        waiting.ForEach(earlier => earlier.Rewrite(mail.Body));
        if (waiting.Count == 0)
        {
            var last = recent.Max(earlier => earlier.SentUtc ?? earlier.CreatedUtc as DateTime?);
            db.OutgoingMails.Add(mail.NotBefore(last is null ? mail.CreatedUtc : last.Value + Window));
        }
    }

    private static string Body(string project, IReadOnlyList<AccessRequest> requests, string? link)
    {
        var lines = requests.Take(MostLines).Select(request =>
            $"{request.UserName} asks for {ProjectRole.Find(request.RoleKey)?.Title ?? "a custom role"} {AccessRequestWords.Length(request.Hours)}:\n{request.Reason}");
        return $"""
            {(requests.Count == 1 ? "Somebody asks" : "Some people ask")} for access to {project}.

            {string.Join("\n\n", lines)}

            {(link is null ? "Answer in the console: Settings, Collaborators, Requests." : $"Answer:\n{link}")}
            """;
    }

    // Collaborators first, the organization's Owners and Admins where there is nobody; never the one who asks.
    private async Task<IReadOnlyList<string>> ReadersAsync(ConsoleDbContext db, ProjectScope project, Guid asks, DateTime now, CancellationToken ct)
    {
        var (organizationId, projectId) = project;
        var giving = await GivingRoles.FindAsync(db, organizationId, Permissions.CollaboratorsChange, ct);
        var grants = giving.Grants(db, organizationId, now).Where(grant => grant.ProjectId == projectId);
        var (admitting, admitsOutside) = (giving.Admitting, giving.ToExternals);
        var members = db.Members.Where(member => member.OrganizationId == organizationId);
        var others = db.Users.Where(user => user.Id != asks && user.LockedUtc == null);
        var byGrant = others.Where(user =>
            db.Principals.Any(principal => principal.UserId == user.Id && grants.Any(grant => grant.PrincipalId == principal.Id))
            && (members.Any(member => member.UserId == user.Id && admitting.Contains(member.RoleKey))
                || (admitsOutside && !members.Any(member => member.UserId == user.Id)
                    && db.Organizations.Any(row => row.Id == organizationId && row.AllowsExternalCollaborators))));
        string[] above = [OrganizationRole.Owner.Key, OrganizationRole.Admin.Key];
        var found = await AbleAsync(db, projectId, byGrant, ct);
        return found.Count > 0 ? found : await AbleAsync(db, projectId, others.Where(user => members.Any(member => member.UserId == user.Id && above.Contains(member.RoleKey))), ct);
    }

    // The first few alone are decided about: a project can have tens of thousands of people, and the command holds its lock.
    private async Task<IReadOnlyList<string>> AbleAsync(ConsoleDbContext db, Guid projectId, IQueryable<User> candidates, CancellationToken ct)
    {
        var first = await candidates.OrderBy(user => user.NormalizedEmail).Take(MostReaders).Select(user => new { user.Id, user.Email }).ToListAsync(ct);
        Guid[] ids = [.. first.Select(user => user.Id)];
        var decided = await access.OfManyAsync(db, db.Projects.Where(row => row.Id == projectId), db.Users.Where(user => ids.Contains(user.Id)), ct);
        return [.. first.Where(user => decided.GetValueOrDefault((user.Id, projectId))?.May(Permissions.CollaboratorsChange) is true).Select(user => user.Email!)];
    }
}
