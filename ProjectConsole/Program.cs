using ProjectConsole;
using ProjectConsole.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Sample;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using Radzen;

SqliteNativeLibrary.Prepare();
try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.ReadSettingsBesideTheBinary();
    // Started from the build output in Production, as tests and benchmarks do, the assets are still where the build found them.
    builder.WebHost.UseStaticWebAssets();

    builder.AddConsoleDatabase();
    builder.Services.AddConsoleSecurity();
    builder.Services.AddAccountFeature();
    builder.Services.AddAccessBoundaries();
    builder.Services.AddAuditFeature();
    builder.Services.AddSampleFeature();

    builder.Services.AddHealthChecks().AddCheck<DatabaseReadiness>("database", tags: [DatabaseReadiness.Tag]);
    builder.Services.AddRazorComponents().AddConsoleCircuits();
    builder.Services.AddRadzenComponents();

    await using var app = builder.Build();
    await app.PrepareDatabaseAsync();
    await app.PrepareSampleAsync();

    app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseAntiforgery();

    app.MapStaticAssets();
    app.MapHealthChecks("/healthz", new() { Predicate = _ => false });
    app.MapHealthChecks("/readyz", new() { Predicate = check => check.Tags.Contains(DatabaseReadiness.Tag) });
    app.MapAccountEndpoints();
    app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();

    await app.RunAsync();
    return 0;
}
catch (StartRefusedException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}
