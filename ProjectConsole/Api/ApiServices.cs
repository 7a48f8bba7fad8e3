using Microsoft.AspNetCore.Diagnostics;

namespace ProjectConsole.Api;

/// <summary>Registers what all endpoints have in common, and sets the API apart from the pages.</summary>
public static class ApiServices
{
    /// <summary>Adds what finds the caller and counts calls.</summary>
    public static IServiceCollection AddConsoleApi(this IServiceCollection services) => services
        .AddSingleton<FailedCredentials>().AddSingleton<CallRates>().AddSingleton<Callers>();

    /// <summary>Answers programs with problems where people would get a page, and keeps answers out of caches.</summary>
    public static void UseConsoleApi(this WebApplication app) => app.UseWhen(context => ApiPaths.IsApi(context.Request.Path), api =>
    {
        api.UseExceptionHandler(failing => failing.Run(context => FailedAsync(context).ExecuteAsync(context)));
        api.Use((context, next) =>
        {
            if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = false;
            }

            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["Request-Id"] = Security.RequestOrigin.Of(context).RequestId;
            return next(context);
        });
        api.Use(AdmitAsync);
    });

    /// <summary>The group of endpoints that need a key or token; features add theirs.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        app.Map("/api/{**rest}", NotThere);
        app.Map("/oauth/{**rest}", NotThere);
        return app.MapGroup("").WithMetadata(new NeedsCaller());
    }

    // Before the endpoint reads its parameters: nobody learns what a call takes without a key.
    private static async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        var refused = context.GetEndpoint()?.Metadata.GetMetadata<NeedsCaller>() is null ? null
            : await context.RequestServices.GetRequiredService<Callers>().AdmitAsync(context);
        await (refused is null ? next(context) : refused.ToResult().ExecuteAsync(context));
    }

    private static IResult NotThere() => new Problem("not-found", "Not found", StatusCodes.Status404NotFound, "There is no such call.").ToResult();

    // What failed is in the log under the request's id, and nothing of it in the answer.
    private static IResult FailedAsync(HttpContext context) =>
        (new Problem("failed", "Failed", StatusCodes.Status500InternalServerError, "Something went wrong here. The log knows this call by its request id.") with
        {
            RequestId = Security.RequestOrigin.Of(context).RequestId,
        }).ToResult();
}
