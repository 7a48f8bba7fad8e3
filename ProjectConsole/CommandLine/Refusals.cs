using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine;

/// <summary>Says to a person what the server refused, and what to do next.</summary>
internal static class Refusals
{
    /// <summary>Whether the server points elsewhere.</summary>
    public static bool IsRedirect(HttpResponseMessage response) => (int)response.StatusCode is >= 300 and < 400;

    /// <summary>The refusal for an answer that is none.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="problem">Its body; null where it has none.</param>
    /// <param name="server">Who was asked.</param>
    public static CommandRefusedException Of(HttpResponseMessage response, JsonObject? problem, Uri server)
    {
        if (IsRedirect(response))
        {
            return new(ExitCodes.Unreachable, $"{ServerAddress.Show(server)} points to {response.Headers.Location?.GetLeftPart(UriPartial.Authority) ?? "another address"}.", "If that is the console, give it with --server.");
        }

        var status = (int)response.StatusCode;
        var (code, next) = Answer(status, response, server);
        return new(code, Sentence(problem, status), next) { Problem = problem };
    }

    private static (int Code, string? Next) Answer(int status, HttpResponseMessage response, Uri server) => status switch
    {
        401 => (ExitCodes.NotSignedIn, $"projectconsole login --server {ServerAddress.Show(server)}"),
        403 => (ExitCodes.Refused, "projectconsole whoami shows what this token can. A token that can more is made in the console, under Personal tokens."),
        404 => (ExitCodes.NotFound, "projectconsole project list shows the projects that you see."),
        400 or 413 or 415 => (ExitCodes.Usage, null),
        409 or 422 => (ExitCodes.Conflict, null),
        412 => (ExitCodes.Conflict, "Look at it again, and repeat the command if it still fits."),
        429 => (ExitCodes.TooManyCalls, $"Wait {response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 60:0} seconds."),
        >= 500 => (ExitCodes.Unreachable, "The log of the server knows more."),
        _ => (ExitCodes.Refused, null),
    };

    private static string Sentence(JsonObject? problem, int status)
    {
        var detail = (string?)problem?["detail"] ?? $"The server answers with status {status}.";
        var fields = (problem?["errors"] as JsonObject)?.Select(field => $"{field.Key}: {(string?)field.Value}").ToList() ?? [];
        var request = (string?)problem?["requestId"];
        return Terminal.Plain(fields switch
        {
            [] => request is null ? detail : $"{detail} Request id: {request}.",
            [var only] when only.EndsWith(detail, StringComparison.Ordinal) => only,
            _ => $"{detail} {string.Join(" ", fields)}",
        });
    }
}
