using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Organizations;
using ProjectConsole.Features.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Sharing;

/// <summary>A person grants a project a template of the own personal space.</summary>
public sealed class PersonalSharingTests
{
    private const string OfAnInstance = "{'of':'instance'}";
    private const string Granted = "developer@acme.test:base";
    private const string Reference = "developer@acme.test:template/base";

    private static readonly ResourceKind Template = ResourceKinds.Get("template");
    private static readonly ResourceKind Instance = ResourceKinds.Get("instance");

    [DatabaseTheory]
    public async Task Template_GrantedAndAccepted_IsUsedInTheProjectUntilItEnds(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var id = await OfferAsync(world);
        Assert.Empty(await ChoicesAsync(world));
        var pending = Assert.Single((await SharingAsync(world, "viewer")).Pending);
        Assert.Equal(("base", "developer@acme.test", null, false), (pending.Name, pending.OtherSide, pending.OtherProjectSlug, pending.MayAnswer));
        Assert.True(Assert.Single((await SharingAsync(world, "manager")).Pending).MayAnswer);

        await AcceptAsync(world, id);

        Assert.Equal([Reference], await ChoicesAsync(world));
        var web = await world.MakeAsync("instance", "web", $"{{'cpu-cores':1,'memory':1,'template':'{Reference}'}}");
        Assert.Equal((Granted.Split(':')[0], "base"), (await world.Details.GetAsync(world.As("viewer"), world.InVision, Instance, "web")).Value.DependsOn.Select(related => (related.Source, related.Name)).Single());
        var seen = (await world.Details.GetAsync(world.As("viewer"), world.InVision, Template, Granted)).Value;
        Assert.Equal((new ShareSource("developer@acme.test", "developer@acme.test"), ResourceActs.None), (seen.Source, seen.Acts));
        Assert.Equal([Granted], (await world.Lists.ListAsync(world.As("viewer"), world.InVision, Template, new ResourceQuery())).Value.Shared.Select(shared => shared.Name));
        // Its person learns that it is in use, and not by what.
        var own = (await world.Details.GetAsync(world.As("developer"), world.SpaceOf("developer"), Template, "base")).Value;
        Assert.Equal((1, null), (own.UsedBy.Count, own.UsedBy.Shown.Single().Name));

        Assert.Null((await Shares(world).EndAsync(world.As("developer"), world.SpaceOf("developer"), Template, id)).Error);

        Assert.Empty(await ChoicesAsync(world));
        Assert.IsType<NotFound>((await world.Details.GetAsync(world.As("viewer"), world.InVision, Template, Granted)).Error);
        Assert.IsType<Invalid>((await world.Resources.CreateAsync(
            world.As("developer"), world.InVision, Instance, ResourceWorld.Draft("second", $"{{'cpu-cores':1,'memory':1,'template':'{Reference}'}}"))).Error);
        // What was made from it starts again: a template says where it came from.
        foreach (var action in (string[])["stop", "start", "restart"])
        {
            Assert.Null((await world.Resources.ActAsync(world.As("developer"), world.InVision, Instance, web.Id, action, null)).Error);
        }

        Assert.IsType<NoSuchShare>((await Shares(world).EndAsync(world.As("developer"), world.SpaceOf("developer"), Template, id)).Error);
        var projects = await world.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditActions.ShareEnded).Select(entry => entry.ProjectId).ToListAsync());
        Assert.Contains(world.Vision.Id, projects);
    }

    [DatabaseTheory]
    public async Task Template_GivenBackByTheProject_IsOverForItsPersonToo(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var id = await OfferAsync(world);
        await AcceptAsync(world, id);
        var given = Assert.Single((await OfResourceAsync(world)).Value.Shares);
        Assert.Equal((id, "vision", "vision", true), (given.Id, given.OtherSide, given.OtherProjectSlug, given.MayEnd));

        Assert.Null((await Shares(world).LeaveAsync(world.As("manager"), world.Acme.Scope(world.Vision), id)).Error);

        Assert.Empty((await OfResourceAsync(world)).Value.Shares);
        Assert.IsType<NoSuchShare>((await Shares(world).EndAsync(world.As("developer"), world.SpaceOf("developer"), Template, id)).Error);
    }

    [DatabaseTheory]
    [InlineData("owner")]
    [InlineData("org-admin")]
    [InlineData("project-admin")]
    [InlineData("member")]
    [InlineData("stranger")]
    [InlineData("nobody")]
    public async Task SpaceOfAnother_Whoever_IsNotThere(DatabaseKind kind, string who)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var template = await world.MakeAsync("template", "base", OfAnInstance, world.SpaceOf("developer"), "developer");
        var (actor, space) = (world.As(who), world.SpaceOf("developer"));
        var id = (await Shares(world).OfferAsync(world.As("developer"), space, Template, template.Id, To("vision"))).Value;

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await Shares(world).OfferAsync(actor, space, Template, template.Id, To("vision"))).Error);
            Assert.IsType<NotFound>((await Shares(world).EndAsync(actor, space, Template, id)).Error);
            Assert.IsType<NotFound>((await world.Database.Get<SharingDirectory>().GetOfResourceAsync(actor, space, template.Id)).Error);
        });
    }

    [DatabaseTheory]
    public async Task Offer_WhatCannotBeGranted_IsRefusedWithTheReason(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (actor, space) = (world.As("developer"), world.SpaceOf("developer"));
        var volume = await world.MakeAsync("volume", "cache", "{'type':'shared','size':5}", space, "developer");
        var template = await world.MakeAsync("template", "base", OfAnInstance, space, "developer");
        await world.MakeAsync("pipeline", "train", "{}", space, "developer");
        var ofOwn = await world.MakeAsync("template", "train-base", "{'of':'pipeline','pipeline':'train'}", space, "developer");
        var ofProject = await world.MakeAsync("template", "theirs", OfAnInstance);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<OnlyGrantable>((await Shares(world).OfferAsync(actor, space, ResourceKinds.Get("volume"), volume.Id, To("vision"))).Error);
            Assert.IsType<NoSuchResource>((await Shares(world).OfferAsync(actor, space, Template, ofProject.Id, To("vision"))).Error);
            foreach (var slug in (string[])["speech", "nothing", ""])
            {
                Assert.NotNull(Assert.IsType<Invalid>((await Shares(world).OfferAsync(actor, space, Template, template.Id, To(slug))).Error).For(nameof(ShareOffer.ProjectSlug)));
            }

            Assert.IsType<TemplateOfOwn>((await Shares(world).OfferAsync(actor, space, Template, ofOwn.Id, To("vision"))).Error);
            Assert.NotNull(Assert.IsType<Invalid>((await Shares(world).OfferAsync(
                actor, space, Template, template.Id, new ShareOffer(null, world.Acme.Workspace.Slug, ShareLevel.Use))).Error).For(nameof(ShareOffer.WorkspaceSlug)));
        });
        Assert.All((await world.Lists.ListAsync(actor, space, Template, new ResourceQuery())).Value.Page.Rows, row => Assert.True(row.Acts.MayShare));
        Assert.False((await world.Lists.ListAsync(actor, space, ResourceKinds.Get("volume"), new ResourceQuery())).Value.Page.Rows.Single().Acts.MayShare);
    }

    [DatabaseTheory]
    public async Task Leaving_TheOrganization_EndsWhatWasGrantedAndLeavesItToBeMoved(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var id = await OfferAsync(world);
        await AcceptAsync(world, id);

        Assert.Null((await world.Database.Get<MembersService>().RemoveAsync(world.As("owner"), world.Acme.Id, new MemberRemoval(world["developer"].Id))).Error);

        Assert.Empty((await SharingAsync(world, "manager")).Received);
        Assert.Equal(ShareState.Ended, await world.Database.ReadAsync(db => db.ResourceShares.Where(share => share.Id == id).Select(share => share.State).SingleAsync()));
        var template = await world.FindAsync("template", "base", world.SpaceOf("developer"));
        Assert.Null((await world.Moving.MoveAsync(world.As("org-admin"), world.SpaceOf("developer"), [template.Id], "vision")).Error);
    }

    [Fact]
    public async Task Share_OfTheCatalogue_IsOfNobodysSpace()
    {
        await using var world = await ResourceWorld.CreateAsync();
        var offering = await world.MakeAsync("service-offering", "small", "{'cpu-cores':2,'memory':8}", world.InCatalogue, "org-admin");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await Shares(world).OfferAsync(world.As("owner"), world.InCatalogue, ResourceKinds.Get("service-offering"), offering.Id, To("vision"))).Error);
            Assert.IsType<NotFound>((await Shares(world).EndAsync(world.As("owner"), world.InCatalogue, ResourceKinds.Get("service-offering"), Guid.NewGuid())).Error);
        });
    }

    private static SharingService Shares(ResourceWorld world) => world.Database.Get<SharingService>();

    private static ShareOffer To(string slug) => new(slug, null, ShareLevel.Use);

    private static async Task<Guid> OfferAsync(ResourceWorld world)
    {
        var template = await world.MakeAsync("template", "base", OfAnInstance, world.SpaceOf("developer"), "developer");
        return (await Shares(world).OfferAsync(world.As("developer"), world.SpaceOf("developer"), Template, template.Id, To("vision"))).Value;
    }

    private static async Task AcceptAsync(ResourceWorld world, Guid id) =>
        Assert.Null((await Shares(world).AnswerAsync(world.As("manager"), world.Acme.Scope(world.Vision), id, accepts: true)).Error);

    private static async Task<ProjectSharing> SharingAsync(ResourceWorld world, string who) =>
        (await world.Database.Get<SharingDirectory>().GetAsync(world.As(who), world.Acme.Scope(world.Vision))).Value;

    private static async Task<Result<SharedWith>> OfResourceAsync(ResourceWorld world)
    {
        var space = world.SpaceOf("developer");
        return await world.Database.Get<SharingDirectory>().GetOfResourceAsync(world.As("developer"), space, (await world.FindAsync("template", "base", space)).Id);
    }

    private static async Task<IEnumerable<string>> ChoicesAsync(ResourceWorld world) =>
        (await world.Details.ChoicesAsync(world.As("contributor"), world.InVision, Instance.Field("template")!, "")).Value.Select(choice => choice.Value);
}
