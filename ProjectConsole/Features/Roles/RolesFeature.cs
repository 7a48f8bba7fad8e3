namespace ProjectConsole.Features.Roles;

/// <summary>Registers what the pages of roles need.</summary>
public static class RolesFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddRolesFeature(this IServiceCollection services)
    {
        services.AddSingleton<RoleDirectory>();
        services.AddSingleton<RolesService>();
        services.AddSingleton<OrganizationRolesService>();
        services.AddScoped<RolePreviews>();
        return services;
    }
}
