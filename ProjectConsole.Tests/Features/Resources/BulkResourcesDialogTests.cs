using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

public sealed class BulkResourcesDialogTests : ConsoleTestContext
{
    public BulkResourcesDialogTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddSupplyValueFromQueryProvider();
        Services.AddResourcesFeature();
        Services.AddResourcePages();
        Services.AddSharingFeature();
        Services.AddAuditFeature();
    }

    [Fact]
    public async Task Delete_SomethingDependsOnOne_SaysSoBeforeAndLeavesIt()
    {
        var (acme, vision, _) = await WorldAsync();
        var (used, free) = (await acme.ResourceAsync(vision, "volume", "used"), await acme.ResourceAsync(vision, "volume", "free"));
        var cluster = await acme.ResourceAsync(vision, "cluster", "gpu-1");
        await Database.AddAsync(new ResourceLink(acme.Id, cluster.Id, used.Id, "volume"));
        var run = new BulkRun();

        var dialog = Render(run, used, free, cluster);

        var lines = dialog.FindAll("li").Select(line => line.TextContent).ToList();
        Assert.Contains("used is used by Cluster gpu-1", lines[0], StringComparison.Ordinal);
        Assert.Contains("free: is deleted", lines[1], StringComparison.Ordinal);
        Assert.Contains("gpu-1: it is Running, so it stays", lines[2], StringComparison.Ordinal);
        Assert.Equal(3, await Database.ReadAsync(db => db.Resources.CountAsync()));

        // All or nothing: not all can be.
        await dialog.FindAll("input[type=radio]")[1].ChangeAsync(new ChangeEventArgs { Value = "on" });
        Assert.True(dialog.FindAll("button")[^1].HasAttribute("disabled"));
        await dialog.FindAll("input[type=radio]")[0].ChangeAsync(new ChangeEventArgs { Value = "on" });
        Assert.Equal("Delete 1", dialog.FindAll("button")[^1].TextContent);
        Assert.Null(run.Ends);
        await dialog.FindAll("button")[^1].ClickAsync(new());

        Assert.Contains("free: deleted", dialog.Markup, StringComparison.Ordinal);
        // Who closed the dialog meanwhile is told all the same.
        Assert.Equal("1 done, 2 left as they are.", await run.Ends!);
        Assert.Equal(["gpu-1", "used"], await Database.ReadAsync(db => db.Resources.OrderBy(row => row.Name).Select(row => row.Name).ToListAsync()));
    }

    [Fact]
    public async Task Delete_OfThreeProjectsOneOfWhichGoesMeanwhile_SaysOfEachWhatBecameOfIt()
    {
        var (acme, vision, manager) = await WorldAsync();
        var (speech, third) = (await acme.ProjectAsync("speech", (manager, ProjectRole.Manager)), await acme.ProjectAsync("third", (manager, ProjectRole.Manager)));
        Resource[] volumes = [await acme.ResourceAsync(vision, "volume", "first"), await acme.ResourceAsync(speech, "volume", "second"), await acme.ResourceAsync(third, "volume", "last")];
        var run = new BulkRun();
        var dialog = Render(run, volumes);
        Assert.Equal("Delete 3", dialog.FindAll("button")[^1].TextContent);

        await acme.ChangeAsync(speech, project => project.Delete(Database.Clock.UtcNow));
        await dialog.FindAll("button")[^1].ClickAsync(new());

        Assert.Equal("2 done, 1 left as they are.", await run.Ends!);
        var lines = dialog.FindAll("li").Select(line => line.TextContent).ToList();
        Assert.Contains("first: deleted", lines[0], StringComparison.Ordinal);
        Assert.Contains("second: This does not exist, or you do not have access to it.", lines[1], StringComparison.Ordinal);
        Assert.Contains("last: deleted", lines[2], StringComparison.Ordinal);
        Assert.Contains("This does not exist", dialog.Find("[role=alert], .banner").TextContent, StringComparison.Ordinal);
        Assert.Equal("Close", dialog.FindAll("button")[^1].TextContent);
        Assert.Equal("second", (await Database.ReadAsync(db => db.Resources.SingleAsync())).Name);
    }

    [Fact]
    public async Task Delete_OfAProjectThatIsGone_OffersNothing()
    {
        var (acme, vision, manager) = await WorldAsync();
        var speech = await acme.ProjectAsync("speech", (manager, ProjectRole.Manager));
        Resource[] volumes = [await acme.ResourceAsync(speech, "volume", "gone"), await acme.ResourceAsync(vision, "volume", "there")];
        await acme.ChangeAsync(speech, project => project.Delete(Database.Clock.UtcNow));

        var dialog = Render(new BulkRun(), volumes);

        Assert.Contains("gone: This does not exist", dialog.FindAll("li")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("there: is deleted", dialog.FindAll("li")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("Delete 1", dialog.FindAll("button")[^1].TextContent);
    }

    [Fact]
    public async Task Delete_AllRefusedMeanwhile_SaysThatNothingIsDone()
    {
        var (acme, vision, _) = await WorldAsync();
        var volume = await acme.ResourceAsync(vision, "volume", "used");
        var run = new BulkRun();
        var dialog = Render(run, volume);
        var cluster = await acme.ResourceAsync(vision, "cluster", "gpu-1");
        await Database.AddAsync(new ResourceLink(acme.Id, cluster.Id, volume.Id, "volume"));

        await dialog.FindAll("button")[^1].ClickAsync(new());

        Assert.Equal("0 done, 1 left as they are.", await run.Ends!);
        Assert.Contains("used is used by Cluster gpu-1", dialog.Find("li").TextContent, StringComparison.Ordinal);
        Assert.True(dialog.FindAll("button")[^1].HasAttribute("disabled"));
        Assert.Equal(2, await Database.ReadAsync(db => db.Resources.CountAsync()));
    }

    [Fact]
    public async Task Cleanup_Manager_PicksOfThePageAndAReaderNothing()
    {
        var (acme, vision, manager) = await WorldAsync();
        await acme.ResourceAsync(vision, "volume", "old");
        Database.Clock.Advance(TimeSpan.FromDays(100));
        await acme.ResourceAsync(vision, "volume", "fresh");

        var page = await CleanupAsync(manager);
        Assert.Equal(["old"], page.FindAll("tbody a.name-link").Select(link => link.TextContent));
        await page.Find("input[aria-label='Select old']").ChangeAsync(new ChangeEventArgs { Value = true });
        Assert.NotNull(page.Find("[role=group][aria-label='Selected resources'] .button-danger-outlined"));

        var auditor = await acme.MemberAsync("eve", OrganizationRole.Auditor);
        SignIn(auditor);
        var reading = await CleanupAsync(auditor);
        Assert.Single(reading.FindAll("tbody a.name-link"));
        Assert.Empty(reading.FindAll("table input"));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Share_Workspaces_AreOfferedWhereThereAreSeveral(int workspaces, bool isOffered)
    {
        var (acme, vision, manager) = await WorldAsync();
        var volume = await acme.ResourceAsync(vision, "volume", "v");
        if (workspaces > 1)
        {
            await acme.WorkspaceAsync("second");
        }

        Assert.NotNull(manager);
        var dialog = Render<ShareDialog>(parameters => parameters.Add(share => share.Owner, ResourceOwner.Of(acme.Scope(vision))).Add(share => share.Kind, ResourceKinds.Get("volume"))
            .Add(share => share.ResourceId, volume.Id).Add(share => share.Name, "v"));

        dialog.WaitForAssertion(() => Assert.Equal(isOffered, dialog.Markup.Contains("All of its projects.", StringComparison.Ordinal)));
        Assert.Contains("Somebody there accepts it.", dialog.Markup, StringComparison.Ordinal);
    }

    private async Task<(GivenOrganization Acme, Project Vision, User Person)> WorldAsync()
    {
        var acme = await Given.OrganizationAsync(Database);
        var manager = await acme.MemberAsync("ann");
        var vision = await acme.ProjectAsync("vision", (manager, ProjectRole.Manager));
        SignIn(manager);
        return (acme, vision, manager);
    }

    private IRenderedComponent<BulkResourcesDialog> Render(BulkRun run, params Resource[] resources)
    {
        var acts = new ResourceActs(MayUpdate: true, MayOperate: true, MayDelete: true, MayShare: true);
        List<PickedResource> picked = [.. resources.Select(resource => new PickedResource(
            ResourceOwner.Of(new ProjectScope(resource.OrganizationId, resource.OwnerId)), ResourceRow.Of(resource) with { Acts = acts }))];
        return Render<BulkResourcesDialog>(parameters => parameters.Add(dialog => dialog.Picked, picked).Add(dialog => dialog.Run, run));
    }

    private async Task<IRenderedComponent<CleanupSection>> CleanupAsync(User person)
    {
        var access = (await Database.Get<AccessControl>().OpenProjectAsync(Actors.Of(person), "acme", "vision"))!;
        return Render<CleanupSection>(parameters => parameters.Add(section => section.Place, ResourcePlace.Of(access)));
    }
}
