using System.Net;
using System.Security.Cryptography;
using System.Text;
using ProjectConsole.Data;
using ProjectConsole.Security;

namespace ProjectConsole.Api;

/// <summary>
/// What Prometheus scrapes. It holds numbers and no names, and still says how busy an organization's people are: without
/// <c>Metrics:Token</c> it is answered to this machine alone, with it to whoever sends the token.
/// </summary>
public static class MetricsEndpoint
{
    /// <summary>The address.</summary>
    public const string Path = "/metrics";

    /// <summary>Maps the endpoint.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        // Measured from here on, and not from the first question on.
        app.Services.GetRequiredService<MeasurementReader>();
        app.MapGet(Path, AnswerAsync);
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, IConfiguration configuration, IHostEnvironment host, MeasurementReader reader, MailQueue mails)
    {
        if (configuration["Metrics:Token"] is { Length: > 0 } token)
        {
            if (!Sends(http.Request, token))
            {
                http.Response.Headers.WWWAuthenticate = BearerHeader.Scheme;
                return Results.Text("Send the token of Metrics:Token in the header Authorization: Bearer.", statusCode: StatusCodes.Status401Unauthorized);
            }
        }
        else if (!IsHere(http) || !(host.IsDevelopment() || configuration.GetValue<bool>("Metrics:OnThisMachine")))
        {
            return Results.Text("Set Metrics:Token, or Metrics:OnThisMachine where nothing on this machine passes calls on.", statusCode: StatusCodes.Status403Forbidden);
        }

        var text = new StringBuilder();
        foreach (var measured in reader.Read())
        {
            PrometheusText.Write(text, measured);
        }

        await AddDatabaseAsync(text, mails, http.RequestAborted);
        return Results.Text(text.ToString(), PrometheusText.MediaType, Encoding.UTF8);
    }

    private static bool Sends(HttpRequest request, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(BearerHeader.Read(request)), Encoding.UTF8.GetBytes(token));

    // Somebody behind a proxy of this machine is not this machine.
    private static bool IsHere(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("X-Original-For") && !http.Request.Headers.ContainsKey("Forwarded");

    // A database that is down is what whoever reads this wants to know.
    private static async Task AddDatabaseAsync(StringBuilder text, MailQueue mails, CancellationToken ct)
    {
        try
        {
            var waiting = await mails.CountAsync(ct);
            PrometheusText.Write(text, "projectconsole_mails_waiting", "Mails that wait to be sent.", waiting);
            PrometheusText.Write(text, "projectconsole_database_up", "Whether the database answers.", 1);
        }
        catch (Exception failure) when (AccessWatch.IsOfDatabase(failure))
        {
            PrometheusText.Write(text, "projectconsole_database_up", "Whether the database answers.", 0);
        }
    }
}
