using Microsoft.EntityFrameworkCore;
using ProjectConsole.Domain.Audit;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Features.Catalogue;
using ProjectConsole.Features.Resources;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Features.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Features.Catalogue;

public sealed class AppTypesServiceTests
{
    private static readonly string[] Everybody = ["owner", "org-admin", "auditor", "project-admin", "developer", "viewer", "member", "stranger", "nobody"];

    private static readonly FieldChoice[] Types = [new("streamlit", "Streamlit"), new("jupyter", "Notebooks")];

    private static readonly ResourceKind App = ResourceKinds.Get("app");

    // Written by hand: who may, who learns what is missing; everybody else is told that there is nothing.
    [DatabaseTheory]
    [InlineData("replace", "owner,org-admin", "auditor,project-admin,developer,viewer,member")]
    [InlineData("count", "owner,org-admin", "auditor,project-admin,developer,viewer,member")]
    [InlineData("read", "owner,org-admin,auditor,project-admin,developer,viewer,member", "")]
    public async Task Operation_EachRole_IsAllowedForbiddenOrUnknown(DatabaseKind kind, string operation, string allowed, string forbidden)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        foreach (var who in Everybody)
        {
            if (allowed.Split(',').Contains(who))
            {
                Assert.True(await RunAsync(world, operation, who, [new($"of-{who}", "Theirs")]) is null, $"{who} may {operation}");
                continue;
            }

            await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            {
                var refusal = await RunAsync(world, operation, who, Types);
                Assert.True(forbidden.Split(',').Contains(who) ? refusal is Forbidden : refusal is NotFound, $"{who}: {operation}: {refusal}");
            });
        }
    }

    [DatabaseTheory]
    public async Task Replace_AnotherList_IsWhatAppsAreMadeOfFromThenOn(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        Assert.Equal(AppTypeRules.BuiltIn, (await ServiceOf(world).GetAsync(world.As("member"), world.Acme.Id)).Value.Types);

        Assert.Null((await ServiceOf(world).ReplaceAsync(world.As("org-admin"), world.Acme.Id, Types, null)).Error);

        Assert.Equal(Types, (await ServiceOf(world).GetAsync(world.As("member"), world.Acme.Id)).Value.Types);
        Assert.Equal(Types, (await world.Details.AppTypesAsync(world.As("developer"), world.InVision, App)).Value);
        await world.MakeAsync("app", "board", Fields("streamlit"), who: "developer");
        await world.MakeAsync("app", "board", Fields("streamlit"), world.SpaceOf("member"), "member");
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var (who, owner) in new[] { ("developer", world.InVision), ("member", world.SpaceOf("member")) })
            {
                var refusal = (await world.Resources.CreateAsync(world.As(who), owner, App, ResourceWorld.Draft("other", Fields("mlflow")))).Error;
                Assert.Equal("Type must be one of streamlit, jupyter.", Assert.IsType<Invalid>(refusal).For("spec.type"));
            }
        });
    }

    [DatabaseTheory]
    public async Task App_OfATypeThatWasTakenOff_IsEditedStartedAndShownByItsName(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var app = await world.MakeAsync("app", "tracking", Fields("mlflow"), who: "developer");
        Assert.Null((await ServiceOf(world).ReplaceAsync(world.As("owner"), world.Acme.Id, Types, null)).Error);
        var developer = world.As("developer");

        Assert.Null((await world.Resources.ChangeAsync(developer, world.InVision, App, app.Id, ResourceWorld.Draft("", "{'type':'mlflow','cpu-cores':3,'memory':1}"), null)).Error);
        Assert.Null((await world.Resources.ChangeAsync(developer, world.InVision, App, app.Id, ResourceWorld.Draft("", "{'cpu-cores':4,'memory':1}"), null)).Error);
        Assert.Null((await world.Resources.ActAsync(developer, world.InVision, App, app.Id, "stop", null)).Error);
        Assert.Null((await world.Resources.ActAsync(developer, world.InVision, App, app.Id, "start", null)).Error);
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            foreach (var other in (string[])["streamlit", "grafana"])
            {
                var refusal = (await world.Resources.ChangeAsync(developer, world.InVision, App, app.Id, ResourceWorld.Draft("", Fields(other)), null)).Error;
                Assert.Equal("Type stays as it was made.", Assert.Single(Assert.IsType<Invalid>(refusal).Fields).Message);
            }
        });

        var after = await world.FindAsync("app", "tracking");
        Assert.Equal(("mlflow", 4m), (after.Spec.Text("type"), after.Spec.Number("cpu-cores")));
        var detail = (await world.Details.GetAsync(developer, world.InVision, App, "tracking")).Value;
        Assert.Equal("mlflow", SpecText.Of(App.WithAppTypes(detail.AppTypes).Field("type")!, after.Spec));
    }

    [DatabaseTheory]
    public async Task Replace_TypesThatAreNone_IsRefusedAndWritesNothing(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            var refusal = (await ServiceOf(world).ReplaceAsync(world.As("owner"), world.Acme.Id, [.. Types, new("jupyter", ""), new("A", "A")], null)).Error;
            Assert.Equal(["types[2].name", "types[2].title", "types[3].name"], Assert.IsType<Invalid>(refusal).Fields.Select(field => field.Field));
            Assert.NotNull(Assert.IsType<Invalid>((await ServiceOf(world).ReplaceAsync(world.As("owner"), world.Acme.Id, [], null)).Error).For("types"));
            // What is there already is no change.
            Assert.Null((await ServiceOf(world).ReplaceAsync(world.As("owner"), world.Acme.Id, AppTypeRules.BuiltIn, null)).Error);
            Assert.Null((await ServiceOf(world).ReplaceAsync(world.As("owner") with { DryRun = true }, world.Acme.Id, Types, null)).Error);
        });
    }

    [DatabaseTheory]
    public async Task Replace_ByTwoEditors_TellsTheSecondUnlessTheySaveOver(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var seen = (await ServiceOf(world).GetAsync(world.As("owner"), world.Acme.Id)).Value.Version;
        Assert.Null((await ServiceOf(world).ReplaceAsync(world.As("org-admin"), world.Acme.Id, Types, seen)).Error);
        FieldChoice[] mine = [new("dash", "Dash")];

        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
            Assert.IsType<Stale>((await ServiceOf(world).ReplaceAsync(world.As("owner"), world.Acme.Id, mine, seen)).Error));
        Assert.Null((await ServiceOf(world).ReplaceAsync(world.As("owner"), world.Acme.Id, mine, null)).Error);

        Assert.Equal(mine, (await ServiceOf(world).GetAsync(world.As("owner"), world.Acme.Id)).Value.Types);
        var entries = await world.Database.ReadAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditActions.AppTypesChanged).OrderBy(entry => entry.WhenUtc).ThenBy(entry => entry.Id).ToListAsync());
        Assert.Equal(2, entries.Count);
        Assert.Equal(("""{"appTypes":{"streamlit":"Streamlit","jupyter":"Notebooks"}}""", """{"appTypes":{"dash":"Dash"}}"""), (entries[1].Before, entries[1].After));
        Assert.Equal((world.Acme.Id, world.Acme.Id), (entries[1].ObjectId, entries[1].OrganizationId));
    }

    [DatabaseTheory]
    public async Task Types_OfANeighbour_AreItsOwn(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        var initech = await Given.OrganizationAsync(world.Database, "initech");
        Assert.Null((await ServiceOf(world).ReplaceAsync(Actors.Of(initech.Owner), initech.Id, Types, null)).Error);

        Assert.Equal(AppTypeRules.BuiltIn, (await ServiceOf(world).GetAsync(world.As("owner"), world.Acme.Id)).Value.Types);
        await world.MakeAsync("app", "tracking", Fields("mlflow"));
        await Unchanged.AssertNothingWrittenAsync(world.Database, async () =>
        {
            Assert.IsType<NotFound>((await ServiceOf(world).GetAsync(world.As("owner"), initech.Id)).Error);
            Assert.IsType<NotFound>((await ServiceOf(world).CountAppsAsync(world.As("owner"), initech.Id, "jupyter")).Error);
            Assert.IsType<NotFound>((await ServiceOf(world).ReplaceAsync(world.As("owner"), initech.Id, Types, null)).Error);
            Assert.NotNull(Assert.IsType<Invalid>((await world.Resources.CreateAsync(world.As("developer"), world.InVision, App, ResourceWorld.Draft("x", Fields("streamlit")))).Error).For("spec.type"));
            Assert.IsType<NotFound>((await world.Details.AppTypesAsync(Actors.Of(initech.Owner), world.InVision, App)).Error);
            Assert.IsType<NotFound>((await world.Details.AppTypesAsync(world.As("viewer"), world.InVision, App)).Error);
        });
    }

    [DatabaseTheory]
    public async Task CountApps_OfAType_CountsProjectsAndSpacesOfTheOrganizationAlone(DatabaseKind kind)
    {
        await using var world = await ResourceWorld.CreateAsync(kind);
        await world.MakeAsync("app", "a", Fields("mlflow"));
        await world.MakeAsync("app", "b", Fields("mlflow"), world.InSpeech, "neighbour");
        await world.MakeAsync("app", "c", Fields("mlflow"), world.SpaceOf("member"), "member");
        await world.MakeAsync("app", "d", Fields("jupyter"));
        await world.MakeAsync("model", "mlflow", "{'type':'base'}");
        var initech = await Given.OrganizationAsync(world.Database, "initech");
        await world.Database.AddAsync(new Resource(ResourceOwner.OfPersonalSpace(initech.Id, initech.Owner.Id), App, "e", ResourceSpec.Parse("""{"type":"mlflow"}"""), initech.Owner.Id, "owner", world.Database.Clock.UtcNow));

        Assert.Equal(3, (await ServiceOf(world).CountAppsAsync(world.As("owner"), world.Acme.Id, "mlflow")).Value);
        Assert.Equal(0, (await ServiceOf(world).CountAppsAsync(world.As("owner"), world.Acme.Id, "grafana")).Value);
    }

    // What has no app type costs nothing more.
    [Fact]
    public async Task Types_AreReadForKindsThatHaveThemOnly()
    {
        using var counter = new StatementCounter();
        await using var world = await ResourceWorld.CreateAsync();
        counter.Watch(world.Database);

        Assert.Equal(0, await CountAsync(() => world.MakeAsync("volume", "v", "{'type':'shared','size':5}")));
        Assert.Equal(1, await CountAsync(() => world.MakeAsync("app", "a", Fields("mlflow"))));
        Assert.Equal(0, await CountAsync(() => world.Lists.ListAsync(world.As("viewer"), world.InVision, ResourceKinds.Get("volume"), new ResourceQuery())));
        Assert.Equal(1, await CountAsync(() => world.Lists.ListAsync(world.As("viewer"), world.InVision, App, new ResourceQuery())));

        async Task<int> CountAsync(Func<Task> act)
        {
            counter.Reset();
            await act();
            return counter.Texts.Count(text => text.Contains(nameof(Organization.AppTypeText), StringComparison.Ordinal));
        }
    }

    private static string Fields(string type) => $"{{'type':'{type}','cpu-cores':1,'memory':1}}";

    private static AppTypesService ServiceOf(ResourceWorld world) => world.Database.Get<AppTypesService>();

    private static async Task<Error?> RunAsync(ResourceWorld world, string operation, string who, IReadOnlyList<FieldChoice> types) => operation switch
    {
        "replace" => (await ServiceOf(world).ReplaceAsync(world.As(who), world.Acme.Id, types, null)).Error,
        "count" => (await ServiceOf(world).CountAppsAsync(world.As(who), world.Acme.Id, "jupyter")).Error,
        _ => (await ServiceOf(world).GetAsync(world.As(who), world.Acme.Id)).Error,
    };
}
