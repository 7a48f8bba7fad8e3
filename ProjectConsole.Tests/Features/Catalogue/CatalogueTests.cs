using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Catalogue;

public sealed class CatalogueTests
{
    private static readonly string[] Everybody = ["owner", "org-admin", "auditor", "project-admin", "developer", "viewer", "member", "stranger", "nobody"];

    private static readonly ResourceKind Offering = ResourceKinds.Get("service-offering");

    // Written by hand: who may, who learns what is missing; everybody else is told that there is nothing.
    [DatabaseTheory]
    [InlineData("create", "owner,org-admin", "auditor,project-admin,developer,viewer,member")]
    [InlineData("change", "owner,org-admin", "auditor,project-admin,developer,viewer,member")]
    [InlineData("archive", "owner,org-admin", "auditor,project-admin,developer,viewer,member")]
    [InlineData("delete", "owner,org-admin", "auditor,project-admin,developer,viewer,member")]
    [InlineData("list", "owner,org-admin,auditor,project-admin,developer,viewer,member", "")]
    public async Task Operation_EachRole_IsAllowedForbiddenOrUnknown(DatabaseKind kind, string operation, string allowed, string forbidden)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        foreach (var who in Everybody)
        {
            var target = await world.MakeAsync(Offering.Name, $"for-{who}", "{'cpu-cores':2,'memory':8}", world.InCatalogue, "org-admin");
            if (allowed.Split(',').Contains(who))
            {
                Assert.True(await RunAsync(world, operation, who, target) is null, $"{who} may {operation}");
                continue;
            }

            await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            {
                var refusal = await RunAsync(world, operation, who, target);
                Assert.True(forbidden.Split(',').Contains(who) ? refusal is Forbidden : refusal is NotFound, $"{who}: {operation}: {refusal}");
            });
        }
    }

    [DatabaseTheory]
    public async Task Offering_InUse_NamesItsUsersToWhoSeesEveryProjectAndStays(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var small = await world.MakeAsync(Offering.Name, "small", "{'cpu-cores':2,'memory':8}", world.InCatalogue, "org-admin");
        await world.MakeAsync("instance", "web", "{'offering':'small'}");
        await world.MakeAsync("instance", "phone", "{'offering':'small'}", world.InSpeech, "neighbour");

        Assert.Equal(["phone of speech", "web of vision"], await UsersAsync("org-admin"));
        Assert.Equal([" of ", " of "], await UsersAsync("member"));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.Equal(2, Assert.IsType<ResourceInUse>((await world.Resources.DeleteAsync(world.As("org-admin"), world.InCatalogue, Offering, small.Id, null)).Error).Count));

        async Task<IEnumerable<string>> UsersAsync(string who) => (await world.Details.GetAsync(world.As(who), world.InCatalogue, Offering, "small")).Value.UsedBy.Shown
            .Select(user => $"{user.Name} of {user.Source}").Order(StringComparer.Ordinal);
    }

    [DatabaseTheory]
    public async Task Offering_PutAway_IsOfferedNowhereAndKeepsWhatUsesIt(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var small = await world.MakeAsync(Offering.Name, "small", "{'cpu-cores':2,'memory':8}", world.InCatalogue, "org-admin");
        var field = ResourceKinds.Get("instance").Field("offering")!;
        var inSpace = world.SpaceOf("member");

        Assert.Equal(["small"], await OfferedAsync("developer", world.InVision));
        Assert.Equal(["small"], await OfferedAsync("neighbour", world.InSpeech));
        Assert.Equal(["small"], await OfferedAsync("member", inSpace));
        Assert.Null((await world.Resources.ActAsync(world.As("org-admin"), world.InCatalogue, Offering, small.Id, "archive", null)).Error);

        Assert.Empty(await OfferedAsync("developer", world.InVision));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.NotNull(Assert.IsType<Invalid>((await world.Resources.CreateAsync(
            world.As("developer"), world.InVision, ResourceKinds.Get("instance"), ResourceWorld.Draft("web", "{'offering':'small'}"))).Error).For("spec.offering")));

        async Task<IEnumerable<string>> OfferedAsync(string who, ResourceOwner owner) =>
            (await world.Details.ChoicesAsync(world.As(who), owner, field, "")).Value.Select(choice => choice.Value);
    }

    [Fact]
    public async Task Offering_OfAnotherOrganization_IsNotThere()
    {
        await using var world = await ResourceWorld.CreateAsync();
        var initech = await Given.OrganizationAsync(world.Database, "initech");
        var theirs = ResourceOwner.CatalogueOf(initech.Id);
        Assert.Null((await world.Resources.CreateAsync(Actors.Of(initech.Owner), theirs, Offering, ResourceWorld.Draft("huge", "{'cpu-cores':64,'memory':512}"))).Error);
        var huge = await world.Database.ReadAsync(db => db.Resources.SingleAsync());

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await world.Lists.OverviewAsync(world.As("owner"), theirs)).Error);
            Assert.IsType<NotFound>((await world.Resources.DeleteAsync(world.As("owner"), theirs, Offering, huge.Id, null)).Error);
            Assert.IsType<NoSuchResource>((await world.Resources.DeleteAsync(world.As("owner"), world.InCatalogue, Offering, huge.Id, null)).Error);
            Assert.IsType<Invalid>((await world.Resources.CreateAsync(world.As("developer"), world.InVision, ResourceKinds.Get("instance"), ResourceWorld.Draft("web", "{'offering':'huge'}"))).Error);
        });
    }

    private static async Task<Error?> RunAsync(ResourceWorld world, string operation, string who, Resource target)
    {
        var (actor, owner) = (world.As(who), world.InCatalogue);
        var draft = ResourceWorld.Draft($"by-{who}", "{'cpu-cores':2,'memory':8}");
        return operation switch
        {
            "create" => (await world.Resources.CreateAsync(actor, owner, Offering, draft)).Error,
            "change" => (await world.Resources.ChangeAsync(actor, owner, Offering, target.Id, draft with { Description = "Other." }, null)).Error,
            "archive" => (await world.Resources.ActAsync(actor, owner, Offering, target.Id, "archive", null)).Error,
            "delete" => (await world.Resources.DeleteAsync(actor, owner, Offering, target.Id, null)).Error,
            _ => (await world.Lists.ListAsync(actor, owner, Offering, new ResourceQuery())).Error,
        };
    }
}
