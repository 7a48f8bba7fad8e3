using System.Globalization;
using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>Which part of a list is asked for, by <c>limit</c> and <c>cursor</c>, and how it is answered.</summary>
public sealed class ListCall : ICallPart
{
    /// <summary>Rows of an answer where the caller does not say.</summary>
    public const int UsualLimit = 50;

    /// <summary>The most rows of an answer.</summary>
    public const int LargestLimit = 1000;

    private readonly string _list;
    private readonly Cursors _cursors;
    private readonly Problem? _problem;

    private ListCall(string list, Cursors cursors, long? place, int limit, Problem? problem) => (_list, _cursors, Place, Limit, _problem) = (list, cursors, place, limit, problem);

    /// <summary>Which rows, where they are counted.</summary>
    public PageRequest Page => PageRequest.Slice((int)(Place ?? 0), Limit);

    /// <summary>Behind which row, where rows are numbered; null at the start.</summary>
    public long? Place { get; }

    /// <summary>The most rows.</summary>
    public int Limit { get; }

    Problem? ICallPart.Problem => _problem;

    /// <summary>Called by the framework for a handler's parameter.</summary>
    public static ValueTask<ListCall?> BindAsync(HttpContext context)
    {
        var (query, cursors) = (context.Request.Query, context.RequestServices.GetRequiredService<Cursors>());
        var list = ListOf(context);
        var limit = UsualLimit;
        if (query["limit"].ToString() is { Length: > 0 } asked
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > LargestLimit))
        {
            return Refused(new Invalid("limit", $"limit is a number from 1 to {LargestLimit}."));
        }

        if (query["cursor"].ToString() is not { Length: > 0 } cursor)
        {
            return Read(null);
        }

        return cursors.Read(cursor, list) is { } place
            ? Read(place)
            : Refused(new Invalid("cursor", "This cursor is not of this list. Ask for the first part again, without one."));

        ValueTask<ListCall?> Read(long? place) => ValueTask.FromResult<ListCall?>(new ListCall(list, cursors, place, limit, null));

        ValueTask<ListCall?> Refused(Invalid wrong) => ValueTask.FromResult<ListCall?>(new ListCall(list, cursors, null, UsualLimit, Problem.Of(wrong)));
    }

    /// <summary>Answers with the rows and a cursor to the next ones, or with the refusal.</summary>
    public IResult Answer<T, TRow>(Result<Page<T>> result, Func<T, TRow> shown)
    {
        if (!result.Succeeded)
        {
            return ApiCall.Refuse(result.Error);
        }

        var page = result.Value;
        // What was taken away between the statements of one answer leaves fewer rows, and not the end of the list.
        var hasMore = Page.Skip + Page.Size < page.Total || (page.IsCapped && page.Rows.Count > 0);
        return Answer(page.Rows.Select(shown), hasMore ? Page.Skip + Page.Size : null);
    }

    /// <summary>Answers with rows and a cursor to what is behind a place; without one at the end of the list.</summary>
    public IResult Answer<TRow>(IEnumerable<TRow> rows, long? next) =>
        Results.Json(new Listed<TRow>([.. rows], next is { } place ? _cursors.Write(place, _list) : null), ApiJson.Options);

    /// <summary>Answers with the asked part of a list that is short enough to be read as a whole, or with the refusal.</summary>
    public IResult AnswerAll<T, TRow>(Result<IReadOnlyList<T>> result, Func<T, TRow> shown) =>
        result.Succeeded ? AnswerAll(result.Value, shown) : ApiCall.Refuse(result.Error);

    /// <summary>Answers with the asked part of a list that is short enough to be read as a whole.</summary>
    public IResult AnswerAll<T, TRow>(IReadOnlyList<T> all, Func<T, TRow> shown) =>
        Answer<T, TRow>(new Page<T>([.. all.Skip(Page.Skip).Take(Page.Size)], all.Count, Page.Number, Page.Size), shown);

    // All that decides which rows there are, in one order.
    private static string ListOf(HttpContext context)
    {
        var filters = context.Request.Query.Where(pair => pair.Key is not "cursor" and not "limit").OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={string.Join(',', pair.Value.AsEnumerable())}");
        return string.Join('\n', filters.Prepend(context.Request.Path.Value).Prepend(ApiCall.Of(context).Actor.UserId.ToString("N", CultureInfo.InvariantCulture)));
    }
}

/// <summary>A part of a list.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor">Where the list goes on; null at its end.</param>
public sealed record Listed<T>(IReadOnlyList<T> Items, string? NextCursor);
