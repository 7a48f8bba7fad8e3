namespace ProjectConsole.Features.Organizations;

/// <summary>Registers what the pages of organizations need.</summary>
public static class OrganizationsFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddOrganizationsFeature(this IServiceCollection services)
    {
        services.AddSingleton<OrganizationsService>();
        services.AddSingleton<OrganizationSettingsService>();
        services.AddSingleton<AllowanceService>();
        services.AddSingleton<MemberDirectory>();
        services.AddSingleton<MemberAddition>();
        services.AddSingleton<MembersService>();
        services.AddSingleton<WorkspacesService>();
        services.AddSingleton<WorkspaceDirectory>();
        services.AddSingleton<WorkspaceGrantsService>();
        services.AddScoped<MemberDialogs>();
        return services;
    }
}
