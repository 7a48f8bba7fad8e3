using ProjectConsole.Features.Account;

namespace ProjectConsole.Features.Teams;

/// <summary>Registers what the pages of teams need.</summary>
public static class TeamsFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddTeamsFeature(this IServiceCollection services)
    {
        services.AddSingleton(provider => new TeamGrowth(
            provider.GetRequiredService<Security.AccessControl>(),
            provider.GetService<IConfiguration>()?.GetValue<Uri>(PublicAddress.Setting) is { } root ? new PublicAddress(root) : null));
        services.AddSingleton<TeamMembership>();
        services.AddSingleton<TeamDirectory>();
        services.AddSingleton<TeamsService>();
        services.AddScoped<TeamDialogs>();
        return services;
    }
}
