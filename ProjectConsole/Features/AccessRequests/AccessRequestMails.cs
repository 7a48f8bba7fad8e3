using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
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
        var (readers, asks) = await ReadersAsync(db, project, request.UserId, ct);

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

    // Collaborators first, the organization's Owners and Admins where there is nobody. The one who asks is apart, and
    // null where that person may not answer others.
    private async Task<(IReadOnlyList<string> Readers, string? Asks)> ReadersAsync(ConsoleDbContext db, ProjectScope project, Guid asks, CancellationToken ct)
    {
        var (organizationId, projectId) = project;
        var users = db.Users.Where(user => user.LockedUtc == null
            && (db.Principals.Any(principal => principal.UserId == user.Id && db.Grants.Any(grant => grant.ProjectId == projectId && grant.PrincipalId == principal.Id))
                || db.Members.Any(member => member.OrganizationId == organizationId && member.UserId == user.Id && (member.RoleKey == "owner" || member.RoleKey == "admin"))));
        var decided = await access.OfManyAsync(db, db.Projects.Where(row => row.Id == projectId), users, ct);
        var all = decided.Where(pair => pair.Value.May(Permissions.CollaboratorsChange)).ToList();
        var able = all.Where(pair => pair.Key.UserId != asks).ToList();
        var byGrant = able.Where(pair => pair.Value.Access.Sources.Any(source =>
            source.Kind is AccessSourceKind.Direct or AccessSourceKind.Team && source.After.Contains(Permissions.CollaboratorsChange))).ToList();
        var ids = (byGrant.Count > 0 ? byGrant : able).Select(pair => pair.Key.UserId).ToList();
        var readers = await db.Users.Where(user => ids.Contains(user.Id)).OrderBy(user => user.NormalizedEmail).Take(MostReaders).Select(user => user.Email!).ToListAsync(ct);
        return (readers, all.Count == able.Count ? null : await db.Users.Where(user => user.Id == asks).Select(user => user.Email).FirstAsync(ct));
    }
}
