namespace ProjectConsole.Features.Keys;

/// <summary>Registers what makes and lists keys and tokens.</summary>
public static class KeysFeature
{
    /// <summary>Adds the services of the feature.</summary>
    public static IServiceCollection AddKeysFeature(this IServiceCollection services)
    {
        services.AddDataProtection();
        return services
            .AddSingleton<KeysService>().AddSingleton<KeyDirectory>().AddSingleton<TokensService>().AddSingleton<LoginCodes>().AddSingleton<LoginService>().AddSingleton<SshKeysService>().AddSingleton<IntrospectionService>().AddSingleton<AuthorizedKeysService>();
    }
}
