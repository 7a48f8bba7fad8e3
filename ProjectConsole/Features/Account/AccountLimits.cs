using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace ProjectConsole.Features.Account;

/// <summary>How often one network address may post the forms that anybody reaches: against guessing over many accounts, and floods of mails.</summary>
public static class AccountLimits
{
    /// <summary>Forms that check a password or a link.</summary>
    public const string Forms = "account-forms";

    /// <summary>Forms that send a mail.</summary>
    public const string Mails = "account-mails";

    /// <summary>Adds both limits; <c>Console:FormsPerMinute</c> is for organizations that share one address.</summary>
    public static IServiceCollection AddAccountLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var forms = configuration.GetValue("Console:FormsPerMinute", 60);
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = SayWhenAsync;
            options.AddPolicy(Forms, request => Limit(request, forms));
            options.AddPolicy(Mails, request => Limit(request, Math.Max(1, forms / 6)));
        });
    }

    private static ValueTask SayWhenAsync(OnRejectedContext context, CancellationToken ct)
    {
        if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
        {
            context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return ValueTask.CompletedTask;
    }

    private static RateLimitPartition<string> Limit(HttpContext request, int perMinute) =>
        HttpMethods.IsPost(request.Request.Method)
            ? RateLimitPartition.GetTokenBucketLimiter(request.Connection.RemoteIpAddress?.ToString() ?? "", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perMinute,
                TokensPerPeriod = perMinute,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            })
            : RateLimitPartition.GetNoLimiter("");
}
