using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Features.Projects;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Projects;

public sealed class ProjectCreationTests
{
    [DatabaseTheory]
    public async Task CreateAsync_Member_BecomesAdminAndNothingElseIsNeeded(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var ben = await acme.MemberAsync("ben");

        var result = await CreateAsync(database, acme, Actors.Of(ann), ProjectsTest.Draft("Speech_2", new DraftCollaborator("BEN@acme.test", "viewer", false)));

        Assert.Equal("speech_2", result.Value.Slug);
        var access = await database.Get<AccessControl>().OpenProjectAsync(Actors.Of(ann), "acme", "speech_2");
        Assert.Equal(ProjectRole.Admin, access?.Access.Role);
        Assert.Equal(ProjectRole.Viewer, (await database.Get<AccessControl>().OpenProjectAsync(Actors.Of(ben), "acme", "speech_2"))?.Access.Role);
        var actions = await database.ReadAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => new { entry.Action, entry.ProjectId }).ToListAsync());
        Assert.Contains(actions, entry => entry.Action == AuditActions.ProjectCreated && entry.ProjectId == result.Value.Id);
        Assert.Contains(actions, entry => entry.Action == AuditActions.CollaboratorAdded && entry.ProjectId == result.Value.Id);
    }

    [Fact]
    public async Task CreateAsync_PeopleNamedWhereTheOrganizationInvites_AreRefusedBesideTheirRow()
    {
        await using var database = await ProjectsTest.DatabaseAsync(DatabaseKind.Sqlite);
        var acme = await Given.OrganizationAsync(database, settings: settings => settings with { Joining = Joining.Invitation });
        await acme.MemberAsync("ben");
        var named = ProjectsTest.Draft("speech", new DraftCollaborator("ben@acme.test", "viewer", false));

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
            Assert.Equal(
                "This organization takes people in by invitation.",
                Assert.IsType<Invalid>((await CreateAsync(database, acme, Actors.Of(acme.Owner), named)).Error).For(ProjectDraft.CollaboratorField(0))));
        Assert.True((await CreateAsync(database, acme, Actors.Of(acme.Owner), ProjectsTest.Draft("speech"))).Succeeded);
        Assert.True((await database.Get<ProjectStartService>().StartAsync(Actors.Of(acme.Owner), acme.Id)).Value.IsByInvitation);
    }

    [DatabaseTheory]
    [InlineData("owner", ProjectCreation.Admins, true)]
    [InlineData("organization admin", ProjectCreation.Admins, true)]
    [InlineData("member", ProjectCreation.Everyone, true)]
    [InlineData("member", ProjectCreation.TickedMembers, false)]
    [InlineData("member", ProjectCreation.Admins, false)]
    [InlineData("auditor", ProjectCreation.Everyone, false)]
    [InlineData("external admin", ProjectCreation.Everyone, false)]
    [InlineData("stranger", ProjectCreation.Everyone, false)]
    public async Task CreateAsync_EachRole_OnlyWhoMayCreates(DatabaseKind kind, string who, ProjectCreation creation, bool may)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database, settings: settings => settings with { ProjectCreation = creation });
        var (person, _) = await ProjectsTest.PersonAsync(acme, who);

        if (may)
        {
            Assert.True((await CreateAsync(database, acme, Actors.Of(person), ProjectsTest.Draft("speech"))).Succeeded);
            return;
        }

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
        {
            var result = await CreateAsync(database, acme, Actors.Of(person), ProjectsTest.Draft("speech"));
            Assert.True(result.Error is { IsDenial: true }, result.Error?.Message);
        });
    }

    [DatabaseTheory]
    public async Task CreateAsync_StrangerAndUnknownOrganization_GetTheSameAnswer(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var stranger = Actors.Of((await Given.OrganizationAsync(database, "other")).Owner);
        var service = database.Get<ProjectCreationService>();

        Assert.Equal(
            (await service.CreateAsync(stranger, Guid.NewGuid(), ProjectsTest.Draft("speech"))).Error,
            (await service.CreateAsync(stranger, acme.Id, ProjectsTest.Draft("speech"))).Error);
    }

    [DatabaseTheory]
    public async Task CreateAsync_WorkspaceOfAnotherOrganization_IsRefusedLikeAnUnknownOne(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var other = await Given.OrganizationAsync(database, "other");

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
        {
            foreach (var id in new[] { other.Workspace.Id, Guid.NewGuid() })
            {
                var result = await CreateAsync(database, acme, Actors.Of(acme.Owner), ProjectsTest.Draft("speech") with { WorkspaceId = id });
                Assert.NotNull(Assert.IsType<Invalid>(result.Error).For(ProjectDraft.Workspace));
            }
        });
    }

    [DatabaseTheory]
    [InlineData("a-b", "a_b")]
    [InlineData("churn", "CHURN")]
    [InlineData("churn", "churn")]
    public async Task CreateAsync_IdThatFoldsToAUsedOne_IsTaken(DatabaseKind kind, string used, string typed)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        await acme.ProjectAsync(used);

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
            Assert.IsType<SlugTaken>((await CreateAsync(database, acme, Actors.Of(acme.Owner), ProjectsTest.Draft(typed))).Error));
    }

    [DatabaseTheory]
    public async Task CreateAsync_IdOfADeletedProject_StaysTaken(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var churn = await acme.ProjectAsync("churn");
        Assert.True((await database.Get<ProjectLifeService>().DeleteAsync(Actors.Of(acme.Owner), acme.Scope(churn), "churn")).Succeeded);

        Assert.IsType<SlugTaken>((await CreateAsync(database, acme, Actors.Of(acme.Owner), ProjectsTest.Draft("churn"))).Error);
    }

    [DatabaseTheory]
    public async Task CreateAsync_SameIdInParallel_MakesOne(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        string[] typed = ["a-b", "a_b", "A-B", "a-b", "a_b", "a-b", "a-b", "a_b"];

        var results = await Task.WhenAll(typed.Select(slug => Task.Run(() => CreateAsync(database, acme, Actors.Of(acme.Owner), ProjectsTest.Draft(slug)))));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.IsType<SlugTaken>(result.Error));
        Assert.Equal(2, await database.ReadAsync(db => db.Projects.CountAsync()));
    }

    [DatabaseTheory]
    public async Task CreateAsync_AllowanceWithRoomForThree_GivesExactlyThree(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database, allowance: 4);

        var results = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(number => Task.Run(() => CreateAsync(database, acme, Actors.Of(acme.Owner), ProjectsTest.Draft($"p-{number}")))));

        Assert.Equal(3, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.IsType<AllowanceReached>(result.Error));
        Assert.Equal(4, await database.ReadAsync(db => db.Projects.CountAsync()));
    }

    [DatabaseTheory]
    public async Task CreateAsync_ProjectsPerPerson_CountsOnlyOnesOwnLivingOnes(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database, settings: settings => settings with { ProjectsPerPerson = 1 });
        var ann = await acme.MemberAsync("ann");
        var first = (await CreateAsync(database, acme, Actors.Of(ann), ProjectsTest.Draft("first"))).Value;

        Assert.IsType<ProjectsPerPersonReached>((await CreateAsync(database, acme, Actors.Of(ann), ProjectsTest.Draft("second"))).Error);
        Assert.True((await CreateAsync(database, acme, Actors.Of(acme.Owner), ProjectsTest.Draft("third"))).Succeeded);
        await database.Get<ProjectLifeService>().DeleteAsync(Actors.Of(ann), new ProjectScope(acme.Id, first.Id), "first");
        Assert.True((await CreateAsync(database, acme, Actors.Of(ann), ProjectsTest.Draft("fourth"))).Succeeded);
        Assert.IsType<ProjectsPerPersonReached>((await database.Get<ProjectLifeService>().RestoreAsync(Actors.Of(ann), new ProjectScope(acme.Id, first.Id))).Error);
    }

    [DatabaseTheory]
    public async Task CreateAsync_SameKeyInParallel_MakesOneAndAnswersIt(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var actor = Actors.Of(acme.Owner) with { IdempotencyKey = Guid.NewGuid() };

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => CreateAsync(database, acme, actor, ProjectsTest.Draft("speech")))));

        Assert.All(results, result => Assert.Equal(results[0].Value, result.Value));
        Assert.Equal(2, await database.ReadAsync(db => db.Projects.CountAsync()));
        Assert.Equal(1, await database.ReadAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.ProjectCreated)));
    }

    [DatabaseTheory]
    public async Task CreateAsync_SameKeyOfAnotherPerson_MakesAnother(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var (ann, key) = (await acme.MemberAsync("ann"), Guid.NewGuid());

        var one = await CreateAsync(database, acme, Actors.Of(acme.Owner) with { IdempotencyKey = key }, ProjectsTest.Draft("one"));
        var two = await CreateAsync(database, acme, Actors.Of(ann) with { IdempotencyKey = key }, ProjectsTest.Draft("two"));

        Assert.NotEqual(one.Value.Id, two.Value.Id);
    }

    [DatabaseTheory]
    public async Task CreateAsync_DryRun_ChecksEverythingAndMakesNothing(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var wrong = ProjectsTest.Draft("speech", new DraftCollaborator("nobody@acme.test", "viewer", false), new DraftCollaborator(acme.Owner.Email!, "viewer", false));

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
        {
            Assert.True((await CreateAsync(database, acme, Actors.Previewing(acme.Owner), ProjectsTest.Draft("speech"))).Succeeded);
            var refused = Assert.IsType<Invalid>((await CreateAsync(database, acme, Actors.Previewing(acme.Owner), wrong)).Error);
            Assert.Equal("There is no account with this address in this organization.", refused.For(ProjectDraft.CollaboratorField(0)));
            Assert.NotNull(refused.For(ProjectDraft.CollaboratorField(1)));
        });
    }

    [DatabaseTheory]
    public async Task CreateAsync_OneWrongCollaborator_MakesNothing(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        await acme.MemberAsync("ann");
        var draft = ProjectsTest.Draft("speech", new DraftCollaborator("ann@acme.test", "viewer", false), new DraftCollaborator("nobody@acme.test", "admin", false));

        await Unchanged.AssertNothingWrittenAsync(database, async () =>
            Assert.False((await CreateAsync(database, acme, Actors.Of(acme.Owner) with { IdempotencyKey = Guid.NewGuid() }, draft)).Succeeded));
    }

    [DatabaseTheory]
    public async Task CreateAsync_NamingPattern_RefusesWithTheHint(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(
            database, settings: settings => settings with { ProjectIdPattern = "ml-[a-z]+", ProjectIdHint = "Start with ml-, then letters." });

        var refused = Assert.IsType<Invalid>((await CreateAsync(database, acme, Actors.Of(acme.Owner), ProjectsTest.Draft("speech"))).Error);

        Assert.Equal("Start with ml-, then letters.", refused.For(ProjectDraft.ProjectId));
        Assert.True((await CreateAsync(database, acme, Actors.Of(acme.Owner), ProjectsTest.Draft("ml-speech"))).Succeeded);
    }

    [DatabaseTheory]
    public async Task CheckAsync_TakenId_SaysTakenAndProposesFreeOnes(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        await acme.ProjectAsync("speech");
        await acme.ProjectAsync("speech_2");
        var service = database.Get<ProjectStartService>();

        var taken = (await service.CheckAsync(Actors.Of(ann), acme.Id, "Speech")).Value;

        Assert.Equal("speech is taken. Project IDs are never used again, and hyphens and underscores count as equal.", taken.Error);
        Assert.Equal(["speech-3", "speech-4"], taken.Free);
        Assert.Null((await service.CheckAsync(Actors.Of(ann), acme.Id, "speech-3")).Value.Error);
        Assert.IsType<NotFound>((await service.CheckAsync(Actors.Of(await Given.UserAsync(database, "stranger@other.test")), acme.Id, "speech")).Error);
    }

    [DatabaseTheory]
    public async Task StartAsync_Member_ReadsWhoHasAccessAnyway(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        await acme.MemberAsync("audit", OrganizationRole.Auditor);
        await acme.MemberAsync("chief", await acme.OrganizationRoleAsync("Chief", PermissionSet.Empty, ProjectRole.Manager, ProjectRole.Developer.Permissions));
        var (lab, now) = (await acme.WorkspaceAsync("lab"), database.Clock.UtcNow);
        await acme.GrantAsync(lab, await acme.TeamAsync("crew", ann), ProjectRole.Contributor);
        await acme.GrantAsync(lab, ann, ProjectRole.Viewer, now.AddDays(1));
        await acme.GrantAsync(lab, await acme.MemberAsync("gone"), ProjectRole.Admin, now);

        var start = (await database.Get<ProjectStartService>().StartAsync(Actors.Of(ann), acme.Id)).Value;

        Assert.Equal([("Owner", "Admin", 1), ("Auditor", "Viewer", 1), ("Chief", "Developer", 1)], start.Holders.Select(holder => (holder.OrganizationRole, holder.ProjectRole, holder.Count)));
        Assert.Equal([acme.Owner.Email!], start.Holders[0].First);
        Assert.Equal(
            [new WorkspaceRoleHolder(lab.Id, "ann@acme.test", false, "Viewer"), new WorkspaceRoleHolder(lab.Id, "crew", true, "Contributor")],
            start.InWorkspaces.OrderBy(holder => holder.Name, StringComparer.Ordinal));
    }

    [DatabaseTheory]
    public async Task CreateAsync_DeniedCollaborator_IsAuditedInADryRunToo(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);

        await CreateAsync(database, acme, Actors.Previewing(acme.Owner), ProjectsTest.Draft("speech", new DraftCollaborator("nobody@nowhere.test", "viewer", true)));

        await database.Get<DeniedAttempts>().FlushAsync();
        var entry = await database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Result == AuditResult.Denied));
        Assert.Equal(AuditActions.ProjectCreated, entry.Action);
        Assert.Contains("nobody@nowhere.test", entry.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_TooManyCollaborators_IsRefusedBeforeAnyIsLookedUp()
    {
        await using var database = await ProjectsTest.DatabaseAsync(DatabaseKind.Sqlite);
        var acme = await Given.OrganizationAsync(database);
        var people = Enumerable.Range(0, ProjectDraft.MostCollaborators + 1).Select(number => new DraftCollaborator($"p{number}@nowhere.test", "viewer", true));

        var refused = Assert.IsType<Invalid>((await CreateAsync(database, acme, Actors.Previewing(acme.Owner), ProjectsTest.Draft("speech", [.. people]))).Error);

        Assert.Equal([ProjectDraft.CollaboratorField(ProjectDraft.MostCollaborators)], refused.Fields.Select(field => field.Field));
        await database.Get<DeniedAttempts>().FlushAsync();
        Assert.False(await database.ReadAsync(db => db.AuditEntries.AnyAsync(row => row.Result == AuditResult.Denied)));
    }

    [Fact]
    public void Clamped_DraftThatHoldsAnything_KeepsToTheForm()
    {
        var form = new NewProjectForm
        {
            Step = 99,
            Name = null!,
            Collaborators = [null!, .. Enumerable.Range(0, 200).Select(_ => new NewCollaboratorRow())],
            Configuration = [.. Enumerable.Range(0, 200).Select(_ => new ConfigurationRow { Name = "A" })],
        }.Clamped();

        Assert.Equal((3, "", ProjectDraft.MostCollaborators), (form.Step, form.Name, form.Collaborators.Count));
        Assert.Equal(ProjectDetails.MostConfigurationValues, form.Configuration.Count);
    }

    [DatabaseTheory]
    public async Task CreateAsync_SameKeyAfterLeaving_AnswersNothingOfTheProject(DatabaseKind kind)
    {
        await using var database = await ProjectsTest.DatabaseAsync(kind);
        var acme = await Given.OrganizationAsync(database);
        var ann = await acme.MemberAsync("ann");
        var actor = Actors.Of(ann) with { IdempotencyKey = Guid.NewGuid() };
        var made = (await CreateAsync(database, acme, actor, ProjectsTest.Draft("speech"))).Value;
        await using (var db = database.Open())
        {
            await db.Grants.Where(grant => grant.ProjectId == made.Id && grant.PrincipalId == ann.Id).ExecuteDeleteAsync();
        }

        Assert.IsType<AlreadyDone>((await CreateAsync(database, acme, actor, ProjectsTest.Draft("speech"))).Error);
    }

    private static Task<Result<CreatedProject>> CreateAsync(TestDatabase database, GivenOrganization organization, Actor actor, ProjectDraft draft) =>
        database.Get<ProjectCreationService>().CreateAsync(actor, organization.Id, draft);
}
