using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Collaborators;

/// <summary>The filtered list as a file: CSV for spreadsheets, JSON lines for programs. Sent page by page, never held as a whole.</summary>
public static class CollaboratorExport
{
    private static readonly string[] Columns =
        ["kind", "name", "teamId", "effectiveRole", "grantedRole", "sources", "restrictedBy", "cappedBy", "grantedBy", "grantedUtc", "expiresUtc", "temporaryRole", "temporaryUntilUtc", "external", "blocked", "locked", "lastActivityUtc"];

    /// <summary>Maps the download.</summary>
    public static void MapCollaboratorExport(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(ConsoleUrls.CollaboratorsExportRoute, SendAsync)
            .RequireAuthorization();

    private static async Task SendAsync(
        HttpContext request, string organization, string project, string? format, AccessControl access, CollaboratorListService collaborators,
        CollaboratorsService acts)
    {
        var (actor, ct) = (request.User.ActingFrom(RequestOrigin.Of(request)), request.RequestAborted);
        var query = CollaboratorAddress.Read(name => request.Request.Query[name]) with { Team = "", Page = new PageRequest(1, PageRequest.Sizes[^1]) };
        var opened = await access.OpenProjectAsync(actor, organization, project, ct);
        var first = opened is null ? null : await collaborators.ListAsync(actor, opened.Scope, query, ct);
        if (first is not { Succeeded: true })
        {
            request.Response.StatusCode = first?.Error is Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound;
            return;
        }

        var isCsv = format != "jsonl";
        if (!(await acts.NoteExportAsync(actor, opened!.Scope, isCsv ? "csv" : "jsonl", first.Value.Page.Total, request.Request.QueryString.ToString(), ct)).Succeeded)
        {
            request.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        request.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        request.Response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";
        request.Response.Headers.ContentDisposition = $"attachment; filename=\"{opened.Project.Slug}-collaborators.{(isCsv ? "csv" : "jsonl")}\"";
        await using var writer = new StreamWriter(request.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        if (isCsv)
        {
            await writer.WriteAsync(CsvText.Line(Columns).AsMemory(), ct);
        }

        await foreach (var row in RowsAsync(collaborators, actor, opened.Scope, query, first.Value, ct))
        {
            var cells = Cells(row);
            var line = isCsv ? CsvText.Line(cells) : JsonSerializer.Serialize(Columns.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second)) + "\n";
            await writer.WriteAsync(line.AsMemory(), ct);
        }
    }

    // Each page is decided anew: whoever loses the right while it runs gets no further rows.
    private static async IAsyncEnumerable<CollaboratorRow> RowsAsync(
        CollaboratorListService collaborators, Actor actor, ProjectScope project, CollaboratorQuery query, CollaboratorList first, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var list = first; ;)
        {
            foreach (var row in list.Page.Rows)
            {
                yield return row;
            }

            if (list.Page.Rows.Count < list.Page.Size)
            {
                yield break;
            }

            var next = await collaborators.ListAsync(actor, project, query with { Page = new PageRequest(list.Page.Number + 1, query.Page.Size) }, ct);
            if (!next.Succeeded)
            {
                yield break;
            }

            list = next.Value;
        }
    }

    private static string?[] Cells(CollaboratorRow row) =>
    [
        row.IsTeam ? "team" : "person", row.Name, row.TeamId, row.Role, row.Grant?.RoleTitle, string.Join("; ", row.Sources.Select(source => source.Text)),
        string.Join("; ", row.RestrictedBy), row.CappedBy, row.Grant?.GrantedByName, Time(row.Grant?.GrantedUtc), Time(row.Grant?.ExpiresUtc),
        row.Upgrade?.RoleTitle, Time(row.Upgrade?.ExpiresUtc), Flag(row.IsExternal), Flag(row.IsBlocked), Flag(row.IsLocked), Time(row.LastActivityUtc),
    ];

    private static string Flag(bool flag) => flag ? "yes" : "no";

    private static string? Time(DateTime? utc) => utc?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
