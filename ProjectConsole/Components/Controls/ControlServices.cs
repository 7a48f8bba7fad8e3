using Radzen;

namespace ProjectConsole.Components.Controls;

/// <summary>Registers what controls need.</summary>
public static class ControlServices
{
    /// <summary>Adds Radzen's services, searches in addresses, and dialogs that stay while the list behind them is searched.</summary>
    public static IServiceCollection AddControls(this IServiceCollection services)
    {
        services.AddRadzenComponents();
        services.AddScoped<SearchNavigation>();
        services.AddScoped<DialogService, PageDialogs>();
        return services;
    }
}
