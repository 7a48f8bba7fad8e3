using Microsoft.EntityFrameworkCore;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Installation;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Organizations;

public sealed class OrganizationsServiceTests
{
    [DatabaseTheory]
    public async Task Create_ByTheAdministrator_MakesItWhole(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        var slug = (await world.Get<OrganizationsService>().CreateAsync(world.As("administrator"), new NewOrganization(" Initech ", "Initech"))).Value;

        Assert.Equal("initech", slug);
        await using var db = world.Database.Open();
        var made = await db.Organizations.SingleAsync(row => row.Slug == slug);
        Assert.Equal(("Initech", 1), (made.Name, made.ProjectAllowance));
        var project = await db.Projects.SingleAsync(row => row.OrganizationId == made.Id);
        Assert.True(project.IsDefault);
        Assert.Equal(("default", "Default Project"), (project.Slug, project.Name));
        Assert.Equal("default", (await db.Workspaces.SingleAsync(row => row.OrganizationId == made.Id)).Slug);
        Assert.True(await db.ProjectSlugs.AnyAsync(row => row.OrganizationId == made.Id && row.Folded == "default"));
        Assert.True(await db.Members.AnyAsync(row => row.OrganizationId == made.Id && row.UserId == world["administrator"].Id && row.RoleKey == "owner"));
        Assert.True(await db.AuditEntries.AnyAsync(row => row.OrganizationId == made.Id && row.Action == "organization.created"));
    }

    [DatabaseTheory]
    public async Task Create_BySomebodyElse_NeedsTheInstallationToAllowIt(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var (service, stranger) = (world.Get<OrganizationsService>(), world.As("stranger"));

        Assert.False(await service.MayCreateAsync(stranger));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<Forbidden>((await service.CreateAsync(stranger, new NewOrganization("Initech", "initech"))).Error));

        await world.Database.ChangeAsync<InstallationSettings>(settings => settings.Change(false, true), InstallationSettings.OnlyId);

        Assert.True(await service.MayCreateAsync(stranger));
        Assert.True((await service.CreateAsync(stranger, new NewOrganization("Initech", "initech"))).Succeeded);
        Assert.False(await service.MayCreateAsync(world.As("locked")));
        Assert.False(await service.MayCreateAsync(Actors.Anonymous));
    }

    [Theory]
    [InlineData("", "fine", "Name", "Organization name is required.")]
    [InlineData("Initech", "", "Slug", "Organization ID is required.")]
    [InlineData("Initech", "in itech", "Slug", "Use only letters, numbers, hyphens and underscores.")]
    [InlineData("Initech", "ACME", "Slug", "acme is taken. Hyphens and underscores count as equal.")]
    [InlineData("Initech", "glo_bex", "Slug", null)]
    [InlineData("Initech", "settings", "Slug", "\"settings\" is reserved. Choose another Organization ID.")]
    [InlineData("Ini\u202Etech", "fine", "Name", "Organization name holds invisible or direction-changing characters. Type it again without them.")]
    public async Task Create_WrongInput_SaysWhatIsWrongBesideTheField(string name, string slug, string field, string? sentence)
    {
        await using var world = await PeopleAround.CreateAsync(DatabaseKind.Sqlite);

        var result = await world.Get<OrganizationsService>().CreateAsync(world.As("administrator"), new NewOrganization(name, slug));

        Assert.Equal(sentence, (result.Error as Invalid)?.For(field));
        Assert.Equal(sentence is null, result.Succeeded);
    }

    [Fact]
    public async Task Create_HyphenForUnderscore_IsTaken()
    {
        await using var world = await PeopleAround.CreateAsync(DatabaseKind.Sqlite);
        var (service, actor) = (world.Get<OrganizationsService>(), world.As("administrator"));
        Assert.True((await service.CreateAsync(actor, new NewOrganization("One", "big_corp"))).Succeeded);

        Assert.IsType<Invalid>((await service.CreateAsync(actor, new NewOrganization("Two", "big-corp"))).Error);
        Assert.NotNull(await service.SlugErrorAsync(actor, "BIG-corp"));
        Assert.Null(await service.SlugErrorAsync(actor, "bigcorp"));
        // Whoever may not create learns nothing about which are taken.
        Assert.Null(await service.SlugErrorAsync(world.As("stranger"), "big-corp"));
    }

    [DatabaseTheory]
    public async Task Create_TwiceAtOnce_MakesOne(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var service = world.Get<OrganizationsService>();

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            Task.Run(() => service.CreateAsync(world.As("administrator"), new NewOrganization("Initech", "initech")))));

        Assert.Equal(1, results.Count(result => result.Succeeded));
        Assert.Equal(1, await world.Database.ReadAsync(db => db.Organizations.CountAsync(row => row.Slug == "initech")));
    }

    [DatabaseTheory]
    public async Task Mine_EachKindOfPerson_SeesWhatTheyMayEnter(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        Assert.Equal(["acme Owner"], await MineAsync(world, "owner"));
        Assert.Equal(["acme Member"], await MineAsync(world, "member"));
        Assert.Equal(["acme External"], await MineAsync(world, "external"));
        Assert.Equal(["globex Owner"], await MineAsync(world, "neighbour"));
        Assert.Empty(await MineAsync(world, "stranger"));
        Assert.Empty(await MineAsync(world, "administrator"));
        Assert.Empty(await MineAsync(world, "locked"));
        Assert.Empty(await MineAsync(world, "nobody"));
    }

    [DatabaseTheory]
    public async Task Mine_ExternalsSwitchedOff_HidesItFromThem(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        await world.Database.ChangeAsync<Organization>(acme => acme.Change(new OrganizationSettings { Name = "acme" }), world.Acme.Id);

        Assert.Empty(await MineAsync(world, "external"));
        Assert.Equal(["acme Member"], await MineAsync(world, "member"));
    }

    [DatabaseTheory]
    public async Task Delete_ByAnOwner_EndsItForAllAtOnceAndOwnersRestoreIt(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var (service, access) = (world.Get<OrganizationsService>(), world.Get<AccessControl>());
        var before = (await access.OpenOrganizationAsync(world.As("member"), "acme"))!.Versions.Organization;

        Assert.True((await service.DeleteAsync(world.As("owner"), world.Acme.Id, " ACME ")).Succeeded);

        foreach (var who in PeopleAround.Insiders.Append("external"))
        {
            Assert.Null(await access.OpenOrganizationAsync(world.As(who), "acme"));
            Assert.Null(await access.OpenProjectAsync(world.As(who), "acme", "vision"));
        }

        Assert.Equal(["acme Owner deleted"], await MineAsync(world, "owner"));
        Assert.Empty(await MineAsync(world, "admin"));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<NotFound>((await service.RestoreAsync(world.As("admin"), world.Acme.Id)).Error));

        world.Database.Clock.Advance(Organization.RestorableFor - TimeSpan.FromMinutes(1));
        Assert.True((await service.RestoreAsync(world.As("owner"), world.Acme.Id)).Succeeded);

        var after = await access.OpenOrganizationAsync(world.As("member"), "acme");
        Assert.True(after!.Versions.Organization > before);
        Assert.NotNull(await access.OpenProjectAsync(world.As("external"), "acme", "vision"));
        Assert.IsType<NotDeleted>((await service.RestoreAsync(world.As("owner"), world.Acme.Id)).Error);
    }

    [DatabaseTheory]
    public async Task Mine_DeletedOneThroughAToken_IsListedWhereTheTokenMayRestoreIt(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        await world.Get<OrganizationsService>().DeleteAsync(world.As("owner"), world.Acme.Id, "acme");

        Assert.Empty(await ThroughAsync(Permissions.OrganizationView, Permissions.OrganizationUpdate));
        Assert.Equal(["acme"], await ThroughAsync(Permissions.OrganizationDelete));
        await world.Database.ChangeAsync<User>(user => user.LockedUtc = world.Database.Clock.UtcNow, world["owner"].Id);
        Assert.Empty(await MineAsync(world, "owner"));

        async Task<IEnumerable<string>> ThroughAsync(params Permission[] permissions) => (await world.Get<OrganizationsService>().MineAsync(
            world.As("owner") with { Credential = new TokenCredential(Guid.NewGuid(), "narrow", PermissionSet.Of(permissions), null, "") })).Select(row => row.Slug);
    }

    [DatabaseTheory]
    public async Task Restore_AfterItsDays_IsTooLate(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);
        var service = world.Get<OrganizationsService>();
        await service.DeleteAsync(world.As("owner"), world.Acme.Id, "acme");
        world.Database.Clock.Advance(Organization.RestorableFor);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<OrganizationRestoreTooLate>((await service.RestoreAsync(world.As("owner"), world.Acme.Id)).Error));
        Assert.Empty(await MineAsync(world, "owner"));
    }

    [DatabaseTheory]
    public async Task Delete_AnotherSlugTyped_IsRefused(DatabaseKind kind)
    {
        await using var world = await PeopleAround.CreateAsync(kind);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<Invalid>((await world.Get<OrganizationsService>().DeleteAsync(world.As("owner"), world.Acme.Id, "globex")).Error));
    }

    private static async Task<IEnumerable<string>> MineAsync(PeopleAround world, string who) =>
        (await world.Get<OrganizationsService>().MineAsync(world.As(who))).Select(row => $"{row.Slug} {row.Role}{(row.IsDeleted ? " deleted" : "")}");
}
