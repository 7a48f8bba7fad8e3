using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Sharing;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Sharing;

/// <summary>A template that a project has from a personal space is not turned to what only its person sees.</summary>
public sealed class GrantedTemplateTests
{
    private const string OfProjects = "{'of':'pipeline','pipeline':'speech:transcribe'}";
    private const string OfOwn = "{'of':'pipeline','pipeline':'train'}";

    private static readonly ResourceKind Template = ResourceKinds.Get("template");

    [DatabaseTheory]
    [InlineData("never", true)]
    [InlineData(nameof(ShareState.Pending), false)]
    [InlineData(nameof(ShareState.Accepted), false)]
    [InlineData(nameof(ShareState.Declined), true)]
    [InlineData(nameof(ShareState.Ended), true)]
    public async Task Change_ToAPipelineOfTheOwn_IsRefusedWhileItIsShared(DatabaseKind kind, string shared, bool passes)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var template = await ArrangeAsync(world);
        if (Enum.TryParse<ShareState>(shared, out var entered))
        {
            await ShareAsync(world, template, entered);
        }

        if (passes)
        {
            Assert.Null(await ChangeAsync(world, template, OfOwn));
            Assert.Equal("train", (await world.FindAsync("template", "base", world.SpaceOf("developer"))).Spec.Text("pipeline"));
            return;
        }

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            "Only you see train, and base is shared with a project. End that share first, or name one that the project may use.",
            Assert.IsType<Invalid>(await ChangeAsync(world, template, OfOwn)).For("spec.pipeline")));
        Assert.Null(await ChangeAsync(world, template, "{'of':'pipeline','pipeline':'speech:transcribe','values':{'epochs':'3'}}"));
    }

    [DatabaseTheory]
    public async Task Change_WhatStaysOrIsAProjects_IsNotRefusedForIt(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var template = await ArrangeAsync(world);
        // It led there before: nobody is kept from describing it.
        var before = await world.MakeAsync("template", "older", OfOwn, world.SpaceOf("developer"), "developer");
        await ShareAsync(world, before, ShareState.Accepted);
        Assert.Null(await ChangeAsync(world, before, OfOwn));

        // In a project its own pipelines are everybody's there.
        await world.MakeAsync("pipeline", "train");
        await world.MakeAsync("pipeline", "other");
        var ofProject = await world.MakeAsync("template", "base", OfOwn);
        await world.Database.AddAsync(new ResourceShare(ofProject, world.Speech.Id, null, ShareLevel.Use, world.Acme.Owner.Id, "owner", world.Database.Clock.UtcNow));
        Assert.Null((await world.Resources.ChangeAsync(
            world.As("developer"), world.InVision, Template, ofProject.Id, ResourceWorld.Draft("", "{'of':'pipeline','pipeline':'other'}"), null)).Error);
        Assert.Equal("speech:transcribe", template.Spec.Text("pipeline"));
    }

    [DatabaseTheory]
    public async Task Offer_TemplateOfAnInstanceOnAnImageOfOnesOwn_IsRefused(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var space = world.SpaceOf("developer");
        await world.MakeAsync("image", "machine", "{'type':'machine','address':'r/x:1'}", space, "developer");
        var template = await world.MakeAsync("template", "workstation", "{'of':'instance','image':'machine'}", space, "developer");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            "workstation leads to machine, which only you see. Move both into a project to share them from there.",
            (await world.Database.Get<SharingService>().OfferAsync(world.As("developer"), space, Template, template.Id, new ShareOffer("vision", null, ShareLevel.Use))).Error?.Message));
    }

    // Either it is offered as it was, or it was changed before and is not offered.
    [DatabaseTheory]
    public async Task Change_WhileItIsOffered_OneOfTheTwoIsRefused(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await using var other = world.Database.OpenNode(ResourceWorld.Features);
        await ArrangeAsync(world);
        var (actor, space) = (world.As("developer"), world.SpaceOf("developer"));
        for (var attempt = 0; attempt < RaceAttempts.Or(10); attempt++)
        {
            var template = await world.MakeAsync("template", $"base-{attempt}", OfProjects, space, "developer");
            using var barrier = new Barrier(2);
            var changing = Task.Run(() =>
            {
                barrier.SignalAndWait();
                return ChangeAsync(world, template, OfOwn);
            });
            var offering = Task.Run(async () =>
            {
                barrier.SignalAndWait();
                return (await other.Get<SharingService>().OfferAsync(actor, space, Template, template.Id, new ShareOffer("vision", null, ShareLevel.Use))).Error;
            });
            var (changed, offered) = (await changing, await offering);

            Assert.True((changed, offered) is (null, TemplateOfOwn) or (Invalid, null), $"{changed} and {offered}");
            Assert.Equal(
                (changed is null ? "train" : "speech:transcribe", offered is null),
                ((await world.FindAsync("template", $"base-{attempt}", space)).Spec.Text("pipeline"), await world.Database.ReadAsync(db => db.ResourceShares.AnyAsync(share => share.ResourceId == template.Id))));
        }
    }

    private static async Task<Resource> ArrangeAsync(ResourceWorld world)
    {
        var transcribe = await world.MakeAsync("pipeline", "transcribe", "{}", world.InSpeech, "neighbour");
        await world.Database.ChangeAsync<Resource>(resource => resource.ShowToOrganization(true), transcribe.Id);
        await world.MakeAsync("pipeline", "train", "{}", world.SpaceOf("developer"), "developer");
        return await world.MakeAsync("template", "base", OfProjects, world.SpaceOf("developer"), "developer");
    }

    private static async Task ShareAsync(ResourceWorld world, Resource template, ShareState state)
    {
        var share = new ResourceShare(template, world.Vision.Id, null, ShareLevel.Use, world["developer"].Id, "developer@acme.test", world.Database.Clock.UtcNow);
        if (state != ShareState.Pending)
        {
            share.Enter(state, "somebody", world.Database.Clock.UtcNow);
        }

        await world.Database.AddAsync(share);
    }

    private static async Task<Error?> ChangeAsync(ResourceWorld world, Resource template, string fields) => (await world.Resources.ChangeAsync(
        world.As("developer"), world.SpaceOf("developer"), Template, template.Id, ResourceWorld.Draft("", fields), null)).Error;
}
