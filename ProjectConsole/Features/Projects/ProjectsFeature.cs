namespace ProjectConsole.Features.Projects;

/// <summary>Registers the projects feature.</summary>
public static class ProjectsFeature
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddProjectsFeature(this IServiceCollection services)
    {
        services.AddSingleton<ProjectListService>();
        services.AddSingleton<ProjectRows>();
        services.AddSingleton<ProjectCreationQueries>();
        services.AddSingleton<ProjectStartService>();
        services.AddSingleton<ProjectCreationService>();
        services.AddSingleton<ProjectSettingsService>();
        services.AddSingleton<ProjectLifeService>();
        services.AddSingleton<ProjectInventoryService>();
        services.AddSingleton<ProjectOverviewService>();
        services.AddScoped<ProjectLifeDialogs>();
        services.AddScoped<ProjectRowMenu>();
        services.AddScoped<NewProjectDrafts>();
        return services;
    }
}
