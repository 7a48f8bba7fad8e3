using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Teams;

namespace ProjectConsole.Features.Undo;

/// <summary>Registers what undoes.</summary>
public static class UndoFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddUndoFeature(this IServiceCollection services)
    {
        services.AddOrganizationsFeature();
        services.AddTeamsFeature();
        services.AddSingleton<HeirUndo>();
        services.AddSingleton<UndoService>();
        services.AddSingleton<TeamRevival>();
        services.AddSingleton<TeamUndo>();
        services.AddSingleton<WorkspaceGrantUndo>();
        services.AddSingleton<OrganizationUndoService>();
        services.AddScoped<UndoDialogs>();
        return services;
    }
}
