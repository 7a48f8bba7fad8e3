namespace ProjectConsole.Features.PersonalSpaces;

/// <summary>Registers what people own outside projects.</summary>
public static class PersonalSpacesFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddPersonalSpacesFeature(this IServiceCollection services)
    {
        services.AddSingleton<PersonalSpacesService>();
        services.AddSingleton<FormerSpacesService>();
        return services;
    }
}
