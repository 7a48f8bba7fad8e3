using Microsoft.AspNetCore.Diagnostics;

namespace ProjectConsole.Api;

/// <summary>Registers what all endpoints have in common, and sets the API apart from the pages.</summary>
public static class ApiServices
{
    /// <summary>Adds what finds the caller, counts calls and reads their parts.</summary>
    public static IServiceCollection AddConsoleApi(this IServiceCollection services) => services
        .AddSingleton<FailedCredentials>().AddSingleton<FailedLogins>().AddSingleton<CallRates>().AddSingleton<Callers>().AddSingleton<Cursors>().AddSingleton<MeasurementReader>()
        // A wrong parameter is the caller's mistake in every environment.
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false)
        .AddApiDocument();

    /// <summary>Answers programs with problems where people would get a page, and keeps answers out of caches.</summary>
    public static void UseConsoleApi(this WebApplication app) => app.UseWhen(context => ApiPaths.IsApi(context.Request.Path), api =>
    {
        api.UseExceptionHandler(failing => failing.Run(context => Failed(context).ExecuteAsync(context)));
        api.Use(async (context, next) =>
        {
            if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = false;
            }

            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["Request-Id"] = Security.RequestOrigin.Of(context).RequestId;
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest, ContentType: null })
            {
                await Problem.BadRequest("A parameter of the address is not of the type that this call takes.").ToResult().ExecuteAsync(context);
            }
        });
        api.Use(AdmitAsync);
    });

    /// <summary>The group of endpoints that need a key or token; features add theirs.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        app.Map("/api/{**rest}", NotThere).ExcludeFromDescription();
        app.Map("/oauth/{**rest}", NotThere).ExcludeFromDescription();
        app.MapApiDocument();
        var api = app.MapGroup("").WithMetadata(new NeedsCaller());
        KnownParameters.Note(api);
        api.AddEndpointFilter(async (invocation, next) =>
            invocation.Arguments.OfType<ICallPart>().FirstOrDefault(part => part.Problem is not null)?.Problem is { } wrong ? wrong.ToResult() : await next(invocation));
        return api;
    }

    // Before the endpoint reads its parameters: nobody learns what a call takes without a key.
    private static async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        var refused = context.GetEndpoint()?.Metadata.GetMetadata<NeedsCaller>() is null ? null
            : await context.RequestServices.GetRequiredService<Callers>().AdmitAsync(context) ?? await CallOptions.ReadAsync(ApiCall.Of(context), context);
        await (refused is null ? next(context) : refused.ToResult().ExecuteAsync(context));
    }

    // A call that is there with another method is told so.
    private static IResult NotThere(HttpContext context, EndpointDataSource endpoints)
    {
        var methods = AllowedMethods.At(context.Request.Path, endpoints);
        if (methods.Count == 0)
        {
            return new Problem("not-found", "Not found", StatusCodes.Status404NotFound, "There is no such call.").ToResult();
        }

        if (methods.Contains(context.Request.Method))
        {
            return Problem.OfMediaType("Send the body as the content type that this call takes: application/json, or a form for /oauth.").ToResult();
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return new Problem("method-not-allowed", "Method not allowed", StatusCodes.Status405MethodNotAllowed, $"This address takes {string.Join(", ", methods)}.").ToResult();
    }

    // What failed is in the log under the request's id, and nothing of it in the answer.
    private static IResult Failed(HttpContext context) =>
        (new Problem("failed", "Failed", StatusCodes.Status500InternalServerError, "Something went wrong here. The log knows this call by its request id.") with
        {
            RequestId = Security.RequestOrigin.Of(context).RequestId,
        }).ToResult();
}
