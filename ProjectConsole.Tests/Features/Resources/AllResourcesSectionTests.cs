using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

public sealed class AllResourcesSectionTests : ConsoleTestContext
{
    private const string Address = "/organizations/acme/resources";

    public AllResourcesSectionTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddSupplyValueFromQueryProvider();
        Services.AddResourcesFeature();
        Services.AddResourcePages();
        Services.AddSharingFeature();
        Services.AddAuditFeature();
    }

    [Fact]
    public async Task Label_InTheAddress_NarrowsTheListAndIsAFilterLikeTheOthers()
    {
        var (acme, vision, viewer) = await WorldAsync();
        var speech = await acme.ProjectAsync("speech", (viewer, ProjectRole.Viewer));
        await LabelledAsync(acme, vision, "gpu-1", "nightly", "team-a");
        await LabelledAsync(acme, speech, "gpu-2", "nightly");
        await LabelledAsync(acme, speech, "gpu-3", "weekly");
        await LabelledAsync(acme, await acme.ProjectAsync("hidden"), "gpu-4", "nightly", "sealed");

        var page = await RenderAsync(viewer, "?label=nightly&kind=clusters&sort=name&page=1");

        Assert.Equal(["gpu-1", "gpu-2"], page.FindAll("tbody a.name-link").Select(link => link.TextContent));
        Assert.Equal(["nightly · team-a", "nightly"], page.FindAll("tbody .source-note").Select(note => note.TextContent));
        Assert.Contains("Label: nightly", page.FindAll(".filter-chip-set").Select(chip => chip.QuerySelector("button > span")!.TextContent));
        Assert.Equal($"{Address}?kind=clusters&sort=name", page.Find("a[aria-label='Remove filter Label']").GetAttribute("href"));
        // What none of the resources that this person sees has is no choice.
        Assert.Equal(
            [("nightly", "true"), ("team-a", "false"), ("weekly", "false")],
            page.FindAll("[role=menu][aria-label=Label] a").Select(option => (option.QuerySelector("[data-menu-label]")!.TextContent, option.GetAttribute("aria-checked")!)));
        Assert.Equal($"{Address}?kind=clusters&label=weekly&sort=name", page.FindAll("[role=menu][aria-label=Label] a")[^1].GetAttribute("href"));
    }

    [Fact]
    public async Task Label_ThatNothingHas_SaysSoAndCanBeTakenAway()
    {
        var (acme, vision, viewer) = await WorldAsync();
        await acme.ResourceAsync(vision, "cluster", "gpu-1");

        var without = await RenderAsync(viewer, "");
        Assert.Empty(without.FindAll("[role=menu][aria-label=Label]"));
        var page = await RenderAsync(viewer, "?label=nightly");

        Assert.Contains("No resource matches these filters", page.Markup, StringComparison.Ordinal);
        Assert.Equal(Address, page.Find("a[aria-label='Remove filter Label']").GetAttribute("href"));
    }

    private async Task<(GivenOrganization Acme, Project Vision, User Person)> WorldAsync()
    {
        var acme = await Given.OrganizationAsync(Database);
        var viewer = await acme.MemberAsync("ann");
        var vision = await acme.ProjectAsync("vision", (viewer, ProjectRole.Viewer));
        SignIn(viewer);
        return (acme, vision, viewer);
    }

    private async Task LabelledAsync(GivenOrganization acme, Project project, string name, params string[] labels)
    {
        var resource = await acme.ResourceAsync(project, "cluster", name);
        await Database.ChangeAsync<Resource>(row => row.Change("", labels, row.Spec, Database.Clock.UtcNow), resource.Id);
    }

    private async Task<IRenderedComponent<CascadingValue<OrganizationAccess>>> RenderAsync(User person, string query)
    {
        Service<NavigationManager>().NavigateTo($"{Address}{query}");
        var access = (await Database.Get<AccessControl>().OpenOrganizationAsync(Actors.Of(person), "acme"))!;
        return Render<CascadingValue<OrganizationAccess>>(value => value.Add(cascade => cascade.Value, access).AddChildContent<AllResourcesSection>());
    }
}
