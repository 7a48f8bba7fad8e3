using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Api;
using ProjectConsole.Domain.Access;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>The API's document says what the endpoints do, all of them and nothing else.</summary>
public sealed class ApiDocumentTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    [Fact]
    public async Task Document_HasEveryRouteAndNoOther()
    {
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<NeedsCaller>() is not null || endpoint.Metadata.GetMetadata<OwnDescription>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/').Replace(":guid", "", StringComparison.Ordinal)}"));

        Assert.Equal(routes.Order(StringComparer.Ordinal), (await OperationsAsync()).Select(operation => operation.Call).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_NamesEveryCallAndItsParameters()
    {
        var operations = await OperationsAsync();

        Assert.Equal(operations.Count, operations.Select(operation => operation.Body.GetProperty("operationId").GetString()).Distinct().Count());
        foreach (var (call, body) in operations.Where(operation => operation.Call != $"GET {ApiPaths.ForwardAuth}"))
        {
            Assert.True(body.GetProperty("summary").GetString()!.Length > 5, call);
            var parameters = body.TryGetProperty("parameters", out var found) ? found.EnumerateArray().ToList() : [];
            var inPath = parameters.Where(parameter => parameter.GetProperty("in").GetString() == "path").Select(parameter => $"{{{parameter.GetProperty("name").GetString()}}}");
            Assert.Equal(call.Split('/').Where(part => part.StartsWith('{')).Order(), inPath.Order());
            Assert.Equal(parameters.Count, parameters.Select(parameter => $"{parameter.GetProperty("in")} {parameter.GetProperty("name")}").Distinct().Count());
            foreach (var status in new[] { "400", "401", "403", "404", "429" })
            {
                Assert.True(body.GetProperty("responses").TryGetProperty(status, out _), $"{call} {status}");
            }
        }
    }

    [Fact]
    public async Task Document_OfForwardAuth_SaysWhatAProxyGets()
    {
        var body = (await OperationsAsync()).Single(operation => operation.Call == $"GET {ApiPaths.ForwardAuth}").Body;

        Assert.Equal(["project", "permission", "resource"], body.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()));
        Assert.Equal(["200", "401", "403"], body.GetProperty("responses").EnumerateObject().Select(answer => answer.Name));
    }

    [Fact]
    public async Task Document_NamesPermissionsThatThereAre()
    {
        var known = PermissionCatalogue.All.Select(permission => permission.Name).ToHashSet();

        foreach (var (call, body) in await OperationsAsync())
        {
            var named = body.TryGetProperty("x-permissions", out var permissions) ? permissions.EnumerateArray().Select(name => name.GetString()!).ToList() : [];
            Assert.True(named.TrueForAll(known.Contains), call);
        }
    }

    [Fact]
    public async Task Document_NamesEveryPermissionButThese()
    {
        // What a call does for whom, and which rows it answers, depends on these; none is all that a call needs.
        string[] beside = ["collaborators.manage-admins", "projects.view-all"];
        // An Owner does it in the console, in person.
        string[] inPerson = ["default-key.rotate", "default-key.view"];
        // Nothing in the console asks for them either.
        string[] unused = ["alerts.acknowledge", "alerts.view", "integrations.manage", "integrations.view", "usage.report", "usage.view", "work.claim"];

        var named = (await OperationsAsync()).Where(operation => operation.Body.TryGetProperty("x-permissions", out _))
            .SelectMany(operation => operation.Body.GetProperty("x-permissions").EnumerateArray().Select(name => name.GetString()!)).ToHashSet();

        Assert.Equal([.. beside.Concat(inPerson).Concat(unused).Order(StringComparer.Ordinal)], PermissionCatalogue.All.Select(permission => permission.Name).Where(name => !named.Contains(name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_LetsFieldsOutThatMayBeLeftOut()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");

        Assert.False(schemas.GetProperty("CollaboratorChangeBody").TryGetProperty("required", out _));
        Assert.Equal("string", schemas.GetProperty("CollaboratorChangeBody").GetProperty("properties").GetProperty("expiresUtc").GetProperty("type").EnumerateArray().Last().GetString());
        Assert.DoesNotContain(schemas.EnumerateObject(), schema => schema.Name.StartsWith("OptionalOf", StringComparison.Ordinal) || schema.Name.StartsWith("ChoiceOf", StringComparison.Ordinal));
        Assert.True(schemas.TryGetProperty("Problem", out _));
    }

    private async Task<List<(string Call, JsonElement Body)>> OperationsAsync() =>
    [
        .. (await DocumentAsync()).GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(operation => Methods.Contains(operation.Name)).Select(operation => ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value))),
    ];

    private async Task<JsonElement> DocumentAsync()
    {
        using var client = server.CreateClient();
        var document = JsonDocument.Parse(await client.GetStringAsync(ApiDocument.Address)).RootElement;
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        return document;
    }
}
