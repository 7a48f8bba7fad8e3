using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Resources;

/// <summary>What must hold between the fields of one resource, and between it and what it names.</summary>
public sealed class ResourceRuleTests
{
    private const string Cluster = "{'gpu-type':'a100','nodes':1,'gpus':8,'cpu-cores':64,'memory':512}";

    [Theory]
    [InlineData("endpoint", "{'model':'base','gpu-type':'l40','gpus':1,'least-replicas':3,'most-replicas':2}", "spec.least-replicas", "Least replicas, 3, cannot be more than Most replicas, 2.")]
    [InlineData("template", "{'of':'pipeline'}", "spec.pipeline", "A template of a pipeline names its pipeline.")]
    [InlineData("template", "{'of':'pipeline','pipeline':'train','image':'machine'}", "spec.image", "A template of a pipeline has no image: leave it empty.")]
    [InlineData("template", "{'of':'pipeline','pipeline':'train','snapshot':'moment'}", "spec.snapshot", "A template of a pipeline has no snapshot: leave it empty.")]
    [InlineData("template", "{'of':'instance','image':'machine','pipeline':'train'}", "spec.pipeline", "A template of an instance has no pipeline: leave it empty.")]
    [InlineData("evaluation", "{'model':'base','measure':'mAP','threshold':'good'}", "spec.threshold", "Write a number from -1,000,000 to 1,000,000, with >=, <=, > or < before it if need be: >= 0.82.")]
    [InlineData("evaluation", "{'model':'base','measure':'mAP','threshold':'>= '}", "spec.threshold", null)]
    [InlineData("evaluation", "{'model':'base','measure':'mAP','threshold':'=> 0.8'}", "spec.threshold", null)]
    [InlineData("evaluation", "{'model':'base','measure':'mAP','threshold':'> 1000001'}", "spec.threshold", null)]
    [InlineData("volume", "{'type':'local','size':5}", "spec.cluster", "A local volume names its cluster.")]
    [InlineData("run", "{'pipeline':'train','configuration':'weekly'}", "spec.configuration", "train has no configuration weekly. It has nightly, quick.")]
    [InlineData("run", "{'pipeline':'plain','configuration':'nightly'}", "spec.configuration", "plain has no configurations: leave it empty.")]
    [InlineData("run", "{'template':'of-pipeline','configuration':'weekly'}", "spec.configuration", "train has no configuration weekly. It has nightly, quick.")]
    [InlineData("run", "{}", "spec.pipeline", "Pipeline is required.")]
    [InlineData("run", "{'template':'of-pipeline','pipeline':'plain'}", "spec.pipeline", "of-pipeline is of train: name that pipeline, or leave it empty.")]
    [InlineData("run", "{'template':'of-instance','pipeline':'plain'}", "spec.template", "Template must be a template of a pipeline, and of-instance is not one.")]
    [InlineData("instance", "{'cpu-cores':1,'memory':1,'template':'template/of-pipeline'}", "spec.template", "Template must be a template of an instance, and of-pipeline is not one.")]
    [InlineData("cluster", "{'gpu-type':'a100','nodes':1,'gpus':8,'cpu-cores':64,'memory':512,'volume':'fast'}", "spec.volume", "Shared volume must be a shared volume, and fast is not one.")]
    [InlineData("job", "{'command':'go','cpu-cores':1,'memory':2,'exit-code':0}", "spec.exit-code", "Exit code is reported by what runs: a new job has none.")]
    [InlineData("network", "{'cidr':'10.1.0.0/24','vpn':true}", "spec.vpn-address", "The VPN needs an address on which it answers.")]
    [InlineData("app", "{'type':'abacus','cpu-cores':1,'memory':1}", "spec.type", null)]
    // Each wrong field is said once, and a rule says nothing of what is wrong by itself.
    [InlineData("volume", "{'type':'local','size':5,'cluster':'none'}", "spec.cluster", null)]
    [InlineData("endpoint", "{'model':'base','gpu-type':'l40','gpus':1,'least-replicas':101,'most-replicas':2}", "spec.least-replicas", "Least replicas must be between 0 and 100.")]
    public async Task Create_FieldsThatContradictEachOther_IsNamedAndNothingIsWritten(string kind, string fields, string wrong, string? sentence)
    {
        await using var world = await WorldAsync();

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var error = Assert.Single(Assert.IsType<Invalid>((await world.Resources.CreateAsync(world.As("developer"), world.InVision, ResourceKinds.Get(kind), ResourceWorld.Draft("x", fields))).Error).Fields);
            Assert.Equal((wrong, sentence ?? error.Message), (error.Field, error.Message));
        });
    }

    [Theory]
    [InlineData("endpoint", "{'model':'base','gpu-type':'l40','gpus':1,'least-replicas':2,'most-replicas':2}")]
    [InlineData("template", "{'of':'pipeline','pipeline':'plain','values':{'epochs':'10'}}")]
    [InlineData("template", "{'of':'instance','snapshot':'moment'}")]
    [InlineData("template", "{'of':'instance','values':{'role':'web'}}")]
    [InlineData("evaluation", "{'model':'base','measure':'mAP'}")]
    [InlineData("evaluation", "{'model':'base','measure':'mAP','threshold':'0.9'}")]
    [InlineData("evaluation", "{'model':'base','measure':'log likelihood','threshold':'>=-12.5'}")]
    [InlineData("volume", "{'type':'local','size':5,'cluster':'gpu'}")]
    [InlineData("volume", "{'type':'shared','size':5}")]
    [InlineData("run", "{'pipeline':'train','configuration':'quick'}")]
    [InlineData("run", "{'pipeline':'plain'}")]
    [InlineData("run", "{'template':'of-pipeline','pipeline':'train','configuration':'nightly'}")]
    [InlineData("instance", "{'cpu-cores':1,'memory':1,'template':'template/of-instance'}")]
    [InlineData("instance", "{'cpu-cores':1,'memory':1,'template':'organization-template/base'}")]
    [InlineData("cluster", "{'gpu-type':'a100','nodes':1,'gpus':8,'cpu-cores':64,'memory':512,'volume':'scratch'}")]
    [InlineData("job", "{'command':'go','cpu-cores':1,'memory':2,'exit-code':''}")]
    [InlineData("app", "{'type':'weaviate','cpu-cores':1,'memory':1}")]
    [InlineData("app", "{'type':'custom','cpu-cores':1,'memory':1}")]
    public async Task Create_FieldsThatAgree_IsMade(string kind, string fields)
    {
        await using var world = await WorldAsync();

        await world.MakeAsync(kind, "x", fields, who: "developer");
    }

    [DatabaseTheory]
    public async Task Run_OfATemplate_HasItsPipelineAndNamesBoth(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("pipeline", "train");
        await world.MakeAsync("template", "baseline", "{'of':'pipeline','pipeline':'train'}");

        var run = await world.MakeAsync("run", "run-1", "{'template':'baseline'}");

        Assert.Equal(("baseline", "train"), (run.Spec.Text("template"), run.Spec.Text("pipeline")));
        Assert.Equal(["pipeline", "template"], await world.Database.ReadAsync(db => db.ResourceLinks.Where(link => link.FromId == run.Id).Select(link => link.Relation).Order().ToListAsync()));
        Assert.Null((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, ResourceKinds.Get("run"), run.Id, ResourceWorld.Draft("", "{}"), null)).Error);
        Assert.Equal("train", (await world.FindAsync("run", "run-1")).Spec.Text("pipeline"));
    }

    [DatabaseTheory]
    public async Task Run_OfATemplateOfAnotherProject_IsOfThatProjectsPipeline(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        // Called alike here, and it must not be taken for the other.
        await world.MakeAsync("pipeline", "train");
        var pipeline = await world.MakeAsync("pipeline", "train", owner: world.InSpeech, who: "neighbour");
        var template = await world.MakeAsync("template", "baseline", "{'of':'pipeline','pipeline':'train'}", world.InSpeech, "neighbour");
        await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(true), template.Id);
        var (runs, draft) = (ResourceKinds.Get("run"), ResourceWorld.Draft("run-1", "{'template':'speech:baseline'}"));

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Contains(
            "speech:train", Assert.IsType<Invalid>((await world.Resources.CreateAsync(world.As("developer"), world.InVision, runs, draft)).Error).For("spec.pipeline"), StringComparison.Ordinal));
        await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(true), pipeline.Id);
        Assert.Null((await world.Resources.CreateAsync(world.As("developer"), world.InVision, runs, draft)).Error);

        Assert.Equal("speech:train", (await world.FindAsync("run", "run-1")).Spec.Text("pipeline"));
    }

    // Made before the rule was.
    [Theory]
    [InlineData("endpoint", "{'model':'base','gpu-type':'l40','gpus':1,'least-replicas':3,'most-replicas':2}", "spec.least-replicas", "{'model':'base','gpu-type':'l40','gpus':1,'least-replicas':1,'most-replicas':2}")]
    [InlineData("template", "{'of':'instance','pipeline':'train','image':'machine'}", "spec.pipeline", "{'of':'instance','image':'machine'}")]
    [InlineData("evaluation", "{'model':'base','measure':'mAP','threshold':'good'}", "spec.threshold", "{'model':'base','measure':'mAP','threshold':'>= 0.9'}")]
    [InlineData("volume", "{'type':'local','size':5}", "spec.cluster", "{'type':'local','size':5,'cluster':'gpu'}")]
    [InlineData("network", "{'cidr':'10.1.0.0/24','vpn':true}", "spec.vpn-address", "{'cidr':'10.1.0.0/24','vpn':false}")]
    [InlineData("cluster", "{'gpu-type':'a100','nodes':1,'gpus':8,'cpu-cores':64,'memory':512,'volume':'fast'}", "spec.volume", Cluster)]
    public async Task Change_OlderOneThatBreaksARule_IsReadToldAndMended(string kind, string fields, string wrong, string mended)
    {
        await using var world = await WorldAsync();
        var (older, of) = (await OlderAsync(world, kind, fields), ResourceKinds.Get(kind));

        Assert.Null((await world.Details.GetAsync(world.As("viewer"), world.InVision, of, "older")).Error);
        Assert.Null((await world.Lists.ListAsync(world.As("viewer"), world.InVision, of, new ResourceQuery())).Error);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            wrong, Assert.Single(Assert.IsType<Invalid>((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, of, older.Id, ResourceWorld.Draft("", fields), null)).Error).Fields).Field));
        Assert.Null((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, of, older.Id, ResourceWorld.Draft("", mended), null)).Error);
    }

    // What stays as it was made could not be mended: it is not asked again.
    [Theory]
    [InlineData("instance", "{'cpu-cores':1,'memory':1,'template':'template/of-pipeline'}")]
    [InlineData("run", "{'pipeline':'train','configuration':'renamed-since'}")]
    public async Task Change_OlderOneOfWhichTheFieldStays_IsSaved(string kind, string fields)
    {
        await using var world = await WorldAsync();
        var older = await OlderAsync(world, kind, fields);

        var edited = ResourceWorld.Draft("", fields) with { Description = "Kept." };
        Assert.Null((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, ResourceKinds.Get(kind), older.Id, edited, null)).Error);

        Assert.Equal("Kept.", (await world.FindAsync(kind, "older")).Description);
    }

    [DatabaseTheory]
    public async Task Create_FromATemplate_GetsWhatItSays(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("pipeline", "train");
        await world.MakeAsync("image", "machine", "{'type':'machine','address':'r/x:1'}");
        await world.MakeAsync("image", "other", "{'type':'machine','address':'r/y:1'}");
        await world.MakeAsync("template", "baseline", "{'of':'pipeline','pipeline':'train','values':{'epochs':'10'}}");
        await world.MakeAsync("template", "workstation", "{'of':'instance','image':'machine'}");
        await world.MakeAsync("organization-template", "base", "{'address':'r/x:1'}", world.InCatalogue, "org-admin");

        await world.MakeAsync("template", "bare", "{'of':'pipeline','pipeline':'train'}");

        var run = await world.MakeAsync("run", "train-1", "{'template':'baseline'}");
        var typed = await world.MakeAsync("run", "train-2", "{'template':'bare','values':{'epochs':'90'}}");
        var instance = await world.MakeAsync("instance", "web", "{'template':'template/workstation','cpu-cores':1,'memory':1}");
        var based = await world.MakeAsync("instance", "base", "{'template':'organization-template/base','image':'other','cpu-cores':1,'memory':1}");

        Assert.Equal(("train", "10"), (run.Spec.Text("pipeline"), Assert.Single(run.Spec.Pairs("values")).Value));
        Assert.Equal(("train", "90"), (typed.Spec.Text("pipeline"), Assert.Single(typed.Spec.Pairs("values")).Value));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            "baseline says other values: write the same, or leave it empty.",
            Assert.IsType<Invalid>((await world.Resources.CreateAsync(world.As("developer"), world.InVision, ResourceKinds.Get("run"), ResourceWorld.Draft(
                "more", "{'template':'baseline','values':{'epochs':'90'}}"))).Error).For("spec.values")));
        Assert.Equal(("machine", "other"), (instance.Spec.Text("image"), based.Spec.Text("image")));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            "template/workstation is of machine: name that image, or leave it empty.",
            Assert.IsType<Invalid>((await world.Resources.CreateAsync(world.As("developer"), world.InVision, ResourceKinds.Get("instance"), ResourceWorld.Draft(
                "more", "{'template':'template/workstation','image':'other','cpu-cores':1,'memory':1}"))).Error).For("spec.image")));
    }

    [DatabaseTheory]
    public async Task Create_OfAnOfferingThatIsNotThere_IsToldOfThatAlone(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);

        var made = await world.Resources.CreateAsync(world.As("developer"), world.InVision, ResourceKinds.Get("instance"), ResourceWorld.Draft("web", "{'offering':'huge'}"));

        Assert.Equal("spec.offering", Assert.Single(Assert.IsType<Invalid>(made.Error).Fields).Field);
    }

    [DatabaseTheory]
    public async Task Create_NetworkOnAnAddressOfAnotherProject_IsRefusedAndNotOffered(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var front = await world.MakeAsync("ip-address", "front", "{'address':'203.0.113.10'}", world.InSpeech, "neighbour");
        await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(true), front.Id);
        await world.MakeAsync("instance", "web", "{'cpu-cores':1,'memory':1}");
        var networks = ResourceKinds.Get("network");

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () => Assert.Equal(
            "speech:front belongs to another project, whose own networks it serves.",
            Assert.IsType<Invalid>((await world.Resources.CreateAsync(world.As("developer"), world.InVision, networks, ResourceWorld.Draft(
                "first", "{'cidr':'10.1.0.0/24','static-nat':[{'address':'speech:front','instance':'web'}]}"))).Error).For("spec.static-nat[0].address")));
        Assert.Empty((await world.Details.ChoicesAsync(world.As("developer"), world.InVision, networks.Field("vpn-address")!, "")).Value);
    }

    [DatabaseTheory]
    public async Task Create_SharedVolumeOfACluster_IsRefused(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("cluster", "gpu", "{'gpu-type':'a100','nodes':1,'gpus':1,'cpu-cores':4,'memory':8}");

        var made = await world.Resources.CreateAsync(world.As("developer"), world.InVision, ResourceKinds.Get("volume"), ResourceWorld.Draft("cache", "{'type':'shared','size':5,'cluster':'gpu'}"));

        Assert.Equal("A shared volume belongs to no cluster: leave it empty.", Assert.IsType<Invalid>(made.Error).For("spec.cluster"));
    }

    [DatabaseTheory]
    public async Task List_ByLabel_TellsLargeFromSmallLetters(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        foreach (var (name, label) in ((string, string)[])[("large", "GPU"), ("small", "gpu"), ("percent", "gpu%")])
        {
            var made = await world.Resources.CreateAsync(
                world.As("developer"), world.InVision, ResourceKinds.Get("volume"), ResourceWorld.Draft(name, "{'type':'shared','size':5}") with { Labels = [label] });
            Assert.Null(made.Error);
        }

        var found = await world.Lists.ListAsync(world.As("viewer"), world.InVision, ResourceKinds.Get("volume"), new ResourceQuery { Label = "gpu" });

        Assert.Equal("small", Assert.Single(found.Value.Page.Rows).Name);
    }

    [DatabaseTheory]
    public async Task Choices_OfAPipeline_BringTheConfigurationsThatARunMayHave(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("pipeline", "train", "{'configurations':[{'name':'nightly'},{'name':'full','values':'epochs=90'}]}");
        await world.MakeAsync("pipeline", "bare");

        var offered = (await world.Details.ChoicesAsync(world.As("contributor"), world.InVision, ResourceKinds.Get("run").Field("pipeline")!, "")).Value;

        Assert.Equal(["nightly", "full"], offered.Single(choice => choice.Value == "train").Offers);
        Assert.Empty(offered.Single(choice => choice.Value == "bare").Offers);
        // No other field needs them.
        Assert.All((await world.Details.ChoicesAsync(world.As("contributor"), world.InVision, ResourceKinds.Get("template").Field("pipeline")!, "")).Value, choice => Assert.Empty(choice.Offers));
    }

    [DatabaseTheory]
    public async Task Create_TwoConfigurationsOfOneName_RefusesTheSecondAtItsField(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);

        var made = await world.Resources.CreateAsync(
            world.As("developer"), world.InVision, ResourceKinds.Get("pipeline"), ResourceWorld.Draft("train", "{'configurations':[{'name':'nightly'},{'name':'full'},{'name':'nightly'}]}"));

        Assert.Equal("There is a configuration nightly already.", Assert.IsType<Invalid>(made.Error).For("spec.configurations[2].name"));
        Assert.Equal(0, await world.Database.ReadAsync(db => db.Resources.CountAsync()));
    }

    [DatabaseTheory]
    public async Task Choices_OfAFieldThatTakesSome_OfferThoseAloneAndTheyFillTheList(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("pipeline", "train");
        await world.MakeAsync("image", "machine", "{'type':'machine','address':'r/x:1'}");
        await world.MakeAsync("template", "of-pipeline", "{'of':'pipeline','pipeline':'train'}");
        await world.MakeAsync("template", "of-instance", "{'of':'instance','image':'machine'}");
        await world.MakeAsync("organization-template", "base", "{'address':'r/x:1'}", world.InCatalogue, "org-admin");
        await world.MakeAsync("volume", "scratch", "{'type':'shared','size':5}");
        var theirs = await world.MakeAsync("volume", "theirs", "{'type':'shared','size':5}", world.InSpeech, "neighbour");
        await world.Database.ChangeAsync<Resource>(row => row.ShowToOrganization(true), theirs.Id);
        // Used later than the only ones that fit, and more than one list holds.
        var (local, later) = (ResourceSpec.Parse("""{"type":"local","size":5,"cluster":"gpu"}"""), world.Database.Clock.UtcNow.AddMinutes(1));
        await world.Database.AddAsync([.. Enumerable.Range(0, ResourceDetailService.MostChoices + 1)
            .Select(index => new Resource(world.InVision, ResourceKinds.Get("volume"), $"local-{index}", local, world["developer"].Id, "developer", later))]);

        Assert.Equal(["of-pipeline"], await OfferedAsync("run", "template"));
        Assert.Equal(["organization-template/base", "template/of-instance"], await OfferedAsync("instance", "template"));
        Assert.Equal(["scratch", "speech:theirs"], await OfferedAsync("cluster", "volume"));
        Assert.Equal(["scratch"], await OfferedAsync("cluster", "volume", "scr"));
        Assert.Empty(await OfferedAsync("cluster", "volume", "local"));
        Assert.Equal(ResourceDetailService.MostChoices, (await OfferedAsync("job", "volume")).Count);
        await world.Database.AddAsync([.. Enumerable.Range(0, ResourceDetailService.MostChoices + 1)
            .Select(index => new Resource(world.InVision, ResourceKinds.Get("volume"), $"shared-{index}", ResourceSpec.Parse("""{"type":"shared","size":5}"""), world["developer"].Id, "developer", later))]);
        Assert.Equal(ResourceDetailService.MostChoices, (await OfferedAsync("cluster", "volume")).Count);

        async Task<List<string>> OfferedAsync(string of, string field, string search = "") =>
            [.. (await world.Details.ChoicesAsync(world.As("developer"), world.InVision, ResourceKinds.Get(of).Field(field)!, search)).Value.Select(choice => choice.Value).Order(StringComparer.Ordinal)];
    }

    [DatabaseTheory]
    public async Task ExitCode_IsReportedByAChangeAndKeptWhereItIsNotSent(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var (job, jobs) = (await world.MakeAsync("job", "resize", "{'command':'go','cpu-cores':1,'memory':2}"), ResourceKinds.Get("job"));
        var reported = job.Spec.ToJson();
        reported["exit-code"] = 28m;

        await ChangeAsync(reported);
        Assert.Equal(28m, (await world.FindAsync("job", "resize")).Spec.Number("exit-code"));
        var form = SpecDraft.Of(jobs.Fields, (await world.FindAsync("job", "resize")).Spec, []);
        form.Fields.Single(draft => draft.Field.Name == "life-span").Text = "48";
        await ChangeAsync(form.ToJson());
        var after = (await world.FindAsync("job", "resize")).Spec;
        Assert.Equal((28m, 48m), (after.Number("exit-code"), after.Number("life-span")));
        var emptied = form.ToJson();
        emptied["exit-code"] = null;
        await ChangeAsync(emptied);
        Assert.False((await world.FindAsync("job", "resize")).Spec.Has("exit-code"));

        async Task ChangeAsync(JsonObject spec) =>
            Assert.Null((await world.Resources.ChangeAsync(world.As("developer"), world.InVision, jobs, job.Id, new ResourceDraft("", "", [], spec), null)).Error);
    }

    private static async Task<ResourceWorld> WorldAsync()
    {
        var world = await ResourceWorld.CreateAsync();
        await world.MakeAsync("organization-template", "base", "{'address':'r/x:1'}", world.InCatalogue, "org-admin");
        await world.MakeAsync("model", "base", "{'type':'base'}");
        await world.MakeAsync("pipeline", "train", "{'configurations':[{'name':'nightly'},{'name':'quick'}]}");
        await world.MakeAsync("pipeline", "plain");
        await world.MakeAsync("image", "machine", "{'type':'machine','address':'r/x:1'}");
        await world.MakeAsync("instance", "web", "{'cpu-cores':1,'memory':1}");
        await world.MakeAsync("snapshot", "moment", "{'of':'instance/web','size':1}");
        await world.MakeAsync("cluster", "gpu", Cluster);
        await world.MakeAsync("volume", "fast", "{'type':'local','size':5,'cluster':'gpu'}");
        await world.MakeAsync("volume", "scratch", "{'type':'shared','size':5}");
        await world.MakeAsync("template", "of-pipeline", "{'of':'pipeline','pipeline':'train'}");
        await world.MakeAsync("template", "of-instance", "{'of':'instance','image':'machine'}");
        return world;
    }

    // Past the service, with the links that it would have made.
    private static async Task<Resource> OlderAsync(ResourceWorld world, string kind, string fields)
    {
        var of = ResourceKinds.Get(kind);
        var older = new Resource(world.InVision, of, "older", ResourceSpec.Parse(fields.Replace('\'', '"')), world["developer"].Id, "developer", world.Database.Clock.UtcNow);
        await world.Database.AddAsync(older);
        foreach (var reference in SpecRules.References(of.Fields, older.Spec))
        {
            var named = ResourceReference.Parse(reference.Field, reference.Name)!.Value;
            await world.Database.AddAsync(new ResourceLink(world.Acme.Id, older.Id, (await world.FindAsync(named.Kind, named.Name)).Id, reference.Field.Name));
        }

        return older;
    }
}
