using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
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

    [DatabaseTheory]
    public async Task OfPeople_WhatTheirGrantsName_IsLookedAtBeforeTheirWorkspacesAndWhatARoleGives(DatabaseKind kind)
    {
        await using var database = await CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (person, lab) = (await acme.MemberAsync("person", OrganizationRole.Find("auditor")), await acme.WorkspaceAsync("lab"));
        var (named, inLab, other) = (await acme.ProjectAsync("named"), await acme.ProjectAsync("in-lab"), await acme.ProjectAsync("other"));
        await acme.ChangeAsync(inLab, project => project.MoveTo(lab.Id));
        await acme.GrantAsync(named, person, ProjectRole.Viewer);
        await acme.GrantAsync(lab, person, ProjectRole.Viewer);
        await using var db = database.Open();
        var reach = AccessReach.OfPeople(
            db, CommandTarget.InOrganization(acme.Id, Permissions.OrganizationUpdate, AuditActions.OrganizationChanged, CommandLock.Access), [person.Id]);

        var parts = new List<IEnumerable<Guid>>();
        foreach (var part in reach.Projects())
        {
            parts.Add(await part.ToListAsync());
        }

        Assert.Equal([[named.Id], [inLab.Id], [acme.DefaultProject.Id]], parts[..3]);
        Assert.Equal(new[] { named.Id, inLab.Id, other.Id, acme.DefaultProject.Id }.Order(), Assert.Single(parts[3..]).Order());
    }

    [DatabaseTheory]
    public async Task TeamDeleted_HoweverManyAreInIt_TakesAsManyStatements(DatabaseKind kind) =>
        Assert.Equal(await DeletionAsync(kind, people: 3), await DeletionAsync(kind, people: 9));

    private static async Task<int> DeletionAsync(DatabaseKind kind, int people)
    {
        using var counter = new StatementCounter();
        await using var database = await CreateAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var team = await acme.TeamAsync("crew", (await PeopleAsync(acme))[..people]);
        await acme.GrantAsync(await acme.ProjectAsync("vision"), team, ProjectRole.Developer);
        counter.Watch(database);
        Assert.True((await database.Get<TeamsService>().DeleteAsync(Actors.Of(acme.Owner), acme.Id, new TeamDeletion(team.Id))).Succeeded);
        Assert.False(await database.ReadAsync(db => db.Principals.AnyAsync(principal => principal.Id == team.Id)));
        return counter.Count;
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
