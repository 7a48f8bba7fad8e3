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
public sealed class ReviewsService(ConsoleWriter writer, IDbContextFactory<ConsoleDbContext> databases)
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

    /// <summary>Answers a row and carries the answer out, in one transaction. In a dry run says whose access that changes.</summary>
    public Task<Result<AccessChange>> AnswerAsync(Actor actor, ProjectScope project, Guid reviewId, ReviewDecision decision, CancellationToken ct = default)
    {
        var (action, hold) = decision.Answer switch
        {
            ReviewAnswer.Remove => (AuditActions.CollaboratorRemoved, CommandLock.Access),
            ReviewAnswer.Reduce => (AuditActions.CollaboratorRoleChanged, CommandLock.Access),
            _ => (AuditActions.ReviewAnswered, CommandLock.Exclusive),
        };
        var target = CommandTarget.InProject(project, Permissions.CollaboratorsChange, action, hold);
        return writer.WriteAccessAsync(actor, target, command => AnswerAsync(command, project, reviewId, decision, ct), ct);
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

    private static async Task<Result> AnswerAsync(Command command, ProjectScope project, Guid reviewId, ReviewDecision decision, CancellationToken ct)
    {
        if (decision.Answer == ReviewAnswer.Keep && await ReviewRows.IsOwnAsync(command, decision.PrincipalId, ct))
        {
            return new ReviewsOwnRow();
        }

        var refusal = (await CheckAsync(command, project, reviewId, ct)).Error;
        if (refusal is not null || decision.Answer == ReviewAnswer.None || await FindAsync(command, reviewId, decision.PrincipalId, ct) is not { } row)
        {
            return refusal ?? new NotFound();
        }

        var isGone = !await StandsAsync(command, decision.PrincipalId, ct);
        refusal = decision.Answer switch
        {
            ReviewAnswer.Remove => isGone ? null : await RemoveAsync(command, decision.PrincipalId, ct),
            _ when isGone => new ReviewedIsGone(row.Name),
            ReviewAnswer.Reduce => (await ReviewedGrants.ReduceAsync(command, decision, ct)).Error,
            _ => null,
        };
        if (refusal is null)
        {
            Note(command, row, decision, command.Actor.Name, isGone ? GoneAlready : "");
        }

        return refusal is null ? Result.Ok : refusal;
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
            var target = CommandTarget.InProject(project, needs, AuditActions.ReviewAnswered, CommandLock.Access);
            var ended = await writer.WriteAsync(actor, target, command => EndRowAsync(command, project, reviewId, principalId, ct), ct);
            if (!ended.Succeeded)
            {
                // Closed now, it would note as kept what was to go; the next pass goes on here.
                return ended;
            }
        }

        return await writer.WriteAsync(actor, In(project, needs, AuditActions.ReviewClosed), command => CloseAsync(command, project, reviewId, ct), ct);
    }

    // Under the lock, and with the removal in one transaction: another node that ends the review finds the row answered.
    private static async Task<Result> EndRowAsync(Command command, ProjectScope project, Guid reviewId, Guid principalId, CancellationToken ct)
    {
        var check = await CheckAsync(command, project, reviewId, ct);
        if (!check.Succeeded || await FindAsync(command, reviewId, principalId, ct) is not { Answer: ReviewAnswer.None })
        {
            return check;
        }

        var isGone = !await StandsAsync(command, principalId, ct);
        var kept = isGone ? null : await command.AttemptAsync(async () => await RemoveAsync(command, principalId, ct) is { } refusal ? refusal : Result.Ok, ct);
        // What was read before an attempt that failed is not tracked any more.
        var row = (await FindAsync(command, reviewId, principalId, ct))!;
        var decision = new ReviewDecision(principalId, kept is null ? ReviewAnswer.Remove : ReviewAnswer.Keep);
        Note(command, row, decision, "", isGone ? GoneAlready : kept is null ? Unanswered : $"{Unanswered} Kept: {kept.Message}");
        return Result.Ok;
    }

    private static async Task<Error?> RemoveAsync(Command command, Guid principalId, CancellationToken ct) =>
        AccessRefusal.InProject(command.Project, Permissions.CollaboratorsRemove)
        ?? (await CollaboratorChanges.RemovalAsync(command, new Removal(principalId), AuditActions.CollaboratorRemoved, ct)).Error;

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

    private static Task<AccessReviewRow?> FindAsync(Command command, Guid reviewId, Guid principalId, CancellationToken ct) =>
        command.Db.AccessReviewRows.FirstOrDefaultAsync(row => row.ReviewId == reviewId && row.PrincipalId == principalId, ct);

    private static Task<bool> StandsAsync(Command command, Guid principalId, CancellationToken ct) =>
        ReviewedGrants.Standing(command.Db, command.Project.Project.Id, command.NowUtc).AnyAsync(grant => grant.PrincipalId == principalId, ct);

    private static void Note(Command command, AccessReviewRow row, ReviewDecision decision, string by, string note)
    {
        var before = row.Answer;
        row.Decide(decision.Answer, decision.Answer == ReviewAnswer.Reduce ? decision.NewRole : null, by, command.NowUtc, Cut(note));
        command.Audit(
            AuditActions.ReviewAnswered, new AuditObject(row.IsTeam ? "team" : "collaborator", row.PrincipalId, row.Name),
            new { Answer = before.ToString() }, new { Answer = decision.Answer.ToString(), Role = row.NewRoleKey, Note = note == "" ? null : note });
    }

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
