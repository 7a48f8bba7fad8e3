using ProjectConsole.Features.Teams;

namespace ProjectConsole.Features.Undo;

/// <summary>Registers what undoes.</summary>
public static class UndoFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddUndoFeature(this IServiceCollection services)
    {
        services.AddTeamsFeature();
        services.AddSingleton<UndoService>();
        services.AddSingleton<TeamUndoService>();
        services.AddScoped<UndoDialogs>();
        return services;
    }
}
