using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using ProjectConsole.Data.Providers;
using ProjectConsole.E2E.Benchmarks;
using ProjectConsole.E2E.Benchmarks.Circuits;
using ProjectConsole.E2E.Infrastructure;
using ProjectConsole.E2E.Pages;

namespace ProjectConsole.E2E.Journeys;

/// <summary>What somebody does who speaks the protocol of an open page without a browser that keeps its rules.</summary>
public sealed partial class ForgedCircuitJourney : IClassFixture<ServerFixture>
{
    private const string Page = "/organizations/acme/projects/vision/settings/collaborators";

    // What a page that is only open writes.
    private static readonly string[] Traces = ["UserSessions", "ProjectVisits", "AuditEntries", "AuditChains", "ProtectionKeys", "OutgoingMails"];

    private readonly ServerProcess _server;

    public ForgedCircuitJourney(ServerFixture fixture)
    {
        SqliteNativeLibrary.Prepare();
        _server = fixture.Server;
    }

    public static TheoryData<string, object?[]> Forgeries => new()
    {
        { "BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", "{interop}", Event(999_999, "click")] },
        { "BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", "{interop}", "[{\"eventHandlerId\":-1}]"] },
        { "BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", "{interop}", "[null,null]"] },
        { "BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", "{interop}", "no json"] },
        { "BeginInvokeDotNetFromJS", ["1", null, "DispatchEventAsync", 4711L, Event(1, "click")] },
        { "BeginInvokeDotNetFromJS", ["1", null, "RemoveRootComponent", "{interop}", "[1]"] },
        { "BeginInvokeDotNetFromJS", ["1", null, "AddRootComponent", "{interop}", "[\"collaborators\",\"body\"]"] },
        { "BeginInvokeDotNetFromJS", ["1", "ProjectConsole", "RemoveAsync", 0L, "[]"] },
        { "BeginInvokeDotNetFromJS", ["1", "System.Private.CoreLib", "Exit", 0L, "[0]"] },
        { "BeginInvokeDotNetFromJS", [null, null, null, 0L, null] },
        { "EndInvokeJSFromDotNet", [999_999L, true, "[999999,true,null]"] },
        { "EndInvokeJSFromDotNet", [1L, true, "[[["] },
        { "OnRenderCompleted", [999_999L, "made up"] },
        { "OnLocationChanged", ["https://evil.test/", null, false] },
        { "UpdateRootComponents", ["{\"batchId\":2,\"operations\":[{\"type\":\"remove\",\"ssrComponentId\":99}]}", ""] },
        { "StartCircuit", ["http://localhost/", "http://localhost/", "[]", ""] },
        { "NoSuchMethod", ["x"] },
        { "OnRenderCompleted", ["wrong", "types", "and", "number"] },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Forged_call_writes_nothing_and_disturbs_nobody(string method, object?[] arguments)
    {
        using var owner = await SignInAsync(SampleAccounts.Owner);
        await using var witness = await owner.OpenAsync(Page);
        using var viewer = await SignInAsync(SampleAccounts.Viewer);
        await using var forger = await viewer.OpenAsync(Page);
        var interop = Interop().Match(string.Join('\n', forger.Calls)).Groups["id"].Value;
        var before = Rows();

        await forger.TellAsync(method, [.. arguments.Select(argument => argument is "{interop}" ? long.Parse(interop, CultureInfo.InvariantCulture) : argument)]);
        await SettleAsync(forger);

        Assert.Equal(before, Rows());
        witness.EnsureAlive();
        Assert.False((bool)(await witness.AskAsync("ConnectCircuit", "made up"))!);
        using var health = await owner.Http.GetAsync("/healthz");
        health.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Circuit_of_another_person_shows_nothing_to_whoever_takes_it_up()
    {
        using var owner = await SignInAsync(SampleAccounts.Owner);
        await using var page = await owner.OpenAsync(Page);
        var secret = await page.Circuit;
        await page.BreakAsync();
        using var viewer = await SignInAsync(SampleAccounts.Member);
        await using var thief = await BlazorCircuitClient.ConnectAsync(viewer.Http, viewer.Cookies);
        var drawn = new StringBuilder();
        thief.OnDrawn = batch => drawn.Append(Encoding.UTF8.GetString(batch.Span));
        var before = Rows();

        var isTaken = (bool)(await thief.AskAsync("ConnectCircuit", secret))!;
        if (isTaken)
        {
            await SettleAsync(thief);
            Assert.Contains(thief.Calls, call => call.Contains("navigateTo", StringComparison.Ordinal) && call.Contains("\"forceLoad\":true", StringComparison.Ordinal));
        }

        Assert.DoesNotContain("@acme.test", drawn.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, Rows());
    }

    [Theory]
    [InlineData("")]
    [InlineData("made up")]
    public async Task Circuit_that_nobody_has_is_not_taken_up(string secret)
    {
        using var viewer = await SignInAsync(SampleAccounts.Viewer);
        await using var client = await BlazorCircuitClient.ConnectAsync(viewer.Http, viewer.Cookies);

        Assert.False((bool)(await client.AskAsync("ConnectCircuit", secret))!);
    }

    // A call after the forged one is answered when that one is done, or never, when the circuit has ended.
    private static async Task SettleAsync(BlazorCircuitClient client)
    {
        var answered = client.AskAsync("ConnectCircuit", "made up");
        await Task.WhenAny(answered, client.Life);
    }

    private static string Event(long handler, string name) =>
        $$"""[{"eventHandlerId":{{handler.ToString(CultureInfo.InvariantCulture)}},"eventName":"{{name}}","eventFieldInfo":null},{"detail":1,"type":"{{name}}"}]""";

    [GeneratedRegex("attachWebRendererInterop.*?\"__dotNetObject\":(?<id>\\d+)")]
    private static partial Regex Interop();

    private Task<SignedInClient> SignInAsync(string email) => SignedInClient.SignInAsync(_server.BaseAddress, email, SampleSignIn.Password);

    private List<string> Rows()
    {
        var rows = new List<string>();
        var file = Directory.GetFiles(_server.DataDirectory, "*.db").Single();
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        foreach (var table in Read(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").Except(Traces).ToList())
        {
            rows.AddRange(Read(connection, $"SELECT * FROM \"{table}\"").Select(row => $"{table}: {row}"));
        }

        // Mails are sent, and noted as sent, while the page is open; a new one or another text is what nobody may cause.
        rows.AddRange(Read(connection, "SELECT Id, \"To\", Subject FROM OutgoingMails").Select(row => $"OutgoingMails: {row}"));
        // Entries are sealed while the page is open; which there are, and what they say, is what nobody may cause.
        rows.AddRange(Read(connection, "SELECT Id, ActorId, Action, ObjectId, ObjectName, Before, After FROM AuditEntries WHERE Result <> 'Denied' AND Action NOT LIKE 'account.%'"));
        return rows;
    }

    private static IEnumerable<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(index => Convert.ToString(reader.GetValue(index), CultureInfo.InvariantCulture)));
        }
    }
}
