using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Features.Audit;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;
using Radzen;

namespace ProjectConsole.Tests.Features.Audit;

public sealed class AuditSectionTests : ConsoleTestContext
{
    public AuditSectionTests()
    {
        Services.AddScoped<CurrentActor>();
        Services.AddAuditFeature();
        Services.AddRadzenComponents();
        Services.AddCollaboratorsFeature();
        Services.AddSupplyValueFromQueryProvider();
    }

    [Fact]
    public async Task Entry_ThatIsGone_SaysSoInItsPlace()
    {
        var section = await RenderAsync("");
        await Database.ReadAsync(db => db.AuditEntries.ExecuteDeleteAsync());

        await section.Find("tbody button[aria-expanded]").ClickAsync(new());

        Assert.NotEmpty(section.Find("tbody .banner").TextContent.Trim());
        await section.Find("tbody button[aria-expanded=true]").ClickAsync(new());
        Assert.Empty(section.FindAll("tbody .banner"));
    }

    [Theory]
    [InlineData("?older=x&from=x&result=1")]
    [InlineData("?newer=99999999999999999999")]
    [InlineData("?object=%00&actor=%00&action=%00")]
    public async Task Section_NonsenseInTheAddress_CountsAsNotThere(string query) =>
        Assert.Single((await RenderAsync(query)).FindAll("tbody tr"));

    private async Task<IRenderedComponent<AuditSection>> RenderAsync(string query)
    {
        var acme = await Given.OrganizationAsync(Database);
        var actor = Actors.Of(acme.Owner);
        await Database.AddAsync(new AuditEntry(
            actor.InAudit(acme.Id, null, Database.Clock.UtcNow), AuditActions.OrganizationChanged, new AuditObject("organization", acme.Id, "Acme"), AuditResult.Done));
        SignIn(acme.Owner);
        Service<NavigationManager>().NavigateTo($"/{query}");
        var access = (await Service<AccessControl>().OpenOrganizationAsync(actor, acme.Slug))!;
        return Render<AuditSection>(parameters => parameters.AddCascadingValue(access));
    }
}
