namespace ProjectConsole.Features.Limits;

/// <summary>Registers what reads and sets limits.</summary>
public static class LimitsFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddLimitsFeature(this IServiceCollection services) => services.AddSingleton<LimitsService>();
}
