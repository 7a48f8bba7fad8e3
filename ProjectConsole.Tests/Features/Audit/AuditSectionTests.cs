using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Components.Controls;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Audit;

public sealed class AuditSectionTests : ConsoleTestContext
{
    public AuditSectionTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddAuditFeature();
        Services.AddControls();
        Services.AddCollaboratorsFeature();
        Services.AddSupplyValueFromQueryProvider();
    }

    [Fact]
    public async Task Entry_ThatIsGone_SaysSoInItsPlace()
    {
        var section = await RenderAsync("");
        await Database.ReadAsync(db => db.AuditEntries.ExecuteDeleteAsync());

        await section.Find("tbody button[aria-expanded]").ClickAsync(new());

        Assert.NotEmpty(section.Find("tbody .banner").TextContent.Trim());
        await section.Find("tbody button[aria-expanded=true]").ClickAsync(new());
        Assert.Empty(section.FindAll("tbody .banner"));
    }

    [Theory]
    [InlineData("?older=x&from=x&result=1")]
    [InlineData("?newer=99999999999999999999")]
    [InlineData("?object=%00&actor=%00&action=%00")]
    public async Task Section_NonsenseInTheAddress_CountsAsNotThere(string query) =>
        Assert.Single((await RenderAsync(query)).FindAll("tbody tr"));

    [Fact]
    public async Task Verify_Pressed_TellsHowFarTheLogIsUnbrokenOrNamesWhatIsBroken()
    {
        var section = await RenderAsync("");
        await section.Find(".page-actions button").ClickAsync(new());
        Assert.Equal("No entry is sealed yet. Entries are sealed within seconds, denied attempts after some minutes.", Told(section));

        await Database.Get<AuditSealer>().FlushAsync();
        await section.Find(".page-actions button").ClickAsync(new());
        Assert.Equal("1 entry, unbroken up to 2 Mar 2026, 09:00:00 UTC.", Told(section));

        await Database.ReadAsync(db => db.AuditEntries.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.ObjectName, "x")));
        await section.Find(".page-actions button").ClickAsync(new());
        Assert.Equal("The audit log is broken. Entry 1 was changed after it was sealed.", Told(section));
        Assert.Single(section.FindAll(".banner-danger[role=alert]"));
        Assert.False(section.Find(".page-actions button").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Verify_RightIsGoneMeanwhile_SaysWhatIsMissing()
    {
        var section = await RenderAsync("");
        await Database.ReadAsync(db => db.Members.ExecuteUpdateAsync(set => set.SetProperty(member => member.RoleKey, OrganizationRole.Member.Key)));

        await section.Find(".page-actions button").ClickAsync(new());

        Assert.StartsWith("You may not do this", Told(section), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_OfAProject_HasNoButton()
    {
        var section = await RenderAsync("");

        Assert.Empty(Render<AuditHead>().FindAll("button"));
        Assert.Single(section.FindAll(".page-actions button"));
    }

    private static string Told(IRenderedComponent<AuditSection> section) => section.Find(".banner .grow").TextContent.Trim();

    private async Task<IRenderedComponent<AuditSection>> RenderAsync(string query)
    {
        var acme = await Given.OrganizationAsync(Database);
        var actor = Actors.Of(acme.Owner);
        await Database.AddAsync(new AuditEntry(
            actor.InAudit(acme.Id, null, Database.Clock.UtcNow), AuditActions.OrganizationChanged, new AuditObject("organization", acme.Id, "Acme"), AuditResult.Done));
        SignIn(acme.Owner);
        Service<NavigationManager>().NavigateTo($"/{query}");
        var access = (await Service<AccessControl>().OpenOrganizationAsync(actor, acme.Slug))!;
        return Render<AuditSection>(parameters => parameters.AddCascadingValue(access));
    }
}
