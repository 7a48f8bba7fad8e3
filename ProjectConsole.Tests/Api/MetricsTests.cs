using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using ProjectConsole.Api;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>What Prometheus scrapes, and who may.</summary>
public sealed class MetricsTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task Metrics_AfterCalls_CountThemByRouteAndNotByAddress()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("viewer", "project.view");
        Assert.Equal(403, (await world.CallAsync(token, HttpMethod.Get, $"/api/v1/forward-auth?project={world.Organization}/vision&permission=project.delete")).Status);
        Assert.Equal(404, (await world.CallAsync(token, HttpMethod.Get, $"/api/v1/{token}")).Status);
        await using (var db = server.OpenDatabase())
        {
            db.Add(new OutgoingMail("somebody@acme.test", "Subject", "Body", server.Clock.UtcNow).NotBefore(server.Clock.UtcNow.AddYears(1)));
            await db.SaveChangesAsync();
        }

        var (status, text) = await ScrapeAsync(server, IPAddress.Loopback);

        Assert.Equal(200, status);
        Assert.Matches("""http_server_request_duration_seconds_count\{(?=.*http_response_status_code="403").*http_route="/api/v1/forward-auth".*\} [1-9]""", text);
        Assert.Matches("""http_server_request_duration_seconds_bucket\{.*le="\+Inf"\} [1-9]""", text);
        Assert.Matches("""projectconsole_access_decisions_total\{place="project"\} [1-9]""", text);
        Assert.Matches("""projectconsole_access_denied_total\{action="project\.guard\.passed"\} [1-9]""", text);
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram\n", text, StringComparison.Ordinal);
        Assert.Contains("\nprojectconsole_mails_waiting 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nprojectconsole_database_up 1\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, text, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Organization, text, StringComparison.Ordinal);
        Assert.All(text.Split('\n')[..^1], line => Assert.Matches("""^(# (HELP|TYPE) [a-z_:]+( .*)?|[a-z_:]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? -?[0-9.E+-]+)$""", line));
        var types = text.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).ToList();
        Assert.Equal(types.Count, types.Distinct().Count());
    }

    [Fact]
    public async Task Metrics_WithoutAToken_AreForThisMachineAlone()
    {
        Assert.Equal(200, (await ScrapeAsync(server, IPAddress.IPv6Loopback)).Status);
        Assert.Equal(403, (await ScrapeAsync(server, IPAddress.Parse("192.0.2.1"))).Status);
        Assert.Equal(403, (await ScrapeAsync(server, null)).Status);
        Assert.Equal(403, (await ScrapeAsync(server, IPAddress.Loopback, ("X-Forwarded-For", "192.0.2.1"))).Status);
        Assert.DoesNotContain("projectconsole", (await ScrapeAsync(server, null)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_WithAToken_AreForWhoSendsIt()
    {
        using var guarded = new ConsoleServer { Settings = { ["Metrics:Token"] = "scrape" } };
        var elsewhere = IPAddress.Parse("192.0.2.1");

        Assert.Equal(200, (await ScrapeAsync(guarded, elsewhere, ("Authorization", "Bearer scrape"))).Status);
        foreach (var wrong in new[] { "Bearer", "Bearer ", "Bearer scrap", "Bearer scrapes", "Basic scrape", "scrape" })
        {
            Assert.Equal(401, (await ScrapeAsync(guarded, IPAddress.Loopback, ("Authorization", wrong))).Status);
        }

        Assert.Equal(401, (await ScrapeAsync(guarded, IPAddress.Loopback)).Status);
    }

    [Fact]
    public void Text_OfEveryInstrument_IsWhatPrometheusReads()
    {
        using var meter = new Meter("tests");
        var (counter, upDown, histogram) = (meter.CreateCounter<long>("a.calls", "{call}", "Calls\nof \\ all."), meter.CreateUpDownCounter<int>("a.open"), meter.CreateHistogram(
            "a.time", "s", "", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] }));
        var text = new StringBuilder();

        foreach (var (instrument, values, tags) in new (Instrument, double[], KeyValuePair<string, object?>[])[]
        {
            (counter, [1, 2], [new("who.is", "a\"b\\c\nd")]), (upDown, [3, -1], []), (histogram, [0.1, 0.5, 7], [new("x", 1)]), (meter.CreateObservableGauge("a.now", () => 0, "By"), [5, 2], []),
        })
        {
            var measured = new MeasuredInstrument(instrument);
            Array.ForEach(values, value => measured.Record(value, tags));
            PrometheusText.Write(text, measured);
        }

        Assert.Equal(
            """
            # HELP a_calls_total Calls of \\ all.
            # TYPE a_calls_total counter
            a_calls_total{who_is="a\"b\\c\nd"} 3
            # HELP a_open 
            # TYPE a_open gauge
            a_open 2
            # HELP a_time_seconds 
            # TYPE a_time_seconds histogram
            a_time_seconds_bucket{x="1",le="0.1"} 1
            a_time_seconds_bucket{x="1",le="1"} 2
            a_time_seconds_bucket{x="1",le="+Inf"} 3
            a_time_seconds_sum{x="1"} 7.6
            a_time_seconds_count{x="1"} 3
            # HELP a_now_bytes 
            # TYPE a_now_bytes gauge
            a_now_bytes 2

            """,
            text.ToString());
    }

    private static async Task<(int Status, string Text)> ScrapeAsync(ConsoleServer server, IPAddress? from, params (string Name, string Value)[] headers)
    {
        var answer = await server.Server.SendAsync(context =>
        {
            (context.Request.Method, context.Request.Path, context.Connection.RemoteIpAddress) = ("GET", "/metrics", from);
            foreach (var (name, value) in headers)
            {
                context.Request.Headers[name] = value;
            }
        });
        using var body = new StreamReader(answer.Response.Body);
        return (answer.Response.StatusCode, await body.ReadToEndAsync());
    }
}
