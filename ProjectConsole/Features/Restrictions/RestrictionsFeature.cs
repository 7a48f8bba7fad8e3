namespace ProjectConsole.Features.Restrictions;

/// <summary>Registers what the pages of restrictions need.</summary>
public static class RestrictionsFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddRestrictionsFeature(this IServiceCollection services)
    {
        services.AddSingleton<RestrictionDirectory>();
        services.AddSingleton<RestrictionsService>();
        return services;
    }
}
