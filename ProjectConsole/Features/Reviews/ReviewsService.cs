using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Reviews;

/// <summary>
/// Access reviews of a project: its collaborators looked at one by one. An answer is carried out at once, by the commands that
/// change and remove collaborators; the review keeps what was decided and what came of it.
/// </summary>
public sealed class ReviewsService(ConsoleWriter writer, CollaboratorsService collaborators, IDbContextFactory<ConsoleDbContext> databases, TimeProvider clock)
{
    /// <summary>The most rows of a review.</summary>
    public const int MostRows = 2000;

    private const string Unanswered = "Nobody answered by the end.";
    private const string GoneAlready = "Had no grant on the project any more.";

    /// <summary>The shortest time that a review runs: who is to answer must have had the time.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(12);

    /// <summary>The longest time that a review runs.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(180);

    /// <summary>Starts a review of everybody whom the project itself grants a role.</summary>
    public Task<Result<Guid>> StartAsync(Actor actor, ProjectScope project, NewReview typed, CancellationToken ct = default) => writer.WriteAsync<Guid>(
        actor, In(project, typed.Unanswered == UnansweredRows.Remove ? Permissions.CollaboratorsRemove : Permissions.CollaboratorsChange, AuditActions.ReviewStarted), async command =>
        {
            if (typed.DueUtc is not { } due || due < command.NowUtc + Shortest || due > command.NowUtc + Longest)
            {
                return new Invalid(nameof(NewReview.DueUtc), $"Choose a day after today and within {Longest.TotalDays:0} days.");
            }

            if (await Reviews(command.Db, project).AnyAsync(review => review.ClosedUtc == null, ct))
            {
                return new ReviewRunsAlready();
            }

            var review = new AccessReview(project.OrganizationId, project.ProjectId, command.Actor.Name, due, typed.Unanswered, command.NowUtc);
            var rows = await ReviewRows.OfAsync(command, review, MostRows + 1, ct);
            if (rows.Count is 0 or > MostRows)
            {
                return rows.Count == 0 ? new NobodyToReview() : new TooManyToReview(MostRows);
            }

            // The end removes with the organization's authority, so whoever starts it must be able to remove all of it now.
            if (typed.Unanswered == UnansweredRows.Remove && (await ReviewRows.GivenAsync(command, project, ct)) - command.Access.HeldUntil(null) is { IsEmpty: false } missing)
            {
                return new ExceedsOwn(missing);
            }

            command.Db.AccessReviews.Add(review);
            command.Db.AccessReviewRows.AddRange(rows);
            command.Audit(AuditActions.ReviewStarted, ObjectOf(review), after: new { Due = due, Unanswered = typed.Unanswered.ToString(), Rows = rows.Count });
            return review.Id;
        }, ct);

    /// <summary>Answers a row and carries the answer out. In a dry run says whose access that changes.</summary>
    public async Task<Result<AccessChange>> AnswerAsync(Actor actor, ProjectScope project, Guid reviewId, ReviewDecision decision, CancellationToken ct = default)
    {
        if (decision.Answer == ReviewAnswer.Keep && await ReviewRows.IsOwnAsync(databases, actor, decision.PrincipalId, ct))
        {
            return new ReviewsOwnRow();
        }

        var (row, refusal) = await FindAsync(actor, project, reviewId, decision, ct);
        if (row is null)
        {
            return refusal!;
        }

        var isGone = !await StandsAsync(project, decision.PrincipalId, ct);
        if (isGone && decision.Answer != ReviewAnswer.Remove)
        {
            return new ReviewedIsGone(row.Name);
        }

        var done = isGone ? AccessChange.Done : await CarryOutAsync(actor, project, decision, ct);
        if (!done.Succeeded || actor.DryRun)
        {
            return done.Error is NoDirectGrant ? new ReviewedIsGone(row.Name) : done;
        }

        var noted = await NoteAsync(actor, project, reviewId, decision, actor.Name, isGone ? GoneAlready : "", ct);
        return noted.Succeeded ? done : noted.Error;
    }

    /// <summary>Closes a review before its date. What nobody answered is done as at the date.</summary>
    public async Task<Result> CloseAsync(Actor actor, ProjectScope project, Guid reviewId, CancellationToken ct = default)
    {
        var (review, open) = await OpenRowsAsync(project, reviewId, ct);
        var needs = review?.Unanswered == UnansweredRows.Remove ? Permissions.CollaboratorsRemove : Permissions.CollaboratorsChange;
        return await EndAsync(actor, project, review, reviewId, open, needs, ct);
    }

    /// <summary>
    /// Ends a review at its date, in a suspended project too: what may not be done there is noted on the row.
    /// </summary>
    internal async Task<Result> EndAtDateAsync(Actor actor, ProjectScope project, Guid reviewId, CancellationToken ct)
    {
        var (review, open) = await OpenRowsAsync(project, reviewId, ct);
        return await EndAsync(actor, project, review, reviewId, open, Permissions.ProjectView, ct);
    }

    /// <summary>
    /// Ends a review: rows without an answer get what the review was set to do, one command for each, so that one that is
    /// refused keeps nothing back; why it was refused is noted. Ending twice changes nothing.
    /// </summary>
    private async Task<Result> EndAsync(
        Actor actor, ProjectScope project, AccessReview? review, Guid reviewId, IReadOnlyList<Guid> open, Permission needs, CancellationToken ct)
    {
        var allowed = await writer.WriteAsync(actor with { DryRun = true }, In(project, needs, AuditActions.ReviewClosed), command => CheckAsync(command, project, reviewId, ct), ct);
        if (!allowed.Succeeded)
        {
            return allowed;
        }

        foreach (var principalId in review!.Unanswered == UnansweredRows.Remove ? open : [])
        {
            var decision = new ReviewDecision(principalId, ReviewAnswer.Remove);
            var removed = await CarryOutAsync(actor, project, decision, ct);
            var isGone = removed.Error is NoDirectGrant;
            await NoteAsync(actor, project, reviewId, removed.Succeeded || isGone ? decision : decision with { Answer = ReviewAnswer.Keep }, "",
                isGone ? GoneAlready : removed.Succeeded ? Unanswered : $"{Unanswered} Kept: {removed.Error!.Message}", ct);
        }

        return await writer.WriteAsync(actor, In(project, needs, AuditActions.ReviewClosed), command => CloseAsync(command, project, reviewId, ct), ct);
    }

    private static async Task<Result> CloseAsync(Command command, ProjectScope project, Guid reviewId, CancellationToken ct)
    {
        if (await Reviews(command.Db, project).FirstOrDefaultAsync(row => row.Id == reviewId, ct) is not { } review)
        {
            return new NotFound();
        }

        if (review.ClosedUtc is not null)
        {
            return new ReviewIsClosed();
        }

        var (projectId, now) = (project.ProjectId, command.NowUtc);
        var there = await ReviewedGrants.Standing(command.Db, projectId, now).Select(grant => grant.PrincipalId).ToListAsync(ct);
        var isThere = there.ToHashSet();
        foreach (var row in await command.Db.AccessReviewRows.Where(row => row.ReviewId == reviewId && row.Answer == ReviewAnswer.None).ToListAsync(ct))
        {
            var stays = isThere.Contains(row.PrincipalId);
            row.Decide(stays ? ReviewAnswer.Keep : ReviewAnswer.Remove, null, "", now, stays ? Unanswered : GoneAlready);
        }

        review.Close(command.Actor.Name, command.NowUtc);
        var answers = await command.Db.AccessReviewRows.Where(row => row.ReviewId == reviewId).Select(row => row.Answer).ToListAsync(ct);
        command.Audit(AuditActions.ReviewClosed, ObjectOf(review), after: new
        {
            Kept = answers.Count(answer => answer is ReviewAnswer.Keep or ReviewAnswer.None),
            Reduced = answers.Count(answer => answer == ReviewAnswer.Reduce),
            Removed = answers.Count(answer => answer == ReviewAnswer.Remove),
        });
        return Result.Ok;
    }

    private static async Task<Result> CheckAsync(Command command, ProjectScope project, Guid reviewId, CancellationToken ct)
    {
        var review = await Reviews(command.Db, project).AsNoTracking().FirstOrDefaultAsync(row => row.Id == reviewId, ct);
        return review is null ? new NotFound() : review.ClosedUtc is null ? Result.Ok : new ReviewIsClosed();
    }

    private async Task<(AccessReviewRow? Row, Error? Refusal)> FindAsync(Actor actor, ProjectScope project, Guid reviewId, ReviewDecision decision, CancellationToken ct)
    {
        var checkedFirst = await writer.WriteAsync(
            actor with { DryRun = true }, In(project, Permissions.CollaboratorsChange, AuditActions.ReviewAnswered), command => CheckAsync(command, project, reviewId, ct), ct);
        if (!checkedFirst.Succeeded)
        {
            return (null, checkedFirst.Error);
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.AccessReviewRows.AsNoTracking().FirstOrDefaultAsync(each => each.ReviewId == reviewId && each.PrincipalId == decision.PrincipalId, ct);
        return row is null || decision.Answer == ReviewAnswer.None ? (null, new NotFound()) : (row, null);
    }

    private async Task<Result<AccessChange>> CarryOutAsync(Actor actor, ProjectScope project, ReviewDecision decision, CancellationToken ct)
    {
        if (decision.Answer == ReviewAnswer.Keep)
        {
            return AccessChange.Done;
        }

        if (decision.Answer == ReviewAnswer.Remove)
        {
            return await collaborators.RemoveAsync(actor, project, new Removal(decision.PrincipalId), ct);
        }

        var target = CommandTarget.InProject(project, Permissions.CollaboratorsChange, AuditActions.CollaboratorRoleChanged, CommandLock.Access);
        return await writer.WriteAccessAsync(actor, target, command => ReviewedGrants.ReduceAsync(command, decision, ct), ct);
    }

    private async Task<bool> StandsAsync(ProjectScope project, Guid principalId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await ReviewedGrants.Standing(db, project.ProjectId, clock.GetUtcNow().UtcDateTime).AnyAsync(grant => grant.PrincipalId == principalId, ct);
    }

    private Task<Result> NoteAsync(Actor actor, ProjectScope project, Guid reviewId, ReviewDecision decision, string by, string note, CancellationToken ct) => writer.WriteAsync(
        actor, In(project, Permissions.ProjectView, AuditActions.ReviewAnswered), async command =>
        {
            var open = Reviews(command.Db, project).Where(review => review.Id == reviewId && review.ClosedUtc == null).Select(review => review.Id);
            var row = await command.Db.AccessReviewRows.FirstOrDefaultAsync(each => open.Contains(each.ReviewId) && each.PrincipalId == decision.PrincipalId, ct);
            if (row is null)
            {
                return new ReviewIsClosed();
            }

            var before = row.Answer;
            row.Decide(decision.Answer, decision.Answer == ReviewAnswer.Reduce ? decision.NewRole : null, by, clock.GetUtcNow().UtcDateTime, Cut(note));
            command.Audit(
                AuditActions.ReviewAnswered, new AuditObject(row.IsTeam ? "team" : "collaborator", row.PrincipalId, row.Name),
                new { Answer = before.ToString() }, new { Answer = decision.Answer.ToString(), Role = row.NewRoleKey, Note = note == "" ? null : note });
            return Result.Ok;
        }, ct);

    private async Task<(AccessReview? Review, IReadOnlyList<Guid> Open)> OpenRowsAsync(ProjectScope project, Guid reviewId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var review = await Reviews(db, project).AsNoTracking().FirstOrDefaultAsync(row => row.Id == reviewId, ct);
        return (review, await db.AccessReviewRows.Where(row => row.ReviewId == reviewId && row.Answer == ReviewAnswer.None).OrderBy(row => row.Name)
            .Select(row => row.PrincipalId).ToListAsync(ct));
    }

    internal static IQueryable<AccessReview> Reviews(ConsoleDbContext db, ProjectScope project)
    {
        var (organizationId, projectId) = project;
        return db.AccessReviews.Where(review => review.OrganizationId == organizationId && review.ProjectId == projectId);
    }

    private static string Cut(string note) => note.Length <= 500 ? note : note[..499] + "…";

    private static AuditObject ObjectOf(AccessReview review) => new("review", review.Id, $"Access review until {review.DueUtc:yyyy-MM-dd}");

    private static CommandTarget In(ProjectScope project, Permission needs, string action) => CommandTarget.InProject(project, needs, action, CommandLock.Exclusive);
}
