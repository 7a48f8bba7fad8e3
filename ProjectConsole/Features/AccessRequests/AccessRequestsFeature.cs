namespace ProjectConsole.Features.AccessRequests;

/// <summary>Registers requests for access and their answers.</summary>
public static class AccessRequestsFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddAccessRequestsFeature(this IServiceCollection services)
    {
        services.AddSingleton<BlindRequests>();
        services.AddSingleton<AccessRequestMails>();
        services.AddSingleton<AccessRequestsService>();
        services.AddSingleton<AccessRequestAnswers>();
        services.AddSingleton<AccessRequestListService>();
        services.AddSingleton<BlindRequestKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<BlindRequestKeeper>());
        return services;
    }
}
