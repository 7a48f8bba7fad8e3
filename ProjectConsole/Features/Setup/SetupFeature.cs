using ProjectConsole.Shared;

namespace ProjectConsole.Features.Setup;

/// <summary>Registers setting up.</summary>
public static partial class SetupFeature
{
    /// <summary>Adds what <c>/setup</c> needs.</summary>
    public static IServiceCollection AddSetupFeature(this IServiceCollection services)
    {
        services.AddSingleton<SetupCode>();
        services.AddScoped<SetupService>();
        return services;
    }

    /// <summary>Writes the code to the log while the installation waits for being set up.</summary>
    public static async Task AnnounceSetupAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<SetupService>().IsOpenAsync())
        {
            LogCode(app.Logger, ConsoleUrls.Setup, app.Services.GetRequiredService<SetupCode>().Text);
        }
    }

    /// <summary>Leads from the sign-in page to setting up while nobody could sign in; afterwards there is no such page.</summary>
    public static void UseSetupOnce(this WebApplication app)
    {
        var isSetUp = false;
        app.Use(async (context, next) =>
        {
            var (path, request) = (context.Request.Path, context.Request);
            if (path == ConsoleUrls.Setup || (path == ConsoleUrls.SignIn && HttpMethods.IsGet(request.Method)))
            {
                isSetUp = isSetUp || !await context.RequestServices.GetRequiredService<SetupService>().IsOpenAsync(context.RequestAborted);
                if (isSetUp && path == ConsoleUrls.Setup)
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return;
                }

                if (!isSetUp && path == ConsoleUrls.SignIn)
                {
                    context.Response.Redirect(ConsoleUrls.Setup);
                    return;
                }
            }

            await next(context);
        });
    }

    [LoggerMessage(LogLevel.Warning, "This installation is empty. Open {Address} and set it up with the code {Code}")]
    private static partial void LogCode(ILogger logger, string address, string code);
}
