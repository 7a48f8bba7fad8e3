using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Explanations;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Explanations;

public sealed class WhyPanelTests : ConsoleTestContext
{
    public WhyPanelTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddCollaboratorsFeature();
    }

    [Fact]
    public async Task Panel_AccessChangesWhileItIsOpen_ExplainsItAnewAndThenLosesIt()
    {
        var acme = await Given.OrganizationAsync(Database);
        var (me, ann) = (await acme.MemberAsync("me"), await acme.MemberAsync("ann"));
        var vision = await acme.ProjectAsync("vision", (me, ProjectRole.Manager), (ann, ProjectRole.Viewer));
        SignIn(me);
        var panel = Render<WhyPanel>(parameters => parameters.Add(part => part.Project, acme.Scope(vision)).Add(part => part.UserId, ann.Id));
        panel.WaitForAssertion(() => Assert.Contains("Viewer", panel.Markup, StringComparison.Ordinal));

        var collaborators = Service<CollaboratorsService>();
        Assert.True((await collaborators.ChangeRoleAsync(Actors.Of(me), acme.Scope(vision), new RoleChange(ann.Id, ProjectRole.Contributor))).Succeeded);
        panel.WaitForAssertion(() => Assert.Contains("Contributor", panel.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));

        // Whoever asked may not read it any more: nothing of it stays.
        Assert.True((await collaborators.RemoveAsync(Actors.Of(acme.Owner), acme.Scope(vision), new Removal(me.Id))).Succeeded);
        panel.WaitForAssertion(() => Assert.Contains("This cannot be explained", panel.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.DoesNotContain("Contributor", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_Closed_IsWatchedNoLonger()
    {
        var acme = await Given.OrganizationAsync(Database);
        var vision = await acme.ProjectAsync("vision");
        SignIn(acme.Owner);
        var panel = Render<WhyPanel>(parameters => parameters.Add(part => part.Project, acme.Scope(vision)).Add(part => part.UserId, acme.Owner.Id));
        panel.WaitForAssertion(() => Assert.Contains("vision", panel.Markup, StringComparison.Ordinal));
        Assert.NotEqual(0, Service<AccessWatch>().Count);

        await DisposeComponentsAsync();
        Assert.Equal(0, Service<AccessWatch>().Count);
    }
}
