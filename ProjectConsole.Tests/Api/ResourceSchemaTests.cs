using System.Text.Json;
using ProjectConsole.Api;
using ProjectConsole.Domain.Resources;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>The API's document describes every kind of the catalogue, and its examples are taken as they stand.</summary>
public sealed class ResourceSchemaTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task Document_DescribesTheFieldsOfEveryKind()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");

        foreach (var kind in ResourceKinds.All.Concat(ResourceKinds.Catalogue))
        {
            var schema = schemas.GetProperty($"{string.Concat(kind.Name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]))}Spec");
            Assert.Equal(kind.Fields.Select(field => field.Name), schema.GetProperty("properties").EnumerateObject().Select(field => field.Name));
            Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
            Assert.Single(schema.GetProperty("examples").EnumerateArray());
        }

        var nodes = schemas.GetProperty("ClusterSpec").GetProperty("properties").GetProperty("nodes");
        Assert.Equal(("integer", 1, 512), (nodes.GetProperty("type").GetString(), nodes.GetProperty("minimum").GetInt32(), nodes.GetProperty("maximum").GetInt32()));
        Assert.Contains("nodes", schemas.GetProperty("ClusterSpec").GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["h100", "a100", "l40", "none"], schemas.GetProperty("ClusterSpec").GetProperty("properties").GetProperty("gpu-type").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        // The organization keeps them, so that no list of the document could be right.
        var appType = schemas.GetProperty("AppSpec").GetProperty("properties").GetProperty("type");
        Assert.False(appType.TryGetProperty("enum", out _));
        Assert.Contains("One of the organization's app types, as getAppTypes answers them.", appType.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.True(schemas.GetProperty("SecretSpec").GetProperty("properties").GetProperty("value").GetProperty("writeOnly").GetBoolean());
        Assert.Contains("Reported by what runs", schemas.GetProperty("JobSpec").GetProperty("properties").GetProperty("exit-code").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Contains("Only a template of a pipeline. Says the pipeline below, and the values where it has some. Fills in pipeline, values.", schemas.GetProperty("RunSpec").GetProperty("properties").GetProperty("template").GetProperty("description").GetString(), StringComparison.Ordinal);
        foreach (var body in new[] { "NewResourceBody", "ResourceBody", "ResourceDetailBody" })
        {
            Assert.Equal(
                ResourceKinds.All.Count + ResourceKinds.Catalogue.Count, schemas.GetProperty(body).GetProperty("properties").GetProperty("spec").GetProperty("anyOf").GetArrayLength());
        }
    }

    [Fact]
    public async Task Document_NamesTheKindsInTheirAddresses()
    {
        var paths = (await DocumentAsync()).GetProperty("paths");

        foreach (var (path, kinds) in new[] { ($"{ApiPaths.OfProject}/{{kind}}", ResourceKinds.All), ($"{ApiPaths.OfOrganization}/catalogue/{{kind}}", ResourceKinds.Catalogue) })
        {
            var part = paths.GetProperty(path).GetProperty("get").GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "kind");
            Assert.Equal(kinds.Select(kind => kind.Plural), part.GetProperty("schema").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        }
    }

    [Fact]
    public async Task Examples_OfEveryKind_AreTakenByTheCall()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("owner", ApiWorld.Everything);
        var paths = (await DocumentAsync()).GetProperty("paths");
        foreach (var (path, address, kinds) in new[]
                 {
                     ($"{ApiPaths.OfProject}/{{kind}}", world.Address, ResourceKinds.All),
                     ($"{ApiPaths.OfOrganization}/catalogue/{{kind}}", $"{world.OrganizationAddress}/catalogue", ResourceKinds.Catalogue),
                 })
        {
            var examples = paths.GetProperty(path).GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("examples")
                .EnumerateObject().ToDictionary(example => example.Name, example => example.Value.GetProperty("value").GetRawText());
            Assert.Equal(kinds.Select(kind => kind.Plural).Order(), examples.Keys.Order());
            await SendAllAsync(world, token, address, examples);
        }
    }

    // What others name comes before them: each round makes at least one of those that are left.
    private static async Task SendAllAsync(ApiWorld world, string token, string address, Dictionary<string, string> examples)
    {
        while (examples.Count > 0)
        {
            var (before, refused) = (examples.Count, "");
            foreach (var (plural, example) in examples.ToList())
            {
                var answer = await world.SendAsync(token, "POST", $"{address}/{plural}", new StringContent(example, null, "application/json"));
                if (answer.Status == 201)
                {
                    examples.Remove(plural);
                }
                else
                {
                    refused = $"{plural}: {example} {answer.Text}";
                }
            }

            Assert.True(examples.Count < before, refused);
        }
    }

    private async Task<JsonElement> DocumentAsync()
    {
        using var client = server.CreateClient();
        return JsonDocument.Parse(await client.GetStringAsync(ApiDocument.Address)).RootElement;
    }
}
