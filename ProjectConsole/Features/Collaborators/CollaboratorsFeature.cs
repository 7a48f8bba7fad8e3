using ProjectConsole.Features.Explanations;
using ProjectConsole.Features.Undo;

namespace ProjectConsole.Features.Collaborators;

/// <summary>Registers what the collaborators' pages and commands need.</summary>
public static class CollaboratorsFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddCollaboratorsFeature(this IServiceCollection services)
    {
        services.AddSingleton<CollaboratorAddition>();
        services.AddSingleton<CollaboratorsService>();
        services.AddSingleton<UpgradeService>();
        services.AddSingleton<BulkService>();
        services.AddSingleton<CollaboratorListService>();
        services.AddSingleton<CollaboratorChoiceService>();
        services.AddSingleton<RemovalPreviewService>();
        services.AddScoped<CollaboratorDialogs>();
        services.AddExplanationsFeature();
        services.AddUndoFeature();
        return services;
    }
}
