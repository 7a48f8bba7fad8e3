using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Installation;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Installation;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Installation;

/// <summary>The pages of the installation over the real services.</summary>
public sealed class InstallationPagesTests : ConsoleTestContext
{
    public InstallationPagesTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddOrganizationsFeature();
        Services.AddInstallationFeature();
        Services.AddSupplyValueFromQueryProvider();
    }

    [Fact]
    public async Task EveryPage_ForOthersThanAdministrators_IsNotFound()
    {
        await Database.AddAsync(new InstallationSettings(Database.Clock.UtcNow));
        var acme = await Given.OrganizationAsync(Database);
        var notFound = 0;
        Service<NavigationManager>().OnNotFound += (_, _) => notFound++;
        SignIn(acme.Owner);

        Assert.Empty(Render<InstallationOrganizationsPage>().FindAll("h1"));
        Assert.Empty(Render<InstallationRequestsPage>().FindAll("h1"));
        Assert.Empty(Render<InstallationAccountsPage>().FindAll("h1"));
        Assert.Empty(Render<InstallationSettingsPage>().FindAll("h1"));
        Assert.Equal(4, notFound);
    }

    [Fact]
    public async Task Organizations_AnAdministrator_SeesOwnersAndUse()
    {
        await Given.OrganizationAsync(Database, allowance: 4);
        SignIn(await Given.InstallationAdministratorAsync(Database));

        var page = Render<InstallationOrganizationsPage>();

        var row = page.WaitForElement("tbody tr").TextContent;
        Assert.Contains("owner@acme.test", row, StringComparison.Ordinal);
        Assert.Contains("1 of 4", page.Find("tbody tr").TextContent.Replace("\u00a0", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?page=x")]
    [InlineData("?size=99999999999")]
    public async Task Lists_NonsenseInTheAddress_CountsAsNotThere(string query)
    {
        var acme = await Given.OrganizationAsync(Database, allowance: 4);
        await Database.AddAsync(new AllowanceRequest(acme.Id, acme.Owner.Id, acme.Owner.Email!, 9, "growth", Database.Clock.UtcNow));
        SignIn(await Given.InstallationAdministratorAsync(Database));
        Service<NavigationManager>().NavigateTo($"/{query}");

        Assert.Contains("owner@acme.test", Render<InstallationOrganizationsPage>().WaitForElement("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.NotNull(Render<InstallationRequestsPage>().WaitForElement("tbody tr"));
        Assert.NotNull(Render<InstallationAccountsPage>().WaitForElement("tbody tr"));
    }

    [Fact]
    public async Task AnswerRequest_Approved_SetsTheAllowance()
    {
        var acme = await Given.OrganizationAsync(Database, allowance: 4);
        await Database.AddAsync(new AllowanceRequest(acme.Id, acme.Owner.Id, acme.Owner.Email!, 9, "growth", Database.Clock.UtcNow));
        var administrator = await Given.InstallationAdministratorAsync(Database);
        SignIn(administrator);
        var row = (await Service<AllowanceRequests>().ListAsync(Actors.Of(administrator), true, new PageRequest(1, null))).Value.Page.Rows.Single();
        var dialog = Render<AnswerRequestDialog>(parameters => parameters.Add(component => component.Row, row));

        await dialog.FindAll("button").Single(button => button.TextContent.Trim() == "Decline").ClickAsync(new());
        Assert.Contains("Say why", dialog.Find(".field-error").TextContent, StringComparison.Ordinal);
        dialog.Find("input").Change("7");
        await dialog.FindAll("button").Single(button => button.TextContent.Trim() == "Approve").ClickAsync(new());

        Assert.Equal(7, await Database.ReadAsync(db => db.Organizations.Select(organization => organization.ProjectAllowance).SingleAsync()));
    }

    [Fact]
    public async Task LockAccount_LastAdmin_OffersThatAnOwnerTakesOver()
    {
        var acme = await Given.OrganizationAsync(Database);
        var ann = await acme.MemberAsync("ann");
        await acme.ProjectAsync("vision", (ann, ProjectRole.Admin));
        SignIn(await Given.InstallationAdministratorAsync(Database));
        var row = new AccountRow(ann.Id, ann.Email!, "", AccountState.Active, false, 1, Database.Clock.UtcNow, null);
        var dialog = Render<LockAccountDialog>(parameters => parameters.Add(component => component.Row, row));

        await dialog.FindAll("button").Single(button => button.TextContent.Trim() == "Lock account").ClickAsync(new());
        Assert.Contains("1 project would be left without an Admin", dialog.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("vision", dialog.Markup, StringComparison.Ordinal);
        dialog.Find("input[type=checkbox]").Change(true);
        await dialog.FindAll("button").Single(button => button.TextContent.Trim() == "Lock account").ClickAsync(new());

        Assert.True(await Database.ReadAsync(db => db.Users.AnyAsync(user => user.Id == ann.Id && user.LockedUtc != null)));
    }

    [Fact]
    public async Task Settings_Saved_AreKept()
    {
        await Database.AddAsync(new InstallationSettings(Database.Clock.UtcNow));
        SignIn(await Given.InstallationAdministratorAsync(Database));
        var page = Render<InstallationSettingsPage>();

        page.WaitForElement("input[type=checkbox]").Change(true);
        await page.FindAll("button").Single(button => button.TextContent.Trim() == "Save settings").ClickAsync(new());

        Assert.True(await Database.ReadAsync(db => db.Installation.AnyAsync(settings => settings.RegistrationIsOpen && !settings.EverybodyCreatesOrganizations)));
    }
}
