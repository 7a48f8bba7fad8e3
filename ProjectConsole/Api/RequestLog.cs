using System.Diagnostics;
using Microsoft.AspNetCore.StaticAssets;
using ProjectConsole.Security;

namespace ProjectConsole.Api;

/// <summary>
/// One line for each request. The address stands there as the template of its route, without query and without what somebody put
/// into its parts: keys get into addresses by mistake, and logs are read by more people than keys are for.
/// </summary>
public static partial class RequestLog
{
    /// <summary>The category, by which the lines are filtered.</summary>
    public const string Category = "ProjectConsole.Requests";

    // Their lines hold addresses as they were sent.
    private static readonly string[] Telling = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Routing"];

    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal) { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE" };

    /// <summary>The framework's own lines hold the whole address; they stay away however much of the framework is asked for.</summary>
    public static void AddRequestLog(this ILoggingBuilder logging) => logging.Services.PostConfigure<LoggerFilterOptions>(options =>
    {
        // A rule of a provider goes before one of all of them, whatever its category.
        foreach (var provider in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
        {
            foreach (var category in Telling)
            {
                options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.Warning, null));
            }
        }
    });

    /// <summary>Writes the lines.</summary>
    public static void UseRequestLog(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        app.Use(async (context, next) =>
        {
            // Before a page for the refusal takes its place.
            var (endpoint, started, failed) = (context.GetEndpoint(), Stopwatch.GetTimestamp(), true);
            try
            {
                await next(context);
                failed = false;
            }
            finally
            {
                Write(logger, context, endpoint, failed ? StatusCodes.Status500InternalServerError : context.Response.StatusCode, Stopwatch.GetElapsedTime(started));
            }
        });
    }

    private static void Write(ILogger logger, HttpContext context, Endpoint? endpoint, int status, TimeSpan took)
    {
        var level = endpoint?.Metadata.GetMetadata<StaticAssetDescriptor>() is null ? LogLevel.Information : LogLevel.Debug;
        if (!logger.IsEnabled(level))
        {
            return;
        }

        var method = Methods.Contains(context.Request.Method) ? context.Request.Method : "other";
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        var (milliseconds, requestId) = (took.TotalMilliseconds, RequestOrigin.Of(context).RequestId);
        var actorId = ApiCall.Find(context)?.Actor.UserId ?? context.User.UserId();
        LogRequest(logger, level, method, route, status, milliseconds, requestId, actorId);
    }

    [LoggerMessage(Message = "{Method} {Route} {Status} in {Milliseconds:0.0} ms, request {RequestId}, actor {ActorId}")]
    private static partial void LogRequest(ILogger logger, LogLevel level, string method, string route, int status, double milliseconds, string requestId, Guid? actorId);
}
