namespace ProjectConsole.Features.Audit;

/// <summary>Registers the audit pages.</summary>
public static class AuditFeature
{
    /// <summary>Adds its services.</summary>
    public static IServiceCollection AddAuditFeature(this IServiceCollection services) => services.AddSingleton<AuditService>();
}
