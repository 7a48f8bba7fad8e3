using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Restrictions;
using ProjectConsole.Features.Roles;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;
using Radzen.Blazor;

namespace ProjectConsole.Tests.Features.Roles;

public sealed class RoleEditorTests : ConsoleTestContext
{
    private GivenOrganization _acme = null!;
    private Project _vision = null!;
    private User _admin = null!;
    private User _ann = null!;

    public RoleEditorTests()
    {
        Services.AddRolesFeature().AddRestrictionsFeature();
        Services.AddScoped<CurrentActor>();
    }

    [Fact]
    public async Task Create_FromDeveloper_SavesWhatIsTickedAndLeaves()
    {
        var editor = await RenderRoleAsync(null);
        editor.Find("input[aria-label^='Delete models']").Change(true);
        Assert.Contains("1 more than Developer", editor.Markup, StringComparison.Ordinal);
        editor.FindAll("input.text-input")[0].Input("Model steward");

        await editor.Find(".form-footer .button-primary").ClickAsync(new());

        var role = await Database.ReadAsync(db => db.ProjectRoles.SingleAsync());
        Assert.Equal("Model steward", role.Name);
        Assert.Equal(PermissionChoice.Tick(ProjectRole.Developer.Permissions, PermissionCatalogue.Get("models.delete")), role.Permissions);
        Assert.EndsWith("/settings/roles", Service<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithoutAName_ShowsTheSentenceAtTheField()
    {
        var editor = await RenderRoleAsync(null);

        await editor.Find(".form-footer .button-primary").ClickAsync(new());

        Assert.Equal("Role name is required.", editor.Find(".field-error").TextContent.Replace("error", "", StringComparison.Ordinal).Trim());
        Assert.Equal(0, await Database.ReadAsync(db => db.ProjectRoles.CountAsync()));
    }

    [Fact]
    public async Task Edit_RoleThatIsHeld_ShowsWhoGainsBeforeItIsSaved()
    {
        var editor = await RenderAsync(await HeldRoleAsync());
        var dialogs = Render<RadzenDialog>();
        editor.Find("input[aria-label^='Delete models']").Change(true);

        var saving = editor.Find(".form-footer .button-primary").ClickAsync(new());
        dialogs.WaitForAssertion(() => Assert.Contains("Gains 1 permission", dialogs.Markup, StringComparison.Ordinal));
        Assert.Contains("ann@acme.test", dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("Delete models", dialogs.Markup, StringComparison.Ordinal);
        Assert.False((await Database.ReadAsync(db => db.ProjectRoles.SingleAsync())).Permissions.Contains(PermissionCatalogue.Get("models.delete")));
        await dialogs.FindAll("button").First(button => button.TextContent.Contains("Save role", StringComparison.Ordinal)).ClickAsync(new());
        await saving;

        Assert.True((await Database.ReadAsync(db => db.ProjectRoles.SingleAsync())).Permissions.Contains(PermissionCatalogue.Get("models.delete")));
    }

    [Fact]
    public async Task Edit_ChangedMeanwhile_IsAChoice()
    {
        var role = await HeldRoleAsync();
        var editor = await RenderAsync(role);
        await Database.ChangeAsync<CustomProjectRole>(row => row.Change("Other name", "", ProjectRole.Viewer.Permissions), role.Id);
        editor.Find("input[aria-label^='Delete models']").Change(true);

        await editor.Find(".form-footer .button-primary").ClickAsync(new());

        Assert.Contains("Save over", editor.Markup, StringComparison.Ordinal);
        await editor.FindAll("button").First(button => button.TextContent == "Reload").ClickAsync(new());
        Assert.Contains("Other name", editor.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("viewer")]
    public async Task BuiltIn_Role_IsReadable(string key)
    {
        await GivenAsync();
        var editor = await RenderRoleAsync(key);

        Assert.Empty(editor.FindAll("input[type=checkbox], .form-footer"));
        Assert.Contains("It never changes", editor.Markup, StringComparison.Ordinal);
    }

    private async Task GivenAsync()
    {
        if (_acme is not null)
        {
            return;
        }

        _acme = await Given.OrganizationAsync(Database);
        (_admin, _ann) = (await _acme.MemberAsync("project-admin"), await _acme.MemberAsync("ann"));
        _vision = await _acme.ProjectAsync("vision", (_admin, ProjectRole.Admin));
    }

    private async Task<CustomProjectRole> HeldRoleAsync()
    {
        await GivenAsync();
        var role = new CustomProjectRole(_acme.Id, _vision.Id, "developer", Database.Clock.UtcNow);
        role.Change("Trainer", "", ProjectRole.Developer.Permissions);
        await Database.AddAsync(role);
        await _acme.GrantAsync(_vision, _ann, role.ToRole());
        return role;
    }

    private async Task<IRenderedComponent<RoleEditor>> RenderAsync(CustomProjectRole role) => await RenderRoleAsync(role.Key);

    private async Task<IRenderedComponent<RoleEditor>> RenderRoleAsync(string? key)
    {
        await GivenAsync();
        SignIn(_admin);
        var project = await Service<AccessControl>().OpenProjectAsync(Actors.Of(_admin), "acme", "vision");
        var editor = Render<RoleEditor>(parameters => parameters.Add(e => e.Place, RolePlace.Of(project!)).Add(e => e.Role, key));
        editor.WaitForAssertion(() => Assert.Contains("Find a permission", editor.Markup, StringComparison.Ordinal));
        return editor;
    }
}
