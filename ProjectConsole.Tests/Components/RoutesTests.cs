using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Components;
using ProjectConsole.Security;

namespace ProjectConsole.Tests.Components;

public sealed class RoutesTests : BunitContext
{
    private static readonly Guid Ann = new("019a0000-0000-7000-8000-000000000001");
    private static readonly Guid Session = new("019a0000-0000-7000-8000-000000000002");

    public static TheoryData<Guid?, Guid?> Others => new() { { Session, Session }, { Ann, Ann }, { null, null } };

    [Theory]
    [MemberData(nameof(Others))]
    public void Circuit_FindsItselfUnderSomebodyElseOrAnotherSession_ShowsNothingAndLoadsAnew(Guid? user, Guid? session)
    {
        var page = Start();
        Assert.True(page.HasComponent<Stub<Router>>());

        Become(page, user, session);

        Assert.False(page.HasComponent<Stub<Router>>());
        Assert.True(Assert.Single(Services.GetRequiredService<BunitNavigationManager>().History).Options.ForceLoad);
        Become(page, Ann, Session);
        Assert.False(page.HasComponent<Stub<Router>>());
    }

    [Fact]
    public void Circuit_ToldAgainOfTheSamePerson_GoesOn()
    {
        var page = Start();

        Become(page, Ann, Session);

        Assert.True(page.HasComponent<Stub<Router>>());
        Assert.Empty(Services.GetRequiredService<BunitNavigationManager>().History);
    }

    private IRenderedComponent<CascadingValue<Task<AuthenticationState>>> Start()
    {
        ComponentFactories.AddStub<Router>();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        this.AddAuthorization();
        Services.AddScoped<CurrentActor>();
        return Render<CascadingValue<Task<AuthenticationState>>>(parameters => parameters
            .Add(cascade => cascade.Value, StateOf(Ann, Session))
            .AddChildContent<Routes>(routes => routes.Add(part => part.Origin, RequestOrigin.Unknown)));
    }

    private static void Become(IRenderedComponent<CascadingValue<Task<AuthenticationState>>> page, Guid? user, Guid? session) =>
        page.Render(parameters => parameters
            .Add(cascade => cascade.Value, StateOf(user, session))
            .AddChildContent<Routes>(routes => routes.Add(part => part.Origin, RequestOrigin.Unknown)));

    private static Task<AuthenticationState> StateOf(Guid? user, Guid? session) => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(
        user is null ? new ClaimsIdentity() : new ClaimsIdentity([new(ClaimTypes.NameIdentifier, $"{user}"), new("session", $"{session}")], "Console"))));
}
