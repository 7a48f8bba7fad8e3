namespace ProjectConsole.Features.Installation;

/// <summary>Registers what the pages of the installation's administrators need.</summary>
public static class InstallationFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddInstallationFeature(this IServiceCollection services)
    {
        services.AddSingleton<InstallationOrganizations>();
        services.AddSingleton<AllowanceRequests>();
        services.AddSingleton<InstallationAccounts>();
        services.AddSingleton<AccountLocks>();
        services.AddSingleton<InstallationSettingsService>();
        return services;
    }
}
