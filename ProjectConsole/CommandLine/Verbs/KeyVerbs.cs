using System.Globalization;
using System.Text.Json.Nodes;

namespace ProjectConsole.CommandLine.Verbs;

/// <summary>Keys of the project. The secret alone goes to the output, so that it can be piped on; everything else is said beside it.</summary>
internal static class KeyVerbs
{
    private static readonly Option Permission = new("--permission", "NAME", "What it may do: clusters.view") { IsRepeated = true };
    private static readonly Option Expires = new("--expires", "DATE|DAYSd|never", "When it ends; else in 30 days");
    private static readonly Option Grace = new("--grace-hours", "N", "How long the former secret stays good; else not at all");

    /// <summary>The commands.</summary>
    public static IReadOnlyList<Verb> List { get; } =
    [
        new("key list", "List the keys of the project, ended ones included", ListAsync) { Options = [Option.Limit] },
        new("key create", "Create a key and write its secret, once", CreateAsync) { Arguments = ["NAME"], IsChange = true, Options = [Permission, Expires] },
        new("key rotate", "Give a key another secret and write it, once", RotateAsync) { Arguments = ["KEY"], IsChange = true, IsConfirmed = true, Options = [Grace] },
        new("key revoke", "End a key for good, at once", RevokeAsync) { Arguments = ["KEY"], IsChange = true, IsConfirmed = true },
    ];

    private static Task<int> ListAsync(Invocation run) => run.ListAsync(
        $"{run.ProjectPath()}/keys", "", "No key is here.",
        Column.Member("NAME", "name"), Column.Member("KEY", "id"), Column.Member("STATE", "state"), new("PERMISSIONS", row => Report.Names(row["permissions"])),
        Column.Member("CREATED BY", "createdBy"), Column.Time("EXPIRES", "expiresUtc"), Column.Time("LAST USED", "lastUsedUtc"));

    private static async Task<int> CreateAsync(Invocation run)
    {
        if (run.Typed.Values(Permission.Name) is not { Count: > 0 } permissions)
        {
            throw CommandRefusedException.Usage("The key would have no permission.", "Give --permission NAME, as often as needed; projectconsole project describe shows what you may.");
        }

        var body = new JsonObject { ["name"] = run.Typed.Argument(0), ["permissions"] = new JsonArray([.. permissions.Select(name => (JsonNode)name)]) };
        if (EndTime.Read(run.Typed.Value(Expires.Name) ?? "30d", Expires.Name, run.Around.Clock) is { } end)
        {
            body["expiresUtc"] = end;
        }

        return Say(run, await run.ChangeAsync(HttpMethod.Post, $"{run.ProjectPath()}/keys", body), "is created");
    }

    private static async Task<int> RotateAsync(Invocation run)
    {
        var hours = 0;
        if (run.Typed.Value(Grace.Name) is { } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out hours))
        {
            throw CommandRefusedException.Usage($"{Grace.Name} is a number of hours.");
        }

        var path = await FindAsync(run);
        run.Confirm($"Rotate {run.Typed.Argument(0)}? Its secret stops working{(hours > 0 ? $" in {hours} hours" : "")}. (yes)", "yes");
        return Say(run, await run.ChangeAsync(HttpMethod.Post, $"{path}/rotate", new JsonObject { ["graceHours"] = hours }), "has another secret");
    }

    private static async Task<int> RevokeAsync(Invocation run)
    {
        var path = await FindAsync(run);
        run.Confirm($"Revoke {run.Typed.Argument(0)} for good? (yes)", "yes");
        return await run.ChangeAndSayAsync(HttpMethod.Delete, path, null, Terminal.Plain($"{run.Typed.Argument(0)} is revoked."));
    }

    private static int Say(Invocation run, JsonNode? issued, string what)
    {
        var name = Terminal.Plain((string?)issued?["name"] ?? "");
        if (run.Report.IsJson || run.IsTried)
        {
            run.Report.WriteChange(issued, run.IsTried, $"{name} {what}.");
            return ExitCodes.Done;
        }

        run.Terminal.Say($"{name} {what}{((string?)issued?["expiresUtc"] is not null ? $" and ends {Column.Minute(issued["expiresUtc"])} UTC" : "")}. This is shown once:");
        run.Terminal.Write((string?)issued?["secret"] ?? "");
        return ExitCodes.Done;
    }

    // A key is named by its id, or by a name that only one key in force has.
    private static async Task<string> FindAsync(Invocation run)
    {
        var (path, named) = ($"{run.ProjectPath()}/keys", run.Typed.Argument(0)!);
        if (Guid.TryParse(named, out var id))
        {
            return $"{path}/{id}";
        }

        using var client = run.Open();
        var (rows, _) = await client.ListAsync(path, "", int.MaxValue);
        var found = rows.Where(row => (string?)row!["name"] == named && (string?)row["state"] is not ("revoked" or "expired")).Select(row => (string?)row!["id"]).ToList();
        return found switch
        {
            [var only] => $"{path}/{only}",
            [] => throw new CommandRefusedException(ExitCodes.NotFound, $"No key in force is named {Terminal.Plain(named)}.", "projectconsole key list shows which there are."),
            _ => throw CommandRefusedException.Usage($"{found.Count} keys are named {Terminal.Plain(named)}.", "Name one by its id: projectconsole key list."),
        };
    }
}
