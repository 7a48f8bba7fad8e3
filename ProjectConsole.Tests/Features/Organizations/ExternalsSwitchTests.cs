using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Organizations;

public sealed class ExternalsSwitchTests
{
    [DatabaseTheory]
    public async Task Off_ShowsWhoLosesAccess_ThenTheyLoseItAndKeepTheirRoles(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, services => services.AddOrganizationsFeature());
        var acme = await Given.OrganizationAsync(database);
        var vision = await acme.ProjectAsync("vision");
        var zoe = await Given.UserAsync(database, "zoe@else.test");
        var ann = await acme.MemberAsync("ann");
        await acme.GrantAsync(vision, zoe, ProjectRole.Developer);
        await acme.GrantAsync(vision, ann, ProjectRole.Developer);
        var (service, access, owner) = (database.Get<OrganizationSettingsService>(), database.Get<AccessControl>(), Actors.Of(acme.Owner));
        var off = new OrganizationSettings { Name = "acme", Joining = Joining.Invitation, AllowsGrantsBesideTeams = true };

        AccessChange preview = null!;
        await Unchanged.AssertNothingWrittenAsync(database, async () => preview = (await service.PreviewAsync(owner, acme.Id, off)).Value);
        var person = Assert.Single(preview.People);
        Assert.Equal("zoe@else.test", person.Email);
        Assert.Equal(ProjectRole.Developer.Permissions, Assert.Single(person.Projects).Loses);

        Assert.True((await service.ChangeAsync(owner, acme.Id, off, null)).Succeeded);

        Assert.Null(await access.OpenProjectAsync(Actors.Of(zoe), "acme", "vision"));
        Assert.NotNull(await access.OpenProjectAsync(Actors.Of(ann), "acme", "vision"));
        Assert.Equal(AccessBlock.ExternalsSwitchedOff, (await access.InProjectAsync(Actors.Of(zoe), acme.Scope(vision)))!.Access.Block);
        Assert.True(await database.ReadAsync(db => db.Grants.AnyAsync(grant => grant.PrincipalId == zoe.Id)));
        var read = (await service.GetAsync(owner, acme.Id)).Value.Settings;
        Assert.Equal((Joining.Invitation, true, false), (read.Joining, read.AllowsGrantsBesideTeams, read.AllowsExternalCollaborators));

        Assert.True((await service.ChangeAsync(owner, acme.Id, off with { AllowsExternalCollaborators = true }, null)).Succeeded);
        Assert.NotNull(await access.OpenProjectAsync(Actors.Of(zoe), "acme", "vision"));
    }

    [Fact]
    public async Task Preview_ByAMember_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync(configure: services => services.AddOrganizationsFeature());
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        Assert.IsType<Forbidden>((await database.Get<OrganizationSettingsService>().PreviewAsync(Actors.Of(ann), acme.Id, new OrganizationSettings { Name = "acme" })).Error);
    }
}
