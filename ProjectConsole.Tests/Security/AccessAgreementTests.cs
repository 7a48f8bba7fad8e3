using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Features.Explanations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Security;

/// <summary>What explains, lists and counts access says the same as what decides it, over random worlds.</summary>
public sealed class AccessAgreementTests
{
    private const int Worlds = 4;

    [DatabaseTheory]
    public async Task Explanation_RandomWorlds_AgreesWithTheDecisionAndTheSecondOpinion(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, services => services.AddExplanationsFeature());
        var service = database.Get<ExplanationService>();
        var (yes, no, known, unknown) = (0, 0, 0, 0);
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var world = await RandomWorld.CreateAsync(database, seed);
            foreach (var user in world.Users)
            {
                foreach (var project in world.Projects)
                {
                    var allowed = world.Allowed(user, project, database.Clock.UtcNow);
                    var answer = await service.OfPersonAsync(Actors.Of(user), RandomWorld.ScopeOf(project), user.Id);
                    Assert.Equal(allowed.Contains("project.view"), answer.Succeeded);
                    _ = answer.Succeeded ? known++ : unknown++;
                    foreach (var permission in answer.Succeeded ? PermissionCatalogue.Project : PermissionSet.Empty)
                    {
                        var reason = answer.Value.Of(permission);
                        Assert.Equal(allowed.Contains(permission.Name), reason.Allowed);
                        AssertHasReason(reason, $"world {seed}, {user.Email}, {project.Slug}, {permission}");
                        _ = reason.Allowed ? yes++ : no++;
                    }

                    if (answer.Succeeded)
                    {
                        AssertSum(answer.Value);
                    }
                }
            }
        }

        Assert.True(yes > 1000 && no > 1000 && known > 50 && unknown > 50, "the worlds say yes and no");
    }

    [DatabaseTheory]
    public async Task WhoCan_RandomWorlds_ListsThoseWhomTheDecisionLets(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, services => services.AddExplanationsFeature());
        var (service, random, listed, empty) = (database.Get<WhoCanService>(), new Random(5), 0, 0);
        for (var seed = 31; seed < 31 + Worlds; seed++)
        {
            var world = await RandomWorld.CreateAsync(database, seed);
            foreach (var project in world.Projects)
            {
                var reader = world.Users.Find(user => world.Allowed(user, project, database.Clock.UtcNow).Contains("collaborators.view"));
                var some = PermissionCatalogue.Project.OrderBy(_ => random.Next()).Take(4).Append(Permissions.ProjectView).Append(Permissions.CollaboratorsManageAdmins);
                foreach (var permission in reader is null ? [] : some)
                {
                    var expected = world.Users.Where(user => world.Allowed(user, project, database.Clock.UtcNow).Contains(permission.Name)).Select(user => user.Id).Order();
                    var list = (await service.ListAsync(Actors.Of(reader!), RandomWorld.ScopeOf(project), permission, new PageRequest(1, 25))).Value;
                    Assert.True(expected.SequenceEqual(list.People.Rows.Select(row => row.UserId).Order()), $"world {seed}, {project.Slug}, {permission}");
                    Assert.All(list.People.Rows, row => Assert.NotEmpty(row.Paths));
                    _ = list.People.Total > 0 ? listed++ : empty++;
                }
            }
        }

        Assert.True(listed > 50 && empty > 5, $"the worlds list {listed} and {empty}");
    }

    [DatabaseTheory]
    public async Task WithRole_RandomWorlds_AreTheProjectsInWhichTheDecisionGivesIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, services => services.AddSingleton<ProjectSets>());
        var (access, sets) = (database.Get<AccessControl>(), database.Get<ProjectSets>());
        var (found, left) = (0, 0);
        for (var seed = 11; seed < 11 + Worlds; seed++)
        {
            var world = await RandomWorld.CreateAsync(database, seed);
            foreach (var (user, organization) in world.Users.SelectMany(user => world.Organizations.Select(organization => (user, organization))))
            {
                var entered = (await access.InOrganizationAsync(Actors.Of(user), organization.Id))!;
                var decisions = await database.ReadAsync(db => access.OfManyAsync(
                    db, db.Projects.Where(project => project.OrganizationId == organization.Id), db.Users.Where(row => row.Id == user.Id), default));
                foreach (var least in ProjectRole.All)
                {
                    var listed = await database.ReadAsync(async db => await (await sets.WithRoleAsync(
                        db, entered, access.VisibleProjects(db, entered), least, default)).Select(project => project.Id).ToListAsync());
                    var expected = decisions.Values
                        .Where(decided => decided.May(Permissions.ProjectView) && decided.Access.Role is { } role && role.Rank >= least.Rank)
                        .Select(decided => decided.Project.Id).ToList();
                    Assert.True(expected.Order().SequenceEqual(listed.Order()), $"world {seed}, {user.Email}, {organization.Slug}, {least}");
                    (found, left) = (found + expected.Count, left + decisions.Count - expected.Count);
                }
            }
        }

        Assert.True(found > 100 && left > 100, "the worlds list and leave out");
    }

    [DatabaseTheory]
    public async Task Restorable_RandomWorlds_AreTheDeletedProjectsThatTheDecisionLetsDelete(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, services => services.AddSingleton<ProjectSets>());
        var (access, sets) = (database.Get<AccessControl>(), database.Get<ProjectSets>());
        var (found, left) = (0, 0);
        for (var seed = 21; seed < 21 + Worlds; seed++)
        {
            var world = await RandomWorld.CreateAsync(database, seed);
            foreach (var (user, organization) in world.Users.SelectMany(user => world.Organizations.Select(organization => (user, organization))))
            {
                var entered = (await access.InOrganizationAsync(Actors.Of(user), organization.Id))!;
                var listed = await database.ReadAsync(async db => await (await sets.RestorableAsync(db, entered, default)).Select(project => project.Id).ToListAsync());
                var deleted = world.Projects.Where(project => project.OrganizationId == organization.Id && project.State == ProjectState.Deleted).ToList();
                var expected = deleted.Where(project => entered.Access.MayEnterOrganization
                    && world.Allowed(user, project, database.Clock.UtcNow).Contains("project.delete")).Select(project => project.Id).ToList();
                Assert.True(expected.Order().SequenceEqual(listed.Order()), $"world {seed}, {user.Email}, {organization.Slug}");
                (found, left) = (found + expected.Count, left + deleted.Count - expected.Count);
            }
        }

        Assert.True(found > 5 && left > 5, "the worlds list and leave out");
    }

    [DatabaseTheory]
    public async Task Preview_RandomCommands_SaysWhatThenHappens(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind, services => services.AddCollaboratorsFeature());
        var (access, service, random) = (database.Get<AccessControl>(), database.Get<CollaboratorsService>(), new Random(7));
        var (done, changed, refused) = (0, 0, 0);
        for (var seed = 41; seed < 41 + Worlds; seed++)
        {
            var world = await RandomWorld.CreateAsync(database, seed);
            foreach (var project in world.Projects)
            {
                var scope = RandomWorld.ScopeOf(project);
                var holders = world.Users.Where(user => world.Grants.Any(grant => grant.ProjectId == project.Id && grant.PrincipalId == user.Id && !grant.IsUpgrade)).ToList();
                var actors = world.Users.Where(user => world.Allowed(user, project, database.Clock.UtcNow).Contains("collaborators.remove")).ToList();
                foreach (var (actor, target) in actors.SelectMany(actor => holders.Select(holder => (actor, holder))).OrderBy(_ => random.Next()).Take(4))
                {
                    var role = ProjectRole.All[random.Next(ProjectRole.All.Count)];
                    Func<Actor, Task<Result<AccessChange>>> command = random.Next(2) == 0
                        ? who => service.RemoveAsync(who, scope, new Removal(target.Id))
                        : who => service.ChangeRoleAsync(who, scope, new RoleChange(target.Id, role));

                    var preview = await command(Actors.Previewing(actor));
                    var result = await command(Actors.Of(actor));
                    Assert.Equal(preview.Error?.GetType(), result.Error?.GetType());
                    _ = result.Succeeded ? done++ : refused++;
                    foreach (var change in preview.Succeeded ? preview.Value.People.Where(person => person.UserId == target.Id).SelectMany(person => person.Projects) : [])
                    {
                        var now = (await access.InProjectAsync(Actors.Of(target), scope))!.Access.Allowed;
                        Assert.Equal(now, change.After!.Allowed);
                        changed += change.Gains.IsEmpty && change.Loses.IsEmpty ? 0 : 1;
                    }
                }
            }
        }

        Assert.True(done > 3 && changed > 1 && refused > 3, $"{done} were done, {changed} changed something and {refused} were refused");
    }

    // Yes has a path that nothing stops; No has exactly one reason.
    private static void AssertHasReason(Explanation reason, string where)
    {
        if (reason.Allowed)
        {
            Assert.True(reason.Given.Count > 0 && !reason.TakenByCeiling && !reason.TakenByState && reason.Block == AccessBlock.None, where);
            return;
        }

        bool[] reasons =
        [
            reason.Block != AccessBlock.None, reason.TakenByState, reason.TakenByCeiling,
            reason.Block == AccessBlock.None && !reason.TakenByState && !reason.TakenByCeiling && reason.Given.Count == 0,
        ];
        Assert.True(reasons.Count(each => each) == 1, where);
    }

    private static void AssertSum(AccessExplanation explained)
    {
        var given = explained.Access.Sources.Aggregate(PermissionSet.Empty, (all, source) => all | source.Before);
        var kept = explained.Taken.Aggregate(given, (left, part) => left - (part.Takes - part.GivenBack));
        Assert.Equal(explained.Access.Allowed, kept);
        Assert.Equal(explained.Access.Sources, explained.Paths.Select(path => path.Source));
    }
}
