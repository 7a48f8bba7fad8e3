using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Limits;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.PersonalSpaces;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

public sealed class ResourcesServiceTests
{
    private const string Cluster = "{'gpu-type':'a100','nodes':2,'gpus':8,'cpu-cores':64,'memory':512}";

    [DatabaseTheory]
    public async Task Create_AtATimeFinerThanIsKept_IsTheProjectsLastActivityAsTimesAreKept(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        world.Database.Clock.Advance(TimeSpan.FromTicks(1_234_567));

        var made = await world.MakeAsync("cluster", "train", Cluster);

        Assert.Equal(1, await world.Database.ReadAsync(db => db.Projects.CountAsync(project => project.Id == world.Vision.Id && project.LastActivityUtc == made.CreatedUtc)));
    }

    [DatabaseTheory]
    public async Task Create_Cluster_IsKeptCountedAudited(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);

        var draft = ResourceWorld.Draft("train", Cluster) with { Description = " For the detector. ", Labels = ["team-a", "", "team-a"] };
        Assert.Equal("train", (await world.Resources.CreateAsync(world.As("contributor"), world.InVision, ResourceKinds.Get("cluster"), draft)).Value);

        var made = await world.FindAsync("cluster", "train");
        Assert.Equal(("For the detector.", "running", "contributor@acme.test"), (made.Description, made.State, made.CreatedByName));
        Assert.Equal(["team-a"], made.Labels);
        Assert.Equal((16, 128, 1024, 1), (await world.UsedAsync(Metric.Gpus), await world.UsedAsync(Metric.CpuCores), await world.UsedAsync(Metric.Memory), await world.UsedAsync(ResourceKinds.Get("cluster").Count)));
        await world.AssertUsageIsTheSumAsync(world.InVision);
        var entry = await world.Database.ReadAsync(db => db.AuditEntries.SingleAsync(row => row.Action == AuditActions.ResourceCreated));
        Assert.Equal(("train", made.Id), (entry.ObjectName, entry.ObjectId));
        Assert.Equal("running", (await world.Database.ReadAsync(db => db.ResourceStateChanges.SingleAsync())).State);
    }

    [Theory]
    [InlineData("cluster", "Train", Cluster, "Name")]
    [InlineData("cluster", "../etc", Cluster, "Name")]
    [InlineData("cluster", "new", Cluster, "Name")]
    [InlineData("cluster", "", Cluster, "Name")]
    [InlineData("cluster", "x", "{'gpu-type':'a100','nodes':0,'gpus':8,'cpu-cores':64,'memory':512}", "spec.nodes")]
    [InlineData("cluster", "x", "{'gpu-type':'abacus','nodes':1,'gpus':8,'cpu-cores':64,'memory':512}", "spec.gpu-type")]
    [InlineData("cluster", "x", "{'gpu-type':'a100','nodes':1.5,'gpus':8,'cpu-cores':64,'memory':512}", "spec.nodes")]
    [InlineData("cluster", "x", "{'gpu-type':'a100','nodes':'many','gpus':8,'cpu-cores':64,'memory':512}", "spec.nodes")]
    [InlineData("cluster", "x", "{'gpu-type':'a100','nodes':[1],'gpus':8,'cpu-cores':64,'memory':512}", "spec.nodes")]
    [InlineData("cluster", "x", "{'gpu-type':'a100','nodes':1,'gpus':8,'cpu-cores':64,'memory':512,'color':'red'}", "spec.color")]
    [InlineData("cluster", "x", "{'gpu-type':'a100','nodes':1,'gpus':8,'cpu-cores':64,'memory':512,'volume':'none'}", "spec.volume")]
    [InlineData("cluster", "x", "{'gpu-type':'a100','nodes':1,'gpus':8,'cpu-cores':64,'memory':512,'volume':'theirs'}", "spec.volume")]
    [InlineData("cluster", "x", "{'gpu-type':'a100','nodes':1,'gpus':8,'cpu-cores':64,'memory':512,'volume':'speech:theirs'}", "spec.volume")]
    [InlineData("cluster", "taken", Cluster, "Name")]
    [InlineData("pipeline", "x", "{'schedule':'every day'}", "spec.schedule")]
    [InlineData("pipeline", "x", "{'schedule':'0 25 * * *'}", "spec.schedule")]
    [InlineData("secret", "x", "{}", "spec.value")]
    [InlineData("pipeline", "x", "{'steps':[{'name':'one'}]}", "spec.steps[0].command")]
    [InlineData("network", "x", "{'cidr':'10.1.0.1/24'}", "spec.cidr")]
    [InlineData("ip-address", "x", "{'address':'::ffff:203.0.113.10'}", "spec.address")]
    [InlineData("ip-address", "x", "{'address':'2001:db8::10%1'}", "spec.address")]
    public async Task Create_WrongField_IsNamedAndNothingIsWritten(string kind, string name, string fields, string wrong)
    {
        await using var world = await ResourceWorld.CreateAsync();
        await world.MakeAsync("volume", "theirs", "{'type':'shared','size':5}", world.InSpeech, "neighbour");
        await world.MakeAsync("cluster", "taken", Cluster);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var refusal = Assert.IsType<Invalid>((await world.Resources.CreateAsync(world.As("developer"), world.InVision, ResourceKinds.Get(kind), ResourceWorld.Draft(name, fields))).Error);
            Assert.Equal(wrong, Assert.Single(refusal.Fields).Field);
        });
    }

    [Fact]
    public async Task Reference_MissingOrNotVisible_GetsTheSameSentence()
    {
        await using var world = await ResourceWorld.CreateAsync();
        await world.MakeAsync("volume", "theirs", "{'type':'shared','size':5}", world.InSpeech, "neighbour");

        var (missing, hidden) = (await SentenceAsync("nothing"), await SentenceAsync("speech:theirs"));
        Assert.Equal(missing.Replace("nothing", "*", StringComparison.Ordinal), hidden.Replace("speech:theirs", "*", StringComparison.Ordinal));

        async Task<string> SentenceAsync(string volume)
        {
            var fields = Cluster.Replace("}", $",'volume':'{volume}'}}", StringComparison.Ordinal);
            return (await world.Resources.CreateAsync(world.As("developer"), world.InVision, ResourceKinds.Get("cluster"), ResourceWorld.Draft("x", fields))).Error!.Message;
        }
    }

    [DatabaseTheory]
    public async Task Change_FieldsThatStayAndTwoPeople_AreRefused(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (cluster, clusters) = (await world.MakeAsync("cluster", "train", Cluster), ResourceKinds.Get("cluster"));

        var more = ResourceWorld.Draft("", "{'nodes':3,'gpus':8,'cpu-cores':64,'memory':512}");
        Assert.Null((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, clusters, cluster.Id, more, cluster.Version)).Error);
        Assert.Equal(24, await world.UsedAsync(Metric.Gpus));
        await world.AssertUsageIsTheSumAsync(world.InVision);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<Stale>((await world.Resources.ChangeAsync(world.As("manager"), world.InVision, clusters, cluster.Id, more, cluster.Version)).Error);
            var other = ResourceWorld.Draft("", "{'gpu-type':'h100','nodes':3,'gpus':8,'cpu-cores':64,'memory':512}");
            Assert.NotNull(Assert.IsType<Invalid>((await world.Resources.ChangeAsync(world.As("manager"), world.InVision, clusters, cluster.Id, other, null)).Error).For("spec.gpu-type"));
        });
    }

    [DatabaseTheory]
    public async Task Act_ThroughTheStates_FreesWhatIsOverAndRefusesTheWrongOne(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (cluster, clusters) = (await world.MakeAsync("cluster", "train", Cluster), ResourceKinds.Get("cluster"));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<WrongResourceState>((await world.Resources.ActAsync(world.As("developer"), world.InVision, clusters, cluster.Id, "start", null)).Error));
        Assert.IsType<StillRunning>((await world.Resources.DeleteAsync(world.As("manager"), world.InVision, clusters, cluster.Id, null)).Error);
        Assert.Null((await world.Resources.ActAsync(world.As("developer"), world.InVision, clusters, cluster.Id, "stop", cluster.Version)).Error);
        Assert.Equal(16, await world.UsedAsync(Metric.Gpus));
        Assert.Null((await world.Resources.ActAsync(world.As("developer"), world.InVision, clusters, cluster.Id, "terminate", null)).Error);
        Assert.Equal((0, 1), (await world.UsedAsync(Metric.Gpus), await world.UsedAsync(clusters.Count)));
        Assert.Equal(["terminated", "stopped", "running"], (await world.Details.GetAsync(world.As("viewer"), world.InVision, clusters, "train")).Value.History.Select(entry => entry.State));
        Assert.Null((await world.Resources.DeleteAsync(world.As("manager"), world.InVision, clusters, cluster.Id, null)).Error);
        Assert.Equal(0, await world.UsedAsync(clusters.Count));
        Assert.IsType<NoSuchResource>((await world.Resources.DeleteAsync(world.As("manager"), world.InVision, clusters, cluster.Id, null)).Error);
    }

    [DatabaseTheory]
    public async Task Delete_NamedByAnother_IsRefusedUntilThatIsOver(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (image, images) = (await world.MakeAsync("image", "base", "{'type':'container','address':'r/x:1','size':3}"), ResourceKinds.Get("image"));
        var job = await world.MakeAsync("job", "resize", "{'image':'base','command':'go','cpu-cores':1,'memory':2}");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.Contains("Job resize", Assert.IsType<ResourceInUse>((await world.Resources.DeleteAsync(world.As("manager"), world.InVision, images, image.Id, null)).Error).Message));
        Assert.Null((await world.Resources.ActAsync(world.As("manager"), world.InVision, ResourceKinds.Get("job"), job.Id, "cancel", null)).Error);
        Assert.Null((await world.Resources.DeleteAsync(world.As("manager"), world.InVision, images, image.Id, null)).Error);
        await world.AssertUsageIsTheSumAsync(world.InVision);
    }

    [DatabaseTheory]
    public async Task Secret_IsNeverShown_AndKeptWhenLeftEmpty(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var secrets = ResourceKinds.Get("secret");
        var secret = await world.MakeAsync("secret", "sftp", "{'value':'hunter2-hunter2','environment-name':'SFTP'}");
        var stored = await world.Database.ReadAsync(db => db.ResourceSecrets.SingleAsync());

        Assert.Null((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, secrets, secret.Id, ResourceWorld.Draft("", "{'environment-name':'SFTP_PASSWORD'}"), null)).Error);
        Assert.Equal(stored.Encrypted, (await world.Database.ReadAsync(db => db.ResourceSecrets.SingleAsync())).Encrypted);
        Assert.Null((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, secrets, secret.Id, ResourceWorld.Draft("", "{'value':'another-hunter2'}"), null)).Error);
        Assert.NotEqual(stored.Encrypted, (await world.Database.ReadAsync(db => db.ResourceSecrets.SingleAsync())).Encrypted);
        await using var db = world.Database.Open();
        var texts = await db.AuditEntries.Select(entry => entry.Before + entry.After).ToListAsync();
        texts.AddRange(await db.Resources.Select(resource => resource.SpecText).ToListAsync());
        texts.AddRange(await db.ResourceSecrets.Select(row => row.Encrypted).ToListAsync());
        Assert.All(texts, text => Assert.DoesNotContain("hunter2", text ?? "", StringComparison.Ordinal));
        Assert.Equal(["value"], (await world.Details.GetAsync(world.As("viewer"), world.InVision, secrets, "sftp")).Value.FilledSecrets);
    }

    [DatabaseTheory]
    public async Task Reference_ThatLeadsBack_IsRefused(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var models = ResourceKinds.Get("model");
        var first = await world.MakeAsync("model", "first", "{'type':'base'}");
        await world.MakeAsync("model", "second", "{'type':'fine-tuned','base':'first'}");
        await world.MakeAsync("model", "third", "{'type':'fine-tuned','base':'second'}");

        foreach (var name in (string[])["first", "second", "third"])
        {
            await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.NotNull(Assert.IsType<Invalid>((await world.Resources.ChangeAsync(
                world.As("developer"), world.InVision, models, first.Id, ResourceWorld.Draft("", $"{{'type':'base','base':'{name}'}}"), null)).Error).For("spec.base")));
        }
    }

    [DatabaseTheory]
    public async Task Offering_SaysTheSizes_WhateverIsTypedBesideIt(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("service-offering", "small", "{'cpu-cores':2,'memory':8}", world.InCatalogue, "org-admin");

        var instance = await world.MakeAsync("instance", "web", "{'offering':'small','cpu-cores':64,'memory':1}");

        Assert.Equal((2m, 8m), (instance.Spec.Number("cpu-cores"), instance.Spec.Number("memory")));
        Assert.Equal(2, await world.UsedAsync(Metric.CpuCores));
    }

    [Theory]
    [InlineData(" small")]
    [InlineData("small ")]
    [InlineData("small\u00a0")]
    public async Task Offering_TypedWithSpaceAroundIt_SaysTheSizesToo(string offering)
    {
        await using var world = await ResourceWorld.CreateAsync();
        await world.MakeAsync("service-offering", "small", "{'cpu-cores':2,'memory':8}", world.InCatalogue, "org-admin");
        await world.MakeAsync("disk-offering", "small", "{'size':10,'speed':'standard'}", world.InCatalogue, "org-admin");

        var instance = await world.MakeAsync("instance", "web", $"{{'offering':'{offering}','cpu-cores':1,'memory':1}}");
        var disk = await world.MakeAsync("disk", "data", $"{{'offering':'{offering}','size':1}}");

        Assert.Equal(("small", 2m, 8m), (instance.Spec.Text("offering"), instance.Spec.Number("cpu-cores"), instance.Spec.Number("memory")));
        Assert.Equal(("small", 10m), (disk.Spec.Text("offering"), disk.Spec.Number("size")));
        Assert.Equal((2, 10), (await world.UsedAsync(Metric.CpuCores), await world.UsedAsync(Metric.Storage)));
    }

    [Theory]
    [InlineData("{'cidr':'10.1.0.128/25'}", "spec.cidr")]
    [InlineData("{'cidr':'10.2.0.0/24','port-forwarding':[{'address':'ip-address/front','port':443,'protocol':'tcp','instance':'web','instance-port':8443}]}", "spec.port-forwarding[0].address")]
    [InlineData("{'cidr':'10.2.0.0/24','static-nat':[{'address':'ip-address/front','instance':'web'}]}", "spec.static-nat[0].address")]
    [InlineData("{'cidr':'10.2.0.0/24','static-nat':[{'address':'ip-address/bound','instance':'web'}]}", "spec.static-nat[0].address")]
    [InlineData("{'cidr':'10.2.0.0/24','load-balancing':[{'address':'back','port':80,'members':'web, instance/web','instance-port':80,'algorithm':'round-robin'}]}", "spec.load-balancing[0].members")]
    [InlineData("{'cidr':'10.2.0.0/24','vpn':true,'vpn-address':'ip-address/bound'}", "spec.vpn-address")]
    [InlineData("{'cidr':'10.2.0.0/24','port-forwarding':[{'address':'front','port':443,'protocol':'tcp','instance':'web','instance-port':8443}]}", "spec.port-forwarding[0].port")]
    [InlineData("{'cidr':'10.2.0.0/24','static-nat':[{'address':'front','instance':'web'}]}", "spec.static-nat[0].address")]
    [InlineData("{'cidr':'10.2.0.0/24','static-nat':[{'address':'bound','instance':'web'}]}", "spec.static-nat[0].address")]
    [InlineData("{'cidr':'10.2.0.0/24','load-balancing':[{'address':'back','port':80,'members':'web, gone','instance-port':80,'algorithm':'round-robin'}]}", "spec.load-balancing[0].members")]
    [InlineData("{'cidr':'10.2.0.0/24','port-forwarding':[{'address':'back','port':22,'protocol':'tcp','instance':'web','instance-port':22},{'address':'back','port':22,'protocol':'tcp','instance':'web','instance-port':23}]}", "spec.port-forwarding[1].port")]
    public async Task Network_BesideOthers_IsChecked(string fields, string wrong)
    {
        await using var world = await ResourceWorld.CreateAsync();
        await world.MakeAsync("instance", "web", "{'cpu-cores':1,'memory':1}");
        await world.MakeAsync("ip-address", "front", "{'address':'203.0.113.10'}");
        await world.MakeAsync("ip-address", "back", "{'address':'203.0.113.11'}");
        await world.MakeAsync("network", "first", "{'cidr':'10.1.0.0/24','port-forwarding':[{'address':'front','port':443,'protocol':'tcp','instance':'web','instance-port':8443}]}");
        await world.MakeAsync("ip-address", "bound", "{'address':'203.0.113.12','network':'first'}");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(wrong, Assert.Single(Assert.IsType<Invalid>((await world.Resources.CreateAsync(
            world.As("developer"), world.InVision, ResourceKinds.Get("network"), ResourceWorld.Draft("second", fields))).Error).Fields).Field));
        Assert.Null((await world.Resources.CreateAsync(world.As("developer"), world.InVision, ResourceKinds.Get("network"), ResourceWorld.Draft(
            "second", "{'cidr':'10.2.0.0/24','port-forwarding':[{'address':'front','port':80,'protocol':'tcp','instance':'web','instance-port':80}]}"))).Error);
    }

    [DatabaseTheory]
    public async Task Network_Members_AreReferences(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var web = await world.MakeAsync("instance", "web-1", "{'cpu-cores':1,'memory':1}");
        var other = await world.MakeAsync("instance", "b-1", "{'cpu-cores':1,'memory':1}");
        await world.MakeAsync("ip-address", "front", "{'address':'203.0.113.10'}");
        var network = await world.MakeAsync("network", "first", Balanced("web-1, b-1, web-1"));
        var (instances, networks) = (ResourceKinds.Get("instance"), ResourceKinds.Get("network"));

        foreach (var instance in (Resource[])[web, other])
        {
            await world.Resources.ActAsync(world.As("manager"), world.InVision, instances, instance.Id, "stop", null);
            var refusal = Assert.IsType<ResourceInUse>((await world.Resources.DeleteAsync(world.As("manager"), world.InVision, instances, instance.Id, null)).Error);
            Assert.Equal(["Network first"], refusal.Users);
        }

        // Taken out, it is free; the other stays, although its name ends like the one that went.
        Assert.Null((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, networks, network.Id, ResourceWorld.Draft("", Balanced("web-1")), null)).Error);
        Assert.Null((await world.Resources.DeleteAsync(world.As("manager"), world.InVision, instances, other.Id, null)).Error);
        Assert.IsType<ResourceInUse>((await world.Resources.DeleteAsync(world.As("manager"), world.InVision, instances, web.Id, null)).Error);
    }

    [Fact]
    public async Task Network_MembersThatOneMayNotSee_AreAnsweredLikeMissingOnes()
    {
        await using var world = await ResourceWorld.CreateAsync();
        await world.MakeAsync("instance", "hidden", "{'cpu-cores':1,'memory':1}");
        await world.MakeAsync("ip-address", "front", "{'address':'203.0.113.10'}");
        await world.RestrictAsync("developer", "instances.*");

        var (hidden, missing) = (await SentenceAsync("hidden"), await SentenceAsync("nothing"));
        Assert.Equal(missing.Replace("nothing", "*", StringComparison.Ordinal), hidden.Replace("hidden", "*", StringComparison.Ordinal));

        async Task<string> SentenceAsync(string member) => Assert.IsType<Invalid>((await world.Resources.CreateAsync(
            world.As("developer"), world.InVision, ResourceKinds.Get("network"), ResourceWorld.Draft("net", Balanced(member)))).Error).For("spec.load-balancing[0].members")!;
    }

    [Fact]
    public async Task Address_ThatAnotherNetworkUses_StaysWhereItIs()
    {
        await using var world = await ResourceWorld.CreateAsync();
        await world.MakeAsync("instance", "web", "{'cpu-cores':1,'memory':1}");
        var front = await world.MakeAsync("ip-address", "front", "{'address':'203.0.113.10'}");
        await world.MakeAsync("network", "first", Balanced("web"));
        await world.MakeAsync("network", "second", "{'cidr':'10.2.0.0/24'}");
        var addresses = ResourceKinds.Get("ip-address");
        Task<Result> MoveAsync(string network) => world.Resources.ChangeAsync(
            world.As("developer"), world.InVision, addresses, front.Id, ResourceWorld.Draft("", $"{{'address':'203.0.113.10','network':'{network}'}}"), null);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.Contains("front", Assert.IsType<Invalid>((await MoveAsync("second")).Error).For("spec.network"), StringComparison.Ordinal));
        Assert.Null((await MoveAsync("first")).Error);
    }

    // What was stored under another spelling is none that may be kept: it passed the rules that compare spellings.
    [DatabaseTheory]
    public async Task Change_ReferenceInAnotherSpelling_IsRefusedUntilItIsWrittenAnew(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("instance", "web", "{'cpu-cores':1,'memory':1}");
        await world.MakeAsync("ip-address", "front", "{'address':'203.0.113.10'}");
        var (network, networks) = (await world.MakeAsync("network", "first", Forwarded("web", 80)), ResourceKinds.Get("network"));
        var other = Forwarded("web", 80).Replace("'front'", "'ip-address/front'", StringComparison.Ordinal);
        await world.Database.ChangeAsync<Resource>(
            row => row.Change("", [], ResourceSpec.Parse(other.Replace('\'', '"')), world.Database.Clock.UtcNow), network.Id);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal("spec.port-forwarding[0].address", Assert.Single(Assert.IsType<Invalid>(
            (await world.Resources.ChangeAsync(world.As("developer"), world.InVision, networks, network.Id, ResourceWorld.Draft("", other), null)).Error).Fields).Field));
        Assert.Null((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, networks, network.Id, ResourceWorld.Draft("", Forwarded("web", 80)), null)).Error);
    }

    private static string Forwarded(string instance, params int[] ports) => $"{{'cidr':'10.1.0.0/24','port-forwarding':[{string.Join(',', ports.Select(port =>
        $"{{'address':'front','port':{port},'protocol':'tcp','instance':'{instance}','instance-port':{port}}}"))}]}}";

    private static string Balanced(string members) =>
        $"{{'cidr':'10.1.0.0/24','load-balancing':[{{'address':'front','port':80,'members':'{members}','instance-port':80,'algorithm':'round-robin'}}]}}";

    [DatabaseTheory]
    public async Task Create_ManyAtOnceWithRoomForFive_MakesExactlyFive(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.LimitAsync(Metric.Storage, 50);
        using var start = new Barrier(20);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Task.Run(async () =>
        {
            start.SignalAndWait();
            return await world.Resources.CreateAsync(
                world.As("developer"), world.InVision, ResourceKinds.Get("volume"), ResourceWorld.Draft($"v{index}", "{'type':'shared','size':10}"));
        })));

        Assert.Equal(5, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Contains("10 GiB asked for, 50 GiB of 50 GiB used", Assert.IsType<LimitReached>(result.Error).Message));
        await world.AssertUsageIsTheSumAsync(world.InVision);
    }

    // Each alone passes the check across rows, whoever of the project asks; together at most one may.
    [DatabaseTheory]
    public async Task Create_OverlappingNetworksAtOnce_MakesExactlyOne(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        string[] makers = ["project-admin", "manager", "developer", "contributor"];

        var results = await PersonalSpaceTests.AtOnceAsync(12, index => world.Resources.CreateAsync(
            world.As(makers[index % makers.Length]), world.InVision, ResourceKinds.Get("network"), ResourceWorld.Draft($"n{index}", $"{{'cidr':'10.1.0.0/{16 + index}'}}")));

        Assert.Equal(1, results.Count(result => result.Succeeded));
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.NotNull(Assert.IsType<Invalid>(result.Error).For("spec.cidr")));
        Assert.Equal((1, 1), (await world.Database.ReadAsync(db => db.Resources.CountAsync()), await world.UsedAsync(ResourceKinds.Get("network").Count)));
        await world.AssertUsageIsTheSumAsync(world.InVision);
    }

    [DatabaseTheory]
    public async Task List_SearchFiltersSortAndPages_AreOfTheDatabase(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var files = ResourceKinds.Get("file");
        for (var index = 0; index < 27; index++)
        {
            world.Database.Clock.Advance(TimeSpan.FromMinutes(1));
            var draft = ResourceWorld.Draft($"file_{index:00}") with { Labels = [index % 2 == 0 ? "even" : "odd"] };
            Assert.Null((await world.Resources.CreateAsync(world.As(index < 20 ? "developer" : "manager"), world.InVision, files, draft)).Error);
        }

        Assert.Equal((27, 25, "file_00"), await ShapeAsync(new ResourceQuery()));
        Assert.Equal((27, 2, "file_25"), await ShapeAsync(new ResourceQuery { Page = new PageRequest(2, 25) }));
        Assert.Equal((27, 25, "file_26"), await ShapeAsync(new ResourceQuery { Sort = ResourceSort.Created }));
        Assert.Equal((1, 1, "file_07"), await ShapeAsync(new ResourceQuery { Search = "_07" }));
        Assert.Equal((14, 14, "file_00"), await ShapeAsync(new ResourceQuery { Label = "even" }));
        Assert.Equal((0, 0, null), await ShapeAsync(new ResourceQuery { Label = "eve" }));
        Assert.Equal((7, 7, "file_20"), await ShapeAsync(new ResourceQuery { CreatedBy = world["manager"].Id }));
        Assert.Equal((0, 0, null), await ShapeAsync(new ResourceQuery { State = "archived" }));
        var list = (await world.Lists.ListAsync(world.As("viewer"), world.InVision, files, new ResourceQuery())).Value;
        Assert.Equal(["even", "odd"], list.Labels);
        Assert.Equal(["developer@acme.test", "manager@acme.test"], list.Creators.Select(creator => creator.Name));

        async Task<(int Total, int Rows, string? First)> ShapeAsync(ResourceQuery query)
        {
            var page = (await world.Lists.ListAsync(world.As("viewer"), world.InVision, files, query)).Value.Page;
            return (page.Total, page.Rows.Count, page.Rows.Count == 0 ? null : page.Rows[0].Name);
        }
    }

    [DatabaseTheory]
    public async Task Choices_OfferTheOwnTheCatalogueAndWhatIsShared_AndNothingElse(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var field = ResourceKinds.Get("job").Field("volume")!;
        await world.MakeAsync("volume", "own", "{'type':'shared','size':5}");
        foreach (var name in (string[])["hidden", "for-use", "for-view", "for-all"])
        {
            await world.MakeAsync("volume", name, "{'type':'shared','size':5}", world.InSpeech, "neighbour");
        }

        await ShareAsync("for-use", ShareLevel.Use);
        await ShareAsync("for-view", ShareLevel.View);
        await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(true), (await world.FindAsync("volume", "for-all", world.InSpeech)).Id);

        Assert.Equal(["own", "speech:for-all", "speech:for-use"], await OfferedAsync("developer"));
        Assert.Null((await world.Resources.CreateAsync(world.As("developer"), world.InVision, ResourceKinds.Get("job"), ResourceWorld.Draft(
            "resize", "{'volume':'speech:for-use','command':'go','cpu-cores':1,'memory':2}"))).Error);
        // A share rests while its source is suspended.
        await world.Acme.ChangeAsync(world.Speech, project => project.Suspend(false));
        Assert.Equal(["own"], await OfferedAsync("developer"));

        async Task<IEnumerable<string>> OfferedAsync(string who) =>
            (await world.Details.ChoicesAsync(world.As(who), world.InVision, field, "")).Value.Select(choice => choice.Value).Order(StringComparer.Ordinal);

        async Task ShareAsync(string name, ShareLevel level)
        {
            var share = new ResourceShare(await world.FindAsync("volume", name, world.InSpeech), world.Vision.Id, null, level, world["neighbour"].Id, "neighbour", world.Database.Clock.UtcNow);
            share.Enter(ShareState.Accepted, "project-admin", world.Database.Clock.UtcNow);
            await world.Database.AddAsync(share);
        }
    }

    [DatabaseTheory]
    public async Task Change_WhatItNamesIsGone_KeepsTheFieldAndStartsNothing(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (volume, clusters) = (await world.MakeAsync("volume", "calls", "{'type':'shared','size':5}", world.InSpeech, "neighbour"), ResourceKinds.Get("cluster"));
        var share = await ShareAsync(world, volume);
        var fields = Cluster.Replace("}", ",'volume':'speech:calls'}", StringComparison.Ordinal);
        var cluster = await world.MakeAsync("cluster", "train", fields);
        Assert.Null((await world.Resources.ActAsync(world.As("developer"), world.InVision, clusters, cluster.Id, "stop", null)).Error);
        await EndAsync(world, share);

        var edited = ResourceWorld.Draft("", fields) with { Description = "Waits for its volume." };
        Assert.Null((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, clusters, cluster.Id, edited, null)).Error);
        Assert.Equal("speech:calls", (await world.FindAsync("cluster", "train")).Spec.Text("volume"));
        Assert.Equal(1, await world.Database.ReadAsync(db => db.ResourceLinks.CountAsync()));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<ReferenceLost>((await world.Resources.ActAsync(world.As("developer"), world.InVision, clusters, cluster.Id, "start", null)).Error));
    }

    [DatabaseTheory]
    public async Task Act_RestartOfWhatNamesSomethingLost_IsRefusedLikeAStart(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (volume, clusters) = (await world.MakeAsync("volume", "calls", "{'type':'shared','size':5}", world.InSpeech, "neighbour"), ResourceKinds.Get("cluster"));
        var share = await ShareAsync(world, volume);
        var cluster = await world.MakeAsync("cluster", "train", Cluster.Replace("}", ",'volume':'speech:calls'}", StringComparison.Ordinal));
        Assert.Null(await ActAsync("restart"));
        await EndAsync(world, share);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.IsType<ReferenceLost>(await ActAsync("restart")));
        // What runs goes on, and can be stopped.
        Assert.Null(await ActAsync("stop"));

        async Task<Error?> ActAsync(string action) => (await world.Resources.ActAsync(world.As("developer"), world.InVision, clusters, cluster.Id, action, null)).Error;
    }

    [DatabaseTheory]
    public async Task Change_RowThatNamesSomethingLost_StaysAndGetsNoFurtherOnes(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (web, networks) = (await world.MakeAsync("instance", "web", "{'cpu-cores':1,'memory':1}", world.InSpeech, "neighbour"), ResourceKinds.Get("network"));
        var share = await ShareAsync(world, web);
        await world.MakeAsync("ip-address", "front", "{'address':'203.0.113.10'}");
        var network = await world.MakeAsync("network", "first", Forwarded("speech:web", 80));
        await EndAsync(world, share);

        Assert.Null(await ChangeAsync(Forwarded("speech:web", 80)));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var rows = Assert.IsType<Invalid>(await ChangeAsync(Forwarded("speech:web", 81, 80, 82)));
            Assert.Equal(["spec.port-forwarding[0].instance", "spec.port-forwarding[2].instance"], rows.Fields.Select(wrong => wrong.Field));
            Assert.All(rows.Fields, wrong => Assert.Equal("There is no instance \"speech:web\" that you may use here.", wrong.Message));
            // The same row twice, and another table.
            Assert.Equal("spec.port-forwarding[1].instance", Assert.Single(Assert.IsType<Invalid>(await ChangeAsync(Forwarded("speech:web", 80, 80))).Fields).Field);
            var table = Assert.IsType<Invalid>(await ChangeAsync("{'cidr':'10.1.0.0/24','static-nat':[{'address':'front','instance':'speech:web'}]}"));
            Assert.Equal("spec.static-nat[0].instance", Assert.Single(table.Fields).Field);
        });
        // Something else of its row may be changed.
        Assert.Null(await ChangeAsync(Forwarded("speech:web", 8080)));
        Assert.Equal(1, await world.Database.ReadAsync(db => db.ResourceLinks.CountAsync(link => link.ToId == web.Id)));

        async Task<Error?> ChangeAsync(string fields) =>
            (await world.Resources.ChangeAsync(world.As("developer"), world.InVision, networks, network.Id, ResourceWorld.Draft("", fields), null)).Error;
    }

    private static async Task<ResourceShare> ShareAsync(ResourceWorld world, Resource resource)
    {
        var share = new ResourceShare(resource, world.Vision.Id, null, ShareLevel.Use, world["neighbour"].Id, "neighbour", world.Database.Clock.UtcNow);
        share.Enter(ShareState.Accepted, "project-admin", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(share);
        return share;
    }

    private static Task EndAsync(ResourceWorld world, ResourceShare share) =>
        world.Database.ChangeAsync<ResourceShare>(row => row.Enter(ShareState.Ended, "neighbour", world.Database.Clock.UtcNow), share.Id);

    [DatabaseTheory]
    public async Task Change_SizesThatAnOfferingSays_Stay(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("service-offering", "small", "{'cpu-cores':2,'memory':8}", world.InCatalogue, "org-admin");
        var instance = await world.MakeAsync("instance", "web", "{'offering':'small'}");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.NotNull(Assert.IsType<Invalid>((await world.Resources.ChangeAsync(
            world.As("developer"), world.InVision, ResourceKinds.Get("instance"), instance.Id, ResourceWorld.Draft("", "{'offering':'small','cpu-cores':512,'memory':8}"), null)).Error).For("spec.cpu-cores")));
    }
}
