namespace ProjectConsole.Features.Sharing;

/// <summary>Registers sharing.</summary>
public static class SharingFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddSharingFeature(this IServiceCollection services)
    {
        services.AddSingleton<SharingService>();
        services.AddSingleton<SharingDirectory>();
        return services;
    }
}
