namespace ProjectConsole.Features.Resources;

/// <summary>Registers what the pages of resources need beside the services.</summary>
public static class ResourcePages
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddResourcePages(this IServiceCollection services) => services.AddScoped<ResourceDialogs>();
}
