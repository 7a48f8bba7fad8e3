using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using ProjectConsole.Api;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>What the log says of a request, and what it keeps to itself.</summary>
public sealed class RequestLogTests : IDisposable
{
    private readonly LoggedServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Log_OfARequest_SaysWhoCalledWhatWithoutTheAddress()
    {
        var world = await ApiWorld.CreateAsync(_server);
        var token = await world.TokenAsync("viewer", "project.view");
        using var browser = _server.OpenBrowser();
        await browser.SignInAsync(world.User("admin").Email!);
        _server.Lines.Clear();

        var called = await world.CallAsync(token, HttpMethod.Get, "/api/v1/whoami?verbose=maybe");
        await world.CallAsync(null, HttpMethod.Get, "/no/such/page");
        await world.CallAsync(null, new HttpMethod("INVENTED"), "/healthz");
        using var page = await browser.OpenAsync($"/organizations/{world.Organization}/projects/vision?page=2");

        var lines = _server.Lines.Where(line => line.StartsWith(RequestLog.Category, StringComparison.Ordinal)).ToList();
        var requestId = called.Headers.GetValues("Request-Id").Single();
        Assert.Matches($"GET /api/v1/whoami {called.Status} in [0-9.]+ ms, request {requestId}, actor {world.User("viewer").Id}$", lines[0]);
        Assert.Matches("GET [^ ]+ 404 in [0-9.]+ ms, request [0-9A-Za-z:]+, actor [^ ]*$", lines[1]);
        Assert.Contains(": other /healthz ", lines[2], StringComparison.Ordinal);
        Assert.Matches($"GET /organizations/{{Organization}}/projects/{{Project}} 200 in [0-9.]+ ms, request [0-9A-Za-z:]+, actor {world.User("admin").Id}$", lines[3]);
        Assert.Equal(4, lines.Count);
        Assert.DoesNotContain(_server.Lines, line => line.Contains("no/such", StringComparison.Ordinal) || line.Contains("maybe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_OfAKeyInEveryPlace_HoldsItNowhere()
    {
        var world = await ApiWorld.CreateAsync(_server);
        var (token, key) = (await world.TokenAsync("admin", "project.view", "keys.view"), await world.KeyAsync("project.view", "keys.view"));
        using var browser = _server.OpenBrowser();
        await browser.SignInAsync(world.User("admin").Email!);
        _server.Lines.Clear();

        foreach (var secret in new[] { token, key.Secret })
        {
            foreach (var address in new[] { "/api/v1/whoami", "/api/v1/forward-auth?project=a/b&permission=project.view", "/oauth/introspect", "/account", "/metrics" })
            {
                await SendEverywhereAsync(world, secret, address);
            }

            foreach (var address in new[] { $"/projects?search={secret}", $"/organizations/{secret}/projects", $"/account/tokens/{secret}" })
            {
                (await browser.OpenAsync(address)).Dispose();
            }

            (await browser.PostAsync("/account/sign-in", ("Input.Email", secret), ("Input.Password", secret), ("_handler", secret))).Dispose();
        }

        Assert.True(_server.Lines.Count > 50, $"{_server.Lines.Count} lines");
        foreach (var secret in new[] { token, key.Secret }.SelectMany(text => new[] { text, text.Split('_')[^1] }))
        {
            Assert.DoesNotContain(_server.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static async Task SendEverywhereAsync(ApiWorld world, string secret, string address)
    {
        var separator = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        HttpContent[] bodies =
        [
            JsonContent.Create(new { questions = new[] { new { organization = secret, project = secret, permission = secret, user = secret } } }), JsonContent.Create(secret),
            new StringContent($"{{\"{secret}\":", Encoding.UTF8, "application/json"), new FormUrlEncodedContent([KeyValuePair.Create("token", secret), KeyValuePair.Create(secret, secret)]),
        ];
        await world.CallAsync(secret, HttpMethod.Get, address);
        await world.CallAsync($"Basic {secret}", HttpMethod.Get, address);
        await world.CallAsync($"Bearer {secret}x", HttpMethod.Get, address);
        await world.CallAsync(null, HttpMethod.Get, $"{address}{separator}access_token={secret}&{secret}=1");
        await world.CallAsync(secret, HttpMethod.Get, $"{address}/{secret}");
        await world.CallAsync(null, new HttpMethod(secret.ToUpperInvariant()), address);
        foreach (var name in new[] { "Cookie", "User-Agent", "Referer", "X-Forwarded-For", "X-Auth-Request-User", "Idempotency-Key", "If-Match", "traceparent", "Accept", "Origin", secret })
        {
            await world.CallAsync(secret, HttpMethod.Get, address, null, (name, $"console-session={secret}"), (name, secret));
        }

        foreach (var body in bodies)
        {
            await world.CallAsync(secret, HttpMethod.Post, address, body);
        }
    }

    // As much of the framework as an operator might ask for.
    private sealed class LoggedServer : ConsoleServer, ILoggerProvider
    {
        public LoggedServer() => Settings["Logging:LogLevel:Microsoft.AspNetCore.Hosting"] = "Information";

        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, Lines);

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureLogging(logging => logging.AddProvider(this));
        }
    }

    private sealed class LineLogger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => Convert.ToString(pair.Value, CultureInfo.InvariantCulture))) : "";
            lines.Enqueue($"{category}: {(exception is null && category == RequestLog.Category ? "" : $"{values} {exception} ")}{formatter(state, exception)}");
        }
    }
}
