using ProjectConsole.Components.Layout;

namespace ProjectConsole.Components.Access;

/// <summary>Registers what the boundaries of pages need.</summary>
public static class AccessBoundaries
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddAccessBoundaries(this IServiceCollection services) => services
        .AddScoped<PagePlace>().AddScoped<PageTitles>().AddScoped<OwnDeparture>().AddScoped<ScopeSwitchers>().AddScoped<RefusedVisits>().AddSingleton<PageReads>();
}
