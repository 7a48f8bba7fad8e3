using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Reviews;

/// <summary>Registers what access reviews and announcements of expiry need, and maps the download of a result.</summary>
public static class ReviewsFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddReviewsFeature(this IServiceCollection services)
    {
        services.AddSingleton<ReviewsService>();
        services.AddSingleton<ReviewListService>();
        services.AddSingleton<ReviewPass>();
        services.AddSingleton<ExpiryAnnouncements>();
        services.AddHostedService<AccessCalendar>();
        return services;
    }

    /// <summary>Maps the download of a review's result.</summary>
    public static void MapReviewEndpoints(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(ConsoleUrls.ReviewExportRoute, ExportAsync).RequireAuthorization();

    private static async Task<IResult> ExportAsync(
        string organization, string project, Guid review, HttpContext request, AccessControl access, ReviewListService reviews, CancellationToken ct)
    {
        var actor = request.User.ActingFrom(RequestOrigin.Of(request));
        if (await access.OpenProjectAsync(actor, organization, project, ct) is not { } opened)
        {
            return Results.NotFound();
        }

        var result = await reviews.ExportAsync(actor, opened.Scope, review, ct);
        return result.Succeeded ? Results.File(System.Text.Encoding.UTF8.GetBytes(result.Value), "text/csv; charset=utf-8", $"access-review-{opened.Project.Slug}.csv")
            : result.Error is Forbidden ? Results.StatusCode(StatusCodes.Status403Forbidden)
            : Results.NotFound();
    }
}
