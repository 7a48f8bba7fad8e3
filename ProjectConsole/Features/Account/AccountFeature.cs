using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using ProjectConsole.Data;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Features.Account.Mail;
using ProjectConsole.Security;

namespace ProjectConsole.Features.Account;

/// <summary>Registers accounts, their cookie, their sessions and their mails.</summary>
public static class AccountFeature
{
    /// <summary>For how long the links in mails work.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(4);

    /// <summary>Adds Identity on the console's database, the cookie, and who acts.</summary>
    public static IServiceCollection AddAccountFeature(this IServiceCollection services)
    {
        services.AddIdentityCore<User>(Configure).AddEntityFrameworkStores<ConsoleDbContext>().AddDefaultTokenProviders();
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = LinkLifetime);
        services.AddAuthentication(ConsolePrincipal.Scheme).AddCookie(ConsolePrincipal.Scheme, SessionCookie.Configure);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionAuthenticationStateProvider>();
        services.AddScoped<CurrentActor>();
        services.AddSingleton<Sessions>();
        services.AddOptions<MailSettings>().BindConfiguration("Email");
        services.AddSingleton<MailSender>();
        services.AddSingleton<MailOutbox>();
        services.AddHostedService(provider => provider.GetRequiredService<MailOutbox>());
        services.AddSingleton<AccountWriter>();
        services.AddScoped<AccountCreation>();
        services.AddScoped<SignInService>();
        services.AddScoped<RegistrationService>();
        services.AddScoped<PasswordService>();
        services.AddScoped<ProfileService>();
        services.AddScoped<AccountDeletion>();
        return services;
    }

    private static void Configure(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.SignIn.RequireConfirmedAccount = true;
        options.User.RequireUniqueEmail = true;
        // The address is the user name, and addresses have more characters than names.
        options.User.AllowedUserNameCharacters = "";
        options.Password.RequiredLength = PasswordRules.Shortest;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = SignInService.MostTries;
        options.Lockout.DefaultLockoutTimeSpan = SignInService.LockedFor;
    }
}
