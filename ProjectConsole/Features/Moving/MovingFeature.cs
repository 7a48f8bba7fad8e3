namespace ProjectConsole.Features.Moving;

/// <summary>Registers what gives resources to another project.</summary>
public static class MovingFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddMovingFeature(this IServiceCollection services)
    {
        services.AddSingleton<MovingService>();
        services.AddSingleton<MoveTargets>();
        return services;
    }
}
