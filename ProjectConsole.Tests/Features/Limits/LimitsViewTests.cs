using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Limits;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Limits;

public sealed class LimitsViewTests : ConsoleTestContext
{
    public LimitsViewTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddLimitsFeature();
    }

    [Fact]
    public async Task View_Viewer_SeesBarsAndWhoSetWhatAndChangesNothing()
    {
        var (acme, churn, viewer) = await ChurnAsync(used: 17);
        SignIn(viewer);

        var page = Render<LimitsView>(parameters => parameters.Add(view => view.Place, LimitPlace.Of(acme.Scope(churn))));

        var row = Row(page, "GPUs");
        Assert.Contains("17 of 20", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("This project", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("owner@acme.test", row.TextContent, StringComparison.Ordinal);
        Assert.NotNull(row.QuerySelector(".limit-warning"));
        Assert.Contains("No limit", Row(page, "Files").TextContent, StringComparison.Ordinal);
        Assert.Contains("Built-in default", Row(page, "CPU cores").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button"));
    }

    [Fact]
    public async Task View_LimitReached_IsInDangerAndAnAdminMayChangeIt()
    {
        var (acme, churn, _) = await ChurnAsync(used: 21);
        SignIn(acme.Owner);

        var page = Render<LimitsView>(parameters => parameters.Add(view => view.Place, LimitPlace.Of(acme.Scope(churn))));

        Assert.NotNull(Row(page, "GPUs").QuerySelector(".limit-danger"));
        Assert.Equal("Change limit: GPUs", Row(page, "GPUs").QuerySelector("button")!.GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Dialog_LessThanIsUsed_WarnsAndSavesAllTheSame()
    {
        var (acme, churn, _) = await ChurnAsync(used: 17);
        SignIn(acme.Owner);
        var place = LimitPlace.Of(acme.Scope(churn));
        var limits = Service<LimitsService>();
        var row = (await limits.ListAsync(Actors.Of(acme.Owner), place)).Value.Rows.Single(each => each.Metric == "gpus");
        var dialog = Render<LimitDialog>(parameters => parameters.Add(each => each.Place, place).Add(each => each.Row, row));
        Assert.Equal("20", dialog.Find("input").GetAttribute("value"));

        await dialog.Find("input").InputAsync(new() { Value = "many" });
        await dialog.Find(".button-primary").ClickAsync(new());
        Assert.Contains("Type a whole number.", dialog.Markup, StringComparison.Ordinal);
        await dialog.Find("input").InputAsync(new() { Value = "65" });
        await dialog.Find(".button-primary").ClickAsync(new());
        Assert.Contains("at most 64, which is the installation's default", dialog.Markup, StringComparison.Ordinal);
        await dialog.Find("input").InputAsync(new() { Value = "4" });
        Assert.Contains("less than what is used", dialog.Markup, StringComparison.Ordinal);
        await dialog.Find(".button-primary").ClickAsync(new());

        Assert.Equal(4, (await limits.ListAsync(Actors.Of(acme.Owner), place)).Value.Rows.Single(each => each.Metric == "gpus").Own);
    }

    private static IElement Row(IRenderedComponent<LimitsView> page, string title) =>
        page.FindAll("tbody tr").Single(row => row.QuerySelector("td:first-child .limit-text span")!.TextContent == title);

    private async Task<(GivenOrganization Acme, Project Churn, User Viewer)> ChurnAsync(long used)
    {
        var acme = await Given.OrganizationAsync(Database);
        var viewer = await acme.MemberAsync("viewer");
        var churn = await acme.ProjectAsync("churn", (viewer, ProjectRole.Viewer));
        await Database.AddAsync(new Limit(LimitScope.Project, acme.Id, churn.Id, Metric.Gpus, 20, acme.Owner.Id, acme.Owner.Email!, Database.Clock.UtcNow));
        await using var db = Database.Open();
        db.Add(new Usage(acme.Id, churn.Id, Metric.Gpus)).Property(usage => usage.Used).CurrentValue = used;
        await db.SaveChangesAsync();
        return (acme, churn, viewer);
    }
}
