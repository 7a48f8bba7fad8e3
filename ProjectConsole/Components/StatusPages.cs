using Microsoft.AspNetCore.Diagnostics;

namespace ProjectConsole.Components;

/// <summary>Gives every empty refusal a page.</summary>
public static class StatusPages
{
    /// <summary>Shows a page for failures, outside Development, and for refusals without a body.</summary>
    public static void UseStatusPages(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/status/500", createScopeForErrors: true);
        }

        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            {
                // A page that answers a refused POST is no form itself, and would be refused for its missing token.
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
    }
}
