using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Components;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Components;

public sealed class RoutesTests : ConsoleTestContext
{
    private static readonly RequestOrigin Origin = new("192.0.2.7", "request-1");

    public RoutesTests()
    {
        Services.AddScoped<CurrentActor>();
        // The pages behind it, with all that they need.
        ComponentFactories.AddStub<Router>();
    }

    [Fact]
    public async Task Circuit_StartedByAPerson_ActsAsThatPersonFromThere()
    {
        var user = await Given.UserAsync(Database, "owner@acme.test");
        SignIn(user);

        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Render<Routes>(routes => routes.Add(component => component.Origin, Origin));

        var actor = await Service<CurrentActor>().GetAsync();
        Assert.Equal((user.Id, "owner@acme.test", Origin.Address, Origin.RequestId), (actor.UserId, actor.Name, actor.Address, actor.RequestId));
    }

    [Fact]
    public async Task Circuit_ReconnectedUnderAnotherPerson_ShowsNothingAndLoadsAnew()
    {
        SignIn(await Given.UserAsync(Database, "first@acme.test"));
        var second = await Given.UserAsync(Database, "second@acme.test");
        var navigation = (BunitNavigationManager)Service<NavigationManager>();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        var routes = Render<Routes>(parameters => parameters.Add(component => component.Origin, Origin));
        Assert.Single(routes.FindComponents<Stub<Router>>());

        await routes.InvokeAsync(() => SignIn(second));

        Assert.Empty(routes.FindComponents<Stub<Router>>());
        Assert.True(navigation.History.First().Options.ForceLoad);
    }
}
