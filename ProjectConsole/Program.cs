using ProjectConsole;
using ProjectConsole.Api;
using ProjectConsole.CommandLine;
using ProjectConsole.Components;
using ProjectConsole.Components.Access;
using ProjectConsole.Components.Controls;
using ProjectConsole.Data;
using ProjectConsole.Data.Providers;
using ProjectConsole.Features.AccessRequests;
using ProjectConsole.Features.Account;
using ProjectConsole.Features.Assertions;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Catalogue;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Explanations;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Invitations;
using ProjectConsole.Features.Keys;
using ProjectConsole.Features.Limits;
using ProjectConsole.Features.Moving;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.PersonalSpaces;
using ProjectConsole.Features.Projects;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Restrictions;
using ProjectConsole.Features.Reviews;
using ProjectConsole.Features.Roles;
using ProjectConsole.Features.Sample;
using ProjectConsole.Features.Setup;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;

// Commands come first and serving has a method of its own: what is not run is not loaded, and a command answers at once.
if (ClientProgram.IsMeant(args))
{
    return await ClientProgram.RunAsync(args, Terminal.OfProcess(), Surroundings.OfProcess());
}

try
{
    return LimitsCommands.IsMeant(args) ? await LimitsCommands.RunAsync(args, Console.Out)
        : HostCommands.IsMeant(args) ? await HostCommands.RunAsync(args, Console.In, Console.Out, Console.Error)
        : await ServeAsync(args is [ClientProgram.Serve, ..] ? args[1..] : args);
}
catch (StartRefusedException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}

static async Task<int> ServeAsync(string[] args)
{
    SqliteNativeLibrary.Prepare();
    var builder = WebApplication.CreateBuilder(args);
    builder.ReadSettingsBesideTheBinary();
    // Started from the build output in Production, as tests and benchmarks do, the assets are still where the build found them.
    builder.WebHost.UseStaticWebAssets();

    builder.AddConsoleDatabase();
    builder.Services.AddConsoleSecurity();
    builder.Services.AddAccountFeature();
    builder.Services.AddAccountLimits(builder.Configuration);
    builder.Services.AddSetupFeature();
    builder.Services.AddAccessBoundaries();
    builder.Services.AddCatalogueFeature();
    builder.Services.AddCollaboratorsFeature();
    builder.Services.AddAssertionsFeature();
    builder.Services.AddReviewsFeature();
    builder.Services.AddInvitationsFeature();
    builder.Services.AddAccessRequestsFeature();
    builder.Services.AddProjectsFeature();
    builder.Services.AddLimitsFeature();
    builder.Services.AddKeysFeature();
    builder.Services.AddConsoleApi();
    builder.Logging.AddRequestLog();
    builder.Services.AddMovingFeature();
    builder.Services.AddOrganizationsFeature();
    builder.Services.AddPersonalSpacesFeature();
    builder.Services.AddResourcesFeature();
    builder.Services.AddResourcePages();
    builder.Services.AddRolesFeature();
    builder.Services.AddRestrictionsFeature();
    builder.Services.AddSharingFeature();
    builder.Services.AddTeamsFeature();
    builder.Services.AddInstallationFeature();
    builder.Services.AddAuditFeature();
    builder.Services.AddSampleFeature();

    builder.Services.AddHealthChecks().AddCheck<DatabaseReadiness>("database", tags: [DatabaseReadiness.Tag]);
    builder.Services.AddConsoleCircuits();
    builder.Services.AddControls();

    await using var app = builder.Build();
    await app.PrepareDatabaseAsync();
    await app.PrepareSampleAsync();
    await app.AnnounceSetupAsync();

    app.UseKnownProxies();
    app.UseRequestLog();
    app.UseConsoleHeaders();
    app.UseStatusPages();
    app.UseConsoleApi();
    app.UseApiExplorer();
    app.UseOwnOriginOnly();
    app.UseSetupOnce();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseRateLimiter();
    app.UseAntiforgery();

    app.MapStaticAssets();
    app.MapHealthChecks("/healthz", new() { Predicate = _ => false });
    app.MapHealthChecks("/readyz", new() { Predicate = check => check.Tags.Contains(DatabaseReadiness.Tag) });
    app.MapMetrics();
    app.MapAccountEndpoints();
    app.MapReviewEndpoints();
    app.MapCollaboratorExport();
    app.MapForwardAuth();
    app.MapLogin();
    var api = app.MapApi();
    api.MapAccessEndpoints();
    api.MapIntrospection();
    api.MapProjectEndpoints();
    api.MapCollaboratorEndpoints();
    api.MapExplanationEndpoints();
    api.MapOrganizationEndpoints();
    api.MapWorkspaceEndpoints();
    api.MapWorkspaceGrantEndpoints();
    api.MapMemberEndpoints();
    api.MapTeamEndpoints();
    api.MapRoleEndpoints();
    api.MapOrganizationRoleEndpoints();
    api.MapRestrictionEndpoints();
    api.MapAssertionEndpoints();
    api.MapInvitationEndpoints();
    api.MapAccessRequestEndpoints();
    api.MapResourceEndpoints();
    api.MapAppTypeEndpoints();
    api.MapShareEndpoints();
    api.MapMoveEndpoints();
    api.MapLimitEndpoints();
    api.MapKeyEndpoints();
    api.MapOwnCredentialEndpoints();
    api.MapAuditEndpoints();
    api.MapAuthorizedKeys();
    app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null).RequireAuthorization();

    await app.RunAsync();
    return 0;
}
