using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

public sealed class DeleteResourceDialogTests : ConsoleTestContext
{
    private static readonly ResourceKind Volume = ResourceKinds.Get("volume");

    public DeleteResourceDialogTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddResourcesFeature();
    }

    [Fact]
    public async Task Delete_SomethingInUseNamesIt_SaysSoAndOffersNoDeletion()
    {
        var (acme, vision, manager) = await WorldAsync();
        var volume = await acme.ResourceAsync(vision, "volume", "cache");
        await NamingAsync(acme, vision, "cluster", "gpu-1", "running", volume);
        await NamingAsync(acme, vision, "cluster", "gpu-2", "stopped", volume);
        await NamingAsync(acme, vision, "cluster", "gpu-0", "terminated", volume);

        IRenderedComponent<DeleteResourceDialog> dialog = null!;
        await Unchanged.AssertNothingWrittenAsync(Database, async () => dialog = await RenderAsync(manager, volume));

        Assert.Contains("cache is used by Cluster gpu-1 and Cluster gpu-2.", dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["2 resources use it", "One that is over names it"], dialog.FindAll("h2").Select(head => head.TextContent));
        Assert.Equal(["gpu-1 Cluster, Running", "gpu-2 Cluster, Stopped"], dialog.FindAll(".effect")[0].QuerySelectorAll("li .breakable").Select(line => line.TextContent).Order(StringComparer.Ordinal));
        Assert.Equal("gpu-0 Cluster, Terminated", dialog.FindAll(".effect")[1].QuerySelector("li .breakable")!.TextContent);
        Assert.True(Button(dialog).HasAttribute("disabled"));
    }

    [Fact]
    public async Task Delete_OnlyWhatIsOverNamesIt_DeletesIt()
    {
        var (acme, vision, manager) = await WorldAsync();
        var volume = await acme.ResourceAsync(vision, "volume", "cache");
        for (var index = 0; index < 3; index++)
        {
            await NamingAsync(acme, vision, "job", $"night-{index}", "succeeded", volume);
        }

        var dialog = await RenderAsync(manager, volume);

        Assert.Equal(["3 that are over name it"], dialog.FindAll("h2").Select(head => head.TextContent));
        Assert.Empty(dialog.FindAll("[role=alert]"));
        await Button(dialog).ClickAsync(new());
        Assert.Equal(0, await Database.ReadAsync(db => db.Resources.CountAsync(row => row.Kind == "volume")));
    }

    [Fact]
    public async Task Delete_NothingNamesIt_SaysSo()
    {
        var (acme, vision, manager) = await WorldAsync();

        var dialog = await RenderAsync(manager, await acme.ResourceAsync(vision, "volume", "cache"));

        Assert.Contains("Nothing depends on it.", dialog.Markup, StringComparison.Ordinal);
        Assert.False(Button(dialog).HasAttribute("disabled"));
        Assert.Equal(1, await Database.ReadAsync(db => db.Resources.CountAsync()));
    }

    [Fact]
    public async Task Delete_SomebodyUsesItMeanwhile_IsRefusedAndNotOfferedAgain()
    {
        var (acme, vision, manager) = await WorldAsync();
        var volume = await acme.ResourceAsync(vision, "volume", "cache");
        var dialog = await RenderAsync(manager, volume);
        await NamingAsync(acme, vision, "cluster", "gpu-1", "running", volume);

        await Unchanged.AssertNothingWrittenAsync(Database, () => Button(dialog).ClickAsync(new()));

        Assert.Contains("cache is used by Cluster gpu-1.", dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.True(Button(dialog).HasAttribute("disabled"));
    }

    [Fact]
    public async Task Delete_GoneMeanwhile_SaysSo()
    {
        var (acme, vision, manager) = await WorldAsync();
        var volume = await acme.ResourceAsync(vision, "volume", "cache");
        var owner = ResourceOwner.Of(acme.Scope(vision));
        Assert.Null((await Service<ResourcesService>().DeleteAsync(Actors.Of(manager), owner, Volume, volume.Id, null)).Error);

        var dialog = await RenderAsync(manager, volume);

        Assert.Contains(new NoSuchResource().Message, dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.True(Button(dialog).HasAttribute("disabled"));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<DeleteResourceDialog> dialog) => dialog.Find(".button-danger");

    private async Task<(GivenOrganization Acme, Project Vision, User Manager)> WorldAsync()
    {
        var acme = await Given.OrganizationAsync(Database);
        var manager = await acme.MemberAsync("ann");
        var vision = await acme.ProjectAsync("vision", (manager, ProjectRole.Manager));
        SignIn(manager);
        return (acme, vision, manager);
    }

    private async Task NamingAsync(GivenOrganization acme, Project project, string kind, string name, string state, Resource named)
    {
        var resource = await acme.ResourceAsync(project, kind, name);
        await Database.ChangeAsync<Resource>(row => row.Enter(state, Database.Clock.UtcNow), resource.Id);
        await Database.AddAsync(new ResourceLink(acme.Id, resource.Id, named.Id, "volume"));
    }

    private async Task<IRenderedComponent<DeleteResourceDialog>> RenderAsync(User person, Resource resource)
    {
        var access = (await Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(person), "acme", "vision"))!;
        return Render<DeleteResourceDialog>(parameters => parameters.Add(dialog => dialog.Place, ResourcePlace.Of(access)).Add(dialog => dialog.Kind, Volume)
            .Add(dialog => dialog.Row, ResourceRow.Of(resource)));
    }
}
