using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Catalogue;
using ProjectConsole.Features.Moving;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Security;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Catalogue;

public sealed class CataloguePagesTests : ConsoleTestContext
{
    private static readonly ResourceKind Offering = ResourceKinds.Get("service-offering");

    private OrganizationAccess? _access;

    public CataloguePagesTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddSupplyValueFromQueryProvider();
        Services.AddResourcesFeature();
        Services.AddResourcePages();
        Services.AddSharingFeature();
        Services.AddMovingFeature();
        Services.AddAuditFeature();
    }

    [Fact]
    public async Task Overview_EmptyCatalogue_SaysWhatItIsForAndOffersItsThreeKinds()
    {
        var place = await PlaceAsync(OrganizationRole.Admin);

        var page = Render<ResourceOverviewSection>(section => section.Add(s => s.Place, place));

        Assert.Equal("Catalogue", page.Find("h1").TextContent.Trim());
        Assert.Contains("can be chosen in every project", page.Markup, StringComparison.Ordinal);
        Assert.Equal(
            ["/organizations/acme/catalogue/service-offerings", "/organizations/acme/catalogue/disk-offerings", "/organizations/acme/catalogue/organization-templates"],
            page.FindAll("a.tile").Select(tile => tile.GetAttribute("href")));
        Assert.Single(page.FindAll(".page-actions button"));
    }

    [Fact]
    public async Task List_Member_LooksOnly()
    {
        var place = await PlaceAsync(OrganizationRole.Member, "small");

        var page = Render<ResourceListSection>(section => section.Add(s => s.Place, place).Add(s => s.Kind, Offering));

        Assert.Equal("/organizations/acme/catalogue/service-offerings/small", page.Find("tbody a.name-link").GetAttribute("href"));
        Assert.Empty(page.FindAll("table button, table input, .page-actions a"));
    }

    [Fact]
    public async Task List_Admin_NeitherSharesNorMovesWhatEveryProjectHas()
    {
        var place = await PlaceAsync(OrganizationRole.Admin, "small");

        var page = Render<ResourceListSection>(section => section.Add(s => s.Place, place).Add(s => s.Kind, Offering));
        await page.Find("button[aria-label='Actions for small']").ClickAsync(new());

        Assert.Equal(["Open", "Archive", "Edit", "Delete"], page.FindAll("[role=menuitem] [data-menu-label]").Select(entry => entry.TextContent));
    }

    [Theory]
    [InlineData("auditor", true)]
    [InlineData("admin", true)]
    [InlineData("member", false)]
    public async Task Detail_Activity_IsForWhoReadsTheOrganizationsLog(string role, bool isShown)
    {
        var place = await PlaceAsync(OrganizationRole.All.Single(known => known.Key == role), "small");

        var page = Render<ResourceSection>(section => section.Add(s => s.Place, place).Add(s => s.Kind, Offering).Add(s => s.Name, "small"));

        var activity = page.FindAll("section.card").Where(card => card.QuerySelector("h2")?.TextContent == "Activity").ToList();
        Assert.Equal(isShown, activity.Count == 1);
        if (isShown)
        {
            Assert.Contains("created small", Assert.Single(activity[0].QuerySelectorAll("li")).TextContent, StringComparison.Ordinal);
            Assert.Equal("/organizations/acme/audit?object=small", activity[0].QuerySelector("a")!.GetAttribute("href"));
        }
    }

    // The read decides, and not the page: whoever lost the permission since it was opened is shown nothing.
    [Fact]
    public async Task Detail_ActivityOfAPageFromBefore_IsEmptyForWhoMayReadTheLogNoMore()
    {
        var place = await PlaceAsync(OrganizationRole.Member, "small");

        var page = Render<ResourceSection>(section => section.Add(s => s.Place, place with { AuditHref = name => name }).Add(s => s.Kind, Offering).Add(s => s.Name, "small"));

        Assert.Empty(page.FindAll("section.card").Single(card => card.QuerySelector("h2")?.TextContent == "Activity").QuerySelectorAll("li"));
    }

    [Theory]
    [InlineData("clusters")]
    [InlineData("no-such-kind")]
    public async Task Frame_KindOfProjects_IsNotFound(string plural)
    {
        await PlaceAsync(OrganizationRole.Admin);
        var missed = false;
        Service<NavigationManager>().OnNotFound += (_, _) => missed = true;
        var page = Render<CascadingValue<OrganizationAccess>>(value => value.Add(cascade => cascade.Value, _access)
            .AddChildContent<CatalogueResources>(frame => frame.Add(f => f.Plural, plural).Add(f => f.ChildContent, _ => builder => builder.AddContent(0, "shown"))));

        Assert.True(missed);
        Assert.DoesNotContain("shown", page.Markup, StringComparison.Ordinal);
    }

    private async Task<ResourcePlace> PlaceAsync(OrganizationRole role, params string[] offerings)
    {
        var acme = await Given.OrganizationAsync(Database);
        var person = await acme.MemberAsync("ann", role);
        SignIn(person);
        foreach (var name in offerings)
        {
            var draft = ResourceWorld.Draft(name, "{'cpu-cores':2,'memory':8}");
            Assert.Null((await Service<ResourcesService>().CreateAsync(Actors.Of(acme.Owner), ResourceOwner.CatalogueOf(acme.Id), Offering, draft)).Error);
        }

        _access = await Database.Get<AccessControl>().OpenOrganizationAsync(Actors.Of(person), "acme");
        return ResourcePlace.OfCatalogue(_access!);
    }
}
