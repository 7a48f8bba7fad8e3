using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace ProjectConsole.E2E.Infrastructure;

/// <summary>
/// Base of all journeys. Each test gets people with contexts (cookies, storage) of their own; when it fails, pictures, traces
/// and the browser's complaints are left in TestResults.
/// </summary>
[Collection(SharedFixtures.Name)]
public abstract class E2ETest(BrowserFixture browser, ServerFixture shared) : IAsyncLifetime
{
    private readonly List<Person> _people = [];

    /// <summary>The server that all journeys share.</summary>
    protected ServerProcess Server => shared.Server;

    /// <summary>Runs the steps with a first person's page, and keeps the evidence if one of them fails.</summary>
    protected async Task RunAsync(Func<IPage, Task> steps, [CallerMemberName] string name = "")
    {
        try
        {
            await steps(await NewPersonAsync());
        }
        catch
        {
            await KeepEvidenceAsync(name);
            throw;
        }
    }

    /// <summary>A page of another person, who shares nothing with the others; on the shared server unless another is given.</summary>
    protected async Task<IPage> NewPersonAsync(ServerProcess? server = null, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        server ??= Server;
        options.BaseURL ??= server.BaseAddress.ToString();
        options.ReducedMotion ??= ReducedMotion.Reduce;
        var context = await browser.Browser.NewContextAsync(options);
        // Snapshots show what each step saw; a film besides would cost every journey the drawing of every frame, without a graphics card.
        await context.Tracing.StartAsync(new() { Snapshots = true });
        var person = new Person(context, server, []);
        context.Console += (_, message) => person.Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        context.WebError += (_, error) => person.Note(true, $"uncaught: {error.Error}");
        _people.Add(person);
        return await context.NewPageAsync();
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync()
    {
        foreach (var person in _people)
        {
            await person.Context.CloseAsync();
        }
    }

    private async Task KeepEvidenceAsync(string name)
    {
        Directory.CreateDirectory(BuildOutput.TestResults);
        for (var number = 0; number < _people.Count; number++)
        {
            var (context, server, complaints) = _people[number];
            var file = Path.Combine(BuildOutput.TestResults, $"{GetType().Name}.{name}.{number + 1}");
            await File.WriteAllLinesAsync($"{file}.browser.log", complaints);
            await File.WriteAllTextAsync($"{file}.server.log", server.Output);
            try
            {
                await context.Tracing.StopAsync(new() { Path = $"{file}.trace.zip" });
                for (var page = 0; page < context.Pages.Count; page++)
                {
                    await context.Pages[page].ScreenshotAsync(new() { Path = $"{file}.{page + 1}.png", FullPage = true });
                }
            }
            catch (PlaywrightException gone)
            {
                // A crashed page has no picture; the test's own failure must not be lost over it.
                await File.AppendAllTextAsync($"{file}.browser.log", gone.Message);
            }
        }
    }

    private sealed record Person(IBrowserContext Context, ServerProcess Server, List<string> Complaints)
    {
        public void Note(bool worthIt, string complaint)
        {
            if (worthIt)
            {
                Complaints.Add(complaint);
            }
        }
    }
}
