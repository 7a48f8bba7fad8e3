using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine;

/// <summary>Calls the API of one console with one token.</summary>
internal sealed class ApiClient : IDisposable
{
    private const int LargestPage = 1000;

    private readonly Uri _server;
    private readonly HttpClient _http;

    /// <summary>A client of a console; without a token where it is what is asked for.</summary>
    public ApiClient(Uri server, string? token)
    {
        if (token is not null && token.Any(letter => letter is <= ' ' or > '~'))
        {
            throw new CommandRefusedException(ExitCodes.NotSignedIn, "The token holds signs that no token has.", "Copy it again, or make another one.");
        }

        _server = server;
        // A redirect would take the call, and what it says, somewhere else.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) }) { Timeout = TimeSpan.FromSeconds(100) };
        _http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("projectconsole");
    }

    /// <summary>Asks for one thing.</summary>
    public async Task<JsonNode> GetAsync(string path) => await SendAsync(HttpMethod.Get, path) ?? new JsonObject();

    /// <summary>Asks for one thing and the edit token under which it is read; null where it has none.</summary>
    public async Task<(JsonNode Body, string? Version)> GetWithVersionAsync(string path)
    {
        var (body, version) = await CallAsync(HttpMethod.Get, path, null, null);
        return (body ?? new JsonObject(), version);
    }

    /// <summary>Calls; null where the answer has no body.</summary>
    /// <param name="method">What is done.</param>
    /// <param name="path">Where.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="version">The edit token under which it was read: a change of something that changed since is refused.</param>
    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonNode? body = null, string? version = null) =>
        (await CallAsync(method, path, body, version)).Body;

    private async Task<(JsonNode? Body, string? Version)> CallAsync(HttpMethod method, string path, JsonNode? body, string? version)
    {
        using var request = new HttpRequestMessage(method, AddressOf(path));
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        try
        {
            using var response = await _http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var answer = Parse(response, text);
            return response.IsSuccessStatusCode ? (answer, response.Headers.ETag?.ToString()) : throw Refusals.Of(response, answer as JsonObject, _server);
        }
        catch (HttpRequestException failure)
        {
            throw Unreachable(failure.InnerException?.Message ?? failure.Message);
        }
        catch (TaskCanceledException)
        {
            throw Unreachable("it took too long.");
        }
    }

    // A dot or nothing for a name would make the address that of what is above it: removing ".." would delete the whole.
    private Uri AddressOf(string path) => path.Split('?')[0].Split('/').Skip(1).Any(part => part is "" or "." or "..")
        ? throw CommandRefusedException.Usage("A name is missing, or is a dot, which names nothing.")
        : new Uri(_server, path);

    /// <summary>Reads a list, as many calls as it takes, up to a number of rows.</summary>
    public async Task<(JsonArray Rows, bool HasMore)> ListAsync(string path, string query, int limit)
    {
        var rows = new JsonArray();
        for (string? cursor = null; ;)
        {
            var size = Math.Min(LargestPage, limit - rows.Count);
            var address = $"{path}?{query}limit={size.ToString(CultureInfo.InvariantCulture)}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}";
            var page = await GetAsync(address);
            foreach (var row in page["items"]?.AsArray() ?? [])
            {
                rows.Add(row?.DeepClone());
            }

            cursor = (string?)page["nextCursor"];
            if (cursor is null || rows.Count >= limit)
            {
                return (rows, cursor is not null);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private JsonNode? Parse(HttpResponseMessage response, string text)
    {
        if (response.StatusCode == HttpStatusCode.NoContent || text.Length == 0)
        {
            return null;
        }

        try
        {
            return response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json" ? JsonNode.Parse(text) : throw NoConsole();
        }
        catch (JsonException)
        {
            throw NoConsole();
        }

        CommandRefusedException NoConsole() => Refusals.IsRedirect(response) ? Refusals.Of(response, null, _server)
            : new(ExitCodes.Unreachable, $"{ServerAddress.Show(_server)} does not answer as a console does.", "Check the address: projectconsole login --server URL.");
    }

    private CommandRefusedException Unreachable(string reason) =>
        new(ExitCodes.Unreachable, $"{ServerAddress.Show(_server)} does not answer: {reason}", "Check the address and that the server runs.");
}
