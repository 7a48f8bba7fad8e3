namespace ProjectConsole.Security;

/// <summary>Registers who decides and who writes.</summary>
public static class SecurityServices
{
    /// <summary>Adds the decision, the write method and what they need.</summary>
    public static IServiceCollection AddConsoleSecurity(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<AccessQueries>();
        services.AddSingleton<CredentialQueries>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<CredentialUses>();
        services.AddHostedService(provider => provider.GetRequiredService<CredentialUses>());
        services.AddSingleton<SlugDirectory>();
        services.AddSingleton<AccessControl>();
        services.AddSingleton<RestrictionOptions>();
        services.AddSingleton<ScopeFinder>();
        services.AddSingleton<ProjectFinder>();
        services.AddSingleton<ProjectSets>();
        services.AddSingleton<ProjectVisits>();
        services.AddHostedService(provider => provider.GetRequiredService<ProjectVisits>());
        services.AddSingleton<AccessSignals>();
        services.AddSingleton<AccessWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessWatch>());
        services.AddSingleton<CommandLocks>();
        services.AddSingleton<RepeatedCalls>();
        services.AddSingleton<ConsoleWriter>();
        services.AddSingleton<GrantAuthority>();
        services.AddSingleton<AddressTries>();
        services.AddSingleton<DeniedAttempts>();
        services.AddHostedService(provider => provider.GetRequiredService<DeniedAttempts>());
        services.AddSingleton<AuditSealer>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditSealer>());
        services.AddSingleton<SessionPurge>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionPurge>());
        services.AddSingleton<IdempotentCallPurge>();
        services.AddHostedService(provider => provider.GetRequiredService<IdempotentCallPurge>());
        services.AddSingleton<ProjectPurge>();
        services.AddHostedService(provider => provider.GetRequiredService<ProjectPurge>());
        services.AddSingleton<PersonalSpacePurge>();
        services.AddHostedService(provider => provider.GetRequiredService<PersonalSpacePurge>());
        services.AddSingleton<UsageReconciliation>();
        return services;
    }
}
