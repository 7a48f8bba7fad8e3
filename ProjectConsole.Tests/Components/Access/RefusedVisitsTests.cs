using System.Net;
using System.Text.RegularExpressions;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Components.Access;

/// <summary>Pages that somebody opens and does not get are in the audit log, and the person learns nothing more.</summary>
public sealed partial class RefusedVisitsTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Existing = "/organizations/acme/projects/vision";

    private readonly ConsoleServer _server = new();
    private User _stranger = null!;
    private User _viewer = null!;
    private Guid _organizationId;
    private Guid _projectId;

    public async Task InitializeAsync()
    {
        _stranger = await _server.AddAccountAsync("stranger@elsewhere.test");
        _viewer = await _server.AddAccountAsync("viewer@acme.test");
        var owner = await _server.AddAccountAsync("owner@acme.test");
        (_organizationId, _projectId) = await _server.AddProjectAsync("acme", "vision", owner, (_viewer, ProjectRole.Viewer));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task Open_ProjectOfOthers_IsOneEntryWithACountPerMinute()
    {
        using var browser = await OpenAsync(_stranger);
        await GetAsync(browser, Existing, HttpStatusCode.NotFound);
        await GetAsync(browser, Existing, HttpStatusCode.NotFound);
        var entry = Assert.Single(await _server.AuditAsync(AuditActions.ProjectOpened));
        await GetAsync(browser, Existing + "/settings/collaborators", HttpStatusCode.NotFound);

        entry = Assert.Single(await _server.AuditAsync(AuditActions.ProjectOpened), other => other.Id == entry.Id);
        Assert.Equal((AuditResult.Denied, 3, _stranger.Id), (entry.Result, entry.Count, entry.ActorId));
        Assert.Equal((_organizationId, _projectId, _projectId), (entry.OrganizationId, entry.ProjectId, entry.ObjectId));

        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        await GetAsync(browser, Existing, HttpStatusCode.NotFound);
        Assert.Equal([3, 1], (await _server.AuditAsync(AuditActions.ProjectOpened)).Select(row => row.Count));
    }

    [Fact]
    public async Task Open_OrganizationOfOthers_IsAnEntry()
    {
        using var browser = await OpenAsync(_stranger);

        await GetAsync(browser, "/organizations/acme/members", HttpStatusCode.NotFound);

        var entry = Assert.Single(await _server.AuditAsync(AuditActions.OrganizationOpened));
        Assert.Equal((_organizationId, null, _stranger.Id), (entry.OrganizationId, entry.ProjectId, entry.ActorId));
    }

    [Fact]
    public async Task Open_SectionWithoutPermission_IsAnEntryThatNamesWhatIsMissing()
    {
        using var browser = await OpenAsync(_viewer);

        await GetAsync(browser, Existing + "/settings/audit", HttpStatusCode.Forbidden);
        await GetAsync(browser, Existing, HttpStatusCode.OK);

        var entry = Assert.Single(await _server.AuditAsync(AuditActions.ProjectOpened));
        Assert.Contains("View the audit log", entry.Reason);
    }

    [Theory]
    [InlineData("/organizations/acme/projects/nothing")]
    [InlineData("/organizations/nothing/projects/vision")]
    [InlineData("/organizations/nothing/members")]
    public async Task Open_WhatDoesNotExist_IsNoEntry(string address)
    {
        using var browser = await OpenAsync(_stranger);

        await GetAsync(browser, address, HttpStatusCode.NotFound);

        Assert.Empty(await _server.AuditAsync(AuditActions.ProjectOpened));
        Assert.Empty(await _server.AuditAsync(AuditActions.OrganizationOpened));
    }

    [Fact]
    public async Task Open_NotSignedIn_IsNoEntry()
    {
        using var browser = _server.OpenBrowser();

        await GetAsync(browser, Existing, HttpStatusCode.Redirect);

        Assert.Empty(await _server.AuditAsync(AuditActions.ProjectOpened));
    }

    [Fact]
    public async Task Open_ExistingOrMissing_ShowsTheSameWithTheSameStatements()
    {
        using var counter = new StatementCounter();
        await using var server = new ConsoleServer();
        var stranger = await server.AddAccountAsync("stranger@elsewhere.test");
        await server.AddProjectAsync("acme", "vision", await server.AddAccountAsync("owner@acme.test"));
        counter.Watch(server);
        using var browser = server.OpenBrowser();
        await browser.SignInAsync(stranger.Email!);
        await GetAsync(browser, "/organizations/acme/projects/another", HttpStatusCode.NotFound);

        counter.Reset();
        var existing = await GetAsync(browser, Existing, HttpStatusCode.NotFound);
        var first = counter.Count;
        counter.Reset();
        var missing = await GetAsync(browser, "/organizations/acme/projects/missed", HttpStatusCode.NotFound);

        Assert.Equal(counter.Count, first);
        Assert.Equal(Shown(missing), Shown(existing));
    }

    private static string Shown(string page) => MainPart().Match(page).Value;

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline)]
    private static partial Regex MainPart();

    private static async Task<string> GetAsync(FormBrowser browser, string address, HttpStatusCode expected)
    {
        using var response = await browser.OpenAsync(address);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<FormBrowser> OpenAsync(User person)
    {
        var browser = _server.OpenBrowser();
        await browser.SignInAsync(person.Email!);
        return browser;
    }
}
