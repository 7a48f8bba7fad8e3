using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Data.Accounts;
using ProjectConsole.Domain.Access;
using ProjectConsole.Domain.Organizations;
using ProjectConsole.Features.Keys;
using ProjectConsole.Security;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>An organization of its own with one project and a person in every role of it, on a running server.</summary>
public sealed class ApiWorld
{
    private readonly ConsoleServer _server;
    private readonly Dictionary<string, User> _people = [];

    private ApiWorld(ConsoleServer server, string organization, ProjectScope scope) => (_server, Organization, Scope) = (server, organization, scope);

    /// <summary>Every permission that a person can have in an organization.</summary>
    public static string[] Everything { get; } = [.. PermissionCatalogue.All.Where(permission => permission.Scope != PermissionScope.Installation).Select(permission => permission.Name)];

    /// <summary>The organization's slug.</summary>
    public string Organization { get; }

    /// <summary>The project, whose id is <c>vision</c>.</summary>
    public ProjectScope Scope { get; }

    public Actor this[string who] => Actors.Of(_people[who]);

    public static async Task<ApiWorld> CreateAsync(ConsoleServer server)
    {
        // What failed in earlier tests counts in their minute.
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        var (slug, people) = ($"o{Guid.NewGuid():N}"[..20], new Dictionary<string, User>());
        foreach (var who in ProjectRole.All.Select(role => role.Key).Append("owner").Append("stranger"))
        {
            people[who] = await server.AddAccountAsync($"{who}@{slug}.test");
        }

        var (organizationId, projectId) = await server.AddProjectAsync(slug, "vision", people["owner"], [.. ProjectRole.All.Select(role => (people[role.Key], role))]);
        var world = new ApiWorld(server, slug, new ProjectScope(organizationId, projectId));
        foreach (var (who, user) in people)
        {
            world._people[who] = user;
        }

        return world;
    }

    /// <summary>An address of the document with the names that are there; what else it takes is an id that is not.</summary>
    /// <param name="path">With its parameters in braces.</param>
    /// <param name="missing">A parameter for which a name stands that is not there; null for none.</param>
    public string Fill(string path, string? missing = null) => string.Join('/', path.Split('/').Select(part => part == missing ? "not-there" : part switch
    {
        "{organization}" => Organization,
        "{project}" => "vision",
        "{address}" => User("viewer").Email,
        "{workspace}" => "default",
        "{role}" => "developer",
        "{kind}" => "clusters",
        _ when part.StartsWith('{') => "0195f0a0-0000-7000-8000-000000000000",
        _ => part,
    }));

    /// <summary>Takes somebody in who was added beside it.</summary>
    public void Know(string who, User user) => _people[who] = user;

    public User User(string who) => _people[who];

    public T Get<T>()
        where T : notnull => _server.Services.GetRequiredService<T>();

    /// <summary>The text of a token of somebody.</summary>
    public async Task<string> TokenAsync(string who, params string[] permissions) =>
        (await Get<TokensService>().CreateAsync(this[who], new KeyDraft($"t{Guid.NewGuid():N}", permissions, null))).Value.Secret;

    /// <summary>A key of the project.</summary>
    public async Task<IssuedKey> KeyAsync(params string[] permissions) =>
        (await Get<KeysService>().CreateAsync(this["admin"], Scope, new KeyDraft($"k{Guid.NewGuid():N}", permissions, null))).Value;

    /// <summary>Makes somebody a member of the organization.</summary>
    public Task JoinAsync(string who) => JoinAsync(_people[who]);

    /// <summary>Makes somebody a member of the organization.</summary>
    public async Task JoinAsync(User user)
    {
        await using var db = _server.OpenDatabase();
        db.Members.Add(new Member(Scope.OrganizationId, user.Id, OrganizationRole.Member, _server.Clock.UtcNow));
        await db.SaveChangesAsync();
    }

    /// <summary>Calls with a credential, or without one.</summary>
    public async Task<ApiAnswer> CallAsync(string? credential, HttpMethod method, string address, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var client = _server.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = _server.ClientOptions.BaseAddress });
        using var request = new HttpRequestMessage(method, address) { Content = body };
        if (credential is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", credential.StartsWith("pc", StringComparison.Ordinal) ? $"Bearer {credential}" : credential);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
        return new ApiAnswer((int)response.StatusCode, isJson ? JsonDocument.Parse(text).RootElement : null, text, response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Address of the organization.</summary>
    public string OrganizationAddress => $"/api/v1/organizations/{Organization}";

    /// <summary>Address of the project.</summary>
    public string Address => $"{OrganizationAddress}/projects/vision";

    /// <summary>Calls with a body; without one where it is null.</summary>
    public Task<ApiAnswer> SendAsync(string? credential, string method, string address, object? body = null, params (string Name, string Value)[] headers) =>
        CallAsync(credential, new HttpMethod(method), address, body is null ? null : body as HttpContent ?? JsonContent.Create(body), headers);

    /// <summary>Whether questions are answered with yes, in their order.</summary>
    public async Task<IReadOnlyList<bool>> CheckAsync(string credential, params object[] questions)
    {
        var answer = await CallAsync(credential, HttpMethod.Post, "/api/v1/access:check", JsonContent.Create(new { questions }));
        Assert.True(answer.Status == 200, answer.Text);
        return [.. answer.Body!.Value.GetProperty("answers").EnumerateArray().Select(row => row.GetProperty("allowed").GetBoolean())];
    }

    /// <summary>A question about this project.</summary>
    public object Question(string permission, string? user = null) => new { organization = Organization, project = "vision", permission, user };
}

/// <summary>What the API answered.</summary>
public sealed record ApiAnswer(int Status, JsonElement? Body, string Text, HttpResponseHeaders Headers, string? MediaType)
{
    /// <summary>The stable name of a refusal.</summary>
    public string? Problem => Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("type", out var type) ? type.GetString() : null;

    /// <summary>The rows of a list.</summary>
    public IEnumerable<JsonElement> Items => Body!.Value.GetProperty("items").EnumerateArray();

    /// <summary>A member of the answer as text.</summary>
    public string? this[string name] => Body!.Value.GetProperty(name).ToString();
}
