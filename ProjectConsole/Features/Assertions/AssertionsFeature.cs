namespace ProjectConsole.Features.Assertions;

/// <summary>Registers what the assertions' page and commands need.</summary>
public static class AssertionsFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddAssertionsFeature(this IServiceCollection services)
    {
        services.AddSingleton<AssertionCheck>();
        services.AddSingleton<AssertionsService>();
        return services;
    }
}
