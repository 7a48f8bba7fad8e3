using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Projects;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

public sealed class ResourcePermissionTests
{
    private static readonly string[] Everybody =
        ["owner", "org-admin", "auditor", "project-admin", "manager", "developer", "contributor", "viewer", "member", "neighbour", "stranger", "nobody"];

    private static readonly ResourceKind Volume = ResourceKinds.Get("volume");

    // Written by hand from the role table: who may, who learns what is missing; everybody else is told that there is nothing.
    [DatabaseTheory]
    [InlineData("create", "owner,org-admin,project-admin,manager,developer,contributor", "auditor,viewer")]
    [InlineData("change another's", "owner,org-admin,project-admin,manager,developer", "auditor,contributor,viewer")]
    [InlineData("operate another's", "owner,org-admin,project-admin,manager,developer", "auditor,contributor,viewer")]
    [InlineData("delete another's", "owner,org-admin,project-admin,manager", "auditor,developer,contributor,viewer")]
    [InlineData("delete the own", "owner,org-admin,project-admin,manager,developer", "auditor,contributor,viewer")]
    [InlineData("list", "owner,org-admin,auditor,project-admin,manager,developer,contributor,viewer", "")]
    [InlineData("open", "owner,org-admin,auditor,project-admin,manager,developer,contributor,viewer", "")]
    public async Task Operation_EachRole_IsAllowedForbiddenOrUnknown(DatabaseKind kind, string operation, string allowed, string forbidden)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        foreach (var who in Everybody)
        {
            var target = await ArrangeAsync(world, operation, who);
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
    public async Task Command_IdOfANeighboursResource_FindsNothing(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var theirs = await world.MakeAsync("volume", "theirs", "{'type':'shared','size':5}", world.InSpeech, "neighbour");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NoSuchResource>((await world.Resources.ChangeAsync(world.As("project-admin"), world.InVision, Volume, theirs.Id, ResourceWorld.Draft("x"), null)).Error);
            Assert.IsType<NoSuchResource>((await world.Resources.DeleteAsync(world.As("project-admin"), world.InVision, Volume, theirs.Id, null)).Error);
            Assert.IsType<NotFound>((await world.Resources.DeleteAsync(world.As("project-admin"), world.InSpeech, Volume, theirs.Id, null)).Error);
            Assert.IsType<NotFound>((await world.Details.GetAsync(world.As("project-admin"), world.InSpeech, Volume, "theirs")).Error);
        });
    }

    [DatabaseTheory]
    public async Task SuspendedProject_IsReadAndNothingStarts(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var job = await world.MakeAsync("volume", "cache", "{'type':'shared','size':5}");
        var (instances, instance) = (ResourceKinds.Get("instance"), await world.MakeAsync("instance", "web", "{'cpu-cores':1,'memory':1}"));
        Assert.Null((await world.Resources.ActAsync(world.As("developer"), world.InVision, instances, instance.Id, "stop", null)).Error);
        await world.Acme.ChangeAsync(world.Vision, project => project.Suspend(false));

        Assert.Equal("cache", Assert.Single((await world.Lists.ListAsync(world.As("viewer"), world.InVision, Volume, new ResourceQuery())).Value.Page.Rows).Name);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<ProjectIsSuspended>((await world.Resources.CreateAsync(world.As("project-admin"), world.InVision, Volume, ResourceWorld.Draft("more", "{'type':'shared','size':5}"))).Error);
            Assert.IsType<ProjectIsSuspended>((await world.Resources.DeleteAsync(world.As("project-admin"), world.InVision, Volume, job.Id, null)).Error);
            foreach (var who in (string[])["owner", "project-admin", "developer"])
            {
                Assert.IsType<ProjectIsSuspended>((await world.Resources.ActAsync(world.As(who), world.InVision, instances, instance.Id, "start", null)).Error);
            }
        });
    }

    [Fact]
    public async Task CatalogueKind_InAProject_IsRefusedWithTheReason()
    {
        await using var world = await ResourceWorld.CreateAsync();
        var offering = ResourceKinds.Get("service-offering");
        var draft = ResourceWorld.Draft("small", "{'cpu-cores':2,'memory':8}");

        Assert.IsType<OnlyTheOrganization>((await world.Resources.CreateAsync(world.As("project-admin"), world.InVision, offering, draft)).Error);
        Assert.IsType<Forbidden>((await world.Resources.CreateAsync(world.As("project-admin"), world.InCatalogue, offering, draft)).Error);
        Assert.Null((await world.Resources.CreateAsync(world.As("org-admin"), world.InCatalogue, offering, draft)).Error);
        Assert.IsType<NotFound>((await world.Resources.CreateAsync(world.As("owner"), world.InCatalogue, Volume, ResourceWorld.Draft("v", "{'type':'shared','size':5}"))).Error);
    }

    private static async Task<Resource> ArrangeAsync(ResourceWorld world, string operation, string who)
    {
        var kind = operation.StartsWith("operate", StringComparison.Ordinal) ? ResourceKinds.Get("instance") : Volume;
        var maker = operation == "delete the own" && who is not ("nobody" or "stranger") ? world[who] : world.Acme.Owner;
        return await world.Acme.ResourceAsync(world.Vision, kind.Name, $"for-{who}", maker);
    }

    private static async Task<Error?> RunAsync(ResourceWorld world, string operation, string who, Resource target)
    {
        var (actor, owner) = (world.As(who), world.InVision);
        var draft = ResourceWorld.Draft($"by-{who}", "{'type':'shared','size':5}");
        switch (operation)
        {
            case "create": return (await world.Resources.CreateAsync(actor, owner, Volume, draft)).Error;
            case "change another's":
                // Its fields were never filled in, and the fixed one stays so.
                var changed = await world.Resources.ChangeAsync(actor, owner, Volume, target.Id, ResourceWorld.Draft("", "{'size':6}"), null);
                return changed.Error is Invalid { Fields: [{ Field: "spec.type" }] } ? null : changed.Error;
            case "operate another's": return (await world.Resources.ActAsync(actor, owner, ResourceKinds.Get("instance"), target.Id, "stop", null)).Error;
            case "list": return (await world.Lists.ListAsync(actor, owner, Volume, new ResourceQuery())).Error;
            case "open": return (await world.Details.GetAsync(actor, owner, Volume, target.Name)).Error;
            default: return (await world.Resources.DeleteAsync(actor, owner, Volume, target.Id, null)).Error;
        }
    }
}
