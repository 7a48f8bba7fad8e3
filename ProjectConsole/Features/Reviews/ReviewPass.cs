using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Features.Account;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Reviews;

/// <summary>Reminds of reviews before their date and ends them at it.</summary>
public sealed class ReviewPass(IDbContextFactory<ConsoleDbContext> databases, ConsoleWriter writer, ReviewsService reviews, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>How long before its date a review reminds.</summary>
    public static readonly TimeSpan RemindsBefore = TimeSpan.FromDays(3);

    /// <summary>Does what is due.</summary>
    internal async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await ForEachAsync(review => review.DueUtc <= now, (review, actor) => reviews.EndAtDateAsync(actor, new ProjectScope(review.OrganizationId, review.ProjectId), review.Id, ct), ct);
        var soon = now + RemindsBefore;
        await ForEachAsync(review => review.RemindedUtc == null && review.DueUtc > now && review.DueUtc <= soon, (review, actor) => RemindAsync(actor, review, ct), ct);
    }

    // All that are due: those which cannot be closed keep no other waiting.
    private async Task ForEachAsync(Expression<Func<AccessReview, bool>> isDue, Func<AccessReview, Actor, Task> act, CancellationToken ct)
    {
        foreach (var review in await DueAsync(isDue, ct))
        {
            if (await SystemAsync(review.OrganizationId, ct) is { } actor)
            {
                await act(review, actor);
            }
        }
    }

    private async Task<IReadOnlyList<AccessReview>> DueAsync(Expression<Func<AccessReview, bool>> isDue, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var open = db.AccessReviews.Where(review => review.ClosedUtc == null
            && db.Projects.Any(project => project.Id == review.ProjectId && project.State != ProjectState.Deleted)
            && db.Organizations.Any(organization => organization.Id == review.OrganizationId && organization.DeletedUtc == null));
        return await open.Where(isDue).OrderBy(review => review.DueUtc).AsNoTracking().ToListAsync(ct);
    }

    private async Task<Actor?> SystemAsync(Guid organizationId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await ProjectAdmins.SystemAsync(db, organizationId, ct);
    }

    private Task<Result> RemindAsync(Actor actor, AccessReview due, CancellationToken ct)
    {
        var scope = new ProjectScope(due.OrganizationId, due.ProjectId);
        return writer.WriteAsync(actor, CommandTarget.InProject(scope, Permissions.ProjectView, AuditActions.ReviewReminded, CommandLock.Exclusive), async command =>
        {
            var review = await ReviewsService.Reviews(command.Db, scope).FirstAsync(row => row.Id == due.Id, ct);
            if (review.RemindedUtc is not null || review.ClosedUtc is not null)
            {
                return Result.Ok;
            }

            review.Remind(command.NowUtc);
            var open = await command.Db.AccessReviewRows.CountAsync(row => row.ReviewId == review.Id && row.Answer == ReviewAnswer.None, ct);
            var admins = open == 0 ? [] : await ProjectAdmins.AddressesAsync(command.Db, scope, command.NowUtc, ct);
            command.Db.OutgoingMails.AddRange(admins.Select(email => new OutgoingMail(email, Subject(command.Project, open), Body(command.Project, review, open), command.NowUtc)));
            command.Audit(AuditActions.ReviewReminded, new AuditObject("review", review.Id, "Access review"), after: new { Open = open, Told = admins.Count });
            return Result.Ok;
        }, ct);
    }

    private static string Subject(ProjectAccess project, int open) => $"{(open == 1 ? "1 collaborator" : $"{open} collaborators")} of {project.Project.Name} to review";

    private string Body(ProjectAccess project, AccessReview review, int open) =>
        $"""
        The access review of {project.Project.Name} in {project.Organization.Name} ends on {review.DueUtc.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} (UTC).

        Without an answer so far: {open}. Whoever has none by then {(review.Unanswered == UnansweredRows.Remove ? "loses the grant on the project" : "keeps what they have")}.

        {MailLinks.To(configuration, ConsoleUrls.Reviews(project.Organization.Slug, project.Project.Slug), "Project settings, Access review")}
        """;
}

/// <summary>Links in mails that no request asked for.</summary>
internal static class MailLinks
{
    /// <summary>The full link where the console knows its address, else where to find the page.</summary>
    public static string To(IConfiguration configuration, string url, string place) =>
        configuration.GetValue<Uri>(PublicAddress.Setting) is { } root ? new PublicAddress(root).Link(url) : $"Sign in and open {place}.";
}
