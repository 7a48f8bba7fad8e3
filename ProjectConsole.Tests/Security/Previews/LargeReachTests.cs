using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Roles;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security.Previews;

/// <summary>A preview of what reaches very many people in very many projects compares some of them, and counts the others.</summary>
public sealed class LargeReachTests
{
    private const int People = 31;

    [DatabaseTheory]
    public async Task TeamDeleted_OfManyInAWholeWorkspace_ComparesSomeAndCountsTheRest(DatabaseKind kind)
    {
        await using var database = await CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (team, lab) = (await acme.TeamAsync("crew", await PeopleAsync(acme)), await acme.WorkspaceAsync("lab"));
        for (var number = 0; number < 12; number++)
        {
            await acme.ChangeAsync(await acme.ProjectAsync($"of-lab-{number}"), project => project.MoveTo(lab.Id));
        }

        await acme.GrantAsync(lab, team, ProjectRole.Developer);
        var preview = (await database.Get<TeamsService>().DeleteAsync(Actors.Previewing(acme.Owner), acme.Id, new TeamDeletion(team.Id))).Value;

        Assert.Equal(People, preview.People.Count);
        Assert.Equal(AccessPreview.MostPairs, preview.People.Sum(person => person.Projects.Count(project => !project.Loses.IsEmpty)));
        Assert.Equal((12 * People) - AccessPreview.MostPairs, preview.MoreElsewhere);
    }

    [DatabaseTheory]
    public async Task RoleChanged_HeldByManyInOneProjectAndByOneInMany_ComparesAllOfThem(DatabaseKind kind)
    {
        await using var database = await CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (people, role) = (await PeopleAsync(acme), new CustomProjectRole(acme.Id, null, ProjectRole.Developer.Key, database.Clock.UtcNow));
        role.Change("Engineer", "", ProjectRole.Developer.Permissions);
        await using (var db = database.Open())
        {
            db.Add(role);
            await db.SaveChangesAsync();
        }

        // More projects than are read at once for so many people.
        for (var number = 0; number < 45; number++)
        {
            await acme.GrantAsync(await acme.ProjectAsync($"alone-{number}"), people[0], role.ToRole());
        }

        await acme.GrantAsync(await acme.ProjectAsync("together"), await acme.TeamAsync("crew", people), role.ToRole());
        var draft = new RoleDraft("Engineer", "", ProjectRole.Developer.Key, [.. ProjectRole.Developer.Permissions.Select(permission => permission.Name).SkipLast(1)]);
        var preview = (await database.Get<RolesService>().ChangeAsync(Actors.Previewing(acme.Owner), RoleOwner.Of(acme.Id), role.Key, draft, null)).Value;

        Assert.Equal((People, 0, 0), (preview.People.Count, preview.MoreElsewhere, preview.MorePeople));
        Assert.Equal(45 + 1, preview.People.Single(person => person.UserId == people[0].Id).Projects.Count(project => !project.Loses.IsEmpty));
        Assert.Equal(45 + People, preview.People.Sum(person => person.Projects.Count(project => !project.Loses.IsEmpty)));
    }

    private static Task<TestDatabase> CreateAsync(DatabaseKind kind) =>
        TestDatabase.CreateAsync(kind, services => services.AddRolesFeature().AddTeamsFeature());

    private static async Task<User[]> PeopleAsync(GivenOrganization acme)
    {
        var people = new User[People];
        for (var number = 0; number < People; number++)
        {
            people[number] = await acme.MemberAsync($"person-{number}");
        }

        return people;
    }
}
