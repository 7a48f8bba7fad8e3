using Microsoft.Playwright;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

/// <summary>Every page in both themes and on a phone; its picture is left beside the other results.</summary>
public sealed class EveryPageJourney(BrowserFixture browser, ServerFixture server) : E2ETest(browser, server)
{
    private static readonly (string Name, string Address)[] Signed =
    [
        ("organizations", "/organizations"),
        ("organization-new", "/organizations/new"),
        ("projects", "/organizations/acme/projects"),
        ("projects-nothing-found", "/organizations/acme/projects?q=no-such-thing"),
        ("projects-deleted", "/organizations/acme/projects?state=deleted"),
        ("project-new", "/organizations/acme/projects/new"),
        ("members", "/organizations/acme/members"),
        ("teams", "/organizations/acme/teams"),
        ("team", "/organizations/acme/teams/vision-core"),
        ("roles", "/organizations/acme/roles"),
        ("role", "/organizations/acme/roles/developer"),
        ("role-new", "/organizations/acme/roles/new?from=developer"),
        ("organization-roles", "/organizations/acme/roles/organization"),
        ("organization-role-new", "/organizations/acme/roles/organization/new"),
        ("restrictions", "/organizations/acme/roles/restrictions"),
        ("restriction-new", "/organizations/acme/roles/restrictions/new"),
        ("catalogue", "/organizations/acme/catalogue"),
        ("catalogue-offerings", "/organizations/acme/catalogue/service-offerings"),
        ("catalogue-offering", "/organizations/acme/catalogue/service-offerings/small"),
        ("catalogue-offering-new", "/organizations/acme/catalogue/service-offerings/new"),
        ("catalogue-template-edit", "/organizations/acme/catalogue/organization-templates/base-22/edit"),
        ("resources-of-catalogue-kind", "/organizations/acme/projects/vision/resources/service-offerings"),
        ("personal-space-empty", "/organizations/acme/personal-space"),
        ("personal-spaces", "/account/personal-spaces"),
        ("personal-space-usage", "/organizations/acme/personal-space/limits"),
        ("personal-space-volumes-none", "/organizations/acme/personal-space/volumes"),
        ("personal-space-new", "/organizations/acme/personal-space/instances/new"),
        ("former-spaces", "/organizations/acme/members/spaces"),
        ("organization-audit", "/organizations/acme/audit"),
        ("organization-settings", "/organizations/acme/settings"),
        ("workspaces", "/organizations/acme/settings/workspaces"),
        ("workspace", "/organizations/acme/settings/workspaces/research"),
        ("organization-limits", "/organizations/acme/settings/limits"),
        ("personal-space-limits", "/organizations/acme/settings/limits/personal-spaces"),
        ("assertions", "/organizations/acme/settings/assertions"),
        ("organization-danger", "/organizations/acme/settings/danger-zone"),
        ("overview", "/organizations/acme/projects/vision"),
        ("overview-default", "/organizations/acme/projects/default"),
        ("resources", "/organizations/acme/projects/vision/resources"),
        ("resources-runs", "/organizations/acme/projects/vision/resources/runs"),
        ("resources-clusters", "/organizations/acme/projects/vision/resources/clusters?sort=-used"),
        ("resources-nothing-found", "/organizations/acme/projects/vision/resources/clusters?q=no-such-cluster"),
        ("resources-none", "/organizations/acme/projects/default/resources/clusters"),
        ("resources-clean-up", "/organizations/acme/projects/vision/resources/clean-up?days=30"),
        ("resources-clean-up-nothing", "/organizations/acme/projects/default/resources/clean-up"),
        ("resources-all", "/organizations/acme/resources"),
        ("resources-all-filtered", "/organizations/acme/resources?kind=runs&state=failed&sort=-created"),
        ("resource-network", "/organizations/acme/projects/vision/resources/networks/training"),
        ("resource-cluster", "/organizations/acme/projects/vision/resources/clusters/gpu-a100-1"),
        ("resource-job", "/organizations/acme/projects/vision/resources/jobs/resize-images-39"),
        ("resource-secret", "/organizations/acme/projects/vision/resources/secrets/registry-pull"),
        ("resource-new", "/organizations/acme/projects/vision/resources/clusters/new"),
        ("resource-new-network", "/organizations/acme/projects/vision/resources/networks/new"),
        ("resource-edit", "/organizations/acme/projects/vision/resources/networks/training/edit"),
        ("resource-edit-pipeline", "/organizations/acme/projects/vision/resources/pipelines/train-detector/edit"),
        ("resource-edit-secret", "/organizations/acme/projects/vision/resources/secrets/registry-pull/edit"),
        ("documentation", "/docs/api"),
        ("documentation-command-line", "/docs/command-line"),
        ("resource-missing", "/organizations/acme/projects/vision/resources/clusters/no-such-cluster"),
        ("general", "/organizations/acme/projects/vision/settings/general"),
        ("collaborators", "/organizations/acme/projects/vision/settings/collaborators"),
        ("who-can", "/organizations/acme/projects/vision/settings/collaborators/who-can?permission=clusters.delete"),
        ("former", "/organizations/acme/projects/vision/settings/collaborators/former"),
        ("access-review", "/organizations/acme/projects/vision/settings/access-review"),
        ("own-access", "/organizations/acme/projects/vision/access?permission=clusters.delete"),
        ("project-invitations", "/organizations/acme/projects/vision/settings/collaborators/invitations"),
        ("project-requests", "/organizations/acme/projects/vision/settings/collaborators/requests"),
        ("member-invitations", "/organizations/acme/members/invitations"),
        ("project-roles", "/organizations/acme/projects/vision/settings/roles"),
        ("project-role-new", "/organizations/acme/projects/vision/settings/roles/new"),
        ("project-restrictions", "/organizations/acme/projects/vision/settings/restrictions"),
        ("project-restriction-new", "/organizations/acme/projects/vision/settings/restrictions/new"),
        ("keys", "/organizations/acme/projects/vision/settings/keys"),
        ("keys-default", "/organizations/acme/projects/default/settings/keys"),
        ("key-new", "/organizations/acme/projects/vision/settings/keys/new"),
        ("project-sharing", "/organizations/acme/projects/vision/settings/sharing"),
        ("project-limits", "/organizations/acme/projects/vision/settings/limits"),
        ("project-audit", "/organizations/acme/projects/vision/settings/audit"),
        ("danger", "/organizations/acme/projects/vision/settings/danger-zone"),
        ("installation-organizations", "/installation/organizations"),
        ("installation-requests", "/installation/requests"),
        ("installation-accounts", "/installation/accounts"),
        ("installation-limits", "/installation/limits"),
        ("installation-bounds", "/installation/limits/bounds"),
        ("installation-settings", "/installation/settings"),
        ("profile", "/account/profile"),
        ("security", "/account/security"),
        ("tokens", "/account/tokens"),
        ("token-new", "/account/tokens/new"),
        ("command-line", "/account/command-line?machine=build-box%20(dev)&challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&state=abcdefghijklmnopqrstuvwxyz&port=43121"),
        ("ssh-keys", "/account/ssh-keys"),
        ("own-requests", "/account/requests"),
        ("missing", "/organizations/acme/projects/no-such-project"),
    ];

    // Of somebody who has anything there.
    private static readonly (string Name, string Address)[] OfDeveloper =
    [
        ("personal-space", "/organizations/acme/personal-space"),
        ("personal-space-volumes", "/organizations/acme/personal-space/volumes"),
        ("personal-space-volume", "/organizations/acme/personal-space/volumes/small-sample"),
        ("personal-space-volume-edit", "/organizations/acme/personal-space/volumes/small-sample/edit"),
        ("personal-space-usage-some", "/organizations/acme/personal-space/limits"),
    ];

    private static readonly (string Name, string Address)[] Open =
    [
        ("sign-in", "/account/sign-in"),
        ("forgot-password", "/account/forgot-password"),
        ("invitation-unknown", "/invitations/no-such-invitation"),
    ];

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("phone")]
    public Task Owner_sees_every_page_readable(string look) => RunAsync(async _ =>
    {
        var page = await NewPersonAsync(options: Looks.Options(look));
        await VisitAsync(page, look, Open);
        await page.SignInAsync(SampleAccounts.Owner, "/");
        await VisitAsync(page, look, Signed);
        await page.GotoAsync("/organizations/acme/members/spaces");
        await page.GetByRole(AriaRole.Link, new() { Name = "former-member@acme.test" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "former-member@acme.test", Level = 1 })).ToBeVisibleAsync();
        Assert.Empty(await page.FaultsAsync(look, "former-space"));
        var developer = await NewPersonAsync(options: Looks.Options(look));
        await developer.SignInAsync(SampleAccounts.Developer, "/");
        await VisitAsync(developer, look, OfDeveloper);
    }, $"{nameof(Owner_sees_every_page_readable)}.{look}");

    private static async Task VisitAsync(IPage page, string look, IEnumerable<(string Name, string Address)> pages)
    {
        var faults = new List<string>();
        foreach (var (name, address) in pages)
        {
            await page.GotoAsync(address);
            faults.AddRange(await page.FaultsAsync(look, name));
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }
}
