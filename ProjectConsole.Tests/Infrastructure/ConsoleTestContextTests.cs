using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Security;

namespace ProjectConsole.Tests.Infrastructure;

public sealed class ConsoleTestContextTests : ConsoleTestContext
{
    public ConsoleTestContextTests() => Services.AddSingleton(new MarkerService("constructor"));

    [Fact]
    public async Task Render_AuthorizeView_KnowsWhoIsSignedIn()
    {
        var acme = await Given.OrganizationAsync(Database);
        RenderFragment name = Name;
        Assert.Equal("nobody", Render(name).Markup);

        SignIn(acme.Owner);

        Assert.Equal("owner@acme.test", Render(name).Markup);
    }

    [Fact]
    public async Task Service_AccessControl_ReadsTheSameDatabase()
    {
        var acme = await Given.OrganizationAsync(Database);
        await acme.ProjectAsync("churn");

        var access = await Service<AccessControl>().OpenProjectAsync(Actors.Of(acme.Owner), "acme", "churn");

        Assert.True(access?.May(Permissions.ProjectDelete));
        Assert.Same(Database.Clock, Service<TimeProvider>());
        Assert.Equal("constructor", Service<MarkerService>().Text);
    }

    private static void Name(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
    {
        builder.OpenComponent<CascadingAuthenticationState>(0);
        builder.AddComponentParameter(1, "ChildContent", (RenderFragment)(inner =>
        {
            inner.OpenComponent<AuthorizeView>(0);
            inner.AddComponentParameter(1, "ChildContent", (RenderFragment<AuthenticationState>)(state => text => text.AddContent(0, state.User.Identity!.Name)));
            inner.AddComponentParameter(2, "NotAuthorized", (RenderFragment<AuthenticationState>)(_ => text => text.AddContent(0, "nobody")));
            inner.CloseComponent();
        }));
        builder.CloseComponent();
    }

    private sealed record MarkerService(string Text);
}
