namespace ProjectConsole.Features.Catalogue;

/// <summary>Registers what the catalogue of an organization needs beside its resources.</summary>
public static class CatalogueFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddCatalogueFeature(this IServiceCollection services)
    {
        services.AddSingleton<AppTypesService>();
        return services;
    }
}
