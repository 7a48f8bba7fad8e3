using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using ProjectConsole.Components;
using ProjectConsole.Features.AccessRequests;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Components;

public sealed class NotFoundPageTests : ConsoleTestContext
{
    public NotFoundPageTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddAccessRequestsFeature();
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        Services.AddSingleton<IHostEnvironment>(new HostingEnvironment());
    }

    [Fact]
    public void Render_ForNobody_OffersTheWayBackAndNoForm()
    {
        var page = RenderPage();

        Assert.Equal("Not found, or you have no access", page.Find("h1").TextContent);
        Assert.Equal("/", page.Find("a").GetAttribute("href"));
        Assert.Empty(page.FindAll("textarea"));
    }

    [Theory]
    [InlineData("/organizations/acme/projects/vision", true)]
    [InlineData("/organizations/acme/projects/nothing/settings/general", true)]
    [InlineData("/organizations/acme/members", false)]
    [InlineData("/organizations/elsewhere/projects/vision", false)]
    public async Task Render_ForAMember_AsksForAnyProjectOfTheOwnOrganization(string address, bool offers)
    {
        var acme = await Given.OrganizationAsync(Database);
        await acme.ProjectAsync("vision");
        await Given.OrganizationAsync(Database, "elsewhere");
        SignIn(await acme.MemberAsync("ann"));
        Service<NavigationManager>().NavigateTo(address);

        var page = RenderPage();

        page.WaitForAssertion(() => Assert.Equal(offers ? 1 : 0, page.FindAll("textarea").Count));
        if (!offers)
        {
            return;
        }

        await page.Find("textarea").InputAsync(new ChangeEventArgs { Value = "I label the calls." });
        await page.FindAll("button").Single(button => button.TextContent == "Request access").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("If this project exists, its Admins will see your request.", page.Markup));
    }

    // Saying it builds the provider, after which nothing can be registered.
    private IRenderedComponent<NotFoundPage> RenderPage()
    {
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return Render<NotFoundPage>();
    }
}
