
namespace ProjectConsole.Features.Sample;

/// <summary>The organization that a fresh development installation starts with.</summary>
public static partial class SampleFeature
{
    /// <summary>The password of every sample account while <c>Console:Sample:Password</c> is not set.</summary>
    public const string DefaultPassword = "sample-password";

    private const string EnabledSetting = "Console:Sample:Enabled";
    private const string PasswordSetting = "Console:Sample:Password";

    /// <summary>Adds what makes the sample.</summary>
    public static IServiceCollection AddSampleFeature(this IServiceCollection services) => services.AddScoped<SampleInstallation>();

    /// <summary>Fills an empty database: in Development unless switched off, elsewhere only when switched on.</summary>
    public static async Task PrepareSampleAsync(this WebApplication app)
    {
        if (!app.Configuration.GetValue(EnabledSetting, app.Environment.IsDevelopment()))
        {
            return;
        }

        await using var scope = app.Services.CreateAsyncScope();
        var configured = app.Configuration[PasswordSetting];
        var password = string.IsNullOrEmpty(configured) ? DefaultPassword : configured;
        var made = await scope.ServiceProvider.GetRequiredService<SampleInstallation>().CreateAsync(password);
        if (made.Count == 0)
        {
            return;
        }

        LogMade(app.Logger, string.Join(", ", made), password == DefaultPassword ? $"is \"{DefaultPassword}\"" : $"comes from {PasswordSetting}");
        if (password == DefaultPassword && !app.Environment.IsDevelopment())
        {
            LogOpen(app.Logger, PasswordSetting);
        }
    }

    [LoggerMessage(LogLevel.Information, "The database was empty: made the sample organization acme. Sign in as {Accounts}; the password {Source}.")]
    private static partial void LogMade(ILogger logger, string accounts, string source);

    [LoggerMessage(LogLevel.Warning, "Everybody who reads the documentation knows the sample accounts' password. Set {Setting}, or do not use the sample here.")]
    private static partial void LogOpen(ILogger logger, string setting);
}
