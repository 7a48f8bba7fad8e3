using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProjectConsole.Domain.Access;
using ProjectConsole.Features.Keys;
using ProjectConsole.Shared;
using ProjectConsole.Tests.Infrastructure;

namespace ProjectConsole.Tests.CommandLine;

/// <summary>Runs the commands of the README as they stand there, in a shell, with the program itself.</summary>
public sealed class ReadmeCommandsTests(ReadmeCommandsTests.SampleServer server) : IClassFixture<ReadmeCommandsTests.SampleServer>
{
    [Fact]
    public async Task Commands_OfTheReadme_DoWhatTheySay()
    {
        var address = server.Address;
        var home = Directory.CreateTempSubdirectory("projectconsole-readme-");
        try
        {
            var blocks = Blocks("## Command line");
            Assert.True(blocks.Count >= 4 && blocks.Sum(block => block.Count(line => line.Contains("projectconsole", StringComparison.Ordinal))) >= 20);
            var script = string.Join('\n', ["set -euxo pipefail", .. blocks.SelectMany(block => block)]).Replace("http://localhost:5080", address, StringComparison.Ordinal);
            var program = Path.Combine(AppContext.BaseDirectory, "ProjectConsole.dll");
            await WriteProgramAsync(Path.Combine(home.FullName, "projectconsole"), $"#!/bin/sh\nexec dotnet '{program}' \"$@\"\n");

            var (code, text) = await RunAsync(
                home.FullName, script, ("TOKEN", await TokenAsync()), ("PASSWORD", ConsoleServer.Password), ("XDG_CONFIG_HOME", Path.Combine(home.FullName, "config")));

            Assert.True(code == 0, text);
            Assert.Contains("is the active project", text, StringComparison.Ordinal);
            Assert.Contains("developer@acme.test in churn-models: gains", text, StringComparison.Ordinal);
            Assert.Contains("new@acme.test can sign in.", text, StringComparison.Ordinal);
            Assert.Contains("The stored usage equals what exists.", text, StringComparison.Ordinal);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Calls_OfTheReadme_AnswerWhatTheirTableSays()
    {
        var lines = Indented("## Keys and the API");
        Assert.Equal(3, lines.Count(line => line.StartsWith("curl ", StringComparison.Ordinal)));
        var (key, other) = (await KeyAsync("keys.view", "clusters.view"), await KeyAsync("project.view"));
        var home = Directory.CreateTempSubdirectory("projectconsole-readme-");
        try
        {
            // curl says by its exit code that a call was refused, and each answer ends its own line.
            await File.WriteAllTextAsync(Path.Combine(home.FullName, ".curlrc"), "silent\nshow-error\nfail-with-body\nwrite-out = \"\\n\"\n");
            var script = string.Join('\n', ["set -euo pipefail", .. lines]).Replace("http://localhost:5080", server.Address, StringComparison.Ordinal);

            var (code, text) = await RunAsync(home.FullName, script, ("KEY", key.Secret), ("OTHER", other.Secret), ("HOME", home.FullName));

            Assert.True(code == 0, text);
            var answers = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
            Assert.Equal(3, answers.Count);
            Assert.Equal(("key", key.Name, "vision"), ((string?)answers[0]["kind"], (string?)answers[0]["name"], (string?)answers[0]["project"]));
            Assert.True((bool?)answers[1]["answers"]![0]!["allowed"], text);
            Assert.Equal((true, other.Name), ((bool?)answers[2]["active"], (string?)answers[2]["username"]));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private async Task<IssuedKey> KeyAsync(params string[] permissions)
    {
        var owner = await server.FindAsync("owner@acme.test");
        await using var db = server.OpenDatabase();
        var found = await db.Projects.SingleAsync(row => row.Slug == "vision");
        var draft = new KeyDraft($"readme {Guid.NewGuid():N}", permissions, null);
        return (await server.Services.GetRequiredService<KeysService>().CreateAsync(Actors.Of(owner!), new ProjectScope(found.OrganizationId, found.Id), draft)).Value;
    }

    private async Task<string> TokenAsync()
    {
        var owner = await server.FindAsync("owner@acme.test");
        var all = PermissionCatalogue.All.Select(permission => permission.Name).ToList();
        return (await server.Services.GetRequiredService<TokensService>().CreateAsync(Actors.Of(owner!), new KeyDraft("readme", all, null))).Value.Secret;
    }

    private static async Task WriteProgramAsync(string path, string text)
    {
        await File.WriteAllTextAsync(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task<(int Code, string Text)> RunAsync(string home, string script, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = home };
        start.Environment["PATH"] = $"{home}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["Console__DataDirectory"] = server.DataDirectory;
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    // The indented lines between this heading and the next one, as they are typed.
    private static List<string> Indented(string heading) =>
    [
        .. File.ReadLines(Path.Combine(Root(), "README.md")).SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line[4..]),
    ];

    // The fenced blocks between this heading and the next one.
    private static List<List<string>> Blocks(string heading)
    {
        var (blocks, isIn, isHere) = (new List<List<string>>(), false, false);
        foreach (var line in File.ReadLines(Path.Combine(Root(), "README.md")))
        {
            isHere = !isIn && line.StartsWith("## ", StringComparison.Ordinal) ? line == heading : isHere;
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isIn = !isIn;
                if (isIn && isHere)
                {
                    blocks.Add([]);
                }
            }
            else if (isIn && isHere)
            {
                blocks[^1].Add(line);
            }
        }

        return blocks;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ProjectConsole.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The README is not above the test's folder.");
        }

        return folder.FullName;
    }

    /// <summary>A console with the sample.</summary>
    public sealed class SampleServer : ListeningServer
    {
        public SampleServer()
        {
            Settings["Console:Sample:Enabled"] = "true";
            // Commands run by the clock of this machine.
            Clock.Set(TimeProvider.System.GetUtcNow());
        }
    }
}
