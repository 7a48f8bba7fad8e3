using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Keys;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Undo;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Keys;

/// <summary>The dialogs of removals and role changes ask what becomes of the API keys.</summary>
public sealed class KeyChoiceDialogTests : ConsoleTestContext
{
    private GivenOrganization _acme = null!;
    private User _developer = null!;
    private ProjectAccess _project = null!;

    public KeyChoiceDialogTests()
    {
        Services.AddCollaboratorsFeature().AddOrganizationsFeature().AddKeysFeature().AddUndoFeature();
        Services.AddScoped<CurrentActor>();
        Services.AddSupplyValueFromQueryProvider();
    }

    [Fact]
    public async Task Removal_KeysAreRevokedUnlessKept()
    {
        await StartAsync("ends", "stays");
        var preview = (await Service<RemovalPreviewService>().OfRemovalAsync(Actors.Of(_acme.Owner), _project.Scope, _developer.Id)).Value;
        var dialog = Render<RemovalDialog>(parameters => parameters
            .Add(part => part.Project, _project).Add(part => part.PrincipalId, _developer.Id).Add(part => part.Preview, preview));

        Assert.Equal("API keys that developer@acme.test made", dialog.Find(".key-choices legend").TextContent);
        Assert.Equal([("ends", "Revoke"), ("stays", "Revoke")], Chosen(dialog));
        await dialog.FindAll(".key-choices li")[1].QuerySelectorAll("input")[0].ChangeAsync(new ChangeEventArgs { Value = "on" });
        Assert.Equal([("ends", "Revoke"), ("stays", "Keep")], Chosen(dialog));
        await Button(dialog, "Confirm removal").ClickAsync(new());

        Assert.Equal(["ends revoked", "stays"], await KeysAsync());
    }

    [Fact]
    public async Task ChangeRole_KeysAreKeptUnlessRevoked_AndWhereNothingIsTakenNothingIsAsked()
    {
        await StartAsync("ends", "stays");
        var owner = Actors.Of(_acme.Owner);
        var row = (await Service<CollaboratorListService>().ListAsync(owner, _project.Scope, new CollaboratorQuery())).Value.Page.Rows.Single(each => each.PrincipalId == _developer.Id);
        var choices = (await Service<CollaboratorChoiceService>().OfAsync(owner, _project.Scope)).Value;
        var dialog = Render<ChangeRoleDialog>(parameters => parameters
            .Add(part => part.Project, _project).Add(part => part.Row, row).Add(part => part.Choices, choices));

        Assert.Empty(dialog.FindAll(".key-choices"));
        await dialog.Find("select").ChangeAsync(new ChangeEventArgs { Value = "manager" });
        Assert.Empty(dialog.FindAll(".key-choices"));
        await dialog.Find("select").ChangeAsync(new ChangeEventArgs { Value = "viewer" });
        Assert.Equal([("ends", "Keep"), ("stays", "Keep")], Chosen(dialog));
        await dialog.FindAll(".key-choices li")[0].QuerySelectorAll("input")[1].ChangeAsync(new ChangeEventArgs { Value = "on" });
        await dialog.Find("select").ChangeAsync(new ChangeEventArgs { Value = "contributor" });
        Assert.Equal([("ends", "Revoke"), ("stays", "Keep")], Chosen(dialog));
        await Button(dialog, "Change role").ClickAsync(new());

        Assert.Equal(["ends revoked", "stays"], await KeysAsync());
    }

    [Fact]
    public async Task RemoveMember_KeysAreRevokedUnlessKept_AndLeavingKeepsThem()
    {
        await StartAsync("ends");
        var access = (await Service<AccessControl>().OpenOrganizationAsync(Actors.Of(_acme.Owner), "acme"))!;
        var row = new MemberRow(_developer.Id, _developer.Email!, "", "member", false, Database.Clock.UtcNow, null, false, 1, Guid.Empty);
        var dialog = Render<RemoveMemberDialog>(parameters => parameters.Add(part => part.Access, access).Add(part => part.Row, row));
        Assert.Equal([("ends", "Revoke")], Chosen(dialog));
        Assert.Contains("vision, never used", dialog.Find(".key-choices li").TextContent, StringComparison.Ordinal);

        SignIn(_developer);
        var own = (await Service<AccessControl>().OpenOrganizationAsync(Actors.Of(_developer), "acme"))!;
        var leaving = Render<RemoveMemberDialog>(parameters => parameters.Add(part => part.Access, own).Add(part => part.Row, row).Add(part => part.IsOwn, true));
        Assert.Equal([("ends", "Keep")], Chosen(leaving));
        await Button(leaving, "Leave").ClickAsync(new());

        Assert.Equal(["ends"], await KeysAsync());
    }

    [Fact]
    public async Task KeyThatMayNotBeRevoked_SaysWhyAndIsKept()
    {
        await StartAsync("strong");
        await _acme.GrantAsync((await Database.ReadAsync(db => db.Projects.SingleAsync(project => project.Slug == "vision"))), await _acme.MemberAsync("manager"), ProjectRole.Manager);
        await Database.ReadAsync(db => db.ProjectKeys.ExecuteUpdateAsync(set => set.SetProperty(key => key.PermissionNames, "project.update project.view")));
        var manager = await Database.ReadAsync(db => db.Users.SingleAsync(user => user.Email == "manager@acme.test"));
        SignIn(manager);
        var project = (await Service<AccessControl>().OpenProjectAsync(Actors.Of(manager), "acme", "vision"))!;
        var preview = (await Service<RemovalPreviewService>().OfRemovalAsync(Actors.Of(manager), project.Scope, _developer.Id)).Value;
        var dialog = Render<RemovalDialog>(parameters => parameters
            .Add(part => part.Project, project).Add(part => part.PrincipalId, _developer.Id).Add(part => part.Preview, preview));

        Assert.Empty(dialog.FindAll(".key-choices input"));
        Assert.Contains("Kept: ", dialog.Find(".key-choices li").TextContent, StringComparison.Ordinal);
        await Button(dialog, "Confirm removal").ClickAsync(new());
        Assert.Equal(["strong"], await KeysAsync());
        Assert.False(await Database.ReadAsync(db => db.Grants.AnyAsync(grant => grant.PrincipalId == _developer.Id)));
    }

    private async Task StartAsync(params string[] keys)
    {
        _acme = await Given.OrganizationAsync(Database);
        _developer = await _acme.MemberAsync("developer");
        var vision = await _acme.ProjectAsync("vision", (_developer, ProjectRole.Developer));
        SignIn(_acme.Owner);
        _project = (await Service<AccessControl>().OpenProjectAsync(Actors.Of(_acme.Owner), "acme", "vision"))!;
        foreach (var key in keys)
        {
            Assert.True((await Service<KeysService>().CreateAsync(Actors.Of(_developer), _acme.Scope(vision), new KeyDraft(key, ["clusters.view"], null))).Succeeded);
        }
    }

    private static List<(string Name, string Choice)> Chosen(IRenderedComponent<IComponent> dialog) => [.. dialog.FindAll(".key-choices li").Select(line => (
        line.QuerySelector(".strong")!.TextContent, line.QuerySelectorAll("label").Single(label => label.QuerySelector("input")!.HasAttribute("checked")).TextContent))];

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<IComponent> dialog, string name) => dialog.FindAll("button").Single(button => button.TextContent == name);

    private Task<List<string>> KeysAsync() => Database.ReadAsync(db => db.ProjectKeys.OrderBy(key => key.Name).Select(key => key.RevokedUtc == null ? key.Name : key.Name + " revoked").ToListAsync());
}
