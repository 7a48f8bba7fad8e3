using Microsoft.AspNetCore.OpenApi;
using ProjectConsole.Api;

namespace ProjectConsole.Features.Resources;

/// <summary>Registers what projects own.</summary>
public static class ResourcesFeature
{
    /// <summary>Adds the services of resources.</summary>
    public static IServiceCollection AddResourcesFeature(this IServiceCollection services)
    {
        services.AddDataProtection();
        services.AddSingleton<ResourceDoor>();
        services.AddSingleton<ResourcesService>();
        services.AddSingleton<ResourceBulkService>();
        services.AddSingleton<ResourceListService>();
        services.AddSingleton<ResourceDetailService>();
        services.AddSingleton<CleanupService>();
        services.AddSingleton<AllResourcesService>();
        services.Configure<OpenApiOptions>(ApiDocument.Name, options => options.AddDocumentTransformer(ResourceSchemas.DescribeAsync));
        return services;
    }
}
