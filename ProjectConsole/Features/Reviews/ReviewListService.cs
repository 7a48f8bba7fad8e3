using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Components.Access;
using ProjectConsole.Data;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Reviews;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Reviews;

/// <summary>Reads the reviews of a project.</summary>
public sealed class ReviewListService(IDbContextFactory<ConsoleDbContext> databases, AccessControl access, ConsoleWriter writer)
{
    private const int MostListed = 50;

    /// <summary>The reviews of a project, newest first.</summary>
    public async Task<Result<IReadOnlyList<ReviewHead>>> ListAsync(Actor actor, ProjectScope project, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return AccessRefusal.InProject(await access.InProjectAsync(db, actor, project, ct), Permissions.CollaboratorsView) is { } refusal
            ? refusal
            : await Heads(db, ReviewsService.Reviews(db, project).OrderByDescending(review => review.StartedUtc).Take(MostListed)).ToListAsync(ct);
    }

    /// <summary>A review with a page of its rows, unanswered ones first.</summary>
    public async Task<Result<ReviewDetail>> OpenAsync(Actor actor, ProjectScope project, Guid reviewId, PageRequest page, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await access.InProjectAsync(db, actor, project, ct);
        if (AccessRefusal.InProject(reader, Permissions.CollaboratorsView) is { } refusal)
        {
            return refusal;
        }

        if (await Heads(db, ReviewsService.Reviews(db, project).Where(review => review.Id == reviewId)).FirstOrDefaultAsync(ct) is not { } head)
        {
            return new NotFound();
        }

        var found = await db.AccessReviewRows.Where(row => row.ReviewId == reviewId).AsNoTracking()
            .OrderBy(row => row.Answer != ReviewAnswer.None).ThenBy(row => row.Name).Skip(page.Skip).Take(page.Size).ToListAsync(ct);
        var roles = await RoleCatalogue.ProjectRolesAsync(db, project, ct);
        var also = head.IsRunning ? await AlsoByAsync(db, project, found, ct) : [];
        return new ReviewDetail(head, new Page<ReviewRow>(
            [.. found.Select(row => Row(row, roles) with { AlsoBy = also.GetValueOrDefault(row.PrincipalId, "") })], head.Rows, page.Number, page.Size));
    }

    /// <summary>The whole result as CSV that no spreadsheet takes for formulas. That it leaves the console is written down first.</summary>
    public async Task<Result<string>> ExportAsync(Actor actor, ProjectScope project, Guid reviewId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (AccessRefusal.InProject(await access.InProjectAsync(db, actor, project, ct), Permissions.CollaboratorsView) is { } refusal)
        {
            return refusal;
        }

        if (!await ReviewsService.Reviews(db, project).AnyAsync(review => review.Id == reviewId, ct))
        {
            return new NotFound();
        }

        var roles = await RoleCatalogue.ProjectRolesAsync(db, project, ct);
        var rows = await db.AccessReviewRows.Where(row => row.ReviewId == reviewId).AsNoTracking().OrderBy(row => row.Name).ToListAsync(ct);
        var target = CommandTarget.InProject(project, Permissions.CollaboratorsView, AuditActions.ReviewExported, CommandLock.Shared);
        var noted = await writer.WriteAsync(actor, target, command =>
        {
            command.Audit(AuditActions.ReviewExported, new AuditObject("review", reviewId, "Access review"), after: new { Rows = rows.Count });
            return Task.FromResult(Result.Ok);
        }, ct);
        return noted.Succeeded ? ReviewCsv.Of(rows.Select(row => Row(row, roles))) : noted.Error;
    }

    private static IQueryable<ReviewHead> Heads(ConsoleDbContext db, IQueryable<AccessReview> reviews) => reviews.Select(review => new ReviewHead(
        review.Id, review.StartedByName, review.StartedUtc, review.DueUtc, review.Unanswered, review.ClosedUtc, review.ClosedByName,
        db.AccessReviewRows.Count(row => row.ReviewId == review.Id),
        db.AccessReviewRows.Count(row => row.ReviewId == review.Id && row.Answer != ReviewAnswer.None)));

    private static ReviewRow Row(AccessReviewRow row, IReadOnlyList<ProjectRole> roles) => new(
        row.PrincipalId, row.IsTeam, row.Name, row.RoleTitle, row.LastUseUtc, row.Answer,
        row.NewRoleKey is null ? "" : roles.FirstOrDefault(role => role.Key == row.NewRoleKey)?.Title ?? row.NewRoleKey,
        row.AnsweredByName, row.AnsweredUtc, row.Note)
    {
        RoleKey = row.RoleKey,
    };

    private async Task<Dictionary<Guid, string>> AlsoByAsync(ConsoleDbContext db, ProjectScope project, IReadOnlyList<AccessReviewRow> rows, CancellationToken ct)
    {
        Guid[] people = [.. rows.Where(row => !row.IsTeam).Select(row => row.PrincipalId)];
        var decisions = await access.OfManyAsync(
            db, db.Projects.Where(row => row.Id == project.ProjectId), db.Users.Where(user => people.Contains(user.Id)), ct);
        return decisions.ToDictionary(pair => pair.Key.UserId, pair => AccessWords.List(
            [.. pair.Value.Access.Sources.Where(source => source.Kind != AccessSourceKind.Direct).Select(source => $"{source.RoleTitle} by {AccessWords.Source(source)}")]));
    }
}

/// <summary>Writes the result of a review as CSV.</summary>
internal static class ReviewCsv
{
    public static string Of(IEnumerable<ReviewRow> rows) => string.Concat(
        rows.Select(row => Line(
            row.Name, row.IsTeam ? "Team" : "Person", row.Role, Time(row.LastUseUtc), row.Answer.ToString(), row.NewRole, row.AnsweredByName, Time(row.AnsweredUtc), row.Note))
        .Prepend(Line("Name", "Kind", "Role", "Last use", "Answer", "New role", "Answered by", "Answered", "Note")));

    private static string Line(params string[] fields) => CsvText.Line(fields);

    private static string Time(DateTime? utc) => utc?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
