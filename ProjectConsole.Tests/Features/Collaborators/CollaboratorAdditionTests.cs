using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Accounts;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Collaborators;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Collaborators;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Collaborators;

public sealed class CollaboratorAdditionTests
{
    private const string NoAccountHere = "There is no account with this address in this organization.";

    [DatabaseTheory]
    [InlineData("member@acme.test")]
    [InlineData("  MEMBER@Acme.test ")]
    public async Task Add_Member_GivesTheRoleAtOnceAndAuditsIt(DatabaseKind kind, string typed)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        Assert.True((await world.AddAsync("project-admin", typed, ProjectRole.Developer)).Succeeded);
        Assert.Equal("developer", await world.RoleOfAsync("member"));
        var entry = Assert.Single(await world.AuditAsync(AuditActions.CollaboratorAdded));
        Assert.Equal(("member@acme.test", null, """{"role":"developer","expires":null,"restriction":null,"isTeam":false,"isUpgrade":false,"external":false}"""), (entry.ObjectName, entry.Before, entry.After));
        Assert.Equal(world.Vision.Id, entry.ProjectId);
    }

    [Theory]
    [InlineData("nobody@nowhere.test")]
    [InlineData("stranger@elsewhere.test")]
    [InlineData("owner@umbrella.test")]
    [InlineData("unconfirmed@acme.test")]
    public async Task Add_AddressOutsideTheOrganization_GetsOneSentenceWhateverIsKnownElsewhere(string email)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var unconfirmed = await Given.UserAsync(world.Database, "unconfirmed@acme.test", user => user.EmailConfirmed = false);
        await world.Acme.JoinAsync(unconfirmed);
        Error? error = null;
        await Unchanged.AssertNothingWrittenAsync(
            world.Database, async () => error = (await world.AddAsync("project-admin", email, ProjectRole.Viewer)).Error);
        Assert.Equal(NoAccountHere, error!.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("developer")]
    [InlineData("developer@")]
    [InlineData("@acme.test")]
    [InlineData("two@at@acme.test")]
    [InlineData("dev eloper@acme.test")]
    [InlineData("developer@acme")]
    [InlineData("developer@-acme.test")]
    [InlineData("<script>@acme.test")]
    [InlineData("deve\u202Eloper@acme.test")]
    public async Task Add_MalformedAddress_IsRefusedBesideTheField(string email)
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var error = Assert.IsType<Invalid>((await world.AddAsync("project-admin", email, ProjectRole.Viewer)).Error);
        Assert.NotNull(error.For(nameof(NewCollaborator.Address)));
    }

    [Fact]
    public async Task Add_TooLongAddress_IsRefusedBesideTheField()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var email = $"a@{new string('b', 250)}.test";
        Assert.IsType<Invalid>((await world.AddAsync("project-admin", email, ProjectRole.Viewer)).Error);
    }

    [DatabaseTheory]
    [InlineData("developer@acme.test", "developer@acme.test is a collaborator already, as Developer. Nothing was changed.")]
    [InlineData("owner@acme.test", "owner@acme.test is Admin already, as Owner of the organization. Nothing was changed.")]
    [InlineData("org-admin@acme.test", "org-admin@acme.test is Admin already, as Admin of the organization. Nothing was changed.")]
    public async Task Add_PersonWhoIsThere_SaysSoAndChangesNothing(DatabaseKind kind, string email, string sentence)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        Error? error = null;
        await Unchanged.AssertNothingWrittenAsync(
            world.Database, async () => error = (await world.AddAsync("project-admin", email, ProjectRole.Viewer)).Error);
        Assert.Equal(sentence, error!.Message);
    }

    [Fact]
    public async Task Add_RoleAboveOnesOwn_ListsWhatIsMissingAndIsAuditedAsAnAttempt()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        foreach (var address in (string[])["member@acme.test", "manager@acme.test"])
        {
            Error? error = null;
            await Unchanged.AssertNothingWrittenAsync(world.Database, async () => error = (await world.AddAsync("manager", address, ProjectRole.Admin)).Error);
            var exceeds = Assert.IsType<ExceedsOwn>(error);
            Assert.Contains("Manage Admins", exceeds.Missing);
            Assert.DoesNotContain("Add collaborators", exceeds.Missing);
        }

        var attempts = await world.AuditAsync(AuditActions.CollaboratorAdded, AuditResult.Denied);
        Assert.NotEmpty(attempts);
        Assert.All(attempts, entry => Assert.Equal((world["manager"].Id, "manager@acme.test"), (entry.ActorId, entry.ActorName)));
    }

    [Fact]
    public async Task Add_RoleAboveOnesOwn_IsRefusedAlikeForKnownAndUnknownAddresses()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var known = (await world.AddAsync("manager", "member@acme.test", ProjectRole.Admin)).Error;
        var unknown = (await world.AddAsync("manager", "nobody@nowhere.test", ProjectRole.Admin)).Error;
        Assert.Equal(known!.Message, unknown!.Message);
    }

    [DatabaseTheory]
    public async Task Add_ExternalPerson_NeedsTheBox(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        Assert.Equal(NoAccountHere, (await world.AddAsync("manager", "stranger@elsewhere.test", ProjectRole.Viewer)).Error!.Message);
        Assert.True((await world.AddAsync("manager", "stranger@elsewhere.test", ProjectRole.Viewer, isExternal: true)).Succeeded);
        Assert.Equal("viewer", await world.RoleOfAsync("stranger"));
        Assert.Contains("\"external\":true", Assert.Single(await world.AuditAsync(AuditActions.CollaboratorAdded)).After);
    }

    [Fact]
    public async Task Add_ExternalPersonWhereTheOrganizationDoesNotAllowIt_IsRefusedAndAudited()
    {
        await using var world = await CollaboratorWorld.CreateAsync(externals: false);
        Error? error = null;
        await Unchanged.AssertNothingWrittenAsync(
            world.Database, async () => error = (await world.AddAsync("manager", "stranger@elsewhere.test", ProjectRole.Viewer, isExternal: true)).Error);
        Assert.IsType<ExternalsSwitchedOff>(error);
        Assert.Single(await world.AuditAsync(AuditActions.CollaboratorAdded, AuditResult.Denied));
    }

    [Fact]
    public async Task Add_UnknownExternalAddress_IsAuditedWithTheAddress()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        Assert.IsType<NoAccountAnywhere>((await world.AddAsync("manager", "nobody@nowhere.test", ProjectRole.Viewer, isExternal: true)).Error);
        Assert.Contains("nobody@nowhere.test", Assert.Single(await world.AuditAsync(AuditActions.CollaboratorAdded, AuditResult.Denied)).Reason);
    }

    [Fact]
    public async Task Add_ManyExternalAddresses_IsSlowedDownAndGoesOnAfterTheWindow()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        for (var number = 0; number < AddressTries.Most; number++)
        {
            Assert.IsType<NoAccountAnywhere>((await world.AddAsync("manager", $"guess{number}@nowhere.test", ProjectRole.Viewer, isExternal: true)).Error);
        }

        Assert.IsType<TooManyExternalTries>((await world.AddAsync("manager", "stranger@elsewhere.test", ProjectRole.Viewer, isExternal: true)).Error);
        Assert.Null(await world.RoleOfAsync("stranger"));
        Assert.True((await world.AddAsync("project-admin", "stranger@elsewhere.test", ProjectRole.Viewer, isExternal: true)).Succeeded);
        world.Database.Clock.Advance(AddressTries.Window);
        Assert.IsType<CollaboratorAlready>((await world.AddAsync("manager", "stranger@elsewhere.test", ProjectRole.Viewer, isExternal: true)).Error);
    }

    [Fact]
    public async Task AddAll_SeveralAddresses_AnswersALineForEach()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var lines = await world.Service.AddAllAsync(
            world.Actor("project-admin"), world.Scope, "member@acme.test, nobody@nowhere.test;developer@acme.test\nMEMBER@acme.test nonsense", new NewCollaborator("", ProjectRole.Developer));
        Assert.Equal(
            ["member@acme.test", "nobody@nowhere.test", "developer@acme.test", "nonsense"], lines.Value.Select(line => line.Name));
        Assert.Equal(
            [null, typeof(NoAccountHere), typeof(CollaboratorAlready), typeof(Invalid)], lines.Value.Select(line => line.Refusal?.GetType()));
        Assert.Equal("developer", await world.RoleOfAsync("member"));
    }

    [Fact]
    public async Task AddAll_TooManyOrNone_IsRefusedAsAWhole()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        var many = string.Join(',', Enumerable.Range(0, AddressList.Most + 1).Select(number => $"p{number}@acme.test"));
        Assert.IsType<Invalid>((await world.Service.AddAllAsync(world.Actor("manager"), world.Scope, many, new NewCollaborator("", ProjectRole.Viewer))).Error);
        Assert.IsType<Invalid>((await world.Service.AddAllAsync(world.Actor("manager"), world.Scope, " ,; ", new NewCollaborator("", ProjectRole.Viewer))).Error);
    }

    [DatabaseTheory]
    public async Task Add_SentTwiceAtOnce_MakesOneGrant(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => world.AddAsync("project-admin", "member@acme.test", ProjectRole.Developer))));
        Assert.Single(answers, answer => answer.Succeeded);
        Assert.Single(await world.AuditAsync(AuditActions.CollaboratorAdded));
    }

    [Fact]
    public async Task Add_InASuspendedProject_SaysThatItIsSuspended()
    {
        await using var world = await CollaboratorWorld.CreateAsync();
        await world.Acme.ChangeAsync(world.Vision, project => project.Suspend(false));
        Assert.Contains("suspended", (await world.AddAsync("project-admin", "member@acme.test", ProjectRole.Viewer)).Error!.Message);
        Assert.Null(await world.RoleOfAsync("member"));
    }

    [DatabaseTheory]
    [InlineData("member@acme.test", false)]
    [InlineData("stranger@elsewhere.test", false)]
    [InlineData("stranger@elsewhere.test", true)]
    [InlineData("nobody@nowhere.test", true)]
    [InlineData("developer@acme.test", false)]
    public async Task Add_PersonWhereTheOrganizationInvites_IsOneSentenceWhoeverItIs(DatabaseKind kind, string email, bool isExternal)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        await InviteOnlyAsync(world);
        Error? error = null;
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => error = (await world.AddAsync("project-admin", email, ProjectRole.Viewer, isExternal)).Error);
        Assert.Equal("This organization takes people in by invitation.", error!.Message);
    }

    [DatabaseTheory]
    public async Task AddAndCopy_TeamsAndCollaborators_PassWhereTheOrganizationInvites(DatabaseKind kind)
    {
        await using var world = await CollaboratorWorld.CreateAsync(kind);
        await world.TeamAsync("crew", "viewer");
        await InviteOnlyAsync(world);

        Assert.True((await world.AddAsync("project-admin", "crew", ProjectRole.Viewer)).Succeeded);
        Assert.True((await world.Bulk.CopyAsync(world.Actor("owner"), world.Scope, new CollaboratorCopy(world.Neighbour.Id, IsAllOrNothing: false))).Succeeded);
        Assert.Equal("admin", await world.RoleOfAsync("member"));
    }

    private static Task InviteOnlyAsync(CollaboratorWorld world) => world.Database.ChangeAsync<Organization>(
        organization => organization.Change(new OrganizationSettings { Name = "acme", Joining = Joining.Invitation, AllowsExternalCollaborators = true }), world.Acme.Id);
}
