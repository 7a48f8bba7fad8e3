using ProjectConsole.Shared;

namespace ProjectConsole.Api;

/// <summary>
/// The page on which calls of the API are tried: Swagger UI over the document. A key typed there stays in that page and goes with
/// its closing; the page calls nothing but this server, which the Content-Security-Policy holds.
/// </summary>
internal static class ApiExplorer
{
    /// <summary>Serves the page.</summary>
    public static void UseApiExplorer(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(ConsoleUrls.TryApi, StringComparison.OrdinalIgnoreCase), page => page.UseSwaggerUI(options =>
        {
            options.RoutePrefix = ConsoleUrls.TryApi.Trim('/');
            options.DocumentTitle = "Try the API · ProjectConsole";
            options.SwaggerEndpoint(ApiDocument.Address, "ProjectConsole");
            options.InjectStylesheet("/css/tokens.css");
            options.InjectStylesheet("/css/api-explorer.css");
            options.EnableFilter();
            options.DefaultModelsExpandDepth(-1);
            // All open is a page of a hundred calls.
            options.DocExpansion(Swashbuckle.AspNetCore.SwaggerUI.DocExpansion.None);
        }));
    }
}
