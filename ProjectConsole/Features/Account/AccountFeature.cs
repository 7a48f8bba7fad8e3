using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Account;

/// <summary>Registers accounts, their cookie and their sessions.</summary>
public static class AccountFeature
{
    /// <summary>The fewest characters of a password. Nothing else is asked of it: length is what counts (NIST SP 800-63B).</summary>
    public const int ShortestPassword = 12;

    /// <summary>Adds Identity on the console's database, the cookie, and who acts.</summary>
    public static IServiceCollection AddAccountFeature(this IServiceCollection services)
    {
        services.AddIdentityCore<User>(Configure).AddEntityFrameworkStores<ConsoleDbContext>().AddDefaultTokenProviders();
        services.AddAuthentication(ConsolePrincipal.Scheme).AddCookie(ConsolePrincipal.Scheme, SessionCookie.Configure);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionAuthenticationStateProvider>();
        services.AddScoped<CurrentActor>();
        services.AddSingleton<Sessions>();
        services.AddScoped<AccountCreation>();
        services.AddScoped<SignInService>();
        return services;
    }

    private static void Configure(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.SignIn.RequireConfirmedAccount = true;
        options.User.RequireUniqueEmail = true;
        // The address is the user name, and addresses have more characters than names.
        options.User.AllowedUserNameCharacters = "";
        options.Password.RequiredLength = ShortestPassword;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 1;
        options.Lockout.MaxFailedAccessAttempts = SignInService.MostTries;
        options.Lockout.DefaultLockoutTimeSpan = SignInService.LockedFor;
    }
}
