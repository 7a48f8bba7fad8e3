using ProjectConsole;
using ProjectConsole.Components;
using ProjectConsole.Data.Providers;
using Radzen;

SqliteNativeLibrary.Prepare();

var builder = WebApplication.CreateBuilder(args);

builder.ReadSettingsBesideTheBinary();
// Started from the build output in Production, as tests and benchmarks do, the assets are still where the build found them.
builder.WebHost.UseStaticWebAssets();

builder.Services.AddHealthChecks();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();
builder.Services.AddRadzenComponents();

var app = builder.Build();

app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
app.UseAntiforgery();

app.MapStaticAssets();
app.MapHealthChecks("/healthz");
app.MapRazorComponents<App>().AddInteractiveServerRenderMode();

app.Run();
