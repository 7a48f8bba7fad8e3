using System.Net.Http.Json;
using System.Text.Json;
using ProjectConsole.Api;
using ProjectConsole.Domain.Keys;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.Api;

/// <summary>What people try who look for what is not theirs: by the answer, by its cost, by many calls, by a forged address.</summary>
public sealed class AbuseCallsTests(ConsoleServer server) : IClassFixture<ConsoleServer>
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    // The time of an answer follows the statements behind it; their number is the same on a busy machine.
    [Theory]
    [InlineData("stranger", "{organization}")]
    [InlineData("member", "{project}")]
    [InlineData("neighbour", "{project}")]
    public async Task Outsider_AsksForWhatExistsAndWhatDoesNot_SameAnswerAndSameWork(string who, string named)
    {
        using var statements = new StatementCounter();
        var world = await ApiWorld.CreateAsync(server);
        statements.Watch(server);
        world.Know("member", await server.AddAccountAsync($"member@{world.Organization}.test"));
        await world.JoinAsync("member");
        var neighbour = await ApiWorld.CreateAsync(server);
        var credential = who == "neighbour" ? (await neighbour.KeyAsync("project.view", "collaborators.view")).Secret : await world.TokenAsync(who, ApiWorld.Everything);
        var differing = new List<string>();

        var calls = (await CallsAsync()).Where(call => call.Path.Contains(named, StringComparison.Ordinal)).ToList();
        Assert.True(calls.Count > 40, $"{calls.Count} calls");
        foreach (var (method, path, hasBody) in calls)
        {
            var (there, absent) = (await AskAsync(path, null), await AskAsync(path, named));
            if (there != absent || !there.StartsWith("404 ", StringComparison.Ordinal))
            {
                differing.Add($"{method} {path}\n  there:  {there}\n  absent: {absent}");
            }

            async Task<string> AskAsync(string asked, string? missing)
            {
                var address = world.Fill(asked, missing);
                // Once before, so that neither pays for what is only learnt once.
                await world.SendAsync(credential, method, address, hasBody ? new { } : null);
                statements.Reset();
                var answer = await world.SendAsync(credential, method, address, hasBody ? new { } : null);
                return $"{answer.Status} {answer.Problem} {answer["title"]} {answer["detail"]} [{string.Join(' ', statements.Kinds)}]";
            }
        }

        Assert.True(differing.Count == 0, $"{differing.Count} of {calls.Count}:\n{string.Join('\n', differing)}");
    }

    [Fact]
    public async Task Inviter_OfAnAddressWithAndWithoutAccount_GetsTheSameAnswer()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("owner", ApiWorld.Everything);
        var (known, unknown) = ($"known@{world.Organization}.test", $"nobody@{world.Organization}.test");
        await server.AddAccountAsync(known);

        var answers = new List<string>();
        foreach (var address in new[] { known, unknown })
        {
            var answer = await world.SendAsync(token, "POST", $"{world.OrganizationAddress}/invitations", new { addresses = new[] { address }, organizationRole = "member" });
            answers.Add($"{answer.Status} {answer.Text.Replace(address, "?", StringComparison.Ordinal)}");
        }

        Assert.StartsWith("20", answers[0], StringComparison.Ordinal);
        Assert.Equal(Shape(answers[0]), Shape(answers[1]));
    }

    [Fact]
    public async Task KeyInAnAddress_OfAnyCall_IsRefusedAndNamedNowhere()
    {
        var world = await ApiWorld.CreateAsync(server);
        var key = (await world.KeyAsync("project.view")).Secret;

        foreach (var name in new[] { "access_token", "token", "key", "api_key", "apikey" })
        {
            var answer = await world.CallAsync(null, HttpMethod.Get, $"{world.Address}?{name}={key}");

            Assert.Equal((400, "malformed"), (answer.Status, answer.Problem));
            Assert.DoesNotContain(key, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task MemberList_AskedForMoreThanThePage_IsRefusedAndEachCallCounts()
    {
        var world = await ApiWorld.CreateAsync(server);
        var token = await world.TokenAsync("owner", ApiWorld.Everything);

        foreach (var list in new[] { $"{world.OrganizationAddress}/members", $"{world.Address}/collaborators" })
        {
            Assert.Equal(400, (await world.CallAsync(token, HttpMethod.Get, $"{list}?limit={ListCall.LargestLimit + 1}")).Status);
            var (first, second) = (await world.CallAsync(token, HttpMethod.Get, list), await world.CallAsync(token, HttpMethod.Get, list));
            Assert.Equal(Left(first) - 1, Left(second));
        }

        static int Left(ApiAnswer answer) => int.Parse(answer.Headers.GetValues("RateLimit").Single().Split("r=")[1].Split(';')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Guesser_WithAForgedAddressForEachTry_IsBarredAllTheSame()
    {
        using var proxied = new ProxiedServer();
        using var client = proxied.CreateClient();
        var statuses = new List<int>();
        for (var attempt = 0; attempt <= FailedCredentials.Most; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/whoami");
            request.Headers.Add(ProxiedServer.RemoteHeader, "203.0.113.7");
            request.Headers.Add("X-Forwarded-For", $"198.51.100.{attempt}");
            request.Headers.Add("Forwarded", $"for=198.51.100.{attempt}");
            request.Headers.Add("X-Real-IP", $"198.51.100.{attempt}");
            request.Headers.Add("Authorization", $"Bearer {KeyText.Create(KeyPrefix.ProjectKey, Guid.NewGuid())}");
            using var answer = await client.SendAsync(request);
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(401, FailedCredentials.Most), 429], statuses);
    }

    // Ids and times differ; everything else must not.
    private static string Shape(string answer) => System.Text.RegularExpressions.Regex.Replace(
        System.Text.RegularExpressions.Regex.Replace(answer, "[0-9a-f]{8}-[0-9a-f-]{27}", "id"), @"\d{4}-\d\d-\d\dT[0-9:.]+Z", "time");

    private async Task<List<(string Method, string Path, bool HasBody)>> CallsAsync()
    {
        using var client = server.CreateClient();
        var document = await client.GetFromJsonAsync<JsonElement>(ApiDocument.Address);
        return
        [
            .. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Where(operation => Methods.Contains(operation.Name))
                .Select(operation => (operation.Name.ToUpperInvariant(), path.Name, operation.Value.TryGetProperty("requestBody", out _)))),
        ];
    }
}
