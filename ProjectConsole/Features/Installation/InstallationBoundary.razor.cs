using Microsoft.AspNetCore.Components;
using ProjectConsole.Components.Controls;
using ProjectConsole.Components.Layout;
using ProjectConsole.Security;
using ProjectConsole.Shared;

namespace ProjectConsole.Features.Installation;

/// <summary>The pages of the installation.</summary>
public enum InstallationSection
{
    /// <summary>Organizations and their allowances.</summary>
    Organizations,

    /// <summary>Requests for more projects.</summary>
    Requests,

    /// <summary>Accounts.</summary>
    Accounts,

    /// <summary>Defaults and bounds of limits.</summary>
    Limits,

    /// <summary>Settings.</summary>
    Settings,
}

/// <summary>Around every page of the installation: answers 404 to everybody but its administrators, and draws the tabs.</summary>
public sealed partial class InstallationBoundary : IDisposable
{
    private readonly IReadOnlyList<ScopeLevel> _levels = [new("Installation", ConsoleUrls.InstallationOrganizations, IsCurrent: true)];
    private bool _disposed;

    /// <summary>The page that is current.</summary>
    [Parameter, EditorRequired]
    public required InstallationSection Section { get; set; }

    /// <summary>The page.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    [Inject]
    public required InstallationSettingsService Settings { get; init; }

    [Inject]
    public required CurrentActor CurrentActor { get; init; }

    [Inject]
    public required PagePlace Place { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private bool? MayManage { get; set; }

    private IReadOnlyList<NavigationItem> Tabs =>
    [
        new("Organizations", ConsoleUrls.InstallationOrganizations, Section == InstallationSection.Organizations),
        new("Requests", ConsoleUrls.InstallationRequests, Section == InstallationSection.Requests),
        new("Accounts", ConsoleUrls.InstallationAccounts, Section == InstallationSection.Accounts),
        new("Limits", ConsoleUrls.InstallationLimits, Section == InstallationSection.Limits),
        new("Settings", ConsoleUrls.InstallationSettings, Section == InstallationSection.Settings),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        Place.Leave(this);
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        MayManage = await Settings.MayManageAsync(await CurrentActor.GetAsync());
        // The person may be on another page by now.
        if (MayManage is not true && !_disposed)
        {
            Navigation.NotFound();
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (MayManage is true && !_disposed)
        {
            Place.Show(this, _levels, Tabs, "Installation");
        }
    }
}
