using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Setup;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Setup;

public sealed class SetupTests : IDisposable
{
    private readonly ConsoleServer _server = new();

    private string Code => _server.Services.GetRequiredService<SetupCode>().Text;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Setup_RightCode_MakesOrganizationOwnerAndAdministratorAndSignsIn()
    {
        using var browser = _server.OpenBrowser();

        using var response = await RunAsync(browser, Code);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        using var profile = await browser.OpenAsync("/account/profile");
        Assert.Equal(HttpStatusCode.OK, profile.StatusCode);
        await using var db = _server.OpenDatabase();
        var user = await db.Users.SingleAsync();
        Assert.True(user.IsInstallationAdministrator && user.EmailConfirmed);
        var organization = await db.Organizations.SingleAsync();
        Assert.Equal(("acme-labs", "Acme Labs", null), (organization.Slug, organization.Name, organization.ProjectAllowance));
        Assert.Equal(OrganizationRole.Owner.Key, (await db.Members.SingleAsync(member => member.UserId == user.Id)).RoleKey);
        Assert.Equal("default", (await db.Workspaces.SingleAsync()).Slug);
        Assert.True((await db.Projects.SingleAsync(project => project.Slug == "default")).IsDefault);
        Assert.Equal("default", (await db.ProjectSlugs.SingleAsync()).Folded);
        Assert.True(await db.Principals.AnyAsync(principal => principal.Id == user.Id));
        Assert.False((await db.Installation.SingleAsync()).RegistrationIsOpen);
        Assert.Single(await _server.AuditAsync(AuditActions.InstallationSetUp), entry => entry.ActorId == user.Id);
        Assert.Single(await _server.AuditAsync(AuditActions.OrganizationCreated), entry => entry.OrganizationId == organization.Id);
    }

    [Fact]
    public async Task Setup_Done_IsNotFoundForEver()
    {
        using var browser = _server.OpenBrowser();
        var fields = await browser.HiddenFieldsAsync("/setup");
        using var first = await RunAsync(browser, Code);
        using var other = _server.OpenBrowser();

        using var page = await other.OpenAsync("/setup");
        using var posted = await browser.PostAsync("/setup", [.. fields.DistinctBy(field => field.Name), ("Input.Code", Code)]);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        await using var db = _server.OpenDatabase();
        Assert.Equal(1, await db.Users.CountAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")]
    public async Task Setup_WrongCode_MakesNothing(string code)
    {
        using var browser = _server.OpenBrowser();

        using var response = await RunAsync(browser, code);

        Assert.Contains("This is not the code", await response.Content.ReadAsStringAsync());
        await AssertNothingAsync();
    }

    [Fact]
    public async Task Setup_AnythingElseWrong_ListsEveryFieldAndMakesNothing()
    {
        using var browser = _server.OpenBrowser();

        using var response = await browser.SubmitAsync(
            "/setup", ("Input.Code", Code), ("Input.Name", ""), ("Input.Slug", "a b"), ("Input.Email", "nobody"), ("Input.Password", "short"));

        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Contains("Organization name is required.", page);
        Assert.Contains("Use only letters, numbers, hyphens and underscores.", page);
        Assert.Contains("This is not an e-mail address.", page);
        Assert.Contains("A password needs 12 characters or more", page);
        await AssertNothingAsync();
    }

    [Fact]
    public async Task Setup_ByTwoAtOnce_HappensOnce()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(async number =>
        {
            using var browser = _server.OpenBrowser();
            using var response = await RunAsync(browser, Code, $"owner{number}@acme.test");
            return response.StatusCode;
        }));

        Assert.Single(outcomes, HttpStatusCode.Redirect);
        await using var db = _server.OpenDatabase();
        Assert.Equal((1, 1), (await db.Users.CountAsync(), await db.Organizations.CountAsync()));
    }

    [Fact]
    public async Task SignIn_BeforeSetup_LeadsToSetup()
    {
        using var browser = _server.OpenBrowser();
        using var before = await browser.OpenAsync("/account/sign-in");
        using var done = await RunAsync(browser, Code);
        using var other = _server.OpenBrowser();

        using var after = await other.OpenAsync("/account/sign-in");

        Assert.Equal("/setup", before.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    private static Task<HttpResponseMessage> RunAsync(FormBrowser browser, string code, string email = "owner@acme.test") => browser.SubmitAsync(
        "/setup", ("Input.Code", code), ("Input.Name", "Acme Labs"), ("Input.Slug", ""), ("Input.Email", email), ("Input.Password", ConsoleServer.Password));

    private async Task AssertNothingAsync()
    {
        await using var db = _server.OpenDatabase();
        Assert.False(await db.Users.AnyAsync() || await db.Organizations.AnyAsync() || await db.Installation.AnyAsync() || await db.AuditEntries.AnyAsync());
    }
}
