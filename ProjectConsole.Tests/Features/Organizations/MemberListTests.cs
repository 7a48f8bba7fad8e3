using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Organizations;

public sealed class MemberListTests
{
    [DatabaseTheory]
    public async Task Add_SeveralAddresses_AnswersALineForEach(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        await Given.UserAsync(world.Database, "unconfirmed@elsewhere.test", user => user.EmailConfirmed = false);
        var typed = "STRANGER@elsewhere.test, external@partner.test; member@acme.test\nunconfirmed@elsewhere.test unknown@elsewhere.test not-an-address stranger@elsewhere.test";

        var lines = (await world.Get<MemberAddition>().AddAsync(world.As("admin"), world.Acme.Id, new NewMembers(typed, "member", true))).Value.Lines;

        Assert.Equal([true, true, false, false, false, false], lines.Select(line => line.IsAdded));
        Assert.Equal("member@acme.test is a member already, as Member.", lines[2].Message);
        // Unknown and unconfirmed read alike.
        Assert.Equal(lines[4].Message.Replace("unknown", "unconfirmed", StringComparison.Ordinal), lines[3].Message);
        await using var db = world.Database.Open();
        Assert.True((await db.Members.SingleAsync(row => row.UserId == world["stranger"].Id)).MayCreateProjects);
        Assert.Equal(2, await db.AuditEntries.CountAsync(row => row.Action == "organization.member.added"));
    }

    [DatabaseTheory]
    [InlineData("unknown@elsewhere.test")]
    [InlineData("member@acme.test")]
    [InlineData("nonsense")]
    [InlineData(" ")]
    public async Task Add_NobodyCanBeAdded_WritesNothing(DatabaseKind kind, string typed)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.NotNull(Assert.IsType<Invalid>(
            (await world.Get<MemberAddition>().AddAsync(world.As("owner"), world.Acme.Id, new NewMembers(typed, "member"))).Error).For("Addresses")));
    }

    [DatabaseTheory]
    [InlineData("stranger@elsewhere.test")]
    [InlineData("unknown@elsewhere.test")]
    [InlineData("member@acme.test")]
    public async Task Add_WhereTheOrganizationInvites_IsOneSentenceWhoeverItIs(DatabaseKind kind, string typed)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        await world.Database.ChangeAsync<Organization>(
            organization => organization.Change(new OrganizationSettings { Name = "acme", Joining = Joining.Invitation }), world.Acme.Id);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            new JoinsByInvitation(), (await world.Get<MemberAddition>().AddAsync(world.As("owner"), world.Acme.Id, new NewMembers(typed, "member"))).Error));
    }

    [Fact]
    public async Task Add_ManyUnknownAddresses_IsAuditedAndSlowedDown()
    {
        await using var world = await PeopleAround.CreateAsync(DatabaseKind.Sqlite);
        var service = world.Get<MemberAddition>();
        Task<Result<MembersAdded>> AddAsync(string typed) => service.AddAsync(world.As("admin"), world.Acme.Id, new NewMembers(typed, "member"));
        var guesses = string.Join(' ', Enumerable.Range(0, AddressTries.Most).Select(number => $"guess{number}@nowhere.test"));

        Assert.IsType<Invalid>((await AddAsync(guesses)).Error);
        Assert.IsType<TooManyExternalTries>((await AddAsync("unknown@nowhere.test")).Error);
        Assert.IsType<TooManyExternalTries>((await AddAsync("stranger@elsewhere.test")).Error);

        Assert.False(await world.Database.ReadAsync(db => db.Members.AnyAsync(row => row.UserId == world["stranger"].Id)));
        await world.Get<DeniedAttempts>().FlushAsync();
        var reasons = await world.Database.ReadAsync(db => db.AuditEntries.Where(row => row.Result == AuditResult.Denied).Select(row => row.Reason).ToListAsync());
        Assert.Contains(reasons, reason => reason.Contains("guess0@nowhere.test", StringComparison.Ordinal));
        world.Database.Clock.Advance(AddressTries.Window);
        Assert.True((await AddAsync("stranger@elsewhere.test")).Succeeded);
    }

    [DatabaseTheory]
    public async Task Add_Previewed_SaysWhatThenHappensAndCostsOneTry(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var (service, acme, typed) = (world.Get<MemberAddition>(), world.Acme, new NewMembers("stranger@elsewhere.test", "admin"));
        var vision = await acme.ProjectAsync("seen");
        MembersAdded preview = null!;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => preview = (await service.AddAsync(world.As("owner") with { DryRun = true }, acme.Id, typed)).Value);

        Assert.True(Assert.Single(preview.Lines).IsAdded);
        var changes = Assert.Single(preview.Change.People).Projects;
        Assert.True((await service.AddAsync(world.As("owner"), acme.Id, typed)).Succeeded);
        Assert.Contains(changes, change => change.ProjectId == vision.Id);
        foreach (var change in changes)
        {
            var now = (await world.Get<AccessControl>().InProjectAsync(world.As("stranger"), new ProjectScope(acme.Id, change.ProjectId)))!.Access.Allowed;
            Assert.Equal(now, change.After!.Allowed);
            Assert.True(change.Before is null || change.Before.Allowed.IsEmpty);
        }
    }

    [Fact]
    public async Task Add_ProbedByPreviewsOrActs_CostsATryAndAnEntryForHitsAndMissesAlike()
    {
        await using var world = await PeopleAround.CreateAsync(DatabaseKind.Sqlite);
        var (service, tries, admin) = (world.Get<MemberAddition>(), world.Get<AddressTries>(), world["admin"].Id);
        var rest = Enumerable.Range(0, AddressTries.Most - 2).Select(number => $"guess{number}@nowhere.test").ToList();
        await service.AddAsync(world.As("admin") with { DryRun = true }, world.Acme.Id, new NewMembers("stranger@elsewhere.test unknown@nowhere.test", "member"));
        Assert.True(tries.MayAsk(admin, AddressUse.Add, rest));
        Assert.False(tries.MayAsk(admin, AddressUse.Add, [.. rest, "one@nowhere.test"]));
        await world.Get<DeniedAttempts>().FlushAsync();
        var reasons = await world.Database.ReadAsync(db => db.AuditEntries.Where(row => row.Result == AuditResult.Denied).Select(row => row.Reason).ToListAsync());
        Assert.Contains(reasons, reason => reason.Contains("stranger@elsewhere.test", StringComparison.Ordinal));
        Assert.Contains(reasons, reason => reason.Contains("unknown@nowhere.test", StringComparison.Ordinal));

        // Those who are found cost as much as those who are not, and too many at once are looked up in none.
        Assert.True((await service.AddAsync(world.As("owner"), world.Acme.Id, new NewMembers("stranger@elsewhere.test", "member"))).Succeeded);
        Assert.False(tries.MayAsk(world["owner"].Id, AddressUse.Add, [.. rest, "one@nowhere.test", "two@nowhere.test"]));
    }

    [Fact]
    public async Task Add_AsManyAsCanBePasted_PassesOnce()
    {
        await using var world = await PeopleAround.CreateAsync(DatabaseKind.Sqlite);
        var people = new List<string>();
        for (var number = 0; number < AddressList.Most; number++)
        {
            people.Add((await Given.UserAsync(world.Database, $"person-{number}@elsewhere.test")).Email!);
        }

        var added = await world.Get<MemberAddition>().AddAsync(world.As("owner"), world.Acme.Id, new NewMembers(string.Join(' ', people), "member"));
        Assert.All(added.Value.Lines, line => Assert.True(line.IsAdded));
    }

    [Fact]
    public async Task Add_AsManyAsThereAreTries_CanBePreviewedAndThenDone()
    {
        await using var world = await PeopleAround.CreateAsync(DatabaseKind.Sqlite);
        var service = world.Get<MemberAddition>();
        var typed = new NewMembers(string.Join(' ', Enumerable.Range(1, AddressTries.Most - 1).Select(number => $"guess{number}@nowhere.test").Append("stranger@elsewhere.test")), "member");
        Assert.True((await service.AddAsync(world.As("owner") with { DryRun = true }, world.Acme.Id, typed)).Succeeded);
        Assert.IsType<TooManyExternalTries>((await service.AddAsync(world.As("owner"), world.Acme.Id, new NewMembers("other@nowhere.test", "member"))).Error);
        Assert.True((await service.AddAsync(world.As("owner"), world.Acme.Id, typed)).Succeeded);
    }

    [DatabaseTheory]
    [InlineData("owner", "owner", true)]
    [InlineData("admin", "owner", false)]
    [InlineData("admin", "admin", true)]
    public async Task Add_AsOwner_OnlyByAnOwner(DatabaseKind kind, string who, string role, bool done)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        var result = await world.Get<MemberAddition>().AddAsync(world.As(who), world.Acme.Id, new NewMembers("stranger@elsewhere.test", role));

        Assert.Equal(done ? null : typeof(OwnersOnly), result.Error?.GetType());
        Assert.Equal(done, await world.Database.ReadAsync(db => db.Members.AnyAsync(row => row.UserId == world["stranger"].Id)));
    }

    [DatabaseTheory]
    public async Task List_SearchFilterSortPage_AreDoneByTheDatabase(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        for (var index = 0; index < 30; index++)
        {
            await world.Acme.MemberAsync($"worker_{index:00}");
        }

        var all = await ListAsync(world, new MemberQuery(null, null, MemberSort.Address, false, new PageRequest(2, 25)));
        Assert.Equal((35, 35, 1, 10), (all.Page.Total, all.Members, all.External, all.Page.Rows.Count));
        Assert.Equal("worker_29@acme.test", all.Page.Rows[^1].Email);

        // The underscore is a letter here, not a wildcard.
        var searched = await ListAsync(world, new MemberQuery("Worker_1", null, MemberSort.Address, true, new PageRequest(1, 25)));
        Assert.Equal(10, searched.Page.Total);
        Assert.Equal("worker_19@acme.test", searched.Page.Rows[0].Email);
        Assert.Equal(0, (await ListAsync(world, new MemberQuery("a%t", null, MemberSort.Address, false, new PageRequest(1, 25)))).Page.Total);

        var owners = await ListAsync(world, new MemberQuery(null, "owner", MemberSort.Since, false, new PageRequest(1, 25)));
        Assert.Equal(["locked@acme.test", "owner@acme.test"], owners.Page.Rows.Select(row => row.Email).Order());
        Assert.True(owners.Page.Rows.Single(row => row.Email == "locked@acme.test").IsLocked);

        var byRole = await ListAsync(world, new MemberQuery(null, null, MemberSort.Role, false, new PageRequest(1, 25)));
        Assert.Equal(["Owner", "Owner", "Admin", "Auditor", "Member"], byRole.Page.Rows.Take(5).Select(row => row.RoleTitle));
    }

    [Fact]
    public async Task List_MoreRows_NeedsNoMoreStatements()
    {
        using var counter = new StatementCounter();
        await using var world = await PeopleAround.CreateAsync(DatabaseKind.Sqlite);
        counter.Watch(world.Database);
        var few = await CountAsync();
        for (var index = 0; index < 10; index++)
        {
            await world.Acme.MemberAsync($"worker-{index}");
        }

        Assert.Equal(few, await CountAsync());
        Assert.InRange(few, 1, 7);

        async Task<int> CountAsync()
        {
            counter.Reset();
            Assert.NotEmpty((await ListAsync(world, new MemberQuery(null, null, MemberSort.Address, false, new PageRequest(1, 25)))).Page.Rows);
            return counter.Count;
        }
    }

    [DatabaseTheory]
    public async Task List_External_ShowsWhoIsOutsideAndInHowManyProjects(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        var row = (await ListAsync(world, new MemberQuery(null, MemberQuery.External, MemberSort.Address, false, new PageRequest(1, 25)))).Page.Rows.Single();

        Assert.Equal(("external@partner.test", "External", 1), (row.Email, row.RoleTitle, row.Projects));
    }

    [DatabaseTheory]
    public async Task List_LastActivity_IsTheLastActInThisOrganization(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        world.Database.Clock.Advance(TimeSpan.FromHours(3));
        await world.Get<WorkspacesService>().CreateAsync(world.As("admin"), world.Acme.Id, new NewWorkspace("Lab", "lab"));

        var rows = (await ListAsync(world, new MemberQuery(null, null, MemberSort.Address, false, new PageRequest(1, 25)))).Page.Rows;

        Assert.Equal(world.Database.Clock.UtcNow, rows.Single(row => row.Email == "admin@acme.test").LastActivityUtc);
        Assert.Null(rows.Single(row => row.Email == "member@acme.test").LastActivityUtc);
    }

    private static async Task<MemberList> ListAsync(PeopleAround world, MemberQuery query) =>
        (await world.Get<MemberDirectory>().ListAsync(world.As("member"), world.Acme.Id, query)).Value;
}
