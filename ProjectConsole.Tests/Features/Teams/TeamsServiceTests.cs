using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Teams;
using ProjectConsole.Features.Teams;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Teams;

public sealed class TeamsServiceTests
{
    [DatabaseTheory]
    [InlineData("", "annotators", "Team name is required.", null)]
    [InlineData("\u200d", "annotators", "Team name needs a letter or a number.", null)]
    [InlineData("\u3164", "annotators", "Team name needs a letter or a number.", null)]
    [InlineData("ann\u202egat", "annotators", "Team name holds invisible or direction-changing characters. Type it again without them.", null)]
    [InlineData("owner@acme.test", "annotators", "Team name may not contain @, so that nobody takes it for a person.", null)]
    [InlineData("crew", "annotators", "crew is a team already.", null)]
    [InlineData("CREW", "annotators", "This looks the same as the team crew. Choose a name that people can tell from it.", null)]
    [InlineData("\u0441rew", "annotators", "This looks the same as the team crew. Choose a name that people can tell from it.", null)]
    [InlineData("Annotators", "", null, "Team ID is required.")]
    [InlineData("Annotators", "a@b", null, "Use only letters, numbers, hyphens and underscores.")]
    [InlineData("Annotators", "crew", null, "crew is taken in this organization. Hyphens and underscores count as equal.")]
    [InlineData("Annotators", "new", null, "\"new\" is reserved. Choose another Team ID.")]
    public async Task Create_WrongInput_SaysWhatIsWrong(DatabaseKind kind, string name, string? slug, string? nameError, string? slugError)
    {
        await using var world = await TeamWorld.CreateAsync(kind);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var refused = Assert.IsType<Invalid>((await world.Get<TeamsService>().CreateAsync(world.As("owner"), world.Acme.Id, new NewTeam(name, slug!))).Error);
            Assert.Equal((nameError, slugError), (refused.For("Name"), refused.For("Slug")));
        });
    }

    [DatabaseTheory]
    public async Task CreateAndChange_Done_AreAuditedAndStaleIsAChoice(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var teams = world.Get<TeamsService>();

        var id = (await teams.CreateAsync(world.As("keeper"), world.Acme.Id, new NewTeam(" Annotators ", "Anno-Tators", "Label pictures."))).Value;
        var team = (await world.Get<TeamDirectory>().GetAsync(world.As("member"), world.Acme.Id, "anno-tators", new PageRequest(1, 25))).Value;
        Assert.Equal(("Annotators", "Label pictures.", 0), (team.Name, team.Description, team.People.Total));

        Assert.True((await teams.ChangeAsync(world.As("keeper"), world.Acme.Id, new TeamTexts(id, "Labelers", "", team.Version))).Succeeded);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<Stale>(
            (await teams.ChangeAsync(world.As("keeper"), world.Acme.Id, new TeamTexts(id, "Others", "", team.Version))).Error));
        Assert.Equal(
            ["organization.team.created", "organization.team.changed"],
            await world.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.ObjectId == id).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync()));
    }

    [DatabaseTheory]
    public async Task AddMembers_Several_AnswersALineForEachAndGivesWhatTheTeamHas(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (teams, typed) = (world.Get<TeamsService>(), new NewTeamMembers(world.Crew.Id, "MEMBER@acme.test, cara@acme.test nobody@acme.test auditor@acme.test"));
        var before = await VersionAsync(world);

        TeamAddition preview = null!;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            preview = (await teams.AddMembersAsync(world.Previewing("admin"), world.Acme.Id, typed)).Value);
        var added = (await teams.AddMembersAsync(world.As("admin"), world.Acme.Id, typed)).Value;

        Assert.Equal([true, false, false, true], added.Lines.Select(line => line.IsAdded));
        Assert.Equal("cara@acme.test is in crew already.", added.Lines[1].Message);
        Assert.Equal(["auditor@acme.test", "member@acme.test"], preview.Change.People.Select(person => person.Email));
        Assert.Equal(["speech", "vision"], preview.Change.People[1].Projects.Select(change => change.ProjectSlug));
        Assert.Equal(["auditor@acme.test", "cara@acme.test", "member@acme.test"], await world.PeopleAsync(world.Crew));
        Assert.Equal(("Developer", "Viewer"), (await world.RoleAsync("member", world.Vision), await world.RoleAsync("member", world.Speech)));
        // The ceiling of the Auditor leaves views.
        Assert.Equal("Viewer", await world.RoleAsync("auditor", world.Vision));
        Assert.Equal(before + 1, await VersionAsync(world));
    }

    [DatabaseTheory]
    public async Task AddMembers_GrowingTeam_TellsEachAdminOnceAndEachProject(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (acme, second) = (world.Acme, await world.Acme.ProjectAsync("second", (world["member"], ProjectRole.Admin)));
        await acme.GrantAsync(second, world.Crew, ProjectRole.Viewer);
        await acme.GrantAsync(world.Vision, world["member"], ProjectRole.Admin);
        await acme.GrantAsync(world.Lab, world["auditor"], ProjectRole.Admin);
        await acme.GrantAsync(await acme.ProjectAsync("unrelated"), world["keeper"], ProjectRole.Admin);
        var dora = await acme.MemberAsync("dora");

        await world.Get<TeamsService>().AddMembersAsync(world.As("admin"), acme.Id, new NewTeamMembers(world.Crew.Id, "dora@acme.test"));

        // The Auditor's ceiling takes what Admins do; the Owner is Admin of vision and speech by grants, the member of vision and second.
        var mails = await world.Database.ReadAsync(db => db.OutgoingMails.OrderBy(mail => mail.To).ToListAsync());
        Assert.Equal(["member@acme.test", "owner@acme.test"], mails.Select(mail => mail.To));
        Assert.Equal([true, true, false], Names(mails[0].Body));
        Assert.Equal([false, true, true], Names(mails[1].Body));
        Assert.All(mails, mail => Assert.Contains(dora.Email!, mail.Body, StringComparison.Ordinal));
        var entries = await world.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.Action == "project.collaborator.team-grew").ToListAsync());
        Assert.Equal(new[] { world.Vision.Id, world.Speech.Id, second.Id }.Order(), entries.Select(entry => entry.ProjectId!.Value).Order());
        Assert.All(entries, entry => Assert.Equal(("crew", """{"people":["dora@acme.test"]}"""), (entry.ObjectName, entry.After)));

        static bool[] Names(string body) => [body.Contains("- second", StringComparison.Ordinal), body.Contains("- vision", StringComparison.Ordinal), body.Contains("- speech", StringComparison.Ordinal)];
    }

    [Fact]
    public async Task AddMembers_AddressOfTheConsoleIsKnown_MailsHoldLinks()
    {
        await using var world = await TeamWorld.CreateAsync(DatabaseKind.Sqlite, publicUrl: "https://console.acme.test");

        await world.Get<TeamsService>().AddMembersAsync(world.As("admin"), world.Acme.Id, new NewTeamMembers(world.Crew.Id, "member@acme.test"));

        var mail = await world.Database.ReadAsync(db => db.OutgoingMails.SingleAsync());
        Assert.Equal(("owner@acme.test", "The team crew has grown"), (mail.To, mail.Subject));
        Assert.Contains("https://console.acme.test/organizations/acme/projects/vision/settings/collaborators", mail.Body, StringComparison.Ordinal);
        Assert.Contains("https://console.acme.test/organizations/acme/teams/crew", mail.Body, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task AddMembers_KeeperWithSomeOfIt_ReadsWhatIsMissing(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (teams, typed) = (world.Get<TeamsService>(), new NewTeamMembers(world.Crew.Id, "keeper@acme.test"));
        await world.Acme.GrantAsync(world.Vision, world["keeper"], ProjectRole.Viewer);
        await world.Acme.GrantAsync(world.Lab, world["keeper"], ProjectRole.Viewer);

        // Nobody puts themselves into a team that has more than they do.
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var refused = Assert.IsType<ExceedsOwn>((await teams.AddMembersAsync(world.As("keeper"), world.Acme.Id, typed)).Error);
            Assert.Equal((ProjectRole.Developer.Permissions - ProjectRole.Viewer.Permissions).Select(permission => permission.Title), refused.Missing);
        });
        await world.Database.ChangeAsync<Grant>(
            grant => grant.ChangeRole(ProjectRole.Manager, world["owner"].Id, "", world.Database.Clock.UtcNow), await GrantIdAsync(world, world["keeper"].Id, world.Vision.Id));

        Assert.True((await teams.AddMembersAsync(world.As("keeper"), world.Acme.Id, typed)).Succeeded);
    }

    [DatabaseTheory]
    public async Task AddMembers_HeldUntilADate_PassesOnAtMostUntilThen(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (teams, now) = (world.Get<TeamsService>(), world.Database.Clock.UtcNow);
        var short_ = await world.Acme.TeamAsync("short");
        await world.Acme.GrantAsync(world.Vision, short_, ProjectRole.Viewer, now.AddDays(2));
        await world.Acme.GrantAsync(world.Vision, world["keeper"], ProjectRole.Admin, now.AddDays(3));
        await world.Acme.GrantAsync(world.Lab, world["keeper"], ProjectRole.Admin);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            new OutlivesOwn(now.AddDays(3)), (await teams.AddMembersAsync(world.As("keeper"), world.Acme.Id, new NewTeamMembers(world.Crew.Id, "member@acme.test"))).Error));
        Assert.True((await teams.AddMembersAsync(world.As("keeper"), world.Acme.Id, new NewTeamMembers(short_.Id, "member@acme.test"))).Succeeded);
        // What is held today is enough to take.
        Assert.True((await teams.RemoveMemberAsync(world.As("keeper"), world.Acme.Id, new TeamMemberRemoval(world.Crew.Id, world["cara"].Id))).Succeeded);
    }

    [DatabaseTheory]
    public async Task RemoveMember_LastAdminThroughTheTeam_NeedsAnHeir(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (teams, chiefs) = (world.Get<TeamsService>(), await world.Acme.TeamAsync("chiefs", world["cara"], world["locked"]));
        var churn = await world.Acme.ProjectAsync("churn", (world["member"], ProjectRole.Admin));
        await world.Acme.GrantAsync(churn, chiefs, ProjectRole.Admin);
        await world.Database.ChangeAsync<Grant>(
            grant => grant.ChangeRole(ProjectRole.Viewer, world["owner"].Id, "", world.Database.Clock.UtcNow), await GrantIdAsync(world, world["member"].Id, churn.Id));
        var removal = new TeamMemberRemoval(chiefs.Id, world["cara"].Id);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.Equal(["churn"], Assert.IsType<LastAdmin>((await teams.RemoveMemberAsync(world.As("owner"), world.Acme.Id, removal)).Error).Projects);
            Assert.Equal(["churn"], Assert.IsType<LastAdmin>((await teams.DeleteAsync(world.As("owner"), world.Acme.Id, new TeamDeletion(chiefs.Id))).Error).Projects);
            foreach (var wrong in (string[])["cara@acme.test", "auditor@acme.test", "locked@acme.test", "external@partner.test", "nobody@acme.test"])
            {
                Assert.NotNull(Assert.IsType<Invalid>((await teams.RemoveMemberAsync(world.As("owner"), world.Acme.Id, removal with { Heir = wrong })).Error).For("Heir"));
            }
        });
        Assert.True((await teams.RemoveMemberAsync(world.As("owner"), world.Acme.Id, removal with { Heir = "ADMIN@acme.test" })).Succeeded);

        Assert.Equal("admin", await RoleKeyAsync(world, world["admin"].Id, churn.Id));
        Assert.Equal((null, "Developer"), (await RoleKeyAsync(world, world["cara"].Id, churn.Id), await world.RoleAsync("cara", world.Vision)));
    }

    [DatabaseTheory]
    public async Task Delete_Team_EndsAllThatItHadAndHandsOver(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (teams, churn) = (world.Get<TeamsService>(), await world.Acme.ProjectAsync("churn", (world["cara"], ProjectRole.Admin)));
        await world.Acme.GrantAsync(churn, world.Crew, ProjectRole.Admin);
        await world.Database.ReadAsync(async db => { db.Grants.Remove(await db.Grants.SingleAsync(grant => grant.ProjectId == churn.Id && grant.PrincipalId == world["cara"].Id)); return await db.SaveChangesAsync(); });

        // Somebody of the team can be the one who stays Admin.
        Assert.True((await teams.DeleteAsync(world.As("admin"), world.Acme.Id, new TeamDeletion(world.Crew.Id, "cara@acme.test"))).Succeeded);

        await using var db = world.Database.Open();
        Assert.False(await db.Teams.AnyAsync(team => team.Id == world.Crew.Id));
        Assert.False(await db.Principals.AnyAsync(principal => principal.Id == world.Crew.Id));
        Assert.False(await db.Grants.AnyAsync(grant => grant.PrincipalId == world.Crew.Id));
        Assert.Equal("admin", await RoleKeyAsync(world, world["cara"].Id, churn.Id));
        Assert.Null(await world.RoleAsync("cara", world.Vision));
        Assert.Equal(2, await db.AuditEntries.CountAsync(entry => entry.ObjectId == world.Crew.Id && entry.Action == AuditActions.CollaboratorRemoved));
        Assert.Equal(1, await db.AuditEntries.CountAsync(entry => entry.ObjectId == world.Crew.Id && entry.Action == AuditActions.WorkspaceGrantRemoved));
    }

    [DatabaseTheory]
    public async Task Delete_TeamThatAnAssertionNames_IsRefused(DatabaseKind kind)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var assertion = new Assertion(world.Acme.Id, null, AssertionForm.Only, PermissionCatalogue.Get("clusters.delete"), "", world.Database.Clock.UtcNow).OnlyTeam(world.Crew.Id);
        await world.Database.AddAsync(assertion);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            new TeamNamedByAssertion("crew"), (await world.Get<TeamsService>().DeleteAsync(world.As("owner"), world.Acme.Id, new TeamDeletion(world.Crew.Id))).Error));
    }

    [DatabaseTheory]
    [InlineData("add")]
    [InlineData("remove")]
    [InlineData("delete")]
    public async Task Change_Previewed_IsWhatThenHappens(DatabaseKind kind, string what)
    {
        await using var world = await TeamWorld.CreateAsync(kind);
        var (teams, id) = (world.Get<TeamsService>(), world.Acme.Id);
        await world.Acme.GrantAsync(world.Vision, world["cara"], ProjectRole.Viewer);
        async Task<AccessChange> RunAsync(Actor actor) => what switch
        {
            "add" => (await teams.AddMembersAsync(actor, id, new NewTeamMembers(world.Crew.Id, "member@acme.test keeper@acme.test"))).Value.Change,
            "remove" => (await teams.RemoveMemberAsync(actor, id, new TeamMemberRemoval(world.Crew.Id, world["cara"].Id))).Value,
            _ => (await teams.DeleteAsync(actor, id, new TeamDeletion(world.Crew.Id))).Value,
        };
        var told = await RunAsync(world.Previewing("owner"));
        var before = await HeldAsync(world);

        await RunAsync(world.As("owner"));

        var after = await HeldAsync(world);
        var happened = before.Keys.Where(key => before[key] != after[key]).ToDictionary(key => key, key => (Loses: before[key] - after[key], Gains: after[key] - before[key]));
        var said = told.People.SelectMany(person => person.Projects.Select(change => (Key: (person.Email, change.ProjectSlug), Change: change)))
            .Where(row => !row.Change.Loses.IsEmpty || !row.Change.Gains.IsEmpty).ToDictionary(row => row.Key, row => (row.Change.Loses, row.Change.Gains));
        Assert.NotEmpty(happened);
        Assert.Equal(happened.OrderBy(row => row.Key), said.OrderBy(row => row.Key));
    }

    private static async Task<Dictionary<(string, string), PermissionSet>> HeldAsync(TeamWorld world)
    {
        var held = new Dictionary<(string, string), PermissionSet>();
        foreach (var who in TeamWorld.Insiders)
        {
            foreach (var project in new[] { world.Vision, world.Speech, world.Acme.DefaultProject })
            {
                held[(world[who].Email!, project.Slug)] = await world.HeldAsync(who, project);
            }
        }

        return held;
    }

    private static Task<Guid> GrantIdAsync(TeamWorld world, Guid principalId, Guid projectId) =>
        world.Database.ReadAsync(db => db.Grants.Where(grant => grant.PrincipalId == principalId && grant.ProjectId == projectId).Select(grant => grant.Id).SingleAsync());

    private static Task<string?> RoleKeyAsync(TeamWorld world, Guid principalId, Guid projectId) =>
        world.Database.ReadAsync(db => db.Grants.Where(grant => grant.PrincipalId == principalId && grant.ProjectId == projectId).Select(grant => grant.RoleKey).FirstOrDefaultAsync());

    private static Task<long> VersionAsync(TeamWorld world) =>
        world.Database.ReadAsync(db => db.Organizations.Where(row => row.Id == world.Acme.Id).Select(row => row.AccessVersion).FirstAsync());
}
