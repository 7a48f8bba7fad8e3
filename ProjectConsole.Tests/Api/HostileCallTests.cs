using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Api;
using ProjectConsole.Security;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>
/// Whatever a client sends to any call of the API's document, the server never fails by it, answers problems as problems, and leaves a
/// database in which everything still holds. The seed is fixed, so that what fails fails again.
/// </summary>
public sealed class HostileCallTests
{
    private const int Rounds = 12;

    private static readonly string[] Values =
    [
        "", " ", "x", "0", "-1", "null", "true", "default", "vision", "..", "../..", "%00", "%2e%2e%2f", "a%0d%0aSet-Cookie:x=y", "'; DROP TABLE Projects; --", "{{7*7}}",
        "<script>alert(1)</script>", "\u202Eevil", "\u0130stanbul", "ß", "😀", "NaN", "1e400", "9999999999999999999", "2026-13-45T99:99:99Z", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z", "00000000-0000-0000-0000-000000000000", "0195f0a0-0000-7000-8000-000000000000", "*.*", "*", "clusters.*", "owner", "admin", "[]", "{}",
        new('a', 300), new('é', 5000), "a@b.test", "@", "a@b@c", "\t", "%", "_", "\\", "\"",
    ];

    [DatabaseTheory]
    public async Task Call_WithWhateverValues_NeverFailsAndLeavesAllInOrder(DatabaseKind kind)
    {
        await using var server = await ServerOnDatabase.CreateAsync(kind);
        var world = await ApiWorld.CreateAsync(server);
        var random = new Random(20_261_121);
        var (token, key) = (await world.TokenAsync("owner", ApiWorld.Everything), (await world.KeyAsync("project.view", "collaborators.view")).Secret);
        var document = await DocumentAsync(server);
        var calls = 0;
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(operation => operation.Value.TryGetProperty("operationId", out _)))
            {
                // The organization and the project stay, so that all the other calls find something.
                var isEnd = operation.Name == "delete" && path.Name is "/api/v1/organizations/{organization}" or "/api/v1/organizations/{organization}/projects/{project}";
                for (var round = 0; round < Rounds; round++)
                {
                    var address = AddressOf(random, world, path.Name, operation.Value, isEnd || round % 3 == 0);
                    var body = BodyOf(random, document, operation.Value, round);
                    var sent = body is null ? "" : await body.ReadAsStringAsync();
                    var answer = await world.SendAsync(round % 4 == 3 ? key : token, operation.Name.ToUpperInvariant(), address, body, HeadersOf(random, round));
                    Assert.True(answer.Status is >= 200 and < 500, $"{operation.Name} {address}\n{sent}\n{answer.Status} {answer.Text}");
                    Assert.True(answer.Status < 400 || answer.MediaType == Problem.MediaType, $"{operation.Name} {address}: {answer.Status} {answer.MediaType}");
                    calls++;
                }

                // Nobody's calls are counted in one minute.
                server.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }

        Assert.True(calls > 300, calls.ToString(CultureInfo.InvariantCulture));
        await AssertAllHoldsAsync(server, kind);
    }

    [Fact]
    public async Task Body_WithAFieldOfAnEntityThatIsNotItsOwn_IsRefusedAndChangesNothing()
    {
        await using var server = new ConsoleServer();
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("owner", ApiWorld.Everything);
        await using var db = server.OpenDatabase();
        var fields = db.Model.GetEntityTypes().SelectMany(type => type.GetProperties()).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Distinct().ToList();
        var document = await DocumentAsync(server);
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                if (SchemaOf(document, operation.Value) is not { } schema || !schema.TryGetProperty("properties", out var known))
                {
                    continue;
                }

                var own = known.EnumerateObject().Select(property => property.Name).ToHashSet();
                var address = world.Fill(path.Name);
                await Unchanged.AssertNothingWrittenAsync(server, async () =>
                {
                    foreach (var field in fields.Where(field => !own.Contains(field)))
                    {
                        using var body = new StringContent(new JsonObject { [field] = "x" }.ToJsonString(), null, "application/json");
                        var answer = await world.SendAsync(token, operation.Name.ToUpperInvariant(), address, body);
                        Assert.True(answer.Status is 400 or 404 or 415, $"{operation.Name} {address} {field}: {answer.Status} {answer.Text}");
                    }
                });
                server.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }
    }

    private static async Task AssertAllHoldsAsync(ServerOnDatabase server, DatabaseKind kind)
    {
        await using var db = server.OpenDatabase();
        foreach (var project in await db.Projects.Where(row => row.DeletedUtc == null && !row.IsDefault).ToListAsync())
        {
            Assert.True(await AdminGuard.HasAdminAsync(db, project.Id, default), project.Slug);
        }

        Assert.Empty(await db.Organizations.Where(row => row.DeletedUtc == null && !db.Members.Any(member => member.OrganizationId == row.Id && member.RoleKey == "owner"))
            .Select(row => row.Slug).ToListAsync());
        if (kind == DatabaseKind.Sqlite)
        {
            Assert.Empty(await db.Database.SqlQueryRaw<string>("SELECT \"table\" AS Value FROM pragma_foreign_key_check").ToListAsync());
        }

        Assert.Empty(await server.Services.GetRequiredService<UsageReconciliation>().RunAsync(mends: false));
    }

    private static string AddressOf(Random random, ApiWorld world, string path, JsonElement operation, bool isWild)
    {
        var address = isWild
            ? string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? Uri.EscapeDataString(Pick(random)) : part))
            : world.Fill(path);
        if (!operation.TryGetProperty("parameters", out var parameters))
        {
            return address;
        }

        var query = parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "query" && random.Next(3) == 0)
            .Select(parameter => $"{parameter.GetProperty("name").GetString()}={Uri.EscapeDataString(random.Next(2) == 0 ? "true" : Pick(random))}");
        return $"{address}?{string.Join('&', query)}";
    }

    private static StringContent? BodyOf(Random random, JsonElement document, JsonElement operation, int round)
    {
        if (!operation.TryGetProperty("requestBody", out var request))
        {
            return null;
        }

        var type = request.GetProperty("content").EnumerateObject().First().Name;
        string[] broken = ["", "{", "null", "[]", "1", "\"x\"", "{\"a\":1,\"a\":2}", $"{new string('[', 100)}{new string(']', 100)}", "{\"name\":\"\\ud800\"}", "{\"name\":\"\\u0000\"}"];
        var text = round < broken.Length / 2 ? broken[random.Next(broken.Length)] : Generated(random, document, SchemaOf(document, operation), 0)?.ToJsonString() ?? "null";
        return type == "application/json" ? new StringContent(text, null, type) : new StringContent($"token={Uri.EscapeDataString(Pick(random))}", null, type);
    }

    private static JsonNode? Generated(Random random, JsonElement document, JsonElement? schema, int depth)
    {
        if (schema is not { } found || depth > 4 || random.Next(12) == 0)
        {
            return random.Next(5) switch { 0 => null, 4 => JsonValue.Create("x\0y"), 1 => JsonValue.Create(random.NextInt64()), 2 => new JsonArray(), _ => JsonValue.Create(Pick(random)) };
        }

        found = Resolved(document, found);
        if (found.TryGetProperty("properties", out var properties))
        {
            var made = new JsonObject();
            foreach (var property in properties.EnumerateObject().Where(_ => random.Next(5) > 0))
            {
                made[property.Name] = Generated(random, document, property.Value, depth + 1);
            }

            return made;
        }

        return found.TryGetProperty("items", out var items)
            ? new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Generated(random, document, items, depth + 1))])
            : found.TryGetProperty("enum", out var words) && random.Next(2) == 0 ? JsonNode.Parse(words[random.Next(words.GetArrayLength())].GetRawText())
            : TypeOf(found) switch
            {
                "boolean" => JsonValue.Create(random.Next(2) == 0),
                "integer" or "number" => JsonValue.Create(random.Next(3) == 0 ? random.NextInt64() : random.Next(-5, 50)),
                _ => JsonValue.Create(Pick(random)),
            };
    }

    private static string TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? ""
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString()!).First(each => each != "null") : type.GetString()!;

    private static JsonElement? SchemaOf(JsonElement document, JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var request) && request.GetProperty("content").TryGetProperty("application/json", out var content)
            && content.TryGetProperty("schema", out var schema) ? Resolved(document, schema) : null;

    private static JsonElement Resolved(JsonElement document, JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]) : schema;

    private static (string, string)[] HeadersOf(Random random, int round) => (round % 4) switch
    {
        0 => [("If-Match", $"\"{Guid.NewGuid():N}\"")],
        1 => [("If-Match", "W/\"x\""), ("Idempotency-Key", $"k{random.Next(3)}")],
        2 => [("X-Forwarded-For", "1.2.3.4"), ("traceparent", "x")],
        _ => [],
    };

    private static string Pick(Random random) => Values[random.Next(Values.Length)];

    private static async Task<JsonElement> DocumentAsync(ConsoleServer server)
    {
        using var client = server.CreateClient();
        return JsonDocument.Parse(await client.GetStringAsync(ApiDocument.Address)).RootElement;
    }
}
