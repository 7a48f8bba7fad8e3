using ProjectConsole.Security;

namespace ProjectConsole.Features.Explanations;

/// <summary>Registers what explains access.</summary>
public static class ExplanationsFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddExplanationsFeature(this IServiceCollection services)
    {
        services.AddSingleton<TeamDecisions>();
        services.AddSingleton<ExplanationService>();
        services.AddSingleton<WhoCanService>();
        services.AddSingleton<AccessCheckService>();
        services.AddSingleton<ForwardAuthService>();
        services.AddScoped<ExplanationDialogs>();
        return services;
    }
}
